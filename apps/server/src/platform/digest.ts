import { hash } from 'node:crypto';
import type { Digest } from '@liuhen/domain';

/** The hash functions that the domain's ledger core asks its caller for. For small inputs only: they run on the spot. */
export const nodeDigest: Digest = {
    sha256: (bytes) => hash('sha256', bytes, 'buffer'),
    sm3: (bytes) => hash('sm3', bytes, 'buffer'),
};
