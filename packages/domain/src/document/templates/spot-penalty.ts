import type { Template, TemplateField } from '../template.ts';
import { choice, citations, FORMS_FROM, half, instant, line, money, officers, text } from './fields.ts';
import { partyHead } from './party-fields.ts';

/** 处罚法51、52. The remedies changed on 2024-01-01: review comes first (行政复议法 第23条第1款第1项). */
const fields: readonly TemplateField[] = [
    line('place', '违法地点', { prefill: 'act.place' }),
    instant('at', '违法时间'),
    text('facts', '违法行为'),
    citations('breached', '违反的条款'),
    citations('basis', '处罚依据'),
    choice('penalty', '处罚种类', { warning: '警告', fine: '罚款', both: '警告并罚款' }, half),
    money('fine', '罚款数额', { ...half, required: false, hint: '对公民二百元以下、对单位三千元以下（处罚法51）' }),
    choice('payment', '缴纳方式', { bank: '自收到本决定书之日起按规定到指定银行缴纳', spot: '当场收缴' }),
    text('defence', '当事人陈述、申辩', { phrases: ['当事人未提出陈述、申辩。'] }),
];

const SPOT: Omit<Template, 'version' | 'from' | 'to' | 'sections'> = {
    type: 'spotPenalty',
    layout: 'form',
    signers: ['officers', 'party'],
    sealed: true,
    copies: 2,
    copiesNote: '本决定书一式二份，一份交当事人，一份存档。',
    rules: ['twoOfficers', 'spotFine', 'remedies', 'refusal'],
    source: '处罚法51、52; knowledge',
};

const sections = (remedies: 'text.remedy.ordinary' | 'text.remedy.reviewFirst'): Template['sections'] => [
    {
        style: 'grid',
        fields: [
            ...partyHead(),
            ...fields,
            text('remedies', '复议、诉讼途径和期限', { prefill: remedies }),
            officers('officers', '执法人员', { prefill: 'act.officers' }),
        ],
    },
];

export const SPOT_PENALTY_TEMPLATES: readonly Template[] = [
    { ...SPOT, version: 1, from: FORMS_FROM, to: '2023-12-31', sections: sections('text.remedy.ordinary') },
    {
        ...SPOT,
        version: 2,
        from: '2024-01-01',
        sections: sections('text.remedy.reviewFirst'),
        rules: [...SPOT.rules, 'reviewFirst'],
    },
];
