/**
 * What followed a confirmed violation, in the notice's own words: 批评教育 and, where it is grave, 追究责任 (附件1 第21条); 追究责任 by
 * 《行政机关公务员处分条例》 and the like (正文三(四)).
 */
export const OUTCOME_KINDS = ['instruction', 'accountability', 'sanction'] as const;
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** How an entry came to an end: another stands in its place, or it was taken back. */
export const OUTCOME_ENDS = ['replaced', 'withdrawn'] as const;
export type OutcomeEnd = (typeof OUTCOME_ENDS)[number];
