import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ContentDigest, DomainError, type Id } from '@liuhen/domain';
import type { Services } from '../services.ts';

export type KeptBytes = { readonly digest: ContentDigest; readonly key: string };

/** Bytes that begin a file: enough to know what it is. */
const HEAD = 8;

/**
 * Makes a small file a durable object: staged, hashed, synced, placed. The row that names it comes after. `look` sees its first
 * bytes before it is placed and may refuse it. Throws `request.tooLarge`, `storage.*`.
 */
export async function keepBytes(
    { store, hashes, clock }: Pick<Services, 'store' | 'hashes' | 'clock'>,
    wish: { orgId: Id; name: string; most: number; look?: (head: Uint8Array) => void },
    bytes: Readable,
): Promise<KeptBytes> {
    await store.assertWritable();
    const reservation = await store.reserve(BigInt(wish.most));
    const path = join(store.stagingFolder, `${wish.name}-${clock.newId()}`);
    try {
        const head = await writeDurably(path, bytes, wish.most);
        wish.look?.(head);
        const digest = await hashes.hashFile(path);
        const { key } = await store.put({ orgId: wish.orgId, path, digest });
        return { digest, key };
    } finally {
        reservation.release();
        await rm(path, { force: true });
    }
}

/** Writes a bounded file, which the store syncs before it has a name; gives its first bytes. */
async function writeDurably(path: string, bytes: Readable, most: number): Promise<Uint8Array> {
    const file = await open(path, 'wx');
    let size = 0;
    let head = Buffer.alloc(0);
    try {
        await pipeline(bytes, async (source: AsyncIterable<Buffer>) => {
            for await (const piece of source) {
                size += piece.length;
                if (size > most) throw new DomainError('request.tooLarge', { limit: most });
                if (head.length < HEAD) head = Buffer.concat([head, piece]).subarray(0, HEAD);
                await file.writeFile(piece);
            }
        });
        return head;
    } finally {
        await file.close();
    }
}
