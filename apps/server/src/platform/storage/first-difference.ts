import { DomainError } from '@liuhen/domain';
import type { HashPool } from '../hashing/hash-pool.ts';
import type { ObjectStore } from './store.ts';

const HASH = 32;

type Stored = { readonly store: Pick<ObjectStore, 'stat' | 'withLocalFile'>; readonly hashes: Pick<HashPool, 'chunkDigests'> };

/**
 * Number of the first 4 MiB chunk of what is stored that is not what was registered; -1 when the object is missing or of another
 * length. Throws `storage.unavailable` where nobody can say.
 */
export async function firstDifference({ store, hashes }: Stored, key: string, expected: Uint8Array): Promise<number | undefined> {
    if ((await store.stat(key)) === undefined) return -1;
    const found = await store.withLocalFile(key, (path) => hashes.chunkDigests(path)).catch(chunkOfDamage);
    if (typeof found === 'number') return found;
    if (found.length !== expected.length) return -1;
    for (let at = 0; at < expected.length; at += HASH) {
        if (Buffer.compare(found.subarray(at, at + HASH), expected.subarray(at, at + HASH)) !== 0) return at / HASH;
    }
    return undefined;
}

/** Of several copies that were compared while they were read, none was whole here. */
function chunkOfDamage(error: unknown): number {
    if (error instanceof DomainError && error.code === 'storage.objectDamaged') return Number(error.params.chunk ?? -1);
    throw error;
}
