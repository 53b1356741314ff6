import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK_SIZE, type Id } from '@liuhen/domain';
import type { HashPool } from '../hashing/hash-pool.ts';
import { isMissing, syncFolder } from '../storage/durable.ts';

const HASH = 32;
const CHUNK = BigInt(CHUNK_SIZE);
/** Chunks looked at first on recovery: more than can be written between two syncs. */
const WINDOW = 64;

const dataPath = (folder: string, id: Id): string => join(folder, id);
const journalPath = (folder: string, id: Id): string => join(folder, `${id}.chunks`);

/**
 * The bytes of one unfinished upload and its journal: 32 bytes per chunk, the SHA-256 of the chunk's bytes that are
 * accounted for. The last entry may be of a begun chunk; it is replaced when more of it comes. The journal is written
 * after the data it speaks of was synced, so after a power cut it never promises what the disk lost.
 */
export class StagedFile {
    readonly path: string;
    readonly #data: FileHandle;
    readonly #journal: FileHandle;

    private constructor(path: string, data: FileHandle, journal: FileHandle) {
        this.path = path;
        this.#data = data;
        this.#journal = journal;
    }

    /** Opens or makes the two files and cuts what is beyond `offset`. */
    static async open(folder: string, id: Id, offset: bigint): Promise<StagedFile> {
        const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
        const data = await open(dataPath(folder, id), flags, 0o600);
        let journal: FileHandle | undefined;
        try {
            journal = await open(journalPath(folder, id), flags, 0o600);
            const file = new StagedFile(dataPath(folder, id), data, journal);
            await file.truncate(offset);
            await syncFolder(folder);
            return file;
        } catch (error) {
            await data.close();
            await journal?.close();
            throw error;
        }
    }

    async write(batch: readonly Buffer[], at: bigint): Promise<void> {
        let left = [...batch];
        let position = Number(at);
        while (left.length > 0) {
            const { bytesWritten } = await this.#data.writev(left, position);
            position += bytesWritten;
            left = after(left, bytesWritten);
        }
    }

    /** The bytes of the begun chunk before `offset`. */
    async readTail(offset: bigint): Promise<Buffer> {
        const tail = Buffer.alloc(Number(offset % CHUNK));
        const { bytesRead } = await this.#data.read(tail, 0, tail.length, Number(offset) - tail.length);
        return tail.subarray(0, bytesRead);
    }

    syncData(): Promise<void> {
        return this.#data.datasync();
    }

    /** Writes entries from chunk `index` on and syncs them. */
    async writeJournal(index: number, digests: Uint8Array): Promise<void> {
        if (digests.length > 0) await this.#journal.write(digests, 0, digests.length, index * HASH);
        await this.#journal.datasync();
    }

    /** Cuts data and journal; the entry of the chunk in which `offset` lies stays. */
    async truncate(offset: bigint): Promise<void> {
        const entries = Number((offset + CHUNK - 1n) / CHUNK);
        const journal = await this.#journal.stat();
        if (journal.size > entries * HASH) await this.#journal.truncate(entries * HASH);
        if ((await this.#data.stat({ bigint: true })).size > offset) await this.#data.truncate(Number(offset));
    }

    async close(): Promise<void> {
        await this.#data.close();
        await this.#journal.close();
    }
}

function after(batch: Buffer[], written: number): Buffer[] {
    let left = written;
    const rest: Buffer[] = [];
    for (const piece of batch) {
        if (left >= piece.length) left -= piece.length;
        else {
            rest.push(left > 0 ? piece.subarray(left) : piece);
            left = 0;
        }
    }
    return rest;
}

/**
 * How many bytes are safely there: the last chunk boundary whose data equals the journal, or `acknowledged` where the
 * begun chunk up to it equals its entry. The last chunks are read again, all of them if one of those is wrong.
 */
export async function recoverOffset(folder: string, id: Id, acknowledged: bigint, hashes: HashPool): Promise<bigint> {
    const path = dataPath(folder, id);
    const size = await sizeOf(path);
    const journal = await readJournal(folder, id);
    const complete = Math.min(Number(size / CHUNK), Math.floor(journal.length / HASH));
    const from = Math.max(0, complete - WINDOW);
    let good = await firstDifference(path, journal, from, complete, hashes);
    if (good === from && from > 0) good = await firstDifference(path, journal, 0, complete, hashes);
    const boundary = BigInt(good) * CHUNK;
    if (acknowledged <= boundary || acknowledged / CHUNK !== BigInt(good) || size < acknowledged) return boundary;
    const tail = await hashes.chunkDigests(path, { start: boundary, end: acknowledged });
    return Buffer.compare(tail, journal.subarray(good * HASH, (good + 1) * HASH)) === 0 ? acknowledged : boundary;
}

/** Index of the first chunk in [from, to) whose data differs from its entry; `to` when none does. */
async function firstDifference(path: string, journal: Uint8Array, from: number, to: number, hashes: HashPool): Promise<number> {
    if (from >= to) return to;
    const digests = await hashes.chunkDigests(path, { start: BigInt(from) * CHUNK, end: BigInt(to) * CHUNK });
    return from + differenceAt(digests, journal.subarray(from * HASH, to * HASH));
}

/** Index of the first chunk digest that differs; the count of `a` when all are equal. */
export function differenceAt(a: Uint8Array, b: Uint8Array): number {
    const count = Math.ceil(a.length / HASH);
    for (let index = 0; index < count; index += 1) {
        const [from, to] = [index * HASH, (index + 1) * HASH];
        if (Buffer.compare(a.subarray(from, to), b.subarray(from, to)) !== 0) return index;
    }
    return count;
}

export async function readJournal(folder: string, id: Id): Promise<Uint8Array> {
    try {
        const file = await open(journalPath(folder, id), constants.O_RDONLY | constants.O_NOFOLLOW);
        try {
            return await file.readFile();
        } finally {
            await file.close();
        }
    } catch (error) {
        if (isMissing(error)) return new Uint8Array(0);
        throw error;
    }
}

/** Whether the staged bytes are (still) there. */
export const isStaged = async (folder: string, id: Id): Promise<boolean> =>
    (await findStaged(dataPath(folder, id))) !== undefined;

const sizeOf = async (path: string): Promise<bigint> => (await findStaged(path)) ?? 0n;

async function findStaged(path: string): Promise<bigint | undefined> {
    try {
        const found = await lstat(path, { bigint: true });
        return found.isFile() ? found.size : undefined;
    } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
    }
}

export async function removeStaged(folder: string, id: Id): Promise<void> {
    await rm(dataPath(folder, id), { force: true });
    await rm(journalPath(folder, id), { force: true });
    await syncFolder(folder);
}

/** Moves the bytes out of the way of every later step and keeps them. Repeatable. */
export async function moveToQuarantine(folder: string, quarantine: string, id: Id): Promise<void> {
    for (const [from, to] of [
        [journalPath(folder, id), join(quarantine, `${id}.chunks`)],
        [dataPath(folder, id), join(quarantine, id)],
    ] as const) {
        await rename(from, to).catch((error: unknown) => {
            if (!isMissing(error)) throw error;
        });
    }
    await syncFolder(quarantine);
    await syncFolder(folder);
}
