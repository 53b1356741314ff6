import { type RandomAccess, windowAccess } from '@liuhen/domain';
import type { ObjectStore } from './store.ts';

/** A stored object, and the root of its chunks as the log has it. */
export type StoredBytes = { readonly key: string; readonly size: bigint; readonly chunkRoot: string };

/** Several whole chunks of the store. */
const WINDOW = 16 << 20;

/**
 * Reads a stored object anywhere, every chunk compared before a byte of it is passed on. Throws what the store throws:
 * `storage.objectDamaged`, `storage.objectMissing`.
 */
export const storedAccess = (store: ObjectStore, { key, size, chunkRoot }: StoredBytes): RandomAccess =>
    windowAccess(Number(size), WINDOW, async (start, end) => {
        const pieces: Buffer[] = [];
        const source = await store.open(key, { start: BigInt(start), end: BigInt(end), chunkRoot });
        for await (const piece of source as AsyncIterable<Buffer>) pieces.push(piece);
        return Buffer.concat(pieces, end - start);
    });
