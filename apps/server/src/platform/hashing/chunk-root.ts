import { createHash } from 'node:crypto';

const HASH = 32;
const sha256 = (...parts: Uint8Array[]): Uint8Array => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return new Uint8Array(hash.digest());
};
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/**
 * Root (hex) of the RFC 6962 §2.1 tree whose leaves are the 32-byte chunk digests: SHA-256(0x00 ‖ digest) and
 * SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the count. No chunks: SHA-256 of nothing.
 */
export function chunkRoot(chunkDigests: Uint8Array): string {
    const count = chunkDigests.length / HASH;
    if (!Number.isInteger(count)) throw new RangeError('chunk digests are 32 bytes each');
    return Buffer.from(count === 0 ? sha256() : subtree(chunkDigests, 0, count)).toString('hex');
}

function subtree(digests: Uint8Array, from: number, to: number): Uint8Array {
    if (to - from === 1) return sha256(LEAF, digests.subarray(from * HASH, to * HASH));
    let split = 1;
    while (split * 2 < to - from) split *= 2;
    return sha256(NODE, subtree(digests, from, from + split), subtree(digests, from + split, to));
}
