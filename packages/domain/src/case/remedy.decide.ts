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

/** Throws `case.notContestable`, `case.remedyReversed`, `case.remedyHalf`, `case.dateInFuture` or `case.dateBeforeOpening`. */
export function decideRemedy(
    of: { readonly procedure: ProcedureId; readonly openedAt: Instant },
    { begunOn, endedOn, result }: Pick<CaseRemedy, 'begunOn' | 'endedOn' | 'result'>,
    today: Day,
): void {
    if (!CONTESTABLE.includes(of.procedure)) throw new DomainError('case.notContestable');
    if ((endedOn === null) !== (result === null)) throw new DomainError('case.remedyHalf');
    if (begunOn > today || (endedOn !== null && endedOn > today)) throw new DomainError('case.dateInFuture');
    if (begunOn < dayOf(of.openedAt)) throw new DomainError('case.dateBeforeOpening', { date: dayOf(of.openedAt) });
    if (endedOn !== null && endedOn < begunOn) throw new DomainError('case.remedyReversed');
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
