import { createHash } from 'node:crypto';
import type { Digest } from '@liuhen/domain';

/** The hash functions that the domain's ledger core asks its caller for. For small inputs only: they run on the spot. */
export const nodeDigest: Digest = {
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    sm3: (bytes) => createHash('sm3').update(bytes).digest(),
};
