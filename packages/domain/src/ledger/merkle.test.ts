import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../kernel/hex.ts';
import { createCompactRange, merkleEmptyRoot, merkleLeaf, merkleNode } from './merkle.ts';
import type { NodeGetter } from './merkle-proof.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle-proof.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const sm3 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sm3').update(bytes).digest());

/** The eight leaves every implementation of certificate transparency is tested with. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(fromHex);

/** MTH of RFC 6962 §2.1, word for word. */
function mth(leaves: readonly Uint8Array[], hash = sha256): Uint8Array {
    if (leaves.length === 0) return hash(new Uint8Array(0));
    if (leaves.length === 1) return hash(Uint8Array.of(0, ...(leaves[0] ?? [])));
    let k = 1;
    while (k * 2 < leaves.length) k *= 2;
    return hash(Uint8Array.of(1, ...mth(leaves.slice(0, k), hash), ...mth(leaves.slice(k), hash)));
}

/** A tree of numbered leaves with all its stored nodes, and its root at each size. */
function grow(size: number, hash = sha256) {
    const data = Array.from({ length: size }, (_, at) => Uint8Array.of(at >> 8, at & 0xff));
    const nodes = new Map<string, Uint8Array>();
    const tree = createCompactRange(hash, { onNode: (level, index, node) => nodes.set(`${level}/${index}`, node) });
    const roots = [tree.root()];
    for (const each of data) {
        tree.append(merkleLeaf(hash, each));
        roots.push(tree.root());
    }
    const node: NodeGetter = (level, index) => {
        const found = nodes.get(`${level}/${index}`);
        if (found === undefined) throw new Error(`no node ${level}/${index}`);
        return found;
    };
    return {
        data,
        roots,
        node,
        root: (at: number) => roots[at] ?? new Uint8Array(0),
        leaf: (at: number) => merkleLeaf(hash, data[at] ?? new Uint8Array(0)),
    };
}

const MOST = 70;
const whole = grow(MOST);

/** Every way one proof can be spoilt: a bit, a hash too few, too many, shorter, two swapped. */
function spoil(proof: readonly Uint8Array[]): Uint8Array[][] {
    const spoilt: Uint8Array[][] = [
        [...proof, sha256(Uint8Array.of(9))],
        [sha256(Uint8Array.of(9)), ...proof],
    ];
    for (const [at, each] of proof.entries()) {
        spoilt.push(
            proof.toSpliced(at, 1),
            proof.with(at, each.with(at % 32, (each[at % 32] ?? 0) ^ 1)),
            proof.with(at, each.subarray(1)),
        );
        const next = proof[at + 1];
        if (next !== undefined) spoilt.push(proof.with(at, next).with(at + 1, each));
    }
    return spoilt;
}

describe('Merkle tree', () => {
    it('has the known roots', () => {
        expect(toHex(merkleEmptyRoot(sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
        const tree = createCompactRange(sha256);
        for (const leaf of LEAVES) tree.append(merkleLeaf(sha256, leaf));
        expect(toHex(tree.root())).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
        expect(toHex(merkleLeaf(sha256, new Uint8Array(0)))).toBe(
            '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        );
    });

    it.each([sha256, sm3])('is the recursion of RFC 6962 at every size', (hash) => {
        const tree = grow(MOST, hash);
        for (const [size, root] of tree.roots.entries()) expect(toHex(root)).toBe(toHex(mth(tree.data.slice(0, size), hash)));
    });

    it('goes on from its peaks', () => {
        for (let size = 0; size <= MOST; size++) {
            const start = createCompactRange(sha256);
            for (let at = 0; at < size; at++) start.append(whole.leaf(at));
            expect(start.peaks().length).toBe(size.toString(2).replaceAll('0', '').length);
            const later = createCompactRange(sha256, { from: { size: start.size(), peaks: start.peaks() } });
            for (let at = size; at < MOST; at++) later.append(whole.leaf(at));
            expect([later.size(), toHex(later.root())]).toEqual([BigInt(MOST), toHex(whole.root(MOST))]);
        }
        expect(() => createCompactRange(sha256, { from: { size: 3n, peaks: [whole.root(1)] } })).toThrow('merkle.peaks');
        expect(() => createCompactRange(sha256, { from: { size: -1n, peaks: [] } })).toThrow('merkle.peaks');
    });

    it('keeps leaves and nodes apart', () => {
        const [left, right] = [whole.leaf(0), whole.leaf(1)];
        expect(merkleLeaf(sha256, Uint8Array.of(...left, ...right))).not.toEqual(merkleNode(sha256, left, right));
    });
});

describe('inclusion proof', () => {
    it('is PATH of RFC 6962 §2.1.3 for its seven leaves', async () => {
        const seven = grow(7);
        const between = (from: number, to: number) => mth(seven.data.slice(from, to));
        const path = async (at: bigint) => (await inclusionProof(sha256, at, 7n, seven.node)).map(toHex);
        expect(await path(0n)).toEqual([between(1, 2), between(2, 4), between(4, 7)].map(toHex));
        expect(await path(3n)).toEqual([between(2, 3), between(0, 2), between(4, 7)].map(toHex));
        expect(await path(4n)).toEqual([between(5, 6), between(6, 7), between(0, 4)].map(toHex));
        expect(await path(6n)).toEqual([between(4, 6), between(0, 4)].map(toHex));
    });

    it('verifies for every leaf of every size, and for no other leaf, index or root', async () => {
        for (let size = 1; size <= 33; size++) {
            for (let at = 0; at < size; at++) {
                const proof = await inclusionProof(sha256, BigInt(at), BigInt(size), whole.node);
                const claim = { index: BigInt(at), size: BigInt(size), leaf: whole.leaf(at), root: whole.root(size), proof };
                expect(verifyInclusion(sha256, claim)).toBe(true);
                expect(verifyInclusion(sha256, { ...claim, leaf: whole.leaf(at + 1) })).toBe(false);
                expect(verifyInclusion(sha256, { ...claim, root: whole.root(size + 1) })).toBe(false);
                for (let other = -1; other <= size; other++) {
                    if (other !== at) expect(verifyInclusion(sha256, { ...claim, index: BigInt(other) })).toBe(false);
                }
            }
        }
    });

    it('fails when spoilt in any way', async () => {
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: MOST }), fc.nat(), async (size, any) => {
                const at = any % size;
                const proof = await inclusionProof(sha256, BigInt(at), BigInt(size), whole.node);
                const claim = { index: BigInt(at), size: BigInt(size), leaf: whole.leaf(at), root: whole.root(size) };
                for (const spoilt of spoil(proof)) expect(verifyInclusion(sha256, { ...claim, proof: spoilt })).toBe(false);
            }),
        );
    });

    it.each([
        [5n, 5n],
        [-1n, 5n],
        [0n, 0n],
    ])('does not exist for leaf %s of %s', async (index, size) => {
        await expect(inclusionProof(sha256, index, size, whole.node)).rejects.toThrow('merkle.range');
    });
});

