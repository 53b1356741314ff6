/**
 * Scenarios of an enforcement act. The first nine are those in which 正文二(二)1 requires recording throughout;
 * the others are those it lets a district add (the list of additions becomes dated configuration).
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

/** The nine of 正文二(二)1. */
export const MANDATORY_SCENARIOS: readonly Scenario[] = SCENARIOS.slice(0, 9);

/** What a participant is in an act. Only `officer` counts towards the two of 附件1 第5条. */
export const PARTS = ['officer', 'assistant'] as const;
export type Part = (typeof PARTS)[number];

export const ACT_STATES = ['open', 'closed', 'cancelled'] as const;
export type ActState = (typeof ACT_STATES)[number];
