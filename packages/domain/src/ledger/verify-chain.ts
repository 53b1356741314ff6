import { sameBytes } from '../kernel/bytes.ts';
import { toHex } from '../kernel/hex.ts';
import type { Digest } from './digest.ts';
import { chainValue, genesisChain, leafHash } from './entry.ts';
import type { Report } from './findings.ts';

/** Place and hashes of one entry as stored. */
export type ChainLink = {
    readonly idx: bigint;
    readonly leaf: Uint8Array;
    readonly chain: Uint8Array;
    readonly entry: Uint8Array;
};

/** Index, leaf and chain of one log, link by link. */
export type ChainCheck = {
    /** Checks the next link; gives the leaf hash of the stored bytes and whether the stored leaf is the same. */
    next(link: ChainLink, report: Report): { leaf: Uint8Array; leafHolds: boolean };
    finish(head: { size: bigint; chain: Uint8Array }, report: Report): void;
};

/** What the next link may follow: the value stored last, or the values it should have had. */
type Previous = { readonly stored: Uint8Array; readonly due: readonly Uint8Array[] };

/**
 * After a link that does not hold, the next one may follow either from what is stored or from what should have been:
 * so one changed chain value is one finding, and not a second one for its innocent neighbour.
 */
export function createChainCheck(digest: Digest): ChainCheck {
    let expectedIdx = 0n;
    let previous: Previous = { stored: genesisChain(digest), due: [] };

    return {
        next(link, report) {
            const leaf = leafHash(digest, link.entry);
            const leafHolds = sameBytes(leaf, link.leaf);
            if (!leafHolds) report('log.leafMismatch', { stored: toHex(link.leaf), computed: toHex(leaf) });

            const follows = link.idx === expectedIdx;
            if (!follows) report('log.indexGap', { expected: String(expectedIdx), found: String(link.idx) });
            expectedIdx = link.idx + 1n;

            // Across a gap the chain cannot be computed; it is taken up again from the stored value.
            previous = { stored: link.chain, due: follows ? checkChain(link, leaf, report) : [] };
            return { leaf, leafHolds };
        },
        finish(head, report) {
            if (head.size !== expectedIdx) {
                report('log.headMismatch', { what: 'size', head: String(head.size), log: String(expectedIdx) });
            } else if (!isOneOf(head.chain, [previous.stored, ...previous.due])) {
                report('log.headMismatch', { what: 'chain', head: toHex(head.chain), log: toHex(previous.stored) });
            }
        },
    };

    /** Gives the values the link should have had, when it has none of them. */
    function checkChain(link: ChainLink, leaf: Uint8Array, report: Report): Uint8Array[] {
        const expected = chainValue(digest, previous.stored, leaf);
        if (sameBytes(expected, link.chain)) return [];
        // The chain may still hold with the stored leaf (then the bytes were changed), or from what was due before.
        const after = (chain: Uint8Array): Uint8Array[] => [
            chainValue(digest, chain, leaf),
            chainValue(digest, chain, link.leaf),
        ];
        if (isOneOf(link.chain, [previous.stored, ...previous.due].flatMap(after))) return [];
        report('log.chainMismatch', { stored: toHex(link.chain), computed: toHex(expected) });
        return after(previous.due[0] ?? previous.stored);
    }
}

const isOneOf = (value: Uint8Array, candidates: readonly Uint8Array[]): boolean =>
    candidates.some((each) => sameBytes(each, value));
