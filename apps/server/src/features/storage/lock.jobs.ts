import { bodyOf, DomainError, decideLock, type Id, lockOfAll, SYSTEM_ID } from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import type { ObjectStore } from '../../platform/storage/store.ts';
import { retentionOf } from '../recording/recording-retention.queries.ts';
import { recordingsIn, type StoredRecording } from './lock.queries.ts';
import { noteTold, toldOf } from './lock.store.ts';

export type LockTools = Pick<Services, 'db' | 'commands' | 'clock' | 'store'> & { readonly log: Pick<Services['log'], 'warn'> };
export type LockRound = { locked: number; held: number; lifted: number; refused: Id[] };

const MOST_CONTENTS = 200;
/** Recordings named in one entry; the rest is counted. */
const MOST_NAMED = 100;

/**
 * 附件1 第18条: tells the store what it must not let go: until the day on which a recording need not be kept any more, and without an end
 * while nobody can name one. A day is only ever made later; a hold is lifted once there is a day. Told again is only what has changed, so
 * that a second round of the same night says nothing. What the store refuses is an entry that names the recordings, and is tried again
 * the next night. `storage.unavailable` ends the round.
 */
export async function lockKept(tools: LockTools, orgId: Id): Promise<LockRound> {
    const [store] = tools.store.layers ?? [tools.store];
    const round: LockRound = { locked: 0, held: 0, lifted: 0, refused: [] };
    if (store?.lock === undefined) return round;
    try {
        for (let last: Id | null = null; ; ) {
            const after: Id | null = last;
            const found: StoredRecording[] = await tools.db.read({ readOrgs: [orgId] }, (db) =>
                recordingsIn(db, orgId, store.id, { last: after, most: MOST_CONTENTS }),
            );
            last = found.at(-1)?.blobId ?? null;
            if (last === null) break;
            await lockSome(tools, orgId, store, found, round);
        }
    } finally {
        await noteRound(tools, orgId, store, round);
    }
    return round;
}

async function lockSome(
    { db, clock, log }: LockTools,
    orgId: Id,
    store: ObjectStore,
    found: readonly StoredRecording[],
    round: LockRound,
): Promise<void> {
    const retention = await db.read({ readOrgs: [orgId] }, (read) =>
        retentionOf(
            read,
            found.map(({ recordingId }) => recordingId),
        ),
    );
    const told = await toldOf(db.pool, orgId, store.id, [...new Set(found.map(({ key }) => key))]);
    for (const [key, sharing] of Map.groupBy(found, (each) => each.key)) {
        const wish = lockOfAll(sharing.flatMap(({ recordingId }) => retention.get(recordingId) ?? []));
        const change = decideLock(wish, told.get(key), clock.now());
        if (change === undefined) continue;
        try {
            await store.lock?.(key, change.tell);
        } catch (error) {
            if (!(error instanceof DomainError) || error.code === 'storage.unavailable') throw error;
            log.warn({ store: store.id, key, code: error.code }, 'the store refuses a lock');
            round.refused.push(...sharing.map(({ recordingId }) => recordingId));
            continue;
        }
        await noteTold(db.pool, orgId, store.id, { key, ...change.told, at: clock.now() });
        if (change.tell.until !== undefined) round.locked += 1;
        if (change.tell.hold === true) round.held += 1;
        if (change.tell.hold === false) round.lifted += 1;
    }
}

async function noteRound({ commands, clock }: LockTools, orgId: Id, store: ObjectStore, round: LockRound): Promise<void> {
    const { locked, held, lifted, refused } = round;
    if (locked + held + lifted + refused.length === 0) return;
    const context = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: clock.newId() };
    await runCommand(commands, context, 'storage.lockKept', async () => {
        const body = bodyOf({ store: store.id, locked, held, lifted, refused: refused.length });
        const summary = { kind: 'storage.contentLocked' as const, body };
        if (refused.length === 0) return { result: null, events: [summary] };
        const refusal = {
            kind: 'storage.lockRefused' as const,
            objects: refused.slice(0, MOST_NAMED),
            body: bodyOf({ store: store.id }),
        };
        return { result: null, events: [summary, refusal] };
    });
}
