import { sameBytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { HashFunction } from './digest.ts';
import { merkleEmptyRoot, merkleNode } from './merkle.ts';

/** Gives the stored hash of a complete node: level 0 are leaves, `index` counts within the level from the left. */
export type NodeGetter = (level: number, index: bigint) => Promise<Uint8Array> | Uint8Array;

/** A run of leaves [from, to), always one subtree of the RFC's recursion. */
export type Run = { readonly from: bigint; readonly to: bigint };

/**
 * Proof that leaf `index` is in the tree of the first `size` leaves, nearest sibling first (RFC 6962 §2.1.1).
 * Asks for complete nodes only, at most log2(size)² / 2 of them. Throws `merkle.range` unless 0 ≤ index < size.
 */
export async function inclusionProof(hash: HashFunction, index: bigint, size: bigint, node: NodeGetter): Promise<Uint8Array[]> {
    if (index < 0n || index >= size) throw new DomainError('merkle.range', { index: String(index), size: String(size) });
    const proof: Uint8Array[] = [];
    let run: Run = { from: 0n, to: size };
    while (run.to - run.from > 1n) {
        const [left, right] = split(run);
        const inLeft = index < left.to;
        proof.unshift(await subtreeRoot(hash, inLeft ? right : left, node));
        run = inLeft ? left : right;
    }
    return proof;
}

/**
 * Proof that the tree of `first` leaves is the beginning of the tree of `second` leaves (RFC 6962 §2.1.2). Empty when
 * there is nothing to prove (same size, or nothing at first). Throws `merkle.range` unless 0 ≤ first ≤ second.
 */
export async function consistencyProof(
    hash: HashFunction,
    first: bigint,
    second: bigint,
    node: NodeGetter,
): Promise<Uint8Array[]> {
    if (first < 0n || first > second) throw new DomainError('merkle.range', { index: String(first), size: String(second) });
    if (first === 0n || first === second) return [];
    const proof: Uint8Array[] = [];
    let run: Run = { from: 0n, to: second };
    while (run.to !== first) {
        const [left, right] = split(run);
        const inLeft = first <= left.to;
        proof.unshift(await subtreeRoot(hash, inLeft ? right : left, node));
        run = inLeft ? left : right;
    }
    // The old tree ends with this subtree; when it is the whole old tree, the verifier has its root already.
    if (run.from > 0n) proof.unshift(await subtreeRoot(hash, run, node));
    return proof;
}

/** Root of the tree of the first `size` leaves. */
export const rootOfFirst = (hash: HashFunction, size: bigint, node: NodeGetter): Promise<Uint8Array> =>
    size === 0n ? Promise.resolve(merkleEmptyRoot(hash)) : subtreeRoot(hash, { from: 0n, to: size }, node);

/** Whether `proof` leads from `leaf` (its hash) at `index` to `root` of `size` leaves. RFC 9162 §2.1.3.2. */
export function verifyInclusion(
    hash: HashFunction,
    claim: { index: bigint; size: bigint; leaf: Uint8Array; root: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
    if (claim.index < 0n || claim.index >= claim.size || !sameLengths(claim.root, [claim.leaf, ...claim.proof])) return false;
    let [at, last, node] = [claim.index, claim.size - 1n, claim.leaf];
    for (const sibling of claim.proof) {
        if (last === 0n) return false;
        if (isOdd(at) || at === last) {
            node = merkleNode(hash, sibling, node);
            [at, last] = skipSingles(at, last);
        } else {
            node = merkleNode(hash, node, sibling);
        }
        [at, last] = [at >> 1n, last >> 1n];
    }
    return last === 0n && sameBytes(node, claim.root);
}

/** Whether `proof` shows that the tree with `firstRoot` is the beginning of the one with `secondRoot`. RFC 9162 §2.1.4.2. */
export function verifyConsistency(
    hash: HashFunction,
    claim: { first: bigint; second: bigint; firstRoot: Uint8Array; secondRoot: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
    const { first, second, firstRoot, secondRoot, proof } = claim;
    if (first < 0n || first > second || !sameLengths(firstRoot, [secondRoot, ...proof])) return false;
    if (first === second) return proof.length === 0 && sameBytes(firstRoot, secondRoot);
    if (first === 0n) return proof.length === 0 && sameBytes(firstRoot, merkleEmptyRoot(hash));

    const [start, ...rest] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof;
    if (start === undefined || proof.length === 0) return false;
    let [at, last] = [first - 1n, second - 1n];
    while (isOdd(at)) [at, last] = [at >> 1n, last >> 1n];
    let [old, grown] = [start, start];
    for (const sibling of rest) {
        if (last === 0n) return false;
        if (isOdd(at) || at === last) {
            [old, grown] = [merkleNode(hash, sibling, old), merkleNode(hash, sibling, grown)];
            [at, last] = skipSingles(at, last);
        } else {
            grown = merkleNode(hash, grown, sibling);
        }
        [at, last] = [at >> 1n, last >> 1n];
    }
    return last === 0n && sameBytes(old, firstRoot) && sameBytes(grown, secondRoot);
}

/**
 * Proof that a run of leaves stands where it does in the tree of `size` leaves, nearest sibling first: the "subtree consistency proof" of
 * c2sp.org/tlog-mirror, for the runs into which the tree splits (aligned blocks, and what remains at its end). Throws `merkle.range` for
 * other runs.
 */
export async function runProof(hash: HashFunction, run: Run, size: bigint, node: NodeGetter): Promise<Uint8Array[]> {
    const proof: Uint8Array[] = [];
    for (const { sibling } of pathTo(run, size) ?? refuseRun(run, size)) proof.unshift(await subtreeRoot(hash, sibling, node));
    return proof;
}

/** Whether `proof` leads from the root of a run of leaves to `root` of `size` leaves. */
export function verifyRun(
    hash: HashFunction,
    claim: { run: Run; size: bigint; runRoot: Uint8Array; root: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
    const path = pathTo(claim.run, claim.size)?.reverse();
    if (path === undefined || path.length !== claim.proof.length) return false;
    if (!sameLengths(claim.root, [claim.runRoot, ...claim.proof])) return false;
    let node = claim.runRoot;
    for (const [at, { onLeft }] of path.entries()) {
        const sibling = claim.proof[at] ?? node;
        node = onLeft ? merkleNode(hash, sibling, node) : merkleNode(hash, node, sibling);
    }
    return sameBytes(node, claim.root);
}

/** What stands beside the way down to a run, from the top; undefined where the tree does not split into it. */
function pathTo({ from, to }: Run, size: bigint): { sibling: Run; onLeft: boolean }[] | undefined {
    if (from < 0n || from >= to || to > size) return undefined;
    const path: { sibling: Run; onLeft: boolean }[] = [];
    let run: Run = { from: 0n, to: size };
    while (run.from !== from || run.to !== to) {
        const [left, right] = split(run);
        const onLeft = from >= left.to;
        if (!onLeft && to > left.to) return undefined;
        path.push({ sibling: onLeft ? left : right, onLeft });
        run = onLeft ? right : left;
    }
    return path;
}

function refuseRun({ from, to }: Run, size: bigint): never {
    throw new DomainError('merkle.range', { index: String(from), to: String(to), size: String(size) });
}

/** Root of one run: stored when the run is complete, else put together from its complete parts. */
async function subtreeRoot(hash: HashFunction, run: Run, node: NodeGetter): Promise<Uint8Array> {
    const width = run.to - run.from;
    if (isPowerOfTwo(width)) return node(levelOf(width), run.from / width);
    const [left, right] = split(run);
    return merkleNode(hash, await subtreeRoot(hash, left, node), await subtreeRoot(hash, right, node));
}

/** RFC 6962 §2.1: the left part is the largest power of two smaller than the whole. */
function split(run: Run): [Run, Run] {
    const middle = run.from + (1n << BigInt(levelOf(run.to - run.from - 1n)));
    return [
        { from: run.from, to: middle },
        { from: middle, to: run.to },
    ];
}

/** Goes up past the levels where the last node has no sibling and is carried over unhashed. */
function skipSingles(at: bigint, last: bigint): [bigint, bigint] {
    while (!isOdd(at) && at !== 0n) [at, last] = [at >> 1n, last >> 1n];
    return [at, last];
}

/** Position of the highest set bit of a positive number. */
const levelOf = (width: bigint): number => width.toString(2).length - 1;
const isOdd = (n: bigint): boolean => (n & 1n) === 1n;
const isPowerOfTwo = (n: bigint): boolean => (n & (n - 1n)) === 0n;
// Hashes of another length could shift bytes between siblings without changing what is hashed.
const sameLengths = (one: Uint8Array, others: readonly Uint8Array[]): boolean =>
    others.every((other) => other.length === one.length);
