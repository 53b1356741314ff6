import {
    type CasePost,
    DOCUMENT_TYPE_IDS,
    type DocumentLevel,
    documentTypeFacts,
    type Locale,
    PROCEDURE_TABLES,
    PROCEDURES,
    type StepField,
} from '@liuhen/domain';

type Words = { readonly 'zh-CN': string; readonly en: string };

/** Whose step it is. */
export const ACTOR_WORDS: Readonly<Record<CasePost, Words>> = {
    handler: { 'zh-CN': '承办人', en: 'officers handling the case' },
    reviewer: { 'zh-CN': '科室或本机构负责人', en: 'head of section or institute' },
    legalReviewer: { 'zh-CN': '法制审核人员', en: 'legal reviewer' },
    agencyHead: { 'zh-CN': '行政机关负责人', en: 'head of the agency' },
};

const LEVEL_WORDS: Readonly<Record<DocumentLevel, Words>> = {
    made: { 'zh-CN': '已定稿', en: 'finished' },
    issued: { 'zh-CN': '已用印签发或当场签名', en: 'issued or signed on the spot' },
    served: { 'zh-CN': '已送达', en: 'served' },
};

/** What a step asks for. */
export const STEP_FIELD_WORDS: Readonly<Record<StepField, Words>> = {
    proposedFine: { 'zh-CN': '拟罚款（元）', en: 'fine intended (yuan)' },
    fine: { 'zh-CN': '罚款（元）', en: 'fine (yuan)' },
    grave: { 'zh-CN': '是否情节复杂或者重大违法', en: 'whether complex or grave' },
    hearingDue: { 'zh-CN': '是否应当告知听证权', en: 'whether a hearing is offered' },
    legalReviewDue: { 'zh-CN': '是否须经法制审核', en: 'whether legal review is needed' },
    people: { 'zh-CN': '参加人数', en: 'number of people' },
    passed: { 'zh-CN': '是否通过', en: 'whether it passed' },
    day: { 'zh-CN': '听证日期', en: 'day of the hearing' },
    presiderId: { 'zh-CN': '主持人', en: 'who presides' },
    measure: { 'zh-CN': '措施', en: 'measure' },
    outcome: { 'zh-CN': '结果', en: 'outcome' },
    reason: { 'zh-CN': '理由或说明', en: 'reason or account' },
    cash: { 'zh-CN': '是否当场收缴', en: 'whether taken in cash' },
    hardToCollect: { 'zh-CN': '是否不当场收缴事后难以执行', en: 'whether it could not be collected later' },
};

const EVIDENCE_FIELD_WORDS: Readonly<Record<string, Words>> = {
    targetId: { 'zh-CN': '所指的材料', en: 'what it refers to' },
    moment: { 'zh-CN': '片段的起止', en: 'beginning and end of the moment' },
    extractedById: { 'zh-CN': '提取人', en: 'who extracted it' },
    extractedAt: { 'zh-CN': '提取时间', en: 'when it was extracted' },
    method: { 'zh-CN': '提取方法', en: 'how it was extracted' },
    carrier: { 'zh-CN': '存储载体', en: 'carrier' },
};

type Params = Readonly<Record<string, string | number>>;

/** Ids in a refusal, said as words: documents, states, posts, fields. */
export function caseParams(language: Locale, params: Params): Params {
    const said: Record<string, string | number> = { ...params };
    const tongue = language === 'en' ? 'en' : 'zh';
    const type = DOCUMENT_TYPE_IDS.find((each) => each === params.document);
    if (type !== undefined) said.document = documentTypeFacts(type)[tongue];
    const procedure = PROCEDURES.find((each) => each === params.procedure);
    const state = procedure === undefined ? undefined : PROCEDURE_TABLES[procedure].states[String(params.state)];
    if (state !== undefined) said.state = state[tongue];
    const words = (of: Readonly<Record<string, Words>>, key: string): void => {
        const found = Object.hasOwn(params, key) ? of[String(params[key])] : undefined;
        if (found !== undefined) said[key] = found[language];
    };
    words(LEVEL_WORDS, 'level');
    words(ACTOR_WORDS, 'by');
    words({ ...STEP_FIELD_WORDS, ...EVIDENCE_FIELD_WORDS }, 'field');
    return said;
}
