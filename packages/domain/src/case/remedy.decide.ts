import { type Day, dayOf, startOfDay } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { CaseFacts, ProcedureId } from './case.ts';
import type { CaseRemedy, RemedyResult } from './remedy.ts';

/** 处罚法 48: 变更、撤销、确认违法、确认无效, of which a published decision is taken back. */
const OVERTURNING: readonly RemedyResult[] = ['changed', 'annulled', 'illegal', 'void'];
/** What leaves nothing that could be enforced. */
const UNDOING: readonly RemedyResult[] = ['annulled', 'void'];

/** Procedures that decide something a party may contest. A hearing and a preservation are contested with what they lead to. */
export const CONTESTABLE: readonly ProcedureId[] = ['penalty', 'simplePenalty', 'coercion', 'licence'];

/** 行政复议法 2023 第23条: against a penalty decided on the spot review comes first, since then. */
const REVIEW_FIRST: ProcedureId = 'simplePenalty';
const REVIEW_FIRST_SINCE: Day = '2024-01-01';

export type StatedRemedy = Pick<CaseRemedy, 'kind' | 'begunOn' | 'endedOn' | 'result'> & { readonly note: string | null };
type Contested = {
    readonly procedure: ProcedureId;
    readonly openedAt: Instant;
    /** Whatever else is on record of the case. */
    readonly others: readonly Pick<CaseRemedy, 'kind' | 'begunOn'>[];
};

/**
 * Throws `case.notContestable`, `case.remedyReversed`, `case.remedyHalf`, `case.dateInFuture`, `case.dateBeforeOpening` or
 * `case.reviewFirst`: a lawsuit that came first did happen, so it is recorded once the note says what the court made of it.
 */
export function decideRemedy(of: Contested, { kind, begunOn, endedOn, result, note }: StatedRemedy, today: Day): void {
    if (!CONTESTABLE.includes(of.procedure)) throw new DomainError('case.notContestable');
    if ((endedOn === null) !== (result === null)) throw new DomainError('case.remedyHalf');
    if (begunOn > today || (endedOn !== null && endedOn > today)) throw new DomainError('case.dateInFuture');
    if (begunOn < dayOf(of.openedAt)) throw new DomainError('case.dateBeforeOpening', { date: dayOf(of.openedAt) });
    if (endedOn !== null && endedOn < begunOn) throw new DomainError('case.remedyReversed');
    const reviewed = of.others.some((other) => other.kind === 'review' && other.begunOn <= begunOn);
    const first = of.procedure === REVIEW_FIRST && kind === 'lawsuit' && begunOn >= REVIEW_FIRST_SINCE;
    if (first && !reviewed && note === null) throw new DomainError('case.reviewFirst');
}

/** The one that runs now, if any. */
export const pendingRemedy = ({ remedies }: Pick<CaseFacts, 'remedies'>): CaseRemedy | undefined =>
    remedies.find((each) => each.endedOn === null);

/** The last one that changed or undid the decision. What led to a reopening, on its day or before, is done with. */
export const overturned = ({ remedies }: Pick<CaseFacts, 'remedies'>, reopened: Instant | undefined): CaseRemedy | undefined =>
    remedies
        .filter(({ endedOn }) => endedOn !== null && (reopened === undefined || endedOn > dayOf(reopened)))
        .filter(({ result }) => result !== null && OVERTURNING.includes(result))
        .toSorted((a, b) => (a.endedOn ?? '').localeCompare(b.endedOn ?? ''))
        .at(-1);

export const isUndone = ({ result }: CaseRemedy): boolean => result !== null && UNDOING.includes(result);

/** When a remedy ended, as a moment: the papers say a day. */
export const endOfRemedy = ({ endedOn }: CaseRemedy): Instant | undefined => (endedOn === null ? undefined : startOfDay(endedOn));

/** 处罚法 73(3): a day on which a review or a lawsuit ran, its first and last included, adds nothing to a late fine. */
export const isContestedOn = ({ remedies }: Pick<CaseFacts, 'remedies'>, day: Day): boolean =>
    remedies.some(({ begunOn, endedOn }) => begunOn <= day && (endedOn === null || day <= endedOn));
