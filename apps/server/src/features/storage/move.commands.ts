import { bodyOf, DomainError, type Id, SYSTEM_ID } from '@liuhen/domain';
import type { Clock } from '../../platform/clock.ts';
import { type CommandContext, type CommandTools, runCommand } from '../../platform/command/command.ts';
import type { Database } from '../../platform/db/database.ts';
import { failpoint } from '../../platform/failpoint.ts';
import type { ObjectStore } from '../../platform/storage/store.ts';
import { copiesToMove, type KnownCopy, movedCopies, namesOf } from './move.queries.ts';
import { moveCopies, noteErased } from './move.store.ts';

/** What moving needs; not the whole system: it runs beside one, or without. */
export type MoveTools = {
    readonly db: Database;
    readonly commands: CommandTools;
    readonly clock: Clock;
    /** Both as one, as the server reads them. */
    readonly store: ObjectStore;
    readonly from: ObjectStore;
    readonly to: ObjectStore;
    readonly signal: AbortSignal;
};

/** What stays where it is, and why: `storage.objectDamaged {chunk}`, `storage.objectMissing`. */
export type Stays = {
    readonly key: string;
    readonly size: bigint;
    readonly names: readonly string[];
    readonly error: DomainError;
};
export type MoveSteps = {
    /** An object is in the other store, read back whole, or has gone from the first. */
    readonly done: (bytes: bigint) => void;
    readonly stays: (what: Stays) => void;
};

/** Objects under way at once: small ones cost waiting, not work. */
const AT_ONCE = 4;
/** Keys of a store that are looked at together. */
const MOST_KEYS = 100;

/** What one object is to blame for; everything else ends the whole. */
const OF_ONE_OBJECT = new Set(['storage.objectDamaged', 'storage.objectMissing', 'storage.badRange']);

const context = ({ clock }: MoveTools, orgId: Id): CommandContext => ({
    actor: SYSTEM_ID,
    orgId,
    readOrgs: [orgId],
    commandId: clock.newId(),
});

/**
 * Moves the content of an organisation from one store to the other. Each object is read with every chunk compared, put, read back
 * whole and compared, and only then its row moves, with one entry for each batch. Where it is interrupted, what has been put is
 * found whole the next time and only noted. Nothing goes from the first store. Throws what ends it: `storage.unavailable`,
 * `storage.full`, and others of the stores as a whole.
 */
export async function moveObjects(tools: MoveTools, orgId: Id, steps: MoveSteps): Promise<void> {
    const { db, from, to, signal } = tools;
    for (let last: Id | null = null; !signal.aborted; ) {
        const after: Id | null = last;
        const batch: KnownCopy[] = await db.read({ readOrgs: [orgId] }, (read) => copiesToMove(read, orgId, from.id, after));
        const end = batch.at(-1);
        if (end === undefined) return;
        last = end.id;
        await to.assertWritable();
        const moved: KnownCopy[] = [];
        try {
            await eachOf(batch, signal, async (copy) => {
                if (await isCopied(tools, orgId, copy, steps)) moved.push(copy);
            });
        } finally {
            // Also before what ends it is told: what has been put need not be looked at again.
            if (moved.length > 0) await noteMoved(tools, orgId, moved);
        }
    }
}

async function isCopied(tools: MoveTools, orgId: Id, copy: KnownCopy, steps: MoveSteps): Promise<boolean> {
    const { from, to } = tools;
    if (to.copyFrom === undefined) throw new Error('this store takes nothing from another');
    return stepOf(tools, orgId, copy, steps, async () => {
        await to.copyFrom?.(from, copy.key, copy.digest);
        failpoint('move.copied');
    });
}

async function noteMoved(tools: MoveTools, orgId: Id, copies: readonly KnownCopy[]): Promise<void> {
    const [from, to] = [tools.from.id, tools.to.id];
    await runCommand(tools.commands, context(tools, orgId), 'storage.move', async (tx) => {
        const moved = new Set(
            await moveCopies(
                tx,
                copies.map(({ id }) => id),
                { from, to },
            ),
        );
        if (moved.size === 0) throw new DomainError('conflict.changedMeanwhile');
        const bytes = sizeOf(copies.filter(({ id }) => moved.has(id)));
        return {
            result: null,
            events: [{ kind: 'storage.moved', body: bodyOf({ from, to, objects: moved.size, bytes: String(bytes) }) }],
        };
    });
    failpoint('move.noted');
}

