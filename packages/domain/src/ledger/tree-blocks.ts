import { DomainError } from '../kernel/domain-error.ts';
import type { HashFunction } from './digest.ts';
import { merkleNode, peakLevels } from './merkle.ts';
import type { NodeGetter } from './merkle-proof.ts';

/** Levels between two that are kept: 256 nodes of one kept level make one of the next. */
export const BLOCK_LEVELS = 8;
/** Nodes of one block. */
export const BLOCK_WIDTH = 256n;

/**
 * Gives the nodes of one block: those of kept level `level` (a multiple of 8; level 0 are leaf hashes) with the indexes from
 * `block` × 256 on. Fewer than 256 where the tree ends.
 */
export type BlockReader = (level: number, block: bigint) => Promise<readonly Uint8Array[]>;

/** Whether a complete node is kept, rather than computed from the kept ones below it. */
export const isKeptLevel = (level: number): boolean => level > 0 && level % BLOCK_LEVELS === 0;

/**
 * Any complete node of a tree of which only every eighth level is kept. Each block is read once; a proof needs at most two of each kept
 * level. Throws `merkle.nodeMissing` where a block has not the nodes that are needed.
 */
export function nodesOfBlocks(hash: HashFunction, read: BlockReader): NodeGetter {
    const blocks = new Map<string, Promise<readonly Uint8Array[]>>();
    const blockOf = (level: number, block: bigint) => {
        const key = `${level} ${block}`;
        const known = blocks.get(key) ?? read(level, block);
        blocks.set(key, known);
        return known;
    };
    return async (level, index) => {
        const above = level % BLOCK_LEVELS;
        const first = index << BigInt(above);
        const block = await blockOf(level - above, first / BLOCK_WIDTH);
        const from = Number(first % BLOCK_WIDTH);
        let nodes = block.slice(from, from + 2 ** above);
        if (nodes.length < 2 ** above) throw new DomainError('merkle.nodeMissing', { level, index: String(index) });
        while (nodes.length > 1) nodes = pairs(hash, nodes);
        return nodes[0] as Uint8Array;
    };
}

function pairs(hash: HashFunction, nodes: readonly Uint8Array[]): Uint8Array[] {
    const above: Uint8Array[] = [];
    for (let at = 0; at < nodes.length; at += 2)
        above.push(merkleNode(hash, nodes[at] as Uint8Array, nodes[at + 1] as Uint8Array));
    return above;
}

/** Complete nodes whose leaves make up the first `size` leaves, largest first: what `createCompactRange` goes on from. */
export async function peaksOf(size: bigint, node: NodeGetter): Promise<Uint8Array[]> {
    const peaks: Uint8Array[] = [];
    let from = 0n;
    for (const level of peakLevels(size)) {
        peaks.push(await node(level, from >> BigInt(level)));
        from += 1n << BigInt(level);
    }
    return peaks;
}
