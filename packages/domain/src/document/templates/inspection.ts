import type { Template } from '../template.ts';
import { choice, citations, date, FORMS_FROM, half, line, officers, optional, text } from './fields.ts';
import { partyHead, partyName } from './party-fields.ts';

export const INSPECTION_TEMPLATES: readonly Template[] = [
    {
        type: 'inspectionApproval',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                fields: [
                    partyName('检查对象'),
                    line('item', '检查事项', { hint: '应在公布的检查事项库内' }),
                    choice('kind', '检查类别', {
                        random: '双随机检查',
                        plan: '计划检查',
                        clue: '投诉举报、转办交办核查',
                        special: '专项检查',
                        followUp: '复查',
                        urgent: '紧急情况先行检查',
                    }),
                    line('code', '检查码', { ...half, ...optional }),
                    date('plannedOn', '拟检查日期', half),
                    officers('officers', '检查人员', { prefill: 'act.officers' }),
                    citations('basis', '检查依据'),
                    text('content', '检查内容和方式'),
                    text('officerOpinion', '承办人意见', { signed: 'officers' }),
                    text('headOpinion', '负责人意见', { signed: 'responsible', required: false }),
                ],
            },
        ],
        signers: ['officers', 'responsible'],
        sealed: false,
        copies: 1,
        rules: ['twoOfficers'],
        source: '司法部行政检查文书基本格式文本（试行）2025（名称）; knowledge',
    },
    {
        type: 'inspectionNotice',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'party',
        sections: [
            {
                style: 'prose',
                before: '依据{basis}的规定，本机关定于{plannedOn}派执法人员{officers}对你单位进行行政检查，检查事项：{item}，检查码：{code}。请予以配合，并可核验执法人员证件；对执法人员的行为可以进行评价或者投诉。',
                fields: [
                    partyName('检查对象', { hidden: true }),
                    citations('basis', '检查依据'),
                    date('plannedOn', '检查日期'),
                    officers('officers', '检查人员', { prefill: 'act.officers' }),
                    line('item', '检查事项'),
                    line('code', '检查码', optional),
                    text('prepare', '需要准备的材料', optional),
                    line('contact', '联系人、联系电话'),
                ],
            },
        ],
        signers: ['recipient'],
        sealed: true,
        copies: 2,
        rules: ['twoOfficers'],
        source: '司法部行政检查文书基本格式文本（试行）2025（名称）; knowledge',
    },
    {
        type: 'occupationalRemoval',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        sections: [
            { style: 'lines', fields: partyHead('用人单位') },
            {
                style: 'prose',
                before: '经职业健康检查，你单位劳动者{worker}（身份证件号码：{workerId}）的体检结论为：{finding}。依据{basis}的规定，请你单位于{removeBy}前将其调离原工作岗位，妥善安置，并将结果书面报告本机关。',
                fields: [
                    line('worker', '人员姓名'),
                    line('workerId', '身份证件号码'),
                    line('finding', '体检结论（职业禁忌）', { most: 500 }),
                    citations('basis', '法律依据'),
                    date('removeBy', '调离期限'),
                ],
            },
        ],
        signers: ['recipient'],
        sealed: true,
        copies: 2,
        rules: [],
        source: '职业病防治法35; gh-sql; knowledge',
    },
];
