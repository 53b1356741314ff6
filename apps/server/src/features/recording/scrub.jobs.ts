import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bodyOf, CHUNK_SIZE, DomainError, type Id, isNextRoundDue, isRoundLate, SYSTEM_ID, scrubQuota } from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import { derivedId } from '../../platform/derived-id.ts';
import type { Services } from '../../platform/services.ts';
import type { ObjectStore } from '../../platform/storage/store.ts';
import { markDamaged } from './recording.jobs.ts';
import { healBlob } from './recording.store.ts';
import { bytesStored, nextContent, objectsOf, type ScrubContent, usesOf } from './scrub.queries.ts';
import { beginScrubRound, endScrubRound, noteScrubbed, noteScrubbedPart, type ScrubRound, scrubRoundOf } from './scrub.store.ts';

/** Content of a round is read for so long ahead; the next step comes after it. */
export const SCRUB_STEP_MS = 60_000;

const layersOf = (store: ObjectStore): readonly ObjectStore[] => store.layers ?? [store];
const bySystem = (orgId: Id, ...cause: string[]): CommandContext => ({
    actor: SYSTEM_ID,
    orgId,
    readOrgs: [orgId],
    commandId: derivedId('scrub', ...cause),
});

/**
 * Reads what is due of every store, so that damage is found before somebody needs the content. Gives how many were read.
 * Ends soon after `signal`, in the middle of a content, which is then read again.
 */
export async function scrubStep(services: Services, orgId: Id, signal?: AbortSignal): Promise<number> {
    let read = 0;
    for (const store of layersOf(services.store)) read += await scrubStore(services, orgId, store, signal);
    return read;
}

async function scrubStore(services: Services, orgId: Id, store: ObjectStore, signal: AbortSignal | undefined): Promise<number> {
    const { clock, config, log } = services;
    const { pool } = services.db;
    let round = await openRound(services, orgId, store);
    if (round === undefined) return 0;
    if (isRoundLate(round, config.scrub, clock.now())) log.warn({ store: store.id }, 'reading everything stored is late');
    const most = (config.scrub.mostPerSecond * BigInt(SCRUB_STEP_MS)) / 1000n;
    // What came in since the round began is read at its end.
    let quota = round.done >= round.total ? most : scrubQuota(round, config.scrub, clock.now(), SCRUB_STEP_MS);
    let read = 0;
    while (quota > 0n && signal?.aborted !== true) {
        const content = await services.db.read({ readOrgs: [orgId] }, (db) => nextContent(db, orgId, round?.lastBlob ?? null));
        if (content === undefined) {
            await endRound(services, orgId, round);
            break;
        }
        const part = nextPart(content, round.partDone, quota);
        const outcome = await scrubContent(services, orgId, { store, round, content, part, signal });
        // A service that is away says nothing about what lies there: the same content comes next time.
        if (outcome === 'away') break;
        if (outcome === 'whole' && part.end < content.size) {
            if (!(await noteScrubbedPart(pool, orgId, round, part.end))) break;
            round = { ...round, partDone: part.end, done: round.done + part.end - part.start };
            quota -= part.end - part.start;
            continue;
        }
        const bytes = outcome === 'notHere' ? 0n : content.size - part.start;
        const step = { blobId: content.blobId, bytes, damaged: outcome === 'damaged', repaired: outcome === 'repaired' };
        if (!(await noteScrubbed(pool, orgId, round, step))) break;
        round = { ...round, lastBlob: content.blobId, partDone: 0n, done: round.done + bytes };
        if (outcome !== 'notHere') read += 1;
        quota -= bytes;
    }
    return read;
}

/** As much of a content as the quota allows, in whole chunks and one at least: a large one is read over several minutes. */
function nextPart({ size }: ScrubContent, start: bigint, quota: bigint): { start: bigint; end: bigint } {
    const chunk = BigInt(CHUNK_SIZE);
    const end = start + ((quota + chunk - 1n) / chunk) * chunk;
    return { start, end: end < size ? end : size };
}

/** The round that goes on, or the next one when it is due; undefined between the two. */
async function openRound(services: Services, orgId: Id, store: ObjectStore): Promise<ScrubRound | undefined> {
    const { clock, config, db } = services;
    const known = await scrubRoundOf(db.pool, orgId, store.id);
    if (known !== undefined && known.endedAt === null) return known;
    if (known !== undefined && !isNextRoundDue(known, config.scrub, clock.now())) return undefined;
    const total = await db.read({ readOrgs: [orgId] }, (read) => bytesStored(read, orgId));
    return beginScrubRound(db.pool, { id: clock.newId(), orgId, store: store.id, at: clock.now(), total });
}

/** One entry for a whole round: what was read, and what came of it. A round that read nothing has nothing to say. */
async function endRound(services: Services, orgId: Id, round: ScrubRound): Promise<void> {
    const at = services.clock.now();
    const ended = (await scrubRoundOf(services.db.pool, orgId, round.store)) ?? round;
    if (ended.objects > 0) {
        const { store, beganAt, objects, damaged, repaired } = ended;
        const body = bodyOf({ store, beganAt, endedAt: at, objects, bytes: String(ended.done), damaged, repaired });
        await runCommand(services.commands, bySystem(orgId, 'round', round.id), 'storage.endScrub', async () => ({
            result: undefined,
            events: [{ kind: 'storage.scrubbed', body }],
        }));
    }
    await endScrubRound(services.db.pool, orgId, round, at);
}

