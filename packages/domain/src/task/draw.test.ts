import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample } from '../chance/draw-sample.ts';
import { belowByRejection, drawStream, type UniformBelow } from '../chance/draw-stream.ts';
import type { HashFunction } from '../ledger/digest.ts';
import type { DrawLists } from './draw.ts';
import { normalLists } from './draw-lists.ts';
import { drawFrom, runDraw } from './draw-run.ts';
import { lists, object, officer, range } from './draw-testing.ts';

const sha256: HashFunction = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const secretOf = (fill: number) => new Uint8Array(32).fill(fill);

/** Every way chance can go, with its exact probability as a fraction of `parts`. */
function outcomes(run: (below: UniformBelow) => string): Map<string, number> {
    const found = new Map<string, number>();
    const walk = (script: readonly number[]): void => {
        let at = 0;
        let probability = 1;
        let open: number | undefined;
        const below: UniformBelow = (count) => {
            if (count === 1) return 0;
            const given = script[at++];
            if (given === undefined) {
                open ??= count;
                return 0;
            }
            probability /= count;
            return given;
        };
        const outcome = run(below);
        if (open === undefined) found.set(outcome, (found.get(outcome) ?? 0) + probability);
        else for (let next = 0; next < open; next++) walk([...script, next]);
    };
    walk([]);
    return found;
}

describe('chance', () => {
    it('favours no number: of all words, each outcome has as many', () => {
        for (const span of [16, 256])
            for (const count of range(span)) {
                const hits = new Map<number, number>();
                for (let word = 0; word < span; word++) {
                    let first = true;
                    const got = belowByRejection(
                        () => {
                            if (!first) throw new Error('rejected');
                            first = false;
                            return word;
                        },
                        span,
                        count,
                    ).toString();
                    hits.set(Number(got), (hits.get(Number(got)) ?? 0) + 1);
                    if (count > 1 && word === span - (span % count) - 1) break;
                }
                const each = count === 1 ? span : Math.floor(span / count);
                expect([...hits.values()]).toEqual(Array(count).fill(each));
            }
    });

    it('is taken anew for a word beyond the last whole multiple', () => {
        const words = [255, 254, 7];
        expect(belowByRejection(() => words.shift() ?? 0, 256, 6)).toBe(1);
        expect(words).toEqual([]);
    });

    it('follows from key and label', () => {
        const first = (label: string, fill = 1) => {
            const below = drawStream(sha256, secretOf(fill), label);
            return range(20).map(() => below(1_000_000));
        };
        expect(first('objects/A')).toEqual(first('objects/A'));
        expect(first('objects/A')).not.toEqual(first('objects/B'));
        expect(first('objects/A')).not.toEqual(first('objects/A', 2));
    });
});

describe('a sample', () => {
    it('is each choice of so many with the same probability', () => {
        for (const [of, count] of [
            [4, 2],
            [5, 3],
            [6, 1],
        ] as const) {
            const found = outcomes((below) =>
                sample(range(of), count, () => 1, below)
                    .toSorted()
                    .join(),
            );
            const probabilities = [...found.values()];
            expect(found.size).toBe([1, of, (of * (of - 1)) / 2, (of * (of - 1) * (of - 2)) / 6][count]);
            for (const each of probabilities) expect(each).toBeCloseTo(1 / found.size, 12);
        }
    });

    it('takes an item with as many lots as it has weight', () => {
        const weights = [1, 2, 5];
        const found = outcomes((below) => sample([0, 1, 2], 1, (each) => weights[each] ?? 0, below).join());
        expect([...found].map(([item, probability]) => [Number(item), Math.round(probability * 8)])).toEqual([
            [0, 1],
            [1, 2],
            [2, 5],
        ]);
        const second = outcomes((below) => sample([0, 1, 2], 2, (each) => weights[each] ?? 0, below).join());
        // First 2 of 8, then 5 of the remaining 6.
        expect(second.get('1,2')).toBeCloseTo((2 / 8) * (5 / 6), 12);
    });
});

const B2 = { scheme: 'risk', grade: 'B', fromDay: '2026-01-01', weight: 2 } as const;
/** Lists that name their tables, with one object. */
const graded = (more: Partial<DrawLists['objects'][number]>): Partial<DrawLists> => ({
    objects: [object(1, more)],
    rules: {
        strata: [{ grade: 'B', take: { number: 1 } }],
        officersPerObject: 2,
        gradeWeights: { risk: [{ grade: 'B', weight: 2 }], credit: [{ grade: 'C', weight: 3 }] },
    },
});

