import { type Day, dayOf, startOfDay } from '../kernel/day.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import { decideParameterChange, inForceAt } from './parameter.decide.ts';
import type { ParameterDefinition, ParameterRow, ParameterValue } from './parameter.ts';

export const PROPOSAL_STATES = ['waiting', 'approved', 'refused', 'withdrawn'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

export type ProposedChange = {
    readonly value: ParameterValue | null;
    readonly standing: 'verified' | 'verify' | 'own';
    /** The first day on which it counts; null: from the moment of its approval. */
    readonly from: Day | null;
};

/** Today, too, means from this moment on: what was counted this morning stays as it was counted. */
export const beginOfChange = (from: Day | null, now: Instant): Instant =>
    from === null || from === dayOf(now) ? now : startOfDay(from);

/**
 * A change that somebody proposes. What loosens or reaches back is refused at once, as it would be at its approval; throws the codes of
 * `decideParameterChange`. Gives the decision that would be in force without it, null for what came with the software.
 */
export function decideProposal(
    definition: ParameterDefinition,
    rows: readonly ParameterRow[],
    { value, standing, from }: ProposedChange,
    now: Instant,
): Id | null {
    const begins = beginOfChange(from, now);
    decideParameterChange(definition, rows, { value, standing, from: begins }, now);
    return inForceAt(definition, rows, begins).decision;
}

/**
 * The same is asked once more when it is approved: its day may have passed, the catalogue may have become stricter. Where something
 * else is in force by now than what it was to take the place of, it is refused: whoever proposed it compared it with that. Gives the
 * moment from which it counts. Throws `parameter.changedSince` and the codes of `decideParameterChange`.
 */
export function decideProposalApproval(
    definition: ParameterDefinition,
    rows: readonly ParameterRow[],
    { value, standing, from, replaces }: ProposedChange & { readonly replaces: Id | null },
    now: Instant,
): Instant {
    const begins = beginOfChange(from, now);
    decideParameterChange(definition, rows, { value, standing, from: begins }, now);
    if (inForceAt(definition, rows, begins).decision !== replaces) throw new DomainError('parameter.changedSince');
    return begins;
}

/** Who may say yes or no: others of the organisation, else those above it, else nobody until a second person holds the right. */
export type ProposalWaitsFor = 'within' | 'above' | 'nobody';

/** `within` and `above` count the people with the right to approve, whoever proposed it left out. */
export const proposalWaitsFor = ({ within, above }: { within: number; above: number }): ProposalWaitsFor =>
    within > 0 ? 'within' : above > 0 ? 'above' : 'nobody';

type Asked = { readonly state: ProposalState; readonly proposedBy: Id };

/**
 * Somebody who has the right to approve says yes or no: the person counts, so nobody does to what they proposed, however many roles they
 * hold. An organisation above does only where nobody else within could (统一领导). `within` counts those who could. Throws
 * `parameter.proposalSettled {state}`, `parameter.ownProposal`, `parameter.decidedWithin`.
 */
export function decideOnProposal(
    { state, proposedBy }: Asked,
    by: { readonly personId: Id; readonly from: 'within' | 'above' },
    within: number,
): void {
    if (state !== 'waiting') throw new DomainError('parameter.proposalSettled', { state });
    if (proposedBy === by.personId) throw new DomainError('parameter.ownProposal');
    if (by.from === 'above' && within > 0) throw new DomainError('parameter.decidedWithin');
}

/** Whoever proposed it takes it back, until somebody has decided. Throws `parameter.proposalSettled {state}`, `parameter.notYourProposal`. */
export function decideProposalWithdrawal({ state, proposedBy }: Asked, personId: Id): void {
    if (state !== 'waiting') throw new DomainError('parameter.proposalSettled', { state });
    if (proposedBy !== personId) throw new DomainError('parameter.notYourProposal');
}
