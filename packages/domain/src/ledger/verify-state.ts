import { toHex } from '../kernel/hex.ts';
import type { EntryContent, EntryObject, EntryRow } from './entry.ts';
import type { Report } from './findings.ts';

/** A state row as the last entry about it left it. */
export type KnownRow = EntryRow & { readonly idx: bigint };

/** Content as the first entry about it stated it. */
export type KnownContent = EntryContent & { readonly idx: bigint };

/** First version a row can have. */
const FIRST_VERSION = 1;

/**
 * Where an entry's claims come from. A doubtful entry is named already (its signature is wrong), so its claims are
 * followed without findings of their own, and whatever honest entry comes next about the same thing is taken as it is:
 * a forger cannot make the honest entries after him look wrong.
 */
export type Standing = 'sound' | 'doubtful';

/** The list of entries of each object: counted without a hole, each naming the leaf of the one before. */
export function createObjectCheck() {
    const last = new Map<string, { seq: number; leaf: string }>();
    const doubtful = new Set<string>();
    const named = new Set<string>();
    return {
        /** Remembers the leaves of an entry already named as bad: a successor that names one of them is not to blame. */
        excuse(...leaves: readonly Uint8Array[]): void {
            for (const leaf of leaves) named.add(toHex(leaf));
        },
        next(objects: readonly EntryObject[], leaf: Uint8Array, standing: Standing, report: Report): void {
            const own = toHex(leaf);
            for (const object of objects) {
                const goesOn = standing === 'doubtful' || isExcused(object) || check(object, report);
                if (goesOn) last.set(object.id, { seq: object.seq, leaf: own });
                if (standing === 'doubtful') doubtful.add(object.id);
                else doubtful.delete(object.id);
            }
        },
    };

    function isExcused(object: EntryObject): boolean {
        return doubtful.has(object.id) || (object.prev !== undefined && named.has(object.prev));
    }

    /** False for a step back, after which the sequence goes on from where it was. */
    function check(object: EntryObject, report: Report): boolean {
        const before = last.get(object.id);
        const expected = before === undefined ? 0 : before.seq + 1;
        if (object.seq !== expected) {
            report('log.objectSequence', { object: object.id, expected, found: object.seq });
        } else if (before !== undefined && object.prev !== before.leaf) {
            report('log.objectLink', { object: object.id, expected: before.leaf, found: object.prev ?? '' });
        }
        return object.seq >= expected;
    }
}

/** The last known version and digest of each row; versions grow by one. */
export function createRowCheck() {
    const known = new Map<string, KnownRow>();
    const doubtful = new Set<string>();
    return {
        next(rows: readonly EntryRow[], idx: bigint, standing: Standing, report: Report): void {
            for (const row of rows) {
                const name = key(row.table, row.id);
                const goesOn = standing === 'doubtful' || doubtful.has(name) || check(row, known.get(name), report);
                if (goesOn) known.set(name, { ...row, idx });
                if (standing === 'doubtful') doubtful.add(name);
                else doubtful.delete(name);
            }
        },
        get: (table: string, id: string): KnownRow | undefined => known.get(key(table, id)),
        all: (): IterableIterator<KnownRow> => known.values(),
    };

    /** False for a version already reached: what was entered first stays known. */
    function check(row: EntryRow, before: KnownRow | undefined, report: Report): boolean {
        const expected = before === undefined ? FIRST_VERSION : before.version + 1;
        const names = { table: row.table, row: row.id };
        if (before !== undefined && row.version < expected) {
            report('log.duplicateRowVersion', { ...names, version: row.version, earlier: String(before.idx) });
            return false;
        }
        if (row.version !== expected) report('log.rowVersionGap', { ...names, expected, found: row.version });
        return true;
    }
}

/** Everything the log vouches for the bytes of, by SHA-256. */
export function createContentCheck() {
    const known = new Map<string, KnownContent>();
    return {
        next(contents: readonly EntryContent[], idx: bigint, standing: Standing, report: Report): void {
            // A forged statement about bytes must not stand against the true one, whichever comes first.
            if (standing === 'doubtful') return;
            for (const content of contents) {
                const before = known.get(content.sha256);
                if (before === undefined) known.set(content.sha256, { ...content, idx });
                else if (!agree(before, content))
                    report('log.contentConflict', { sha256: content.sha256, earlier: String(before.idx) });
            }
        },
        get: (sha256: string): KnownContent | undefined => known.get(sha256),
        all: (): IterableIterator<KnownContent> => known.values(),
    };
}

// A table name has no blank, so the two parts cannot run into each other.
const key = (table: string, id: string): string => `${table} ${id}`;

const agree = (a: EntryContent, b: EntryContent): boolean => a.sm3 === b.sm3 && a.size === b.size && a.chunkRoot === b.chunkRoot;