describe('the draw', () => {
    it('gives every pair of objects and of officers the same chance', () => {
        const normal = normalLists(
            lists({
                objects: range(4).map((each) => object(each)),
                officers: range(3).map(officer),
                rules: { strata: [{ grade: 'B', take: { number: 2 } }], officersPerObject: 2 },
            }),
        );
        const pairs = outcomes((below) =>
            drawFrom(normal, (label) => (label === 'officers' ? () => 0 : below))
                .picks.map((each) => each.object)
                .toSorted()
                .join(),
        );
        expect(pairs.size).toBe(6);
        for (const each of pairs.values()) expect(each).toBeCloseTo(1 / 6, 12);
        const officers = outcomes((below) =>
            (drawFrom(normal, (label) => (label === 'officers' ? below : () => 0)).picks[0]?.officers ?? []).toSorted().join(),
        );
        expect(officers.size).toBe(3);
        for (const each of officers.values()) expect(each).toBeCloseTo(1 / 3, 12);
    });

    it('does not depend on the order the lists were put together in', () => {
        const given = lists({ avoidances: [{ officer: officer(1).id, object: object(3).id, reason: 'declared' }] });
        fc.assert(
            fc.property(
                fc.shuffledSubarray([...given.objects], { minLength: given.objects.length }),
                fc.shuffledSubarray([...given.officers], { minLength: given.officers.length }),
                (objects, officers) => {
                    const shuffled = { ...given, objects, officers, avoidances: [...given.avoidances, ...given.avoidances] };
                    expect(runDraw(sha256, shuffled, secretOf(7), '03 09')).toEqual(runDraw(sha256, given, secretOf(7), '03 09'));
                },
            ),
            { numRuns: 30 },
        );
    });

    it('is another one with another secret, public value or list', () => {
        const all = [
            runDraw(sha256, lists(), secretOf(1), undefined),
            runDraw(sha256, lists(), secretOf(2), undefined),
            runDraw(sha256, lists(), secretOf(1), '05'),
            runDraw(sha256, lists({ title: '另一次' }), secretOf(1), undefined),
        ].map((each) => JSON.stringify(each.picks));
        expect(new Set(all).size).toBe(4);
    });

    it('takes shares rounded up, and never more than there are', () => {
        const take = (of: DrawLists['rules']['strata']) =>
            runDraw(
                sha256,
                lists({
                    objects: [
                        ...range(11).map((each) => object(each)),
                        ...range(3).map((each) => object(20 + each, { grade: 'C' })),
                    ],
                    rules: { strata: of, officersPerObject: 2 },
                }),
                secretOf(3),
                undefined,
            ).strata;
        expect(
            take([
                { grade: 'C', take: { number: 9 } },
                { grade: 'B', take: { permille: 100 } },
            ]),
        ).toEqual([
            { grade: 'B', eligible: 11, taken: 2 },
            { grade: 'C', eligible: 3, taken: 3 },
        ]);
    });

    it('says why each object that takes no part does not', () => {
        const result = runDraw(
            sha256,
            lists({
                objects: [
                    object(1, { closed: true, exempt: '免检' }),
                    object(2, { exempt: '列入无事不扰清单' }),
                    object(3, { openTask: true, inspections: 5 }),
                    object(4, { inspections: 2 }),
                    object(5, { inspections: 1 }),
                    object(6, { grade: 'X' }),
                ],
                rules: { strata: [{ grade: 'B', take: { number: 9 } }], officersPerObject: 2, capPerYear: 2 },
            }),
            secretOf(4),
            undefined,
        );
        expect(result.excluded.map((each) => each.reason)).toEqual(['closed', 'exempt', 'openTask', 'capReached', 'noStratum']);
        expect(result.picks.map((each) => each.object)).toEqual([object(5).id]);
    });

    const anyLists = fc
        .record({
            objects: fc.integer({ min: 1, max: 14 }),
            officers: fc.integer({ min: 2, max: 6 }),
            take: fc.integer({ min: 0, max: 20 }),
            cap: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
            most: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
            pairs: fc.array(fc.tuple(fc.nat(13), fc.nat(5)), { maxLength: 25 }),
            visits: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 14, maxLength: 14 }),
        })
        .map(({ objects, officers, take, cap, most, pairs, visits }) =>
            lists({
                objects: range(objects).map((each) => object(each, { inspections: visits[each - 1] ?? 0, weight: each })),
                officers: range(officers).map(officer),
                avoidances: pairs
                    .filter(([a, b]) => a < objects && b < officers)
                    .map(([a, b]) => ({ object: object(a + 1).id, officer: officer(b + 1).id, reason: 'declared' as const })),
                rules: {
                    strata: [{ grade: 'B', take: { number: take } }],
                    officersPerObject: 2,
                    ...(cap === undefined ? {} : { capPerYear: cap }),
                    ...(most === undefined ? {} : { mostPerOfficer: most }),
                },
            }),
        );

    it('always keeps caps and avoidance, and leaves no place empty without need', () => {
        fc.assert(
            fc.property(anyLists, fc.integer({ min: 0, max: 255 }), (given, fill) => {
                const { picks, excluded, strata } = runDraw(sha256, given, secretOf(fill), undefined);
                const { capPerYear = Number.POSITIVE_INFINITY, mostPerOfficer = Number.POSITIVE_INFINITY } = given.rules;
                const objectOf = new Map(given.objects.map((each) => [each.id, each]));
                const away = new Set(given.avoidances.map((each) => `${each.officer} ${each.object}`));
                expect(new Set(picks.map((each) => each.object)).size).toBe(picks.length);
                expect(picks.length).toBe(strata.reduce((sum, each) => sum + each.taken, 0));
                expect(excluded.length + strata.reduce((sum, each) => sum + each.eligible, 0)).toBe(given.objects.length);
                const load = new Map<string, number>();
                for (const { object: drawn, officers } of picks) {
                    expect(objectOf.get(drawn)?.inspections ?? 99).toBeLessThan(capPerYear);
                    expect([0, 2]).toContain(officers.length);
                    expect(new Set(officers).size).toBe(officers.length);
                    const free = given.officers.filter(
                        ({ id }) => !away.has(`${id} ${drawn}`) && (load.get(id) ?? 0) < mostPerOfficer,
                    );
                    if (free.length >= 2) expect(officers).toHaveLength(2);
                    for (const each of officers) {
                        expect(away.has(`${each} ${drawn}`)).toBe(false);
                        load.set(each, (load.get(each) ?? 0) + 1);
                        expect(load.get(each)).toBeLessThanOrEqual(mostPerOfficer);
                    }
                }
            }),
            { numRuns: 200 },
        );
    });

    it('spreads the work evenly where nobody has to keep away', () => {
        const result = runDraw(
            sha256,
            lists({ rules: { strata: [{ grade: 'B', take: { number: 10 } }], officersPerObject: 2 } }),
            secretOf(9),
            undefined,
        );
        const load = Map.groupBy(
            result.picks.flatMap((each) => each.officers),
            (each) => each,
        );
        expect([...load.values()].map((each) => each.length)).toEqual([4, 4, 4, 4, 4]);
    });

    it.each([
        ['as the grade weighs', graded({ weight: 2, graded: [B2] })],
        ['as two grades weigh together', graded({ weight: 6, graded: [B2, { ...B2, scheme: 'credit', grade: 'C', weight: 3 }] })],
        ['one without a grade', graded({ weight: 1 })],
        ['another one with a reason', graded({ weight: 9, graded: [B2], weightReason: '上年多次投诉' })],
        ['as it stands, in lists from before grades were kept', { objects: [object(1, { weight: 7 })] }],
    ])('takes a weight %s', (_, more) => {
        expect(() => normalLists(lists(more))).not.toThrow();
    });

    it.each([
        ['noObjects', { objects: [] }],
        ['objectTwice', { objects: [object(1), object(1)] }],
        ['officerTwice', { officers: [officer(1), officer(1)] }],
        ['tooFewOfficers', { officers: [officer(1)] }],
        ['weight', { objects: [object(1, { weight: 0 })] }],
        ['weightUnexplained', graded({ weight: 3, graded: [B2] })],
        ['weightUnexplained', graded({ weight: 2 })],
        ['weightUnexplained', graded({ weight: 4, graded: [{ ...B2, weight: 4 }] })],
        ['noStratum', { rules: { strata: [], officersPerObject: 2 } }],
        ['twoOfficers', { rules: { strata: [{ grade: 'B', take: { number: 1 } }], officersPerObject: 1 } }],
        ['share', { rules: { strata: [{ grade: 'B', take: { permille: 1_001 } }], officersPerObject: 2 } }],
        ['avoidanceUnknown', { avoidances: [{ officer: officer(99).id, object: object(1).id, reason: 'area' as const }] }],
    ])('refuses lists with %s', (reason, more) => {
        expect(() => normalLists(lists(more))).toThrow(expect.objectContaining({ code: 'draw.listInvalid', params: { reason } }));
    });
});
