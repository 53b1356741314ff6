import { bodyOf, DAY, type Id, type Instant, SYSTEM_ID } from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { uploadOfPart } from '../../platform/storage/part-key.ts';
import type { ObjectStore, PartStore } from '../../platform/storage/store.ts';
import { type PartRows, pgPartRows } from '../../platform/uploads/part-rows.ts';
import { namedKeys } from './clearing.queries.ts';

export type ClearingTools = Pick<Services, 'db' | 'commands' | 'clock' | 'store'> & {
    readonly log: Pick<Services['log'], 'warn'>;
};
export type Unreferenced = { readonly store: string; readonly keys: readonly string[]; readonly more: number };
export type Cleared = { readonly multiparts: number; readonly parts: number; readonly unreferenced: readonly Unreferenced[] };

/** What is younger may belong to something under way. */
const OLD = DAY;
const MOST_KEYS = 500;
const NAMED = 20;

/**
 * Once a night. Ends uploads in parts that a process left open in the bucket, removes parts of uploads that take no more bytes and parts
 * that no row names, with one entry of how many; and finds objects that no row names, which stay where they are: whoever looks decides.
 * A store that cannot be reached is left for the next night.
 */
export async function clearLeftovers(tools: ClearingTools, orgs: readonly Id[]): Promise<Cleared> {
    const now = tools.clock.now();
    let [multiparts, parts] = [0, 0];
    const unreferenced: Unreferenced[] = [];
    for (const store of tools.store.layers ?? [tools.store]) {
        const ended = (await store.endAbandoned?.(now)) ?? 0;
        const removed = store.parts === undefined ? 0 : await clearParts(tools, store.parts, orgs, now);
        if (ended + removed > 0) await noteRemoved(tools, store, ended, removed);
        multiparts += ended;
        parts += removed;
        const found = await unreferencedIn(tools, store, orgs);
        if (found.keys.length === 0) continue;
        unreferenced.push(found);
        tools.log.warn({ store: store.id, objects: found.keys.length + found.more }, 'objects that no row names');
    }
    return { multiparts, parts, unreferenced };
}

async function clearParts({ db }: ClearingTools, store: PartStore, orgs: readonly Id[], now: Instant): Promise<number> {
    const rows = pgPartRows(db.pool);
    let removed = 0;
    for (const orgId of orgs) {
        const left = await rows.left(orgId);
        await store.remove(left.map(({ key }) => key));
        for (const uploadId of new Set(left.map((each) => each.uploadId))) await rows.forget(orgId, uploadId);
        removed += left.length;
    }
    let keys: string[] = [];
    for await (const { key, changedAt } of store.list()) {
        if (changedAt > now - OLD) continue;
        keys.push(key);
        if (keys.length < MOST_KEYS) continue;
        removed += await removeUnnamed(rows, store, keys);
        keys = [];
    }
    return removed + (await removeUnnamed(rows, store, keys));
}

/** Superseded parts, and those of a node that ended before it named them. */
async function removeUnnamed(rows: PartRows, store: PartStore, keys: readonly string[]): Promise<number> {
    let removed = 0;
    for (const [orgId, own] of Map.groupBy(keys, (key) => uploadOfPart(key).orgId)) {
        const named = await rows.named(orgId, own);
        const strays = own.filter((key) => !named.has(key));
        await store.remove(strays);
        removed += strays.length;
    }
    return removed;
}

const noteRemoved = ({ commands, clock }: ClearingTools, store: ObjectStore, multiparts: number, parts: number): Promise<null> =>
    runCommand(
        commands,
        { actor: SYSTEM_ID, orgId: SYSTEM_ID, readOrgs: [SYSTEM_ID], commandId: clock.newId() },
        'storage.removeLeftovers',
        async () => ({
            result: null,
            events: [{ kind: 'storage.leftoversRemoved', body: bodyOf({ store: store.id, multiparts, parts }) }],
        }),
    );

/** Asked twice: what came in while the list was read has its row by then. */
async function unreferencedIn({ db }: ClearingTools, store: ObjectStore, orgs: readonly Id[]): Promise<Unreferenced> {
    const found: string[] = [];
    let more = 0;
    for (const orgId of orgs) {
        const unnamed: string[] = [];
        const unknown = async (keys: readonly string[]): Promise<string[]> => {
            const named = await db.read({ readOrgs: [orgId] }, (read) => namedKeys(read, orgId, keys));
            return keys.filter((key) => !named.has(key));
        };
        let keys: string[] = [];
        for await (const key of store.keys?.(orgId) ?? []) {
            keys.push(key);
            if (keys.length < MOST_KEYS) continue;
            unnamed.push(...(await unknown(keys)));
            keys = [];
        }
        unnamed.push(...(await unknown(keys)));
        const still = unnamed.length === 0 ? [] : await unknown(unnamed);
        found.push(...still.slice(0, Math.max(0, NAMED - found.length)));
        more += still.length;
    }
    return { store: store.id, keys: found, more: more - found.length };
}
