import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../kernel/bytes.ts';
import { toHex } from '../kernel/hex.ts';
import { createCompactRange, merkleLeaf } from './merkle.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle-proof.ts';
import { BLOCK_WIDTH, type BlockReader, isKeptLevel, nodesOfBlocks, peaksOf } from './tree-blocks.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** A tree of which only the leaves and every eighth level are kept, and the roots at every size. */
function keptTree(size: number) {
    const leaves = Array.from({ length: size }, (_, at) => merkleLeaf(sha256, utf8Bytes(`entry ${at}`)));
    const kept = new Map<number, Uint8Array[]>([[0, leaves]]);
    const roots: Uint8Array[] = [];
    const range = createCompactRange(sha256, {
        onNode(level, _, node) {
            if (isKeptLevel(level)) kept.set(level, [...(kept.get(level) ?? []), node]);
        },
    });
    roots.push(range.root());
    for (const leaf of leaves) {
        range.append(leaf);
        roots.push(range.root());
    }
    let reads = 0;
    const read: BlockReader = async (level, block) => {
        reads++;
        return (kept.get(level) ?? []).slice(Number(block * BLOCK_WIDTH), Number((block + 1n) * BLOCK_WIDTH));
    };
    return { leaves, roots, read, reads: () => reads };
}

const tree = keptTree(1_500);

describe('a tree of which every eighth level is kept', () => {
    it('proves every entry at every size', async () => {
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: 1_500 }), fc.nat(), async (size, any) => {
                const index = any % size;
                const proof = await inclusionProof(sha256, BigInt(index), BigInt(size), nodesOfBlocks(sha256, tree.read));
                const claim = {
                    index: BigInt(index),
                    size: BigInt(size),
                    leaf: tree.leaves[index] as Uint8Array,
                    root: tree.roots[size] as Uint8Array,
                    proof,
                };
                expect(verifyInclusion(sha256, claim)).toBe(true);
            }),
        );
    });

    it('proves that every earlier tree is its beginning', async () => {
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: 1_500 }), fc.nat(), async (second, any) => {
                const first = any % (second + 1);
                const [from, to] = [BigInt(first), BigInt(second)];
                const proof = await consistencyProof(sha256, from, to, nodesOfBlocks(sha256, tree.read));
                const roots = { firstRoot: tree.roots[first] as Uint8Array, secondRoot: tree.roots[second] as Uint8Array };
                expect(verifyConsistency(sha256, { first: from, second: to, ...roots, proof })).toBe(true);
            }),
        );
    });

    it('goes on from its peaks at every size', async () => {
        for (let size = 0; size < tree.leaves.length; size += 7) {
            const peaks = await peaksOf(BigInt(size), nodesOfBlocks(sha256, tree.read));
            const range = createCompactRange(sha256, { from: { size: BigInt(size), peaks } });
            expect(toHex(range.root())).toBe(toHex(tree.roots[size] as Uint8Array));
            range.append(tree.leaves[size] as Uint8Array);
            expect(toHex(range.root())).toBe(toHex(tree.roots[size + 1] as Uint8Array));
        }
    });

    it('reads at most two blocks of each kept level for a proof', async () => {
        const before = tree.reads();
        await inclusionProof(sha256, 700n, 1_499n, nodesOfBlocks(sha256, tree.read));
        expect(tree.reads() - before).toBeLessThanOrEqual(4);
    });

    it('says which node is missing rather than prove something else', async () => {
        const short: BlockReader = async (level, block) => (await tree.read(level, block)).slice(0, -1);
        await expect(inclusionProof(sha256, 0n, 1_500n, nodesOfBlocks(sha256, short))).rejects.toMatchObject({
            code: 'merkle.nodeMissing',
        });
    });
});
