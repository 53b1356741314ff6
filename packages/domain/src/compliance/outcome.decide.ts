import type { Day } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { FindingState } from './finding.decide.ts';
import { BREACHABLE, type OutcomeKind } from './outcome.ts';

export type OutcomeWish = {
    readonly clause: string;
    /** Null: the organisation itself. */
    readonly personId: Id | null;
    readonly happenedDay: Day;
    readonly kind: OutcomeKind;
    readonly decidedDay: Day;
    readonly paperNumber: string | null;
};

/**
 * What is entered was decided already, about somebody else, for a clause that binds; a sanction rests on a numbered decision.
 * `outcome.clauseNotBinding`, `outcome.ownCase`, `outcome.inFuture`, `outcome.decidedBefore`, `outcome.paperMissing`
 */
export function decideOutcome(wish: OutcomeWish, actor: Id, today: Day): void {
    if (!BREACHABLE.some(({ id }) => id === wish.clause)) throw new DomainError('outcome.clauseNotBinding');
    if (wish.personId === actor) throw new DomainError('outcome.ownCase');
    if (wish.decidedDay > today) throw new DomainError('outcome.inFuture');
    if (wish.happenedDay > wish.decidedDay) throw new DomainError('outcome.decidedBefore');
    if (wish.kind === 'sanction' && wish.paperNumber === null) throw new DomainError('outcome.paperMissing');
}

/** Nothing follows what was not confirmed. `outcome.findingNotConfirmed` */
export function decideOutcomeOf(finding: { readonly state: FindingState }): void {
    if (finding.state !== 'stands') throw new DomainError('outcome.findingNotConfirmed');
}

/** An entry that stands ends once, and not by whom it is about. `outcome.ended`, `outcome.ownCase` */
export function decideOutcomeEnd(entry: { readonly endedAt: Instant | null; readonly personId: Id | null }, actor: Id): void {
    if (entry.endedAt !== null) throw new DomainError('outcome.ended');
    if (entry.personId === actor) throw new DomainError('outcome.ownCase');
}
