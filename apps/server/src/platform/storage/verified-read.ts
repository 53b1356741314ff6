import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CHUNK_SIZE, chunkCount, DomainError } from '@liuhen/domain';
import { chunkRoot } from '../hashing/chunk-root.ts';
import { rangeOf } from './object-key.ts';
import type { ReadOptions } from './store.ts';

const HASH = 32;
const CHUNK = BigInt(CHUNK_SIZE);
/** Bytes passed on at once: small enough that an abandoned player costs little. */
const PIECE = 256 * 1024;

/** Where the bytes come from: a file, or an object that is far away. */
export type ChunkSource = {
    /** Bytes from an offset; fewer than asked for only where the object ends. */
    read(from: bigint, length: number): Promise<Buffer>;
    close(): Promise<void>;
};

/** An open file as a source; closes it. */
export const sourceOf = (file: FileHandle): ChunkSource => ({
    async read(from, length) {
        const bytes = Buffer.allocUnsafeSlow(length);
        let filled = 0;
        while (filled < length) {
            const { bytesRead } = await file.read(bytes, filled, length - filled, Number(from) + filled);
            if (bytesRead === 0) break;
            filled += bytesRead;
        }
        return bytes.subarray(0, filled);
    },
    close: () => file.close(),
});

/** What a store has of an object before a byte of it is read: its length, its list of chunk digests, and where its bytes come from. */
export type Openable = {
    readonly size: bigint;
    readonly digests: () => Promise<Uint8Array>;
    readonly source: () => Promise<ChunkSource> | ChunkSource;
};

/**
 * Opens a range of an object once its list of digests is as long as the object needs and, where one is given, has the root of the
 * log. Throws `storage.badRange`, `storage.objectDamaged {chunk: -1}`.
 */
export async function openVerified({ size, digests, source }: Openable, read: ReadOptions): Promise<Readable> {
    const { start, end } = rangeOf(read, size);
    const listed = await digests();
    const isLong = listed.length === chunkCount(size) * HASH;
    if (!isLong || (read.chunkRoot !== undefined && chunkRoot(listed) !== read.chunkRoot)) {
        throw new DomainError('storage.objectDamaged', { chunk: -1 });
    }
    return verifiedRead(await source(), size, listed, start, end);
}

/**
 * Plaintext [start, end) of an object. A chunk is read whole and its SHA-256 compared (in the thread pool, not on the
 * event loop) before any byte of it is passed on, so damage is never served. Closes the source.
 */
export function verifiedRead(source: ChunkSource, size: bigint, digests: Uint8Array, start: bigint, end: bigint): Readable {
    return Readable.from(chunks(source, size, digests, start, end), { objectMode: false, highWaterMark: PIECE });
}

async function* chunks(
    source: ChunkSource,
    size: bigint,
    digests: Uint8Array,
    start: bigint,
    end: bigint,
): AsyncGenerator<Buffer> {
    try {
        for (let at = start; at < end; ) {
            const index = at / CHUNK;
            const from = index * CHUNK;
            const length = Number(size - from < CHUNK ? size - from : CHUNK);
            const chunk = await readVerified(source, from, length, digests, Number(index));
            const to = Number(end - from < CHUNK ? end - from : CHUNK);
            for (let offset = Number(at - from); offset < to; offset += PIECE) {
                yield chunk.subarray(offset, Math.min(offset + PIECE, to));
            }
            at = from + BigInt(to);
        }
    } finally {
        await source.close();
    }
}

async function readVerified(
    source: ChunkSource,
    from: bigint,
    length: number,
    digests: Uint8Array,
    index: number,
): Promise<Buffer> {
    const chunk = await source.read(from, length);
    if (chunk.length < length) throw new DomainError('storage.objectDamaged', { chunk: index });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', chunk as Buffer<ArrayBuffer>));
    const expected = digests.subarray(index * HASH, (index + 1) * HASH);
    if (Buffer.compare(digest, expected) !== 0) throw new DomainError('storage.objectDamaged', { chunk: index });
    return chunk;
}
