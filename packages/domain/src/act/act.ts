/**
 * Scenarios of an enforcement act. The first nine are those in which 正文二(二)1 requires recording throughout;
 * the others are those it lets a district add.
 */
export const SCENARIOS = [
    'licenceSiteReview',
    'afterNotificationCommitment',
    'doubleRandomInspection',
    'coerciveMeasure',
    'evidencePreservation',
    'lienService',
    'publicService',
    'simpleProcedurePenalty',
    'hearing',
    'routineInspection',
    'samplingForEvidence',
    'surveillanceSampling',
    'interview',
    'complaintHandling',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/**
 * A scenario as it is kept: a fixed one, or one an organisation added, named by its own name so that it can be read for ever,
 * whatever becomes of the list of additions.
 */
export type ScenarioKey = Scenario | `own.${string}`;
export const isFixedScenario = (key: string): key is Scenario => (SCENARIOS as readonly string[]).includes(key);
export const isOwnScenario = (key: string): key is `own.${string}` => /^own\.[^\p{Cc}|｜]{1,30}$/u.test(key);
export const isScenarioKey = (key: string): key is ScenarioKey => isFixedScenario(key) || isOwnScenario(key);
/** The name of an added scenario; `undefined` of a fixed one, whose names are texts. */
export const ownScenarioName = (key: ScenarioKey): string | undefined => (isFixedScenario(key) ? undefined : key.slice(4));

/** The nine of 正文二(二)1. */
export const MANDATORY_SCENARIOS: readonly Scenario[] = SCENARIOS.slice(0, 9);

/**
 * What a participant is in an act. Only `officer` counts towards the two of 附件1 第5条; colleagues of other agencies take
 * part in joint checks without our recorders and never count.
 */
export const PARTS = ['officer', 'assistant', 'partyPerson', 'witness', 'interpreter', 'otherAgency'] as const;
export type Part = (typeof PARTS)[number];

/** Those who are persons of the organisation; the others are known by name only. */
export const OWN_PARTS = ['officer', 'assistant'] as const satisfies readonly Part[];
export type OwnPart = (typeof OWN_PARTS)[number];
export const isOwnPart = (part: Part): part is OwnPart => part === 'officer' || part === 'assistant';

/** `planned` is announced and has not begun: it has a list of what to do before (附件1 第7条), and nothing else. */
export const ACT_STATES = ['planned', 'open', 'closed', 'cancelled'] as const;
export type ActState = (typeof ACT_STATES)[number];

/**
 * Where a segment takes place: premises of the party, a site inside them (附件1 第5条: each a unit of its own), a room of
 * ours (正文二(二)3), or a place by name (posting of a public notice).
 */
export const SITE_KINDS = ['premises', 'inside', 'room', 'place'] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

/**
 * Secrecy of an act and of all that belongs to it (附件1 第12条). `open` is the rule. State secrets have no place in this
 * system: `state` exists only to be refused in so many words.
 */
export const SECRECIES = ['open', 'work', 'trade', 'privacy'] as const;
export type Secrecy = (typeof SECRECIES)[number];
export type SecrecyMark = Exclude<Secrecy, 'open'>;

/** 附件1 第11条: a high-risk site, from a list. 第13条: weather or other force majeure, with a written work record. */
export const EXEMPTION_KINDS = ['highRisk', 'forceMajeure'] as const;
export type ExemptionKind = (typeof EXEMPTION_KINDS)[number];

/** Recorded by an officer, it waits for the section head; only `confirmed` exempts. */
export const EXEMPTION_STATES = ['waiting', 'confirmed', 'refused', 'withdrawn'] as const;
export type ExemptionState = (typeof EXEMPTION_STATES)[number];
