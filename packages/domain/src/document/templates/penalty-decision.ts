import type { Template } from '../template.ts';
import { citations, date, FORMS_FROM, money, optional, text } from './fields.ts';
import { caseTitle, partyHead } from './party-fields.ts';

/** 处罚法59: party and address; facts and evidence; penalty and basis; performance; remedies; agency and day. */
export const PENALTY_DECISION: Template = {
    type: 'penaltyDecision',
    version: 1,
    from: FORMS_FROM,
    layout: 'notice',
    sections: [
        { style: 'lines', fields: partyHead() },
        {
            style: 'prose',
            before: '关于{caseTitle}，本机关已调查终结。经查明：',
            fields: [caseTitle(), text('facts', '违法事实'), text('evidence', '证据', { hint: '逐项写明证明上述事实的证据' })],
        },
        {
            style: 'prose',
            before: '以上行为违反了{breached}的规定。',
            fields: [
                citations('breached', '违反的条款'),
                text('defence', '陈述申辩及听证情况', {
                    phrases: ['你（单位）在法定期限内未提出陈述、申辩，也未要求听证。'],
                }),
            ],
        },
        {
            style: 'prose',
            before: '依据{basis}的规定，本机关决定给予你（单位）以下行政处罚：',
            fields: [
                citations('basis', '处罚依据'),
                text('penalty', '处罚种类'),
                money('fine', '罚款金额', { ...optional, hidden: true, hint: '供核对：不得因申辩而加重（处罚法45）' }),
            ],
        },
        {
            heading: '履行方式和期限',
            style: 'plain',
            fields: [text('performance', '履行方式和期限', { prefill: 'text.payment' })],
        },
        {
            heading: '救济途径',
            style: 'plain',
            fields: [text('remedies', '复议、诉讼途径和期限', { prefill: 'text.remedy.ordinary' })],
        },
        { style: 'lines', fields: [date('day', '决定日期', { hidden: true })] },
    ],
    signers: ['recipient'],
    sealed: true,
    copies: 2,
    rules: ['caseTitle', 'sixItems', 'remedies', 'notHeavier'],
    source: '处罚法59',
};
