import { type EntryRef, type Id, PACKAGE_PATHS, parseCheckpoint, parseNote, timeStampResponse } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { growthOf, publishedNote } from '../ledger/checkpoint/proof.queries.ts';
import { type StampedNote, stampedNotes } from '../ledger/stamp/stamp.queries.ts';

/**
 * Which time-stamps go into a package, by the sizes of their checkpoints: for each entry that vouches for an item the first that reaches
 * it, and that of the checkpoint under which the proofs stand. A log that went on under another name is joined to nothing before.
 */
export async function stampsFor(db: ReadDb, org: Id, entries: readonly EntryRef[], size: string): Promise<string[]> {
    const own = await publishedNote(db, org, 'sha256', BigInt(size));
    if (own === undefined) return [];
    const stamped = (await stampedNotes(db, org, own.size)).filter(({ note }) => originOf(note) === originOf(own.note));
    const first = entries.map(({ index }) => stamped.find((each) => each.size > BigInt(index))?.size);
    const last = stamped.find((each) => each.size === own.size)?.size;
    return [...new Set([...first, last])].filter((each) => each !== undefined).map(String);
}

const originOf = (note: Uint8Array): string => parseCheckpoint(parseNote(note).text).origin;

/** The files of a time-stamp: the checkpoint that it is about, the answer of the authority, and what joins it to that of the proofs. */
export function stampFiles(
    read: <T>(work: (db: ReadDb) => Promise<T>) => Promise<T>,
    org: Id,
    { size, under }: { size: string; under: string },
): { path: string; make: () => Promise<Uint8Array> }[] {
    const stamp = () =>
        read(async (db): Promise<StampedNote> => {
            const found = (await stampedNotes(db, org, BigInt(size))).at(-1);
            if (found === undefined || found.size !== BigInt(size)) throw new Error(`no time-stamp of ${size} entries`);
            return found;
        });
    const joined = () => read((db) => growthOf(db, org, { head: 'sha256', from: BigInt(size), to: BigInt(under) }));
    return [
        { path: PACKAGE_PATHS.checkpoint(size), make: async () => (await stamp()).note },
        { path: PACKAGE_PATHS.timestamp(size), make: async () => timeStampResponse((await stamp()).token) },
        ...(size === under ? [] : [{ path: PACKAGE_PATHS.growth(size), make: joined }]),
    ];
}
