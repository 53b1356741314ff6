import { createHash } from 'node:crypto';
import type { Hasher } from '@liuhen/domain';

/** A digest of Node, for files on the command line: as fast as OpenSSL, which it is. */
export function nodeHasher(name: 'sha256' | 'sm3'): Hasher {
    const hash = createHash(name);
    return { update: (bytes) => void hash.update(bytes), digest: () => new Uint8Array(hash.digest()) };
}
