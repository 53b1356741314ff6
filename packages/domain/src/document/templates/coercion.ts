import type { Template, TemplateSection } from '../template.ts';
import { citations, column, date, FORMS_FROM, half, items, line, officers, optional, text, yesNo } from './fields.ts';
import { partyHead, partyName } from './party-fields.ts';

const REMEDIES: TemplateSection = {
    heading: '救济途径',
    style: 'plain',
    fields: [text('remedies', '复议、诉讼途径和期限', { prefill: 'text.remedy.ordinary' })],
};
const OFFICERS: TemplateSection = {
    style: 'lines',
    fields: [officers('officers', '执法人员及证件号码', { prefill: 'act.officers' })],
};
const DECISION = {
    version: 1,
    from: FORMS_FROM,
    layout: 'notice',
    signers: ['officers', 'party', 'witness'],
    sealed: true,
    copies: 2,
    copiesNote: '本决定书一式二份，一份交当事人，一份存档。',
} as const;

/** What is held: 强制法24(3) 名称、数量. */
const held = (label: string) =>
    items('held', label, [
        column('name', '场所、设施或者财物名称', { required: true, width: 2 }),
        column('spec', '规格'),
        column('quantity', '数量', { kind: 'number', required: true, width: 0.7 }),
        column('unit', '单位', { width: 0.6 }),
        column('place', '所在地点', { width: 1.4 }),
    ]);

