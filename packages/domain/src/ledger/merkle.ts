import { concatBytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { type HashFunction, pairHash } from './digest.ts';

/**
 * Merkle trees of RFC 6962 §2.1 (unchanged in RFC 9162 §2.1). The prefixes keep a leaf from being read as a node.
 * The hash function is a parameter: SHA-256 for the log, SM3 for its second head.
 */
const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = 0x01;

/** Where a leaf of usual length is put behind its prefix, as `pairHash` does for nodes. */
const leafRoom = new Uint8Array(4_096);
leafRoom.set(LEAF_PREFIX);

/** Root of a tree without leaves: the hash of nothing. */
export const merkleEmptyRoot = (hash: HashFunction): Uint8Array => hash(new Uint8Array(0));

/** Hash of a leaf: H(0x00 ‖ data). */
export function merkleLeaf(hash: HashFunction, data: Uint8Array): Uint8Array {
    if (data.length >= leafRoom.length) return hash(concatBytes(LEAF_PREFIX, data));
    leafRoom.set(data, 1);
    return hash(leafRoom.subarray(0, 1 + data.length));
}

/** Hash of an inner node: H(0x01 ‖ left ‖ right). */
export const merkleNode: (hash: HashFunction, left: Uint8Array, right: Uint8Array) => Uint8Array = pairHash(NODE_PREFIX);

/** A tree that only grows, holding one hash per set bit of its size. */
export type CompactRange = {
    /** Adds a leaf hash (`merkleLeaf`, not the data). */
    append(leaf: Uint8Array): void;
    /** Root of everything appended so far. */
    root(): Uint8Array;
    size(): bigint;
    /** Roots of the complete subtrees, largest first: with `size` all that is needed to go on later. */
    peaks(): Uint8Array[];
};

/**
 * Starts an empty tree, or goes on from `from` (throws `merkle.peaks` when the number of peaks does not fit the size).
 * `onNode` is told every complete node once, leaves being level 0; stored by (level, index) they serve any proof.
 */
export function createCompactRange(
    hash: HashFunction,
    options: {
        from?: { size: bigint; peaks: readonly Uint8Array[] };
        onNode?: (level: number, index: bigint, node: Uint8Array) => void;
    } = {},
): CompactRange {
    let size = options.from?.size ?? 0n;
    const levels = peakLevels(size);
    const given = options.from?.peaks ?? [];
    if (size < 0n || given.length !== levels.length)
        throw new DomainError('merkle.peaks', { size: String(size), peaks: given.length });
    const peaks = given.map((node, at) => ({ level: levels[at] ?? 0, node }));

    return {
        append(leaf) {
            let [level, index, node] = [0, size, leaf];
            options.onNode?.(level, index, node);
            for (let left = peaks.at(-1); left?.level === level; left = peaks.at(-1)) {
                peaks.pop();
                [level, index, node] = [level + 1, index >> 1n, merkleNode(hash, left.node, node)];
                options.onNode?.(level, index, node);
            }
            peaks.push({ level, node });
            size += 1n;
        },
        root() {
            const last = peaks.at(-1);
            if (last === undefined) return merkleEmptyRoot(hash);
            return peaks.slice(0, -1).reduceRight((right, left) => merkleNode(hash, left.node, right), last.node);
        },
        size: () => size,
        peaks: () => peaks.map((peak) => peak.node),
    };
}

/** Levels of the complete subtrees that make up a tree of `size` leaves, largest first: the set bits of the size. */
export function peakLevels(size: bigint): number[] {
    const bits: number[] = [];
    for (let [rest, level] = [size, 0]; rest > 0n; [rest, level] = [rest >> 1n, level + 1]) {
        if ((rest & 1n) === 1n) bits.unshift(level);
    }
    return bits;
}
