import type { Template, TemplateSection } from '../template.ts';
import { choice, citations, date, FORMS_FROM, instant, line, money, officers, optional, text } from './fields.ts';
import { caseTitle, partyHead, partyName } from './party-fields.ts';

const NOTICE = { version: 1, from: FORMS_FROM, layout: 'notice', signers: ['recipient'], sealed: true, copies: 2 } as const;
const contact = line('contact', '本机关地址、联系人、联系电话');

/** 处罚法44: facts, reasons, basis and the penalty that is meant. */
const meant: TemplateSection = {
    style: 'prose',
    before: '你（单位）{facts}的行为，有{evidence}等证据证实，违反了{breached}的规定。依据{basis}的规定，本机关拟对你（单位）作出以下行政处罚：',
    fields: [
        text('facts', '违法事实'),
        text('evidence', '证据', { hint: '如：现场笔录、询问笔录、照片' }),
        citations('breached', '违反的条款'),
        citations('basis', '处罚依据'),
        text('penalty', '拟作出的处罚'),
        money('fine', '拟罚款金额', { ...optional, hidden: true }),
        text('reason', '裁量理由'),
    ],
};

export const PENALTY_NOTICE_TEMPLATES: readonly Template[] = [
    {
        ...NOTICE,
        type: 'priorNotice',
        sections: [
            { style: 'lines', fields: partyHead() },
            meant,
            {
                heading: '陈述和申辩',
                style: 'plain',
                fields: [text('rights', '陈述申辩权及期限', { prefill: 'text.defence' })],
            },
            { style: 'lines', fields: [contact] },
        ],
        rules: [],
        source: '处罚法44; gh-sql; knowledge',
    },
    {
        ...NOTICE,
        type: 'hearingRightNotice',
        sections: [
            { style: 'lines', fields: partyHead() },
            meant,
            {
                heading: '听证、陈述和申辩',
                style: 'plain',
                fields: [text('rights', '听证权、陈述申辩权及期限', { prefill: 'text.hearingRight' })],
            },
            { style: 'lines', fields: [contact] },
        ],
        rules: [],
        source: '处罚法63、64; gh-sql',
    },
    {
        ...NOTICE,
        type: 'hearingNotice',
        addressee: 'party',
        sections: [
            {
                style: 'prose',
                before: '根据你（单位）的申请，关于{caseTitle}，本机关定于{at}在{place}{open}举行听证。请准时参加；无正当理由拒不出席或者未经许可中途退出的，视为放弃听证权利。',
                fields: [
                    partyName('当事人', { hidden: true }),
                    caseTitle(),
                    instant('at', '听证时间', { hint: '举行听证的七日前通知，按工作日计算（处罚法64、85）' }),
                    line('place', '听证地点'),
                    choice('open', '听证方式', { open: '公开', closed: '不公开' }),
                ],
            },
            {
                style: 'prose',
                before: '本次听证由{presider}主持。你（单位）认为主持人与本案有直接利害关系的，有权申请回避；可以亲自参加听证，也可以委托一至二人代理。',
                fields: [officers('presider', '听证主持人', { most: 1 }), contact],
            },
        ],
        rules: ['otherPresider'],
        source: '处罚法64; gh-sql',
    },
    {
        type: 'hearingOpinion',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                fields: [
                    caseTitle(),
                    partyName(),
                    instant('start', '听证开始时间'),
                    instant('end', '听证结束时间'),
                    line('place', '听证地点'),
                    line('participants', '参加人'),
                    text('disputes', '争议焦点'),
                    text('opinion', '主持人意见'),
                    text('proposal', '处理建议', { signed: 'presider' }),
                    officers('presider', '听证主持人', { most: 1, hidden: true }),
                ],
            },
        ],
        signers: ['presider'],
        sealed: false,
        copies: 1,
        rules: ['caseTitle', 'times', 'otherPresider'],
        source: 'knowledge',
    },
    {
        type: 'defenceReview',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                fields: [
                    caseTitle(),
                    partyName(),
                    text('statement', '陈述申辩要点'),
                    officers('officers', '承办人', { prefill: 'act.officers' }),
                    officers('reviewer', '复核人', { hint: '复核人不得为承办人' }),
                    text('opinion', '复核意见', { signed: 'reviewer', hint: '不得因陈述、申辩给予更重的处罚（处罚法45）' }),
                    text('headOpinion', '负责人意见', { signed: 'responsible', required: false }),
                ],
            },
        ],
        signers: ['reviewer', 'responsible'],
        sealed: false,
        copies: 1,
        rules: ['caseTitle', 'otherReviewer'],
        source: '处罚法45; knowledge',
    },
    {
        ...NOTICE,
        type: 'noPenaltyDecision',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '关于{caseTitle}，本机关已调查终结。经查明：',
                fields: [caseTitle(), text('facts', '查明的事实'), text('evidence', '证据')],
            },
            {
                style: 'prose',
                before: '依据{basis}的规定，本机关决定对你（单位）不予行政处罚。',
                fields: [
                    citations('basis', '不予处罚的依据'),
                    text('reason', '不予处罚的理由'),
                    text('education', '教育和改正要求', optional),
                ],
            },
            {
                heading: '救济途径',
                style: 'plain',
                fields: [text('remedies', '复议、诉讼途径和期限', { prefill: 'text.remedy.ordinary' })],
            },
            { style: 'lines', fields: [date('day', '决定日期', { hidden: true })] },
        ],
        rules: ['caseTitle', 'remedies'],
        source: '处罚法33、57',
    },
];