export const COERCION_TEMPLATES: readonly Template[] = [
    {
        ...DECISION,
        type: 'controlDecision',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '因{reason}，依据{basis}的规定，本机关决定自{from}起至{to}止，对下列场所（物品）予以卫生行政控制，控制方式为：{manner}。控制期间，未经本机关批准不得启用、销售、转移或者损毁。',
                fields: [
                    line('reason', '事由'),
                    citations('basis', '法律依据', { hint: '仅在法律规定临时控制措施时使用，否则适用查封、扣押' }),
                    date('from', '控制期限自'),
                    date('to', '至'),
                    line('manner', '控制方式', { phrases: ['封闭', '封存', '暂停销售', '暂停使用'] }),
                ],
            },
            { style: 'plain', fields: [held('控制的场所、物品')] },
            REMEDIES,
            OFFICERS,
        ],
        rules: ['twoOfficers', 'remedies', 'refusal'],
        source: '传染病防治法; knowledge',
    },
    {
        ...DECISION,
        type: 'controlRelease',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '本机关于{controlledOn}以{controlNumber}《卫生行政控制决定书》对你（单位）有关场所（物品）予以控制。现因{reason}，决定自{releasedOn}起解除控制，解除范围如下：',
                fields: [
                    date('controlledOn', '原决定日期'),
                    line('controlNumber', '原控制决定书文号', { prefill: 'document.controlDecision.number' }),
                    line('reason', '解除事由'),
                    date('releasedOn', '解除日期'),
                ],
            },
            { style: 'plain', fields: [text('scope', '解除范围')] },
            OFFICERS,
        ],
        rules: ['twoOfficers', 'refusal'],
        source: 'knowledge',
    },
    {
        ...DECISION,
        type: 'seizureDecision',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '因你（单位）{reason}，依据{basis}的规定，本机关决定对下列场所、设施或者财物予以{measure}，期限自{from}起至{to}止。{measure}期间，不得使用、销毁、转移；存放地点和保管方式：{keeping}。',
                fields: [
                    line('reason', '理由', { most: 500 }),
                    citations('basis', '法律依据'),
                    line('measure', '措施', { phrases: ['查封', '扣押', '查封、扣押'], ...half }),
                    date('from', '期限自'),
                    date('to', '至', { hint: '不超过三十日（强制法25）' }),
                    line('keeping', '保管地点和方式'),
                ],
            },
            { style: 'plain', fields: [held('场所、设施或者财物')] },
            {
                style: 'prose',
                before: '你（单位）有权进行陈述和申辩。需要对物品进行检测、检验、检疫或者鉴定的，所需时间不计入上述期限，本机关将书面告知。',
                fields: [text('defence', '当事人陈述、申辩', { phrases: ['当事人未提出陈述、申辩。'] })],
            },
            REMEDIES,
            OFFICERS,
        ],
        rules: ['twoOfficers', 'fiveItems', 'seizureTerm', 'remedies', 'refusal'],
        source: '强制法18、24、25; lawfaq',
    },
    {
        ...DECISION,
        type: 'seizureDisposal',
        sections: [
            { style: 'lines', fields: partyHead() },
            {
                style: 'prose',
                before: '本机关于{seizedOn}以{seizureNumber}《查封、扣押决定书》对你（单位）的有关场所、设施或者财物予以查封、扣押。依据{basis}的规定，现决定作如下处理：',
                fields: [
                    date('seizedOn', '原决定日期'),
                    line('seizureNumber', '原决定书文号', { prefill: 'document.seizureDecision.number' }),
                    citations('basis', '法律依据'),
                    text('disposal', '处理结果', {
                        phrases: ['解除查封、扣押，退还财物。', '依法予以没收。', '依法予以销毁。', '移送有关部门处理。'],
                    }),
                ],
            },
            REMEDIES,
            OFFICERS,
        ],
        rules: ['twoOfficers', 'remedies', 'refusal'],
        source: '强制法27、28; knowledge',
    },
    {
        type: 'seizureExtension',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        addressee: 'party',
        sections: [
            {
                style: 'prose',
                before: '本机关于{seizedOn}以{seizureNumber}《查封、扣押决定书》作出的查封、扣押，原期限至{oldEnd}止。因{reason}，依据{basis}的规定，经行政机关负责人批准，现决定延长至{to}止。',
                fields: [
                    partyName('当事人', { hidden: true }),
                    date('seizedOn', '原决定日期'),
                    line('seizureNumber', '原决定书文号', { prefill: 'document.seizureDecision.number' }),
                    date('oldEnd', '原期限至'),
                    line('reason', '延长理由', { most: 500 }),
                    citations('basis', '法律依据'),
                    date('to', '延长后的期限至', { hint: '延长不超过三十日（强制法25）' }),
                ],
            },
        ],
        signers: ['recipient'],
        sealed: true,
        copies: 2,
        rules: [],
        source: 'lawfaq; 强制法25',
    },
    {
        type: 'itemList',
        version: 1,
        from: FORMS_FROM,
        layout: 'list',
        sections: [
            {
                style: 'lines',
                fields: [
                    partyName(),
                    line('parentTitle', '被附文书名称', {
                        ...half,
                        prefill: 'parent.title',
                        phrases: ['查封、扣押决定书', '证据先行登记保存决定书', '卫生行政控制决定书'],
                    }),
                    line('parentNumber', '被附文书文号', { prefill: 'parent.number', ...half }),
                ],
            },
            {
                style: 'plain',
                fields: [
                    items('items', '物品', [
                        column('name', '物品名称', { required: true, width: 2 }),
                        column('spec', '规格'),
                        column('quantity', '数量', { kind: 'number', required: true, width: 0.7 }),
                        column('unit', '单位', { width: 0.6 }),
                        column('maker', '生产或者进口代理单位', { width: 1.8 }),
                        column('batch', '生产日期或者批号', { width: 1.3 }),
                        column('note', '备注'),
                    ]),
                ],
            },
            OFFICERS,
        ],
        signers: ['party', 'officers'],
        sealed: false,
        copies: 2,
        copiesNote: '本清单一式二份，一份交当事人，一份由本机关存档。',
        rules: ['twoOfficers', 'refusal'],
        source: '强制法24(3); lawfaq',
    },
    {
        type: 'announcement',
        version: 1,
        from: FORMS_FROM,
        layout: 'notice',
        sections: [
            {
                style: 'prose',
                before: '经查，{party}在{place}{facts}的行为，违反了{breached}的规定。依据{basis}的规定，本机关{handling}。',
                after: '特此公告。',
                fields: [
                    partyName('违法当事人', { hidden: true }),
                    line('place', '地点', { prefill: 'act.place' }),
                    line('facts', '违法事实', { most: 1000 }),
                    citations('breached', '违反条款'),
                    citations('basis', '处理依据'),
                    line('handling', '处理内容', { most: 1000 }),
                ],
            },
        ],
        signers: [],
        sealed: true,
        copies: 2,
        rules: [],
        source: 'lawfaq; 附件1 第11条',
    },
    {
        type: 'sealStrip',
        version: 1,
        from: FORMS_FROM,
        layout: 'strip',
        sections: [
            {
                style: 'lines',
                fields: [
                    date('sealedOn', '封存日期', half),
                    date('until', '封存期限至', half),
                    line('parentNumber', '决定书文号', { ...half, ...optional }),
                ],
            },
        ],
        signers: [],
        sealed: true,
        copies: 1,
        rules: ['sealStrip'],
        source: 'lawfaq',
    },
    {
        type: 'coercionApproval',
        version: 1,
        from: FORMS_FROM,
        layout: 'form',
        sections: [
            {
                style: 'grid',
                fields: [
                    ...partyHead(),
                    line('measure', '拟采取的措施', { phrases: ['查封', '扣押', '卫生行政控制'] }),
                    yesNo('urgent', '情况紧急，已先行实施'),
                    text('reason', '事由和情况紧急的说明', { hint: '情况紧急先行实施的，写明实施时间' }),
                    citations('basis', '法律依据'),
                    text('objects', '场所、设施或者财物'),
                    text('officerOpinion', '承办人意见', { signed: 'officers' }),
                    text('unitOpinion', '承办机构意见', { signed: 'reviewer' }),
                    text('headOpinion', '行政机关负责人意见', {
                        signed: 'responsible',
                        required: false,
                        hint: '由行政机关负责人批准；紧急情况须在二十四小时内补办（强制法19）',
                    }),
                    officers('officers', '承办人', { prefill: 'act.officers', hidden: true }),
                ],
            },
        ],
        signers: ['officers', 'reviewer', 'responsible'],
        sealed: false,
        copies: 1,
        rules: ['twoOfficers'],
        source: '强制法18(1)、19; knowledge',
    },
];
