import type { Template } from '../template.ts';
import {
    choice,
    choices,
    citations,
    column,
    date,
    FORMS_FROM,
    half,
    instant,
    items,
    line,
    money,
    officers,
    optional,
    text,
} from './fields.ts';
import { partyHead, partyName } from './party-fields.ts';

const MODES = {
    direct: '直接送达',
    lien: '留置送达',
    post: '邮寄送达',
    entrusted: '委托送达',
    electronic: '电子送达',
    publicNotice: '公告送达',
} as const;

/** Service, performance and enforcement. */
export const SERVICE_TEMPLATES: readonly Template[] = [
    {
        type: 'serviceReceipt',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                fields: [
                    partyName('受送达人'),
                    line('place', '送达地点'),
                    choice('mode', '送达方式', MODES, half),
                    instant('servedAt', '送达时间', half),
                ],
            },
            {
                style: 'plain',
                fields: [
                    items('documents', '送达文书', [
                        column('title', '送达文书名称', { required: true, width: 2 }),
                        column('number', '文号', { required: true, width: 2 }),
                        column('copies', '份数', { kind: 'number', required: true, width: 0.7 }),
                    ]),
                ],
            },
            {
                style: 'grid',
                fields: [
                    officers('officers', '送达人', { prefill: 'act.officers' }),
                    line('receivedBy', '收件人（与受送达人的关系）', optional),
                    date('receivedOn', '收到日期', { ...half, ...optional }),
                    line('witness', '见证人', { ...half, ...optional }),
                    text('refusal', '拒收事由', { ...optional, hint: '留置送达时写明；以音像记录留置过程的，写明记录设备' }),
                    text('note', '备注', optional),
                ],
            },
        ],
        signers: ['recipient', 'officers', 'witness'],
        sealed: true,
        copies: 1,
        rules: ['leftService'],
        source: '民诉法87–95; 13号令53–57; 正文二(二)1',
    },
    {
        type: 'serviceAddress',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                before: '告知：请如实提供送达地址。因提供的地址不准确、变更后未及时告知或者拒绝签收，导致文书未能实际接收的，相应后果由你（单位）承担。同意电子送达的，文书到达下列系统的日期为送达日期；你（单位）可以不同意电子送达。',
                fields: [
                    ...partyHead(),
                    line('postAddress', '送达地址'),
                    line('postReceiver', '收件人', half),
                    line('postPhone', '收件人电话', half),
                    choice('electronic', '是否同意电子送达', { yes: '同意', no: '不同意' }),
                    choices(
                        'means',
                        '电子送达方式',
                        { fax: '传真', email: '电子邮件', phone: '移动通信', other: '其他' },
                        optional,
                    ),
                    line('electronicAddress', '电子送达地址', optional),
                ],
            },
        ],
        signers: ['party', 'officers'],
        sealed: false,
        copies: 1,
        rules: [],
        source: '处罚法61; 13号令57',
    },
    {
        type: 'demandLetter',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '本机关于{decidedOn}以{decisionNumber}对你（单位）作出行政处罚决定，你（单位）在法定期限内未履行下列义务：',
                after: '现催告你（单位）于{performBy}前履行上述义务。你（单位）收到本催告书后有权进行陈述和申辩；逾期仍不履行的，本机关将依法申请人民法院强制执行。',
                fields: [
                    date('decidedOn', '决定日期'),
                    line('decisionNumber', '决定书文号', { prefill: 'document.penaltyDecision.number' }),
                    text('duty', '应当履行的义务'),
                    money('amount', '应缴金额', optional),
                    text('manner', '履行方式、给付方式', { prefill: 'text.payment' }),
                    date('performBy', '履行期限'),
                ],
            },
        ],
        signers: ['recipient'],
        sealed: true,
        copies: 2,
        rules: [],
        source: '强制法35、54',
    },
    {
        type: 'courtEnforcement',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'addressee',
        sections: [
            {
                style: 'lines',
                fields: [
                    line('addressee', '受理法院', { hidden: true }),
                    line('applicant', '申请机关', { prefill: 'agency.name' }),
                    line('head', '法定代表人', half),
                    line('agent', '委托代理人', { ...half, ...optional }),
                    ...partyHead('被申请人'),
                ],
            },
            {
                style: 'prose',
                before: '申请机关于{decidedOn}以{decisionNumber}对被申请人作出行政处罚决定。被申请人在法定期限内不申请行政复议、不提起行政诉讼，又不履行决定；申请机关于{demandedOn}催告，被申请人仍未履行。依据{basis}的规定，现申请贵院强制执行。',
                fields: [
                    date('decidedOn', '决定日期'),
                    line('decisionNumber', '决定书文号', { prefill: 'document.penaltyDecision.number' }),
                    date('demandedOn', '催告日期'),
                    citations('basis', '申请依据'),
                    text('object', '申请执行标的'),
                    text('attachments', '附件目录'),
                ],
            },
        ],
        signers: ['responsible'],
        sealed: true,
        copies: 2,
        rules: [],
        source: '强制法53–55',
    },
];
