import type { Day } from '../kernel/day.ts';

/** 行政复议, 行政诉讼 (处罚法 7, 73; 强制法 8; 许可法 7). */
export const REMEDY_KINDS = ['review', 'lawsuit'] as const;
export type RemedyKind = (typeof REMEDY_KINDS)[number];

/** What came of it, by the last word that counts. `notHeard`: not taken up, or dismissed without a look at the decision. */
export const REMEDY_RESULTS = ['upheld', 'changed', 'annulled', 'illegal', 'void', 'withdrawn', 'notHeard', 'settled'] as const;
export type RemedyResult = (typeof REMEDY_RESULTS)[number];

export type CaseRemedy = {
    readonly kind: RemedyKind;
    readonly authority: string;
    readonly begunOn: Day;
    /** Why enforcement stands still meanwhile; null where it does not (处罚法 73(1)). */
    readonly suspendedWhy: string | null;
    readonly endedOn: Day | null;
    readonly result: RemedyResult | null;
};
