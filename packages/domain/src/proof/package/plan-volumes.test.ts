import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DISC_BYTES, DISC_MEDIA, DISC_SECTOR, discBytesOf, discLabel, imageBytesOf, largestFileIn } from './disc-media.ts';
import { PACKAGE_ON_EVERY_DISC } from './package-paths.ts';
import { formatSegments, PACKAGE_MAX_VOLUMES } from './package-segments.ts';
import { type FileToPlace, planVolumes, type VolumePlan } from './plan-volumes.ts';

const MiB = 2 ** 20;
/** A disc small enough to be filled by tests. */
const SMALL = 16 * MiB;
const REPEATED: readonly FileToPlace[] = [
    { path: 'README.txt', size: 3000 },
    { path: 'manifest.json', size: 60_000 },
    { path: 'verify.html', size: 250_000 },
    { path: 'volume.json', size: 200 },
];
const LISTED = REPEATED.filter(({ path }) => PACKAGE_ON_EVERY_DISC.includes(path));
const sha256 = 'ab'.repeat(32);
const GB = 1_000_000_000;

const segmentsOf = (plan: VolumePlan) =>
    formatSegments({
        ...{ type: 'liuhen/evidence-segments', v: 1, manifest: sha256, volumes: plan.volumes },
        segments: plan.pieces.map(({ offset: _, size, ...piece }) => ({ ...piece, size: String(size), sha256 })),
    });

/** What is true of every plan; gives the bytes each disc takes. */
function looked(files: readonly FileToPlace[], capacity: number): number[] {
    const plan = planVolumes(files, REPEATED, capacity);
    expect(planVolumes([...files].reverse(), REPEATED, capacity)).toEqual(plan);
    // Every byte exactly once: the pieces of each file follow each other from 0 to its end.
    for (const { path, size } of files) {
        const pieces = plan.pieces.filter((piece) => piece.path === path);
        let end = 0;
        for (const [order, piece] of pieces.entries()) {
            expect([piece.order, piece.offset]).toEqual([order, end]);
            end += piece.size;
        }
        expect(end).toBe(size);
        if (pieces.length === 1) expect(pieces[0]?.at).toBe(path);
        for (const [at, piece] of pieces.slice(1).entries()) expect(piece.volume).toBe((pieces[at]?.volume ?? 0) + 1);
    }
    expect(new Set(plan.pieces.map(({ path }) => path)).size).toBe(files.length);
    // `formatSegments` refuses pieces out of order, in one place, or on discs that there are not.
    const list = segmentsOf(plan);
    const shared = [...REPEATED, { path: 'segments.json', size: list.length }].reduce(
        (sum, { size }) => sum + discBytesOf(size),
        0,
    );
    return Array.from({ length: plan.volumes }, (_, at) => {
        const here = plan.pieces.filter(({ volume, path }) => volume === at + 1 && !PACKAGE_ON_EVERY_DISC.includes(path));
        const folders = new Set(here.map(({ at: where }) => where.split('/').slice(0, -1).join('/')));
        const bytes = here.reduce((sum, { size }) => sum + discBytesOf(size), imageBytesOf(folders.size) + shared);
        expect(bytes).toBeLessThanOrEqual(capacity);
        return bytes;
    });
}

const content = (at: number): string => `content/${String(at).padStart(64, '0')}.mp4`;
const recordings = (...sizes: number[]): FileToPlace[] => [...LISTED, ...sizes.map((size, at) => ({ path: content(at), size }))];

