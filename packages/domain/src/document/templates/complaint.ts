import type { Template } from '../template.ts';
import { choice, date, FORMS_FROM, half, instant, line, officers, optional, text } from './fields.ts';
import { partyName } from './party-fields.ts';

/** The reporter's identity is kept apart from the party's page; these papers stay in the complaint. */
export const COMPLAINT_TEMPLATES: readonly Template[] = [
    {
        type: 'complaintRegister',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                fields: [
                    choice('channel', '来源', {
                        hotline: '12345热线',
                        visit: '来访',
                        letter: '来信',
                        phone: '来电',
                        online: '网络',
                        transfer: '转办交办',
                    }),
                    instant('receivedAt', '收到时间', half),
                    line('externalNumber', '来源编号', { ...half, ...optional }),
                    line('reporter', '投诉举报人', { ...half, ...optional, hint: '要求保密的填“保密”' }),
                    line('reporterContact', '联系方式', { ...half, ...optional }),
                    partyName('被投诉举报单位（人）'),
                    line('address', '地址', { prefill: 'party.address', ...optional }),
                    text('content', '投诉举报内容'),
                    officers('registrar', '登记人', { most: 1 }),
                    text('proposal', '拟办意见', { signed: 'reviewer' }),
                    text('headOpinion', '负责人意见', { signed: 'responsible', required: false }),
                    text('result', '办理结果', optional),
                ],
            },
        ],
        signers: ['reviewer', 'responsible'],
        sealed: false,
        copies: 1,
        rules: [],
        source: 'knowledge',
    },
    {
        type: 'complaintReply',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'addressee',
        sections: [
            {
                style: 'prose',
                before: '你（单位）于{receivedOn}反映的关于{party}{matter}的问题收悉。本机关依法进行了调查处理，现答复如下：',
                after: '感谢你（单位）对卫生健康监督工作的关心和支持。',
                fields: [
                    line('addressee', '投诉举报人', {
                        hidden: true,
                        hint: '写登记编号，不写姓名：文书有多人可以看到；姓名由经办人在交付的纸质件上填写',
                    }),
                    date('receivedOn', '收到日期'),
                    partyName('被投诉举报单位', { hidden: true }),
                    line('matter', '反映的问题', { most: 500 }),
                    text('found', '调查情况'),
                    text('handling', '处理结果'),
                    text('rights', '权利告知', { prefill: 'text.remedy.ordinary', ...optional }),
                    line('contact', '联系人、联系电话', optional),
                ],
            },
        ],
        signers: [],
        sealed: true,
        copies: 2,
        rules: [],
        source: 'knowledge',
    },
];
