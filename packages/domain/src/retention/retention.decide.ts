import { DAY, type Instant } from '../kernel/instant.ts';
import { endOfPeriod } from '../kernel/period.ts';
import type { DatedTerm, KeepingCase, Retention, RetentionFacts } from './retention.ts';

/** Calendar months and years; no holiday moves the end of keeping. */
const endOf = (from: Instant, term: DatedTerm): Instant | null => {
    if (term.value === null) return null;
    const end = endOfPeriod(from, term.value, { calendar: new Map() });
    return end.state === 'running' ? end.due : null;
};

/**
 * The first moment from which a term ends only after `by`: whatever began before it has ended by then. Null where the term has no length.
 * A later beginning never ends earlier, so that the moment is found by halving.
 */
export function endedBefore(by: Instant, term: DatedTerm): Instant | null {
    if (term.value === null) return null;
    // What begins at `by` ends later. No term is as long as what is looked back.
    let [ended, running] = [by - LONGEST_MS, by];
    while (running - ended > 1) {
        const middle = Math.floor((ended + running) / 2);
        if ((endOf(middle, term) ?? Number.POSITIVE_INFINITY) <= by) ended = middle;
        else running = middle;
    }
    return running;
}
/** Two hundred years. */
const LONGEST_MS = 200 * 366 * DAY;

/**
 * How long a recording is kept (附件1 第18条). Withdrawing the mark of evidence is nothing of its own here: what is no evidence any more
 * is judged as if it had never been, by the day on which it came in.
 */
export function decideRetention(facts: RetentionFacts): Retention {
    return facts.evidenceIn.length > 0 ? ofEvidence(facts) : ofOrdinary(facts);
}

/** The longest of the cases counts; one that nobody can count yet keeps all of it. */
function ofEvidence({ evidenceIn, ofCase }: RetentionFacts): Retention {
    const kept = { class: 'evidence', due: null, term: null } as const;
    const contested = evidenceIn.find((each) => each.contested);
    if (contested !== undefined) return { ...kept, state: 'open', reason: 'contested', caseNumber: contested.number };
    let longest: { due: Instant; term: DatedTerm; number: string } | undefined;
    for (const { number, endedAt } of evidenceIn) {
        if (endedAt === null) return { ...kept, state: 'open', reason: 'caseOpen', caseNumber: number };
        const term = ofCase(endedAt);
        const due = endOf(endedAt, term);
        if (due === null) return { ...kept, state: 'review', term, reason: 'caseTermUnset', caseNumber: number };
        if (longest === undefined || due > longest.due) longest = { due, term, number };
    }
    return {
        ...kept,
        state: 'until',
        due: longest?.due ?? null,
        term: longest?.term ?? null,
        reason: null,
        caseNumber: longest?.number ?? null,
    };
}

/** At least so long from the later of its end and its coming in: nobody loses days because it was handed in late, or its clock ran ahead. */
function ofOrdinary({ receivedAt, capturedTo, actIn, least }: RetentionFacts): Retention {
    const due = endOf(Math.max(receivedAt, capturedTo ?? receivedAt), least);
    const plain = { class: 'ordinary', due, term: least } as const;
    const about = (reason: Retention['reason'], of?: KeepingCase) =>
        ({ ...plain, state: reason === 'contested' ? 'open' : 'review', reason, caseNumber: of?.number ?? null }) as const;
    const contested = actIn.find((each) => each.contested);
    if (contested !== undefined) return about('contested', contested);
    // Whoever handles the case still says whether it is evidence.
    const open = actIn.find((each) => each.endedAt === null);
    if (open !== undefined) return about('actInOpenCase', open);
    if (due === null) return about('termUnset');
    return { ...plain, state: 'until', reason: null, caseNumber: null };
}

/** What a store may be told to refuse until then, and whether to refuse it without an end; a lock is only ever made longer. */
export const lockOf = ({ state, due }: Retention): { readonly until?: Instant; readonly hold: boolean } => ({
    ...(due === null ? {} : { until: due }),
    hold: state !== 'until',
});
