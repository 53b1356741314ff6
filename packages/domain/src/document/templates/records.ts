import type { Template, TemplateField } from '../template.ts';
import { attachments, choice, dialogue, FORMS_FROM, half, instant, line, officers, optional, text, third } from './fields.ts';
import { agencyName, caseTitle, partyName } from './party-fields.ts';

const times = (of: string): readonly TemplateField[] => [instant('start', `${of}开始时间`), instant('end', `${of}结束时间`)];

const person = (label: string): readonly TemplateField[] => [
    line('name', label, third),
    choice('sex', '性别', { female: '女', male: '男' }, { ...third, ...optional }),
    line('age', '年龄', { ...third, ...optional }),
    line('identity', '身份证件号码', { ...half, ...optional }),
    line('phone', '联系电话', { ...half, ...optional }),
    line('employer', '工作单位', { prefill: 'party.name', ...half, ...optional }),
    line('position', '职务', { ...half, ...optional }),
    line('home', '住址', optional),
];

const RECORD = { version: 1, from: FORMS_FROM, layout: 'record', sealed: false, copies: 1 } as const;
const SPOKEN = ['guessingWords', 'endMark', 'trueRecord', 'twoOfficers', 'times', 'withinAct', 'refusal', 'pages'] as const;

export const RECORD_TEMPLATES: readonly Template[] = [
    {
        ...RECORD,
        type: 'inquiryRecord',
        sections: [
            {
                style: 'lines',
                fields: [
                    line('place', '询问地点', { prefill: 'act.place' }),
                    ...times('询问'),
                    ...person('被询问人'),
                    officers('officers', '询问人及证件号码', { prefill: 'act.officers' }),
                    officers('recorder', '记录人', { most: 1 }),
                ],
            },
            {
                style: 'prose',
                before: '告知：我们是{agency}的执法人员，这是我们的执法证件，请过目。现依法向你询问有关情况，你应当如实回答，不得拒绝、阻碍或者隐瞒；你认为执法人员与本案有直接利害关系或者有其他关系可能影响公正执法的，有权申请回避；你有权进行陈述和申辩。',
                fields: [line('answer', '被询问人答', { phrases: ['听清了，不申请回避。'], hint: '记录原话' })],
            },
            {
                heading: '询问内容',
                style: 'plain',
                fields: [dialogue('dialogue', '问答', { hint: '关键事实记录原话' })],
            },
        ],
        signers: ['interviewee', 'officers', 'recorder'],
        rules: [...SPOKEN, 'onePerson', 'recorderNotAlone'],
        source: '处罚法55; knowledge',
    },
    {
        ...RECORD,
        type: 'defenceRecord',
        sections: [
            {
                style: 'lines',
                fields: [
                    caseTitle(),
                    partyName(),
                    line('name', '陈述申辩人', half),
                    line('position', '与当事人的关系', { ...half, ...optional }),
                    line('phone', '联系电话', { ...half, ...optional }),
                    line('place', '地点', { prefill: 'act.place', ...half }),
                    ...times('陈述申辩'),
                    officers('officers', '承办人及证件号码', { prefill: 'act.officers' }),
                    officers('recorder', '记录人', { most: 1 }),
                ],
            },
            { heading: '陈述和申辩内容', style: 'plain', fields: [text('statement', '陈述和申辩内容', { hint: '记录原话' })] },
            { heading: '附件', style: 'plain', fields: [attachments('attachments', '附件')] },
        ],
        signers: ['partyEachPage', 'officers', 'recorder'],
        rules: [...SPOKEN, 'recorderNotAlone'],
        source: '处罚法45; 正文二(二)3; knowledge',
    },
    {
        ...RECORD,
        type: 'hearingRecord',
        sections: [
            {
                style: 'lines',
                fields: [
                    caseTitle(),
                    ...times('听证'),
                    line('place', '听证地点'),
                    choice('open', '听证方式', { open: '公开', closed: '不公开' }, half),
                    officers('presider', '听证主持人', { most: 1, ...half }),
                    officers('recorder', '记录人', { most: 1, ...half }),
                    officers('investigators', '案件调查人员', half),
                    partyName(),
                    line('agents', '当事人（委托代理人）', { hint: '委托代理人一至二人' }),
                ],
            },
            {
                heading: '听证记录',
                style: 'prose',
                fields: [
                    text('opening', '主持人告知', { hint: '告知权利义务、询问是否申请回避' }),
                    text('accusation', '调查人员提出的事实、证据和处罚建议'),
                    text('defence', '当事人申辩和质证'),
                    text('lastWords', '最后陈述'),
                ],
            },
        ],
        signers: ['partyEachPage', 'presider', 'recorder', 'participants'],
        rules: ['guessingWords', 'endMark', 'trueRecord', 'times', 'refusal', 'pages', 'otherPresider'],
        source: '处罚法64; knowledge',
    },
    {
        ...RECORD,
        type: 'talkRecord',
        sections: [
            {
                style: 'lines',
                fields: [
                    partyName('被约谈单位（人）'),
                    line('name', '被约谈人', half),
                    line('position', '职务', { ...half, ...optional }),
                    line('place', '约谈地点', { prefill: 'act.place' }),
                    ...times('约谈'),
                    agencyName('约谈机关'),
                    officers('officers', '约谈人及证件号码', { prefill: 'act.officers' }),
                ],
            },
            {
                heading: '约谈内容',
                style: 'prose',
                fields: [
                    text('reason', '约谈事由'),
                    text('matters', '指出的问题和要求'),
                    text('reply', '被约谈人表态', { hint: '记录原话' }),
                ],
            },
        ],
        signers: ['partyEachPage', 'officers'],
        rules: SPOKEN,
        source: '正文二(二)3; knowledge',
    },
];
