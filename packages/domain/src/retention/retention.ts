import type { Instant } from '../kernel/instant.ts';
import type { Period } from '../kernel/period.ts';
import type { Standing } from '../parameter/parameter.ts';

/** 附件1 第18条: what is evidence is kept as long as the file of its case, everything else for the least time at least. */
export const RETENTION_CLASSES = ['evidence', 'ordinary'] as const;
export type RetentionClass = (typeof RETENTION_CLASSES)[number];

/** What keeps a recording beyond a day that could be counted, or lets nobody count one. */
export const RETENTION_REASONS = ['contested', 'caseOpen', 'caseTermUnset', 'termUnset', 'actInOpenCase'] as const;
export type RetentionReason = (typeof RETENTION_REASONS)[number];

/** A case as far as keeping looks at it. */
export type KeepingCase = {
    readonly number: string;
    readonly endedAt: Instant | null;
    /** A review or a lawsuit against what it decided is pending (处罚法 73). */
    readonly contested: boolean;
};

export type DatedTerm = { readonly value: Period | null; readonly standing: Standing; readonly basis: string };

export type RetentionFacts = {
    readonly receivedAt: Instant;
    /** When the recording ended, by the best clock there is; null: nobody knows. */
    readonly capturedTo: Instant | null;
    /** Cases in whose list of evidence it stands now. */
    readonly evidenceIn: readonly KeepingCase[];
    /** Cases that its act belongs to. */
    readonly actIn: readonly KeepingCase[];
    /** Least time for what is no evidence, as it was when the recording came in. */
    readonly least: DatedTerm;
    /** How long the file of a case is kept, as it was at a moment. */
    readonly ofCase: (at: Instant) => DatedTerm;
};

/**
 * `until`: kept to the end of that day at least, and by nobody's doing gone after it. `open`: kept, and its last day cannot be known yet.
 * `review`: a fact or a decision is missing, so a person has to look; meanwhile it is kept.
 */
export type Retention = {
    readonly class: RetentionClass;
    readonly state: 'until' | 'open' | 'review';
    /** First instant at which it need not be kept any more; null unless `state` is `until` or the least time is known. */
    readonly due: Instant | null;
    readonly term: DatedTerm | null;
    readonly reason: RetentionReason | null;
    /** Number of the case the reason is about. */
    readonly caseNumber: string | null;
};