type Outcome = 'whole' | 'repaired' | 'damaged' | 'notHere' | 'away';
type Place = {
    readonly store: ObjectStore;
    readonly round: ScrubRound;
    readonly content: ScrubContent;
    readonly part: { readonly start: bigint; readonly end: bigint };
    readonly signal: AbortSignal | undefined;
};

async function scrubContent(services: Services, orgId: Id, place: Place): Promise<Outcome> {
    const { store, round, content, part, signal } = place;
    const found = await look(store, content, part, signal);
    if (found === 'away' || found === 'whole') return found;
    // Copies in other stores than the row's are a gift: that one is not there is no damage.
    if (found === 'missing' && content.store !== store.id) return 'notHere';
    const chunk = found === 'missing' ? -1 : found;
    const repaired = await repair(services, orgId, place, chunk);
    if (repaired === 'away') {
        // The other store may have it whole: nothing is called damaged before it was asked.
        services.log.warn({ store: store.id, chunk }, 'a copy is damaged, and the other store cannot be reached');
        return 'away';
    }
    if (repaired === 'done') return 'repaired';
    if (content.store !== store.id) return 'damaged';
    const uses = await services.db.read({ readOrgs: [orgId] }, (db) => usesOf(db, orgId, content.blobId));
    await runCommand(services.commands, bySystem(orgId, round.id, content.blobId), 'storage.noteDamage', async (tx) => {
        // Scans are read by their own job, which marks what differs.
        for (const { id } of uses.scans)
            tx.enqueue({ task: 'document.readScan', payload: { scanId: id }, key: `document.readScan:${id}` });
        return {
            result: undefined,
            events: [{ kind: 'storage.damageFound', objects: objectsOf(uses), body: bodyOf({ store: store.id, chunk }) }],
        };
    });
    const [first] = uses.recordings;
    if (first !== undefined) await markDamaged(services, bySystem(orgId, round.id, content.blobId, 'mark'), first, chunk);
    return 'damaged';
}

/** Reads a part of a copy. A number is the first 4 MiB chunk that differs, -1 the list of them or the length. */
async function look(
    store: ObjectStore,
    { key, size, chunkRoot }: ScrubContent,
    part: { readonly start: bigint; readonly end: bigint },
    signal: AbortSignal | undefined,
): Promise<'whole' | 'missing' | 'away' | number> {
    try {
        const object = await store.stat(key);
        if (object === undefined) return 'missing';
        if (object.size !== size) return -1;
        for await (const piece of await store.open(key, { ...part, chunkRoot })) {
            void piece;
            if (signal?.aborted === true) return 'away';
        }
        return 'whole';
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        if (error.code === 'storage.objectDamaged') return Number(error.params.chunk ?? -1);
        if (error.code === 'storage.objectMissing') return -1;
        return 'away';
    }
}

/**
 * Puts what all the stores have together in the place of a damaged copy: chunk by chunk from where it is whole, so that copies of
 * which each is damaged elsewhere make one that is not. What was there is set aside by the store. `impossible`: nobody has all of it;
 * `away`: a store that may have it cannot be reached.
 */
async function repair(services: Services, orgId: Id, { store, content, round }: Place, chunk: number): Promise<Repair> {
    const other = await whoElseHas(services.store, store, content.key);
    if (other === 'nobody') return 'impossible';
    if (other === 'away') return 'away';
    const { sha256, sm3, size, chunkRoot, chunkDigests } = content;
    const path = join(store.stagingFolder, `repair-${services.clock.newId()}`);
    try {
        const whole = await services.store.open(content.key, { start: 0n, end: size, chunkRoot });
        await pipeline(whole, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
        await store.put({ orgId, path, digest: { sha256, sm3, size, chunkRoot, chunkDigests } });
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return error.code === 'storage.objectDamaged' || error.code === 'storage.objectMissing' ? 'impossible' : 'away';
    } finally {
        await rm(path, { force: true });
    }
    await runCommand(services.commands, bySystem(orgId, round.id, content.blobId, 'repair'), 'storage.repair', async (tx) => {
        const healed = await healBlob(tx, content.blobId);
        for (const id of healed)
            tx.enqueue({ task: 'recording.seal', payload: { recordingId: id }, key: `recording.seal:${id}` });
        const objects = objectsOf(await usesOf(tx.read, orgId, content.blobId));
        const body = bodyOf({ store: store.id, from: other.id, chunk });
        return { result: undefined, events: [{ kind: 'storage.repaired', objects, body }] };
    });
    return 'done';
}

type Repair = 'done' | 'impossible' | 'away';

/** The store beside this one that has a copy, whole or not; `away` where one that cannot be reached may have it. */
async function whoElseHas(all: ObjectStore, store: ObjectStore, key: string): Promise<{ id: Id } | 'nobody' | 'away'> {
    let answer: 'nobody' | 'away' = 'nobody';
    for (const other of layersOf(all)) {
        if (other.id === store.id) continue;
        try {
            if ((await other.stat(key)) !== undefined) return { id: other.id };
        } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            answer = 'away';
        }
    }
    return answer;
}
