import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CHUNK_SIZE, DomainError } from '@liuhen/domain';

const HASH = 32;
const CHUNK = BigInt(CHUNK_SIZE);
/** Bytes passed on at once: small enough that an abandoned player costs little. */
const PIECE = 256 * 1024;

/**
 * Plaintext [start, end) of an open file. A chunk is read whole and its SHA-256 compared (in the thread pool, not on the
 * event loop) before any byte of it is passed on, so damage is never served. Closes the file.
 */
export function verifiedRead(file: FileHandle, size: bigint, digests: Uint8Array, start: bigint, end: bigint): Readable {
    return Readable.from(chunks(file, size, digests, start, end), { objectMode: false, highWaterMark: PIECE });
}

async function* chunks(file: FileHandle, size: bigint, digests: Uint8Array, start: bigint, end: bigint): AsyncGenerator<Buffer> {
    try {
        for (let at = start; at < end; ) {
            const index = at / CHUNK;
            const from = index * CHUNK;
            const length = Number(size - from < CHUNK ? size - from : CHUNK);
            const chunk = await readVerified(file, from, length, digests, Number(index));
            const to = Number(end - from < CHUNK ? end - from : CHUNK);
            for (let offset = Number(at - from); offset < to; offset += PIECE) {
                yield chunk.subarray(offset, Math.min(offset + PIECE, to));
            }
            at = from + BigInt(to);
        }
    } finally {
        await file.close();
    }
}

async function readVerified(file: FileHandle, from: bigint, length: number, digests: Uint8Array, index: number): Promise<Buffer> {
    const chunk = Buffer.allocUnsafeSlow(length);
    let filled = 0;
    while (filled < length) {
        const { bytesRead } = await file.read(chunk, filled, length - filled, Number(from) + filled);
        if (bytesRead === 0) throw new DomainError('storage.objectDamaged', { chunk: index });
        filled += bytesRead;
    }
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', chunk));
    const expected = digests.subarray(index * HASH, (index + 1) * HASH);
    if (Buffer.compare(digest, expected) !== 0) throw new DomainError('storage.objectDamaged', { chunk: index });
    return chunk;
}
