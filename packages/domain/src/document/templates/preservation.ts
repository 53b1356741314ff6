import type { Template } from '../template.ts';
import { citations, column, date, FORMS_FROM, items, line, officers, text } from './fields.ts';
import { partyHead } from './party-fields.ts';

const OFFICERS = { style: 'lines', fields: [officers('officers', '执法人员及证件号码', { prefill: 'act.officers' })] } as const;

const kept = items('kept', '保存物品', [
    column('name', '物品名称', { required: true, width: 2 }),
    column('spec', '规格'),
    column('quantity', '数量', { kind: 'number', required: true, width: 0.7 }),
    column('unit', '单位', { width: 0.6 }),
    column('state', '物品状况', { width: 1.4 }),
]);

const DECISION = {
    version: 1,
    from: FORMS_FROM,
    layout: 'notice',
    signers: ['officers', 'party', 'witness'],
    sealed: true,
    copies: 2,
} as const;

export const PRESERVATION_TEMPLATES: readonly Template[] = [
    {
        ...DECISION,
        type: 'evidencePreserve',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '你（单位）涉嫌{suspected}，为防止证据灭失或者以后难以取得，依据{basis}的规定，经行政机关负责人批准，本机关决定对下列物品先行登记保存，保存期限自{from}起至{to}止，保存地点和方式：{keeping}。保存期间，当事人或者有关人员不得销毁、转移证据。',
                fields: [
                    line('suspected', '涉嫌行为', { most: 500 }),
                    citations('basis', '法律依据', { hint: '处罚法第五十六条' }),
                    date('from', '保存期限自'),
                    date('to', '至', { hint: '七日内作出处理决定，按工作日计算（处罚法56、85）' }),
                    line('keeping', '保存地点和方式'),
                ],
            },
            { style: 'plain', fields: [kept] },
            OFFICERS,
        ],
        copiesNote: '本决定书一式二份，一份交当事人，一份存档。',
        rules: ['twoOfficers', 'preservationTerm', 'refusal'],
        source: '处罚法56; gh-sql',
    },
    {
        ...DECISION,
        type: 'evidenceDisposal',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '本机关于{preservedOn}以{preserveNumber}《证据先行登记保存决定书》对你（单位）的有关物品先行登记保存。依据{basis}的规定，现决定作如下处理：',
                fields: [
                    date('preservedOn', '原决定日期'),
                    line('preserveNumber', '原决定书文号', { prefill: 'document.evidencePreserve.number' }),
                    citations('basis', '法律依据'),
                    text('disposal', '处理决定', {
                        phrases: [
                            '解除先行登记保存，退还物品。',
                            '送交鉴定。',
                            '依法予以没收。',
                            '予以查封、扣押。',
                            '移送有关部门处理。',
                        ],
                    }),
                ],
            },
            OFFICERS,
        ],
        rules: ['twoOfficers', 'refusal'],
        source: '处罚法56; gh-sql; knowledge',
    },
    {
        type: 'preservationApproval',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                fields: [
                    ...partyHead(),
                    text('reason', '保存的理由', { hint: '证据可能灭失或者以后难以取得的情况' }),
                    citations('basis', '法律依据'),
                    text('objects', '拟保存的物品'),
                    text('officerOpinion', '承办人意见', { signed: 'officers' }),
                    text('unitOpinion', '承办机构意见', { signed: 'reviewer' }),
                    text('headOpinion', '行政机关负责人意见', { signed: 'responsible', required: false }),
                    officers('officers', '承办人', { prefill: 'act.officers', hidden: true }),
                ],
            },
        ],
        signers: ['officers', 'reviewer', 'responsible'],
        sealed: false,
        copies: 1,
        rules: ['twoOfficers'],
        source: '处罚法56; knowledge',
    },
];
