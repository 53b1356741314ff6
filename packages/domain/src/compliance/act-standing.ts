import { type StatementStatus, worse } from '../act/coverage-statement.ts';
import type { Verdict } from './rules/rule.ts';

/** What was found about an act when it was judged last, and how far it has come. */
export type FoundOfAct = {
    /** Of all rules together; null: not judged yet. */
    readonly verdict: Verdict | null;
    /** Findings that somebody has to answer. */
    readonly open: number;
    /** Answers that wait for somebody else, and confirmed violations that are found no longer, until somebody settles them. */
    readonly waiting: number;
    /** Confirmed violations. */
    readonly confirmed: number;
};

/**
 * How an act stands as a whole: as its record stands, and no better than what was found about it. So `held` means here what `complete` means in the
 * statistics: every rule that counts passes. A failed rule without an open finding is one that no explanation makes good.
 */
export function standingAmid(record: StatementStatus, { verdict, open, waiting, confirmed }: FoundOfAct): StatementStatus {
    if (confirmed > 0) return 'broken';
    if (open > 0) return worse(record, 'act');
    if (waiting > 0 || verdict === 'needsReview') return worse(record, 'judge');
    return verdict === 'fail' ? 'broken' : record;
}