/**
 * Erases from the first store what was moved away from it: each object is read whole in its new place once more, the log is told, and
 * then it goes. What was not moved, what no row names and what was never the named copy stays. An object whose new place is not whole
 * stays as well.
 */
export async function eraseMoved(tools: MoveTools, orgId: Id, steps: MoveSteps): Promise<void> {
    for await (const keys of batchesOf(tools.from, orgId)) {
        if (tools.signal.aborted) return;
        const there = await movedOf(tools, orgId, keys);
        const sound: KnownCopy[] = [];
        await eachOf(there, tools.signal, async (copy) => {
            if (await isSound(tools, orgId, copy, steps)) sound.push(copy);
        });
        if (sound.length === 0) continue;
        await noteErasing(tools, orgId, sound);
        for (const { key, digest } of sound) {
            await tools.from.delete(key);
            failpoint('move.erased');
            steps.done(digest.size);
        }
    }
}

/** How much of a store was moved away from it and is still there. */
export async function amountLeft(
    tools: Pick<MoveTools, 'db' | 'from' | 'to'>,
    orgId: Id,
): Promise<{ objects: number; bytes: bigint }> {
    let [objects, bytes] = [0, 0n];
    for await (const keys of batchesOf(tools.from, orgId)) {
        const there = await movedOf(tools, orgId, keys);
        objects += there.length;
        bytes += sizeOf(there);
    }
    return { objects, bytes };
}

const movedOf = ({ db, from, to }: Pick<MoveTools, 'db' | 'from' | 'to'>, orgId: Id, keys: readonly string[]) =>
    db.read({ readOrgs: [orgId] }, (read) => movedCopies(read, orgId, { former: from.id, store: to.id }, keys));

function isSound(tools: MoveTools, orgId: Id, copy: KnownCopy, steps: MoveSteps): Promise<boolean> {
    const { chunkRoot, size } = copy.digest;
    const quiet = { ...steps, done: () => undefined };
    return stepOf(tools, orgId, copy, quiet, async () => {
        for await (const piece of await tools.to.open(copy.key, { start: 0n, end: size, chunkRoot })) void piece;
    });
}

/** An entry of what goes, before it goes; of what an earlier run said so already there is none again. */
async function noteErasing(tools: MoveTools, orgId: Id, copies: readonly KnownCopy[]): Promise<void> {
    const news = copies.filter(({ eraseNoted }) => !eraseNoted);
    if (news.length > 0) {
        await runCommand(tools.commands, context(tools, orgId), 'storage.eraseMoved', async (tx) => {
            const noted = new Set(
                await noteErased(
                    tx,
                    news.map(({ id }) => id),
                    tools.from.id,
                ),
            );
            if (noted.size === 0) throw new DomainError('conflict.changedMeanwhile');
            const bytes = sizeOf(news.filter(({ id }) => noted.has(id)));
            const body = bodyOf({ store: tools.from.id, now: tools.to.id, objects: noted.size, bytes: String(bytes) });
            return { result: null, events: [{ kind: 'storage.formerErased', body }] };
        });
    }
    failpoint('move.eraseNoted');
}

/** What one object is to blame for is told and leaves it where it is. */
async function stepOf(
    { db }: MoveTools,
    orgId: Id,
    { key, blobId, digest }: KnownCopy,
    steps: MoveSteps,
    work: () => Promise<void>,
): Promise<boolean> {
    try {
        await work();
        steps.done(digest.size);
        return true;
    } catch (error) {
        if (!(error instanceof DomainError) || !OF_ONE_OBJECT.has(error.code)) throw error;
        const names = await db.read({ readOrgs: [orgId] }, (read) => namesOf(read, blobId));
        steps.stays({ key, size: digest.size, names, error });
        return false;
    }
}

const sizeOf = (copies: readonly KnownCopy[]): bigint => copies.reduce((sum, { digest }) => sum + digest.size, 0n);

async function* batchesOf(store: ObjectStore, orgId: Id): AsyncGenerator<string[]> {
    let keys: string[] = [];
    for await (const key of store.keys?.(orgId) ?? []) {
        keys.push(key);
        if (keys.length < MOST_KEYS) continue;
        yield keys;
        keys = [];
    }
    if (keys.length > 0) yield keys;
}

/** Several at once; after a failure, or when it is to end, nothing new is begun, and what is under way comes to its end. */
async function eachOf<T>(items: readonly T[], signal: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
    const waiting = [...items];
    let failed = false;
    const worker = async (): Promise<void> => {
        for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
            if (failed || signal.aborted) return;
            await work(item).catch((error: unknown) => {
                failed = true;
                throw error;
            });
        }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
