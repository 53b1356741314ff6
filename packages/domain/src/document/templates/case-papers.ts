import type { Template, TemplateSection } from '../template.ts';
import { choice, citations, column, date, FORMS_FROM, half, instant, items, line, officers, optional, text } from './fields.ts';
import { caseTitle, partyHead, partyName } from './party-fields.ts';

const FORM = { version: 1, from: FORMS_FROM, layout: 'form', sealed: false, copies: 1 } as const;

const proposer: TemplateSection['fields'] = [
    text('officerOpinion', '承办人意见', { signed: 'officers' }),
    officers('officers', '承办人', { prefill: 'act.officers', hidden: true }),
];
/** Written by the head when the paper is before them, by hand or in the flow; never by the writer. */
const head = text('headOpinion', '负责人意见', { signed: 'responsible', required: false });

export const CASE_PAPER_TEMPLATES: readonly Template[] = [
    {
        ...FORM,
        type: 'caseIntake',
        sections: [
            {
                style: 'grid',
                fields: [
                    choice('origin', '案件来源', {
                        found: '检查发现',
                        reported: '检举控告',
                        assigned: '上级交办',
                        submitted: '下级报请',
                        transferred: '部门移送',
                        other: '其他',
                    }),
                    partyName('案发单位（个人）'),
                    line('legalRepresentative', '法定代表人（负责人）', {
                        prefill: 'party.legalRepresentative',
                        ...half,
                        ...optional,
                    }),
                    line('phone', '联系电话', { prefill: 'party.phone', ...half, ...optional }),
                    line('address', '地址', { prefill: 'party.address', ...optional }),
                    text('summary', '案情摘要', { hint: '时间、地点、重要证据、危害和影响' }),
                    officers('officers', '受理人', half),
                    instant('receivedAt', '受理时间', half),
                    head,
                ],
            },
        ],
        signers: ['officers', 'responsible'],
        rules: ['guessingWords'],
        source: 'lawfaq',
    },
    {
        ...FORM,
        type: 'filingReport',
        sections: [
            {
                style: 'grid',
                fields: [
                    caseTitle(),
                    ...partyHead(),
                    text('facts', '案情摘要、违法事实'),
                    citations('breached', '涉嫌违反的条款'),
                    text('reason', '立案理由和管辖'),
                    ...proposer,
                    head,
                ],
            },
        ],
        signers: ['officers', 'responsible'],
        rules: ['caseTitle', 'twoOfficers', 'guessingWords'],
        source: 'lawfaq; knowledge',
    },
    {
        ...FORM,
        type: 'investigationReport',
        layout: 'notice',
        sections: [
            { style: 'lines', fields: [caseTitle(), ...partyHead()] },
            {
                style: 'prose',
                fields: [
                    text('course', '案情及调查经过'),
                    text('facts', '查明的违法事实'),
                    text('evidence', '相关证据目录'),
                    citations('breached', '违反的条款'),
                    text('disputes', '争议要点', { phrases: ['无。'] }),
                    citations('basis', '处理依据', optional),
                    text('proposal', '处理建议'),
                ],
            },
            { style: 'lines', fields: [officers('officers', '承办人', { prefill: 'act.officers' }), date('day', '报告日期')] },
        ],
        signers: ['officers'],
        rules: ['caseTitle', 'twoOfficers', 'guessingWords'],
        source: 'knowledge',
    },
    {
        ...FORM,
        type: 'panelRecord',
        sections: [
            {
                style: 'grid',
                fields: [
                    caseTitle(),
                    instant('start', '合议开始时间', half),
                    instant('end', '合议结束时间', half),
                    line('place', '合议地点', half),
                    officers('presider', '主持人', { most: 1, ...half }),
                    officers('participants', '参加人'),
                    officers('recorder', '记录人', { most: 1 }),
                    text('introduction', '案情介绍'),
                    text('evidence', '违法事实和证据'),
                    text('discussion', '讨论记录', { hint: '逐人记录意见' }),
                    text('proposal', '合议建议', { signed: 'participants' }),
                    head,
                ],
            },
        ],
        signers: ['participants', 'responsible'],
        rules: ['caseTitle', 'times'],
        source: 'knowledge',
    },
    {
        ...FORM,
        type: 'collectiveDiscussion',
        sections: [
            {
                style: 'grid',
                fields: [
                    caseTitle(),
                    instant('start', '讨论开始时间', half),
                    instant('end', '讨论结束时间', half),
                    line('place', '讨论地点', half),
                    officers('presider', '主持人', { most: 1, ...half }),
                    officers('participants', '参加讨论的负责人'),
                    officers('recorder', '记录人', { most: 1 }),
                    text('report', '案情汇报'),
                    text('discussion', '讨论记录', { hint: '逐人记录意见' }),
                    text('decision', '讨论决定', { signed: 'participants' }),
                ],
            },
        ],
        signers: ['participants'],
        rules: ['caseTitle', 'times'],
        source: '处罚法57(2); knowledge',
    },
    {
        ...FORM,
        type: 'legalReviewOpinion',
        sections: [
            {
                style: 'grid',
                fields: [
                    caseTitle(),
                    partyName(),
                    line('draft', '送审文书'),
                    officers('officers', '承办人', { prefill: 'act.officers', ...half }),
                    officers('reviewer', '审核人', { most: 1, ...half }),
                    choice('reason', '审核事由', {
                        publicInterest: '涉及重大公共利益',
                        afterHearing: '直接关系当事人或者第三人重大权益，经过听证程序',
                        complex: '案件情况疑难复杂、涉及多个法律关系',
                        statutory: '法律、法规规定应当进行法制审核的其他情形',
                        voluntary: '其他送审案件',
                    }),
                    text('review', '审核情况', { hint: '主体、事实、证据、依据、程序、裁量、文书' }),
                    text('opinion', '审核意见', {
                        signed: 'reviewer',
                        phrases: ['同意拟作出的决定。', '建议补充证据后重新送审。', '不同意，理由：'],
                    }),
                ],
            },
        ],
        signers: ['reviewer'],
        rules: ['otherReviewer'],
        source: '处罚法58',
    },
    {
        type: 'caseTransfer',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'addressee',
        sections: [
            {
                style: 'prose',
                before: '本机关在办理{caseTitle}过程中发现，{reason}。依据{basis}的规定，现将有关材料移送你单位，请依法处理，并将处理结果告知本机关。',
                fields: [
                    line('addressee', '受移送机关', { hidden: true }),
                    caseTitle(),
                    line('reason', '移送理由', { most: 1000 }),
                    citations('basis', '移送依据'),
                ],
            },
            {
                heading: '移送材料目录',
                style: 'plain',
                fields: [
                    items('papers', '移送材料', [
                        column('name', '材料名称', { required: true, width: 4 }),
                        column('pages', '页数', { kind: 'number' }),
                        column('note', '备注'),
                    ]),
                ],
            },
        ],
        signers: ['recipient'],
        sealed: true,
        copies: 2,
        rules: ['caseTitle'],
        source: 'gh-sql; knowledge',
    },
    {
        ...FORM,
        type: 'closingReport',
        sections: [
            {
                style: 'grid',
                fields: [
                    caseTitle(),
                    partyName(),
                    date('filedOn', '立案日期', half),
                    date('decidedOn', '处罚决定日期', { ...half, ...optional }),
                    line('decisionNumber', '处罚决定文号', { prefill: 'document.penaltyDecision.number', ...optional }),
                    text('performed', '执行结果和方式'),
                    text('reason', '结案理由'),
                    ...proposer,
                    head,
                    date('closedOn', '结案日期', optional),
                ],
            },
        ],
        signers: ['officers', 'responsible'],
        rules: ['caseTitle', 'twoOfficers'],
        source: 'knowledge',
    },
];
