import type { Digest } from '@liuhen/domain';
import { sha256 } from '@noble/hashes/sha2.js';
import { sm3 } from './sm3.ts';

/** The hash functions of the ledger in audited or short JavaScript, the same in a browser and on the command line. */
export const verifierDigest: Digest = { sha256: (bytes) => sha256(bytes), sm3 };
