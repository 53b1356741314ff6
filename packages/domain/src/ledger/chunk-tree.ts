import { DomainError } from '../kernel/domain-error.ts';
import type { Digest } from './digest.ts';
import { HASH_LENGTH } from './digest.ts';
import { createCompactRange, merkleLeaf } from './merkle.ts';

/**
 * Root of the RFC 6962 SHA-256 tree whose leaves are the SHA-256 digests of the chunks: a clip or a damaged region can be
 * proven without the rest of the file. The leaf is H(0x00 ‖ digest of the chunk), not of the chunk, so that the digests
 * kept during an upload are enough. `chunkDigests`: 32 bytes per chunk, in order, one after the other; throws
 * `chunk.digestLength` otherwise. Content of 0 bytes has no chunks and the empty root.
 */
export function chunkRoot(digest: Digest, chunkDigests: Uint8Array): Uint8Array {
    if (chunkDigests.length % HASH_LENGTH !== 0) throw new DomainError('chunk.digestLength', { length: chunkDigests.length });
    const tree = createCompactRange(digest.sha256);
    for (let at = 0; at < chunkDigests.length; at += HASH_LENGTH) {
        tree.append(merkleLeaf(digest.sha256, chunkDigests.subarray(at, at + HASH_LENGTH)));
    }
    return tree.root();
}