describe('hashes of another length', () => {
    // H(0x01 ‖ a ‖ b) is the same hash wherever the border between a and b is drawn.
    const [a, b, root] = [whole.leaf(0), whole.leaf(1), whole.root(2)];
    const [longer, shorter] = [Uint8Array.of(...a, b[0] ?? 0), b.subarray(1)];

    it('prove no inclusion', () => {
        expect(merkleNode(sha256, longer, shorter)).toEqual(root);
        expect(verifyInclusion(sha256, { index: 0n, size: 2n, leaf: longer, root, proof: [shorter] })).toBe(false);
    });

    it('prove no consistency', () => {
        expect(verifyConsistency(sha256, { first: 1n, second: 2n, firstRoot: a, secondRoot: root, proof: [b] })).toBe(true);
        expect(verifyConsistency(sha256, { first: 1n, second: 2n, firstRoot: longer, secondRoot: root, proof: [shorter] })).toBe(
            false,
        );
    });
});

describe('consistency proof', () => {
    it('is PROOF of RFC 6962 §2.1.3 for its seven leaves', async () => {
        const seven = grow(7);
        const between = (from: number, to: number) => mth(seven.data.slice(from, to));
        const proof = async (first: bigint) => (await consistencyProof(sha256, first, 7n, seven.node)).map(toHex);
        expect(await proof(3n)).toEqual([between(2, 3), between(3, 4), between(0, 2), between(4, 7)].map(toHex));
        expect(await proof(4n)).toEqual([between(4, 7)].map(toHex));
        expect(await proof(6n)).toEqual([between(4, 6), between(6, 7), between(0, 4)].map(toHex));
    });

    it('verifies between any two sizes, and between no others', async () => {
        for (let second = 0; second <= 33; second++) {
            for (let first = 0; first <= second; first++) {
                const proof = await consistencyProof(sha256, BigInt(first), BigInt(second), whole.node);
                const claim = {
                    first: BigInt(first),
                    second: BigInt(second),
                    firstRoot: whole.root(first),
                    secondRoot: whole.root(second),
                    proof,
                };
                expect(verifyConsistency(sha256, claim)).toBe(true);
                expect(verifyConsistency(sha256, { ...claim, firstRoot: whole.root(first + 1) })).toBe(false);
                // Everything is consistent with nothing, so then the second root is not bound.
                if (first > 0) expect(verifyConsistency(sha256, { ...claim, secondRoot: whole.root(second + 1) })).toBe(false);
                if (first < second)
                    expect(verifyConsistency(sha256, { ...claim, first: claim.second, second: claim.first })).toBe(false);
            }
        }
    });

    it('fails when spoilt in any way', async () => {
        await fc.assert(
            fc.asyncProperty(fc.integer({ min: 1, max: MOST }), fc.nat(), async (second, any) => {
                const first = any % (second + 1);
                const proof = await consistencyProof(sha256, BigInt(first), BigInt(second), whole.node);
                const claim = {
                    first: BigInt(first),
                    second: BigInt(second),
                    firstRoot: whole.root(first),
                    secondRoot: whole.root(second),
                };
                for (const spoilt of spoil(proof)) expect(verifyConsistency(sha256, { ...claim, proof: spoilt })).toBe(false);
            }),
        );
    });

    it('does not exist from the larger to the smaller', async () => {
        await expect(consistencyProof(sha256, 6n, 5n, whole.node)).rejects.toThrow('merkle.range');
    });
});
