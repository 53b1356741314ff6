/** Drafting rules that a template may name. An id is for ever: findings and templates carry it. */
export const TEMPLATE_RULE_IDS = [
    'guessingWords',
    'endMark',
    'trueRecord',
    'sceneConclusion',
    'caseTitle',
    'twoOfficers',
    'times',
    'withinAct',
    'onePerson',
    'recorderNotAlone',
    'sealStrip',
    'refusal',
    'sixItems',
    'fiveItems',
    'pages',
    'remedies',
    'reviewFirst',
    'notHeavier',
    'otherReviewer',
    'otherPresider',
    'seizureTerm',
    'preservationTerm',
    'spotFine',
    'leftService',
] as const;

/** Checked for every document, whatever its template. */
export const COMMON_RULE_IDS = [
    'required',
    'unfilled',
    'kinds',
    'blanks',
    'certificates',
    'citations',
    'agencyName',
    'numberBrackets',
] as const;

export type DraftingRuleId = (typeof TEMPLATE_RULE_IDS)[number];
export type CommonRuleId = (typeof COMMON_RULE_IDS)[number];
