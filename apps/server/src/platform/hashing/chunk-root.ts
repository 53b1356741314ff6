import { chunkRoot as treeRoot } from '@liuhen/domain';
import { nodeDigest } from '../digest.ts';

/** Root (hex, lower case) of the tree over the 32-byte chunk digests; the definition is the ledger's. */
export const chunkRoot = (chunkDigests: Uint8Array): string => Buffer.from(treeRoot(nodeDigest, chunkDigests)).toString('hex');