describe('which file lies on which disc', () => {
    it('has every byte once, no disc over its capacity, the same plan each time and not many more discs than needed', () => {
        const size = fc.oneof(fc.nat(5000), fc.nat(4 * MiB), fc.integer({ min: 10 * MiB, max: 80 * MiB }));
        fc.assert(
            fc.property(fc.array(size, { maxLength: 40 }), fc.nat(40), (sizes, papers) => {
                const files = [
                    ...recordings(...sizes),
                    ...Array.from({ length: papers }, (_, at) => ({ path: `entries/0190f2e0/${at}.json`, size: 900 })),
                ];
                const discs = looked(files, SMALL);
                const { volumes } = planVolumes(files, REPEATED, SMALL);
                const all = files.reduce((sum, each) => sum + discBytesOf(each.size), 0);
                // Of what a disc has for files of its own, at least half.
                expect(volumes).toBeLessThanOrEqual(Math.floor((2 * all) / (SMALL / 2)) + 1);
                expect(discs).toHaveLength(volumes);
            }),
            { numRuns: 60 },
        );
    });

    it('has one disc for nothing, and for what fits exactly; one byte more is cut, or goes on the next', () => {
        expect(looked(LISTED, SMALL)).toHaveLength(1);
        expect(looked(recordings(0), SMALL)).toHaveLength(1);
        // The largest file that stays whole, found by asking.
        let [whole, cut] = [0, SMALL];
        while (cut - whole > 1) {
            const middle = Math.floor((whole + cut) / 2);
            if (planVolumes(recordings(middle), REPEATED, SMALL).volumes === 1) whole = middle;
            else cut = middle;
        }
        expect(looked(recordings(whole), SMALL)).toHaveLength(1);
        const { pieces, volumes } = planVolumes(recordings(cut), REPEATED, SMALL);
        expect(volumes).toBe(2);
        expect(pieces.filter(({ path }) => path === content(0)).map(({ at, size }) => [at.slice(-8), size])).toEqual([
            ['.part001', whole],
            ['.part002', 1],
        ]);
        // Two that fit a disc each are not cut, however little is missing.
        expect(looked(recordings(whole, 1), SMALL)).toHaveLength(2);
        expect(planVolumes(recordings(whole, whole), REPEATED, SMALL).pieces.every(({ order }) => order === 0)).toBe(true);
    });

    it('cuts a recording of 100 GB onto as many discs of full size as it needs', () => {
        expect(looked(recordings(100 * GB), DISC_BYTES.bd)).toHaveLength(5);
        expect(looked(recordings(100 * GB), DISC_BYTES.dvd)).toHaveLength(22);
    });

    it('cuts what does not fit a disc only, and puts others beside its end', () => {
        const plan = planVolumes(recordings(40 * MiB, 2 * MiB), REPEATED, SMALL);
        expect(plan.volumes).toBe(3);
        expect(plan.pieces.filter(({ path }) => path === content(0)).map(({ volume }) => volume)).toEqual([1, 2, 3]);
        expect(plan.pieces.find(({ path }) => path === content(1))?.volume).toBe(3);
    });

    it.each(DISC_MEDIA)('takes recordings of many GB on %s', (medium) => {
        const discs = looked(recordings(60 * GB, 4.6 * GB, 4.6 * GB, 4_294_967_296, 4_294_967_295, 1), DISC_BYTES[medium]);
        expect(discs.length).toBe(medium === 'dvd' ? 17 : 4);
    });

    it('refuses more discs than a list of segments has, and a disc that hardly takes what stands on all', () => {
        const most = PACKAGE_MAX_VOLUMES * SMALL;
        expect(() => planVolumes(recordings(most), REPEATED, SMALL)).toThrow('volumes.tooMany');
        expect(() => planVolumes(recordings(Number.MAX_SAFE_INTEGER), REPEATED, SMALL)).toThrow('volumes.tooMany');
        expect(() => planVolumes(recordings(1), [{ path: 'manifest.json', size: 9 * MiB }], SMALL)).toThrow('volumes.tooSmall');
    });
});

describe('a disc', () => {
    it('takes a file by sectors, and a record more for each 4 GiB', () => {
        expect(discBytesOf(0)).toBe(discBytesOf(1));
        expect(discBytesOf(DISC_SECTOR + 1) - discBytesOf(DISC_SECTOR)).toBe(DISC_SECTOR);
        fc.assert(
            fc.property(fc.integer({ min: 10_000, max: DISC_BYTES.bd }), (room) => {
                const size = largestFileIn(room);
                expect(discBytesOf(size)).toBeLessThanOrEqual(room);
                expect(discBytesOf(size + DISC_SECTOR + 1)).toBeGreaterThan(room);
            }),
        );
    });

    it('has a name of letters that every system takes', () => {
        expect(discLabel('SH01-DQ-2026-0012', 2, 3)).toBe('01DQ20260012_2_3');
        expect(discLabel('浦-DQ-2026-0012', 12, 345)).toBe('20260012_12_345'.padStart(16, 'Q'));
        expect(discLabel('某', 1, 1)).toBe('_1_1');
    });
});
