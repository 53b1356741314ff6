import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { ExemptionKind, ExemptionState } from './act.ts';
import type { ActSegment } from './act-segments.ts';
import type { ExemptionFacts } from './coverage-facts.ts';

export type Exemption = {
    readonly kind: ExemptionKind;
    readonly ground: string;
    readonly startsAt: Instant;
    readonly endsAt: Instant;
};

/**
 * An officer records why nothing had to be recorded, at one site and for a part of its time. A high-risk ground comes from
 * the list in force that day (附件1 第11条); force majeure is told in words (第13条). Throws `act.endBeforeStart`,
 * `act.exemptionOutside` or `act.groundUnknown`.
 */
export function decideExemption(
    { kind, ground, startsAt, endsAt }: Exemption,
    segment: Pick<ActSegment, 'startsAt' | 'endsAt'>,
    grounds: readonly string[],
): void {
    if (endsAt <= startsAt) throw new DomainError('act.endBeforeStart');
    if (startsAt < segment.startsAt || endsAt > segment.endsAt) throw new DomainError('act.exemptionOutside');
    if (kind === 'highRisk' && !grounds.includes(ground)) throw new DomainError('act.groundUnknown', { ground });
}

export type KeptExemption = { readonly state: ExemptionState; readonly recordedBy: Id };

/**
 * Nobody decides on what they recorded, nor on an act they took part in, and a decision is made once; throws
 * `act.exemptionSettled`, `act.ownExemption` or `act.exemptionOfParticipant`.
 */
export function decideExemptionDecision({ state, recordedBy }: KeptExemption, by: Id, participants: readonly Id[]): void {
    if (state !== 'waiting') throw new DomainError('act.exemptionSettled');
    if (recordedBy === by) throw new DomainError('act.ownExemption');
    if (participants.includes(by)) throw new DomainError('act.exemptionOfParticipant');
}

/** What is refused or withdrawn stays so; throws `act.exemptionSettled`. */
export function decideWithdrawal({ state }: Pick<KeptExemption, 'state'>): void {
    if (state !== 'waiting' && state !== 'confirmed') throw new DomainError('act.exemptionSettled');
}

/** 附件1 第13条, and only it, demands a written work record; throws `act.noteNotNeeded` or `act.exemptionSettled`. */
export function decideNote({ kind, state }: { readonly kind: ExemptionKind; readonly state: ExemptionState }): void {
    if (kind !== 'forceMajeure') throw new DomainError('act.noteNotNeeded');
    decideWithdrawal({ state });
}

type KeptForRules = Exemption & {
    readonly id: string;
    readonly personId: string | null;
    readonly segmentId: string;
    readonly words: string | null;
    readonly state: ExemptionState;
    readonly decidedBy: Id | null;
    /** The work record is there and is more than a draft. */
    readonly noteDone: boolean;
};

/**
 * An exemption as the rules want it: what was refused or withdrawn exempts nothing and is not there. What somebody confirmed who
 * took part in the act, named before or afterwards, still waits for a head who did not.
 * @param participants who took part in its act
 */
export function exemptionFactsOf(
    { id, personId, segmentId, kind, ground, words, startsAt, endsAt, state, decidedBy, noteDone }: KeptForRules,
    participants: readonly (Id | null)[],
): ExemptionFacts[] {
    if (state !== 'waiting' && state !== 'confirmed') return [];
    return [
        {
            id,
            personId,
            segmentId,
            during: { start: startsAt, end: endsAt },
            ground: words === null ? ground : `${ground}：${words}`,
            state: decidedBy !== null && participants.includes(decidedBy) ? 'waiting' : state,
            note: kind === 'highRisk' ? 'notNeeded' : noteDone ? 'present' : 'missing',
        },
    ];
}
