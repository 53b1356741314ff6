import type { BodyOf, Endpoints } from '@liuhen/contract';
import { DomainError, decideMergeConfirmation, decideMergeEnd, decideMergePair, decideMergeUndo, type Id } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { type Moves, movesOf } from './merge.queries.ts';
import {
    insertMerge,
    lockMerge,
    lockMovables,
    MERGE_KEYS,
    MOVED_TABLES,
    type Moved,
    movedOn,
    moveRows,
    openMergeOf,
    updateMerge,
    usedSince,
} from './merge.store.ts';
import { lockParty, type PartyRow, refreshSearch, setMerged } from './party.store.ts';
import { survivorOf } from './party-usable.queries.ts';

export const proposeMerge = (
    services: Services,
    context: CommandContext,
    { duplicateId, survivorId, reason }: BodyOf<Endpoints['party.proposeMerge']>,
): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'party.proposeMerge',
        async (tx) => {
            const { duplicate, survivor } = await lockPair(tx, duplicateId, survivorId);
            decideMergePair(await standingOf(tx, duplicate), await standingOf(tx, survivor));
            if ((await openMergeOf(tx, duplicateId)) !== undefined)
                throw new DomainError('party.mergeOpen', { name: duplicate.name });
            const { id } = await insertMerge(tx, {
                id: tx.newId(),
                duplicate_id: duplicateId,
                survivor_id: survivorId,
                state: 'proposed',
                reason,
                proposed_by: tx.actor,
                proposed_at: tx.now,
            });
            const body = { duplicate: duplicate.name, survivor: survivor.name, reason };
            return {
                result: { id },
                events: [{ kind: 'party.mergeProposed', creates: [id], objects: [duplicateId, survivorId], body }],
            };
        },
        { retryOn: MERGE_KEYS },
    );

/** The second signature: from here on everything of the duplicate is the survivor's. */
export const confirmMerge = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, seen }: BodyOf<Endpoints['party.confirmMerge']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'party.confirmMerge', async (tx) => {
        const merge = await mergeOf(tx, id);
        decideMergeConfirmation({ state: merge.state, proposedBy: merge.proposed_by }, tx.actor);
        const { duplicate, survivor } = await lockPair(tx, merge.duplicate_id, merge.survivor_id);
        decideMergePair(await standingOf(tx, duplicate), await standingOf(tx, survivor));
        const rows = await lockMovables(tx, duplicate.id);
        // What is confirmed is what was shown: something added meanwhile is looked at first.
        if (!same(await movesOf(tx.read, duplicate.id), seen)) throw new DomainError('conflict.changedMeanwhile');
        await moveRows(tx, rows, survivor.id);
        await setMerged(tx, duplicate, { state: 'merged', merged_into: survivor.id });
        await refreshSearch(tx, survivor);
        const moved: Moved = { state: duplicate.state, rows };
        const after = await updateMerge(
            tx,
            { id, version },
            { state: 'confirmed', decided_by: tx.actor, decided_at: tx.now, moved: JSON.stringify(moved) },
        );
        const objects = [id, duplicate.id, survivor.id, ...Object.values(rows).flat()];
        const body = { duplicate: duplicate.name, survivor: survivor.name, moves: seen };
        return { result: { version: after.version }, events: [{ kind: 'party.mergeConfirmed', objects, body }] };
    });

export const endMergeProposal = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, reason }: BodyOf<Endpoints['party.rejectMerge']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'party.rejectMerge', async (tx) => {
        const merge = await mergeOf(tx, id);
        const state = decideMergeEnd({ state: merge.state, proposedBy: merge.proposed_by }, tx.actor);
        const decision = { state, decided_by: tx.actor, decided_at: tx.now, decision_note: reason };
        const after = await updateMerge(tx, { id, version }, decision);
        const objects = [id, merge.duplicate_id, merge.survivor_id];
        const kind = state === 'withdrawn' ? ('party.mergeWithdrawn' as const) : ('party.mergeRejected' as const);
        return { result: { version: after.version }, events: [{ kind, objects, body: { reason } }] };
    });

/** Puts back exactly what was moved; refuses where something else has come to rely on it. */
export const undoMerge = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, reason }: BodyOf<Endpoints['party.undoMerge']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'party.undoMerge', async (tx) => {
        const merge = await mergeOf(tx, id);
        const { duplicate, survivor } = await lockPair(tx, merge.duplicate_id, merge.survivor_id);
        const { state, rows } = movedOf(merge.moved);
        decideMergeUndo(merge.state, {
            survivorMergedInto: await nameOf(tx, survivor.merged_into),
            movedOn: await movedOn(tx, rows, survivor.id),
            usedSince: await usedSince(tx, rows, survivor.id),
        });
        await moveRows(tx, rows, duplicate.id);
        await setMerged(tx, duplicate, { state, merged_into: null });
        await refreshSearch(tx, survivor);
        const after = await updateMerge(
            tx,
            { id, version },
            { state: 'undone', undone_by: tx.actor, undone_at: tx.now, undo_reason: reason },
        );
        const objects = [id, duplicate.id, survivor.id, ...Object.values(rows).flat()];
        const body = { duplicate: duplicate.name, survivor: survivor.name, reason };
        return { result: { version: after.version }, events: [{ kind: 'party.mergeUndone', objects, body }] };
    });

async function mergeOf(tx: Tx, id: Id) {
    const merge = await lockMerge(tx, id);
    if (merge === undefined) throw new DomainError('party.mergeNotFound');
    return merge;
}

/** Both parties, locked in the order of their ids, so that two mergers cannot wait for each other. */
async function lockPair(tx: Tx, duplicateId: Id, survivorId: Id): Promise<{ duplicate: PartyRow; survivor: PartyRow }> {
    const found = new Map<Id, PartyRow>();
    for (const id of [duplicateId, survivorId].sort()) {
        const party = await lockParty(tx, id);
        if (party !== undefined) found.set(id, party);
    }
    const [duplicate, survivor] = [found.get(duplicateId), found.get(survivorId)];
    if (duplicate === undefined || survivor === undefined) throw new DomainError('party.notFound');
    return { duplicate, survivor };
}

const standingOf = async (tx: Tx, party: PartyRow) => ({
    ...party,
    survivor: (await survivorOf(tx.read, party.merged_into))?.name ?? null,
});

const same = (now: Moves, seen: Moves): boolean =>
    (Object.keys(now) as (keyof Moves)[]).every((kind) => now[kind] === seen[kind]);

const nameOf = async (tx: Tx, id: Id | null): Promise<string | undefined> =>
    id === null ? undefined : (await lockParty(tx, id))?.name;

const NOTHING: Moved = {
    state: 'active',
    rows: Object.fromEntries(MOVED_TABLES.map((table) => [table, []])) as unknown as Moved['rows'],
};

/** Kinds that came to be after a merger was made moved nothing then. */
function movedOf(moved: unknown): Moved {
    if (moved === null) return NOTHING;
    const { state, rows } = moved as Moved;
    return { state, rows: { ...NOTHING.rows, ...rows } };
}
