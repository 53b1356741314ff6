import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { createCompactRange, merkleLeaf } from '../ledger/merkle.ts';
import { verifyRun } from '../ledger/merkle-proof.ts';
import {
    BUNDLE_ENTRY_MAX,
    formatAddEntries,
    formatBundle,
    formatMirrorInfo,
    packageRuns,
    parseAddEntries,
    parseBundle,
    parseMirrorInfo,
    parseTilePath,
    tilePath,
} from './add-entries.ts';
import { leafData, sha256, testTree } from './golden/test-log.ts';

const tree = testTree(900);

function rootOfRun(from: bigint, to: bigint): Uint8Array {
    const range = createCompactRange(sha256);
    for (let at = from; at < to; at++) range.append(merkleLeaf(sha256, leafData(Number(at))));
    return range.root();
}

describe('entries for a mirror', () => {
    it('come in blocks of 256, each of which is proven to stand where it does', async () => {
        for (const size of [1, 2, 255, 256, 257, 300, 511, 512, 513, 768, 900])
            for (const { block, to } of packageRuns(0n, BigInt(size))) {
                const proof = await tree.run(block, to, size);
                const claim = {
                    run: { from: block, to },
                    size: BigInt(size),
                    runRoot: rootOfRun(block, to),
                    root: tree.root(size),
                    proof,
                };
                expect(verifyRun(sha256, claim)).toBe(true);
                expect(verifyRun(sha256, { ...claim, runRoot: rootOfRun(block, to + 1n) })).toBe(false);
                expect(verifyRun(sha256, { ...claim, proof: [...proof, tree.root(1)] })).toBe(false);
                expect(verifyRun(sha256, { ...claim, root: tree.root(size + 1 > 900 ? 1 : size + 1) })).toBe(false);
                if (proof.length > 0) expect(verifyRun(sha256, { ...claim, proof: proof.slice(1) })).toBe(false);
            }
        const claim = { size: 900n, runRoot: tree.root(1), root: tree.root(900), proof: [] };
        for (const [from, to] of [
            [1n, 3n],
            [0n, 901n],
            [-1n, 1n],
            [5n, 5n],
            [256n, 600n],
        ] as const) {
            expect(verifyRun(sha256, { ...claim, run: { from, to } })).toBe(false);
            await expect(tree.run(from, to, 900)).rejects.toMatchObject({ code: 'merkle.range' });
        }
    });

    it('start where it is asked and are read as they were written; a torn end is left out', () => {
        expect([...packageRuns(300n, 800n)]).toEqual([
            { block: 256n, from: 300n, to: 512n },
            { block: 512n, from: 512n, to: 768n },
            { block: 768n, from: 768n, to: 800n },
        ]);
        expect([...packageRuns(5n, 5n)]).toEqual([]);
        const packages = [...packageRuns(300n, 520n)].map(({ from, to }) => ({
            entries: Array.from({ length: Number(to - from) }, (_, at) => leafData(Number(from) + at)),
            proof: [sha256(utf8Bytes('a')), sha256(utf8Bytes('b'))],
        }));
        const request = { origin: 'example.org/log', from: 300n, to: 520n, ticket: utf8Bytes('t'), packages };
        const bytes = formatAddEntries(request);
        expect(parseAddEntries(bytes)).toEqual(request);
        expect(parseAddEntries(bytes.slice(0, -1)).packages).toEqual(packages.slice(0, 1));
        expect(parseAddEntries(formatAddEntries({ ...request, packages: [] })).packages).toEqual([]);
    });

    it('are refused when they are malformed, and never read as something else', () => {
        fc.assert(
            fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
                try {
                    const read = parseAddEntries(bytes);
                    const again = formatAddEntries(read);
                    expect([...again]).toEqual([...bytes.slice(0, again.length)]);
                } catch (error) {
                    expect(error).toBeInstanceOf(DomainError);
                }
            }),
            { numRuns: 2_000 },
        );
    });

    it('fit a bundle up to 65,535 bytes each', () => {
        const entries = [new Uint8Array(0), utf8Bytes('one'), new Uint8Array(BUNDLE_ENTRY_MAX)];
        expect(parseBundle(formatBundle(entries))).toEqual(entries);
        expect(parseBundle(formatBundle(entries).slice(0, -1))).toBeUndefined();
        expect(() => formatBundle([new Uint8Array(BUNDLE_ENTRY_MAX + 1)])).toThrow('addEntries.entryTooLong');
    });

    it('are counted by a mirror in a text of three lines', () => {
        const info = { size: 5n, next: 3n, ticket: utf8Bytes('x') };
        expect(parseMirrorInfo(formatMirrorInfo(info))).toEqual(info);
        for (const text of ['', '5\n3\n', '5\n3\n\n\n', '05\n3\n\n', '5\n-3\n\n', '5\n3\n!\n'])
            expect(parseMirrorInfo(utf8Bytes(text))).toBeUndefined();
    });

    it('lie under paths of three digits an element', () => {
        expect([tilePath(0n, 256), tilePath(1_234_067n, 256), tilePath(273n, 112)]).toEqual([
            '000',
            'x001/x234/067',
            '273.p/112',
        ]);
        expect(parseTilePath('x001/x234/067')).toEqual({ index: 1_234_067n, width: 256 });
        expect(parseTilePath('273.p/112')).toEqual({ index: 273n, width: 112 });
        for (const path of ['', '1', '0001', 'x000/001', '001.p/0', '001.p/256', '001.p/01', '../001', '001/002', 'x001/067/'])
            expect(parseTilePath(path)).toBeUndefined();
    });
});
