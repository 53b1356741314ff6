import {
    BLOCK_WIDTH,
    type BlockReader,
    type HeadHash,
    type Id,
    merkleLeaf,
    type NodeGetter,
    nodesOfBlocks,
} from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { nodeDigest } from '../../../platform/digest.ts';

/** The nodes of the tree of one head over the log of `orgId`, from what is kept: leaves, and every eighth level. */
export const treeNodes = (db: ReadDb, orgId: Id, head: HeadHash): NodeGetter =>
    nodesOfBlocks(nodeDigest[head], blocksOf(db, orgId, head));

function blocksOf(db: ReadDb, orgId: Id, head: HeadHash): BlockReader {
    return async (level, block) => {
        const [from, to] = [Number(block * BLOCK_WIDTH), Number((block + 1n) * BLOCK_WIDTH)];
        if (level > 0) {
            const rows = await db
                .selectFrom('ledger.tree_node')
                .select('node')
                .where('org_id', '=', orgId)
                .where('hash', '=', head)
                .where('level', '=', level)
                .where('idx', '>=', from)
                .where('idx', '<', to)
                .orderBy('idx')
                .execute();
            return rows.map((row) => row.node);
        }
        const entries = db
            .selectFrom('ledger.entry')
            .where('org_id', '=', orgId)
            .where('idx', '>=', from)
            .where('idx', '<', to)
            .orderBy('idx');
        // Leaves of the first head stand beside the entries; those of the second are computed, which is quicker than to keep them.
        if (head === 'sha256') return (await entries.select('leaf').execute()).map((row) => row.leaf);
        return (await entries.select('entry').execute()).map((row) => merkleLeaf(nodeDigest.sm3, row.entry));
    };
}
