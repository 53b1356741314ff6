import type { Template, TemplateField } from '../template.ts';
import { citations, column, date, FORMS_FROM, items, line, optional, text } from './fields.ts';
import { partyHead, partyName } from './party-fields.ts';

/** 许可法32: these papers bear the special seal of the authority and a day. */
const NOTICE = { version: 1, from: FORMS_FROM, layout: 'notice', signers: ['recipient'], sealed: true, copies: 2 } as const;
const to = { addressee: 'party' } as const;

const applicant = partyName('申请人', { hidden: true });
const applied: readonly TemplateField[] = [
    applicant,
    date('appliedOn', '申请日期'),
    line('item', '许可事项', { phrases: ['医疗机构执业许可', '公共场所卫生许可', '放射诊疗许可', '供水单位卫生许可'] }),
    line('applicationNumber', '申请编号', optional),
];
const REMEDIES = {
    heading: '救济途径',
    style: 'plain',
    fields: [text('remedies', '复议、诉讼途径和期限', { prefill: 'text.remedy.ordinary' })],
} as const;

export const LICENCE_TEMPLATES: readonly Template[] = [
    {
        ...NOTICE,
        ...to,
        type: 'licenceAcceptance',
        sections: [
            {
                style: 'prose',
                before: '你（单位）于{appliedOn}提出的{item}申请（申请编号：{applicationNumber}），材料齐全、符合法定形式，属于本机关职权范围，依据{basis}的规定，决定予以受理。',
                fields: [...applied, citations('basis', '依据'), text('note', '办理期限和说明', optional)],
            },
        ],
        rules: [],
        source: '许可法32; knowledge',
    },
    {
        ...NOTICE,
        ...to,
        type: 'licenceSupplement',
        sections: [
            {
                style: 'prose',
                before: '你（单位）于{appliedOn}提出的{item}申请（申请编号：{applicationNumber}），申请材料不齐全或者不符合法定形式。依据{basis}的规定，现一次告知需要补正的全部内容：',
                fields: [...applied, citations('basis', '依据')],
            },
            {
                style: 'plain',
                fields: [
                    items('missing', '需要补正的内容', [
                        column('name', '材料名称', { required: true, width: 2 }),
                        column('need', '补正要求', { required: true, width: 3 }),
                    ]),
                ],
            },
            {
                style: 'prose',
                before: '请于{supplyBy}前补正。',
                fields: [date('supplyBy', '补正期限')],
            },
        ],
        rules: [],
        source: '许可法32(4); knowledge',
    },
    {
        ...NOTICE,
        ...to,
        type: 'licenceRefusalToAccept',
        sections: [
            {
                style: 'prose',
                before: '你（单位）于{appliedOn}提出的{item}申请（申请编号：{applicationNumber}），因{reason}，依据{basis}的规定，决定不予受理。',
                fields: [...applied, line('reason', '不予受理的理由', { most: 1000 }), citations('basis', '依据')],
            },
            REMEDIES,
        ],
        rules: ['remedies'],
        source: '许可法32; knowledge',
    },
    {
        ...NOTICE,
        type: 'licenceDecision',
        sections: [
            { style: 'lines', fields: partyHead('申请人') },
            {
                style: 'prose',
                before: '你（单位）于{appliedOn}提出{item}申请。经审查，符合法定条件、标准，依据{basis}的规定，本机关决定准予行政许可，许可内容如下：',
                fields: [
                    date('appliedOn', '申请日期'),
                    line('item', '许可事项'),
                    citations('basis', '依据'),
                    text('content', '许可内容'),
                    date('validFrom', '有效期自', optional),
                    date('validTo', '至', optional),
                ],
            },
        ],
        rules: [],
        source: '许可法38; knowledge',
    },
    {
        ...NOTICE,
        type: 'licenceRefusal',
        sections: [
            { style: 'lines', fields: partyHead('申请人') },
            {
                style: 'prose',
                before: '你（单位）于{appliedOn}提出{item}申请。经审查，不符合法定条件、标准，依据{basis}的规定，本机关决定不予行政许可。',
                fields: [
                    date('appliedOn', '申请日期'),
                    line('item', '许可事项'),
                    citations('basis', '依据'),
                    text('reason', '不予许可的理由'),
                ],
            },
            REMEDIES,
        ],
        rules: ['remedies'],
        source: '许可法38; knowledge',
    },
    {
        ...NOTICE,
        type: 'licenceRevocation',
        sections: [
            { style: 'lines', fields: partyHead('被许可人') },
            {
                style: 'prose',
                before: '本机关于{grantedOn}准予你（单位）{item}（许可证件编号：{licenceNumber}）。经查，{facts}。依据{basis}的规定，本机关决定撤销该行政许可。',
                fields: [
                    date('grantedOn', '准予日期'),
                    line('item', '许可事项'),
                    line('licenceNumber', '许可证件编号'),
                    line('facts', '撤销的事实和理由', { most: 2000 }),
                    citations('basis', '依据'),
                    text('consequence', '许可证件的收缴和后续要求', optional),
                ],
            },
            REMEDIES,
        ],
        rules: ['remedies'],
        source: '许可法69; knowledge',
    },
    {
        ...NOTICE,
        type: 'licenceCancellation',
        sections: [
            { style: 'lines', fields: partyHead('被许可人') },
            {
                style: 'prose',
                before: '本机关于{grantedOn}准予你（单位）{item}（许可证件编号：{licenceNumber}）。因{ground}，依据{basis}的规定，本机关决定注销该行政许可。',
                fields: [
                    date('grantedOn', '准予日期'),
                    line('item', '许可事项'),
                    line('licenceNumber', '许可证件编号'),
                    line('ground', '注销的事由', {
                        most: 2000,
                        phrases: [
                            '行政许可有效期届满未延续',
                            '被许可人依法终止',
                            '行政许可依法被撤销、撤回，或者许可证件依法被吊销',
                            '因不可抗力导致行政许可事项无法实施',
                        ],
                    }),
                    citations('basis', '依据'),
                    text('consequence', '许可证件的收回和后续要求', optional),
                ],
            },
            REMEDIES,
        ],
        rules: ['remedies'],
        source: '许可法70; knowledge',
    },
    {
        type: 'commitmentForm',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        sections: [
            { style: 'lines', fields: partyHead('申请人') },
            {
                heading: '行政机关告知',
                style: 'prose',
                fields: [
                    line('item', '许可事项'),
                    citations('basis', '设定依据'),
                    text('conditions', '应当符合的条件、标准'),
                    text('papers', '应当提交的材料'),
                    text('consequences', '违反承诺的后果'),
                ],
            },
            {
                heading: '申请人承诺',
                style: 'prose',
                before: '申请人承诺：所填写的信息真实、准确；已经知悉上述告知的全部内容；已经符合上述条件、标准和要求，或者能够在约定期限内符合；愿意承担不实承诺、违反承诺的法律责任；上述承诺是申请人真实的意思表示。',
                fields: [date('fulfilBy', '约定的期限', optional)],
            },
        ],
        signers: ['party'],
        sealed: true,
        copies: 2,
        rules: [],
        source: 'knowledge',
    },
];
