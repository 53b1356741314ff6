import { DomainError } from '../kernel/domain-error.ts';
import type { Id } from '../kernel/ids.ts';
import { decideChangeable, type MergeStanding } from './party.decide.ts';
import type { MergeState } from './party.ts';

type Party = MergeStanding & { readonly id: Id };

/** Both are parties of their own, and neither is one already merged. */
export function decideMergePair(duplicate: Party, survivor: Party): void {
    if (duplicate.id === survivor.id) throw new DomainError('party.mergeSelf');
    for (const party of [duplicate, survivor]) decideChangeable(party);
}

type Merge = { readonly state: MergeState; readonly proposedBy: Id };

/** Two signatures of two people: who proposed does not confirm. */
export function decideMergeConfirmation({ state, proposedBy }: Merge, actor: Id): void {
    if (state !== 'proposed') throw new DomainError('party.mergeNotOpen');
    if (proposedBy === actor) throw new DomainError('party.mergeSamePerson');
}

/** A proposal ends without a merger: withdrawn by who made it, rejected by anybody else. */
export function decideMergeEnd({ state, proposedBy }: Merge, actor: Id): 'withdrawn' | 'rejected' {
    if (state !== 'proposed') throw new DomainError('party.mergeNotOpen');
    return proposedBy === actor ? 'withdrawn' : 'rejected';
}

/** How the world has gone on since a merger, as far as it stands in the way of undoing it. */
export type MergeSequel = {
    /** Where the survivor itself was merged into. */
    readonly survivorMergedInto: string | undefined;
    /** Of what was moved, how much no longer belongs to the survivor. */
    readonly movedOn: number;
    /** What was not moved and yet uses moved premises, or was moved and now uses premises that were not. */
    readonly usedSince: number;
};

/** A merger is undone exactly or not at all. */
export function decideMergeUndo(state: MergeState, { survivorMergedInto, movedOn, usedSince }: MergeSequel): void {
    if (state !== 'confirmed') throw new DomainError('party.mergeNotConfirmed');
    if (survivorMergedInto !== undefined) throw new DomainError('party.mergeLater', { name: survivorMergedInto });
    if (movedOn > 0) throw new DomainError('party.mergeMovedOn', { count: movedOn });
    if (usedSince > 0) throw new DomainError('party.mergeUsedSince', { count: usedSince });
}
