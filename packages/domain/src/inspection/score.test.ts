import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAUSES } from '../compliance/clauses.ts';
import { uuid } from './campaign-testing.ts';
import { DEFAULT_SCHEME, normalScheme, type ScoreItem } from './scheme.ts';
import { answersThatCount, officerScores, organisationScore, type ScoredSheet, sheetScore } from './score.ts';

const scheme: readonly ScoreItem[] = [
    { key: 'a', words: '甲', most: 10, weight: 1 },
    { key: 'b', words: '乙', most: 5, weight: 2 },
];
const answer = (item: string, points?: number) => ({ item, moments: [], ...(points === undefined ? {} : { points }) });

describe('the score of an act', () => {
    it('is what it reached of what applies to it, by weight', () => {
        expect(sheetScore(scheme, [answer('a', 10), answer('b', 5)])).toBe(1_000);
        expect(sheetScore(scheme, [answer('a', 10), answer('b', 0)])).toBe(500);
        expect(sheetScore(scheme, [answer('a', 5), answer('b')])).toBe(500);
        expect(sheetScore(scheme, [answer('a'), answer('b')])).toBeUndefined();
        expect(sheetScore(scheme, [])).toBeUndefined();
    });

    const anyScheme = fc
        .array(fc.record({ most: fc.integer({ min: 1, max: 100 }), weight: fc.integer({ min: 1, max: 100 }) }), {
            minLength: 1,
            maxLength: 8,
        })
        .map((items): ScoreItem[] => items.map((each, at) => ({ key: `k${at}`, words: `项${at}`, ...each })));
    const answered = anyScheme.chain((items) =>
        fc
            .tuple(...items.map((each) => fc.option(fc.nat(each.most), { nil: undefined })))
            .map((points) => ({ items, answers: items.map((each, at) => answer(each.key, points[at])) })),
    );

    it('lies between nothing and all, never falls when points rise, and weights count only beside each other', () => {
        fc.assert(
            fc.property(answered, fc.integer({ min: 2, max: 9 }), ({ items, answers }, factor) => {
                const score = sheetScore(items, answers);
                expect(score === undefined).toBe(answers.every((each) => each.points === undefined));
                if (score === undefined) return;
                expect(score).toBeGreaterThanOrEqual(0);
                expect(score).toBeLessThanOrEqual(1_000);
                expect(
                    sheetScore(
                        items.map((each) => ({ ...each, weight: each.weight * factor })),
                        answers,
                    ),
                ).toBe(score);
                for (const { key, most } of items) {
                    const more = answers.map((each) =>
                        each.item === key && each.points !== undefined ? answer(key, most) : each,
                    );
                    expect(sheetScore(items, more)).toBeGreaterThanOrEqual(score);
                }
            }),
        );
    });

    it('counts points that an appeal changed, and those only', () => {
        const counted = answersThatCount([answer('a', 2), answer('b', 1)], [{ item: 'a', points: 9 }]);
        expect(counted.map((each) => each.points)).toEqual([9, 1]);
    });
});

describe('scores of organisations and officers', () => {
    const [one, two] = [uuid('c', 1), uuid('c', 2)];
    const sheet = (organisation: string, stratum: string, score: number, officers: string[] = []): ScoredSheet => ({
        ...{ organisation, stratum, score, officers },
    });
    const shares = [
        { organisation: one, stratum: 's', acts: 90 },
        { organisation: one, stratum: 't', acts: 10 },
        { organisation: two, stratum: 's', acts: 100 },
    ];

    it('let each act stand for as many as it was drawn from', () => {
        const sheets = [sheet(one, 's', 1_000), sheet(one, 't', 0), sheet(one, 't', 0), sheet(two, 's', 500)];
        expect(organisationScore(shares, sheets, one)).toBe(900);
        expect(organisationScore(shares, sheets, two)).toBe(500);
        // Stratum s of both: mean 750 of 190 acts; t: 0 of 10.
        expect(organisationScore(shares, sheets)).toBe(713);
        expect(organisationScore(shares, sheets.slice(0, 1), two)).toBeUndefined();
        // What is not reviewed yet says nothing.
        expect(organisationScore(shares, sheets.slice(0, 1), one)).toBe(1_000);
    });

    it('lie between the lowest and the highest sheet, in any order of sheets', () => {
        const anySheets = fc.array(
            fc.record({
                organisation: fc.constantFrom(one, two),
                stratum: fc.constantFrom('s', 't'),
                score: fc.nat(1_000),
                officers: fc.constant([]),
            }),
            { minLength: 1, maxLength: 12 },
        );
        fc.assert(
            fc.property(anySheets, (sheets) => {
                const known = sheets.filter((each) =>
                    shares.some((s) => s.organisation === each.organisation && s.stratum === each.stratum),
                );
                for (const who of [one, two, undefined]) {
                    const score = organisationScore(shares, known, who);
                    const own = known.filter((each) => who === undefined || each.organisation === who).map((each) => each.score);
                    expect(score === undefined).toBe(own.length === 0);
                    if (score === undefined) continue;
                    expect(score).toBeGreaterThanOrEqual(Math.min(...own));
                    expect(score).toBeLessThanOrEqual(Math.max(...own));
                    expect(organisationScore(shares, known.toReversed(), who)).toBe(score);
                }
            }),
        );
    });

    it('give an officer the mean of the acts drawn, and how many', () => {
        const of = officerScores([sheet(one, 's', 900, ['x', 'y', 'x']), sheet(one, 's', 500, ['x'])]);
        expect([...of]).toEqual([
            ['x', { score: 700, acts: 2 }],
            ['y', { score: 900, acts: 1 }],
        ]);
    });
});

describe('the scheme to begin with', () => {
    it('is a scheme, names clauses of the notice that exist, and comes to a hundred points', () => {
        expect(normalScheme(DEFAULT_SCHEME)).toBe(DEFAULT_SCHEME);
        const known = new Set(CLAUSES.map((each) => each.id));
        expect(DEFAULT_SCHEME.filter((each) => each.clause !== undefined && !known.has(each.clause))).toEqual([]);
        expect(DEFAULT_SCHEME.reduce((sum, each) => sum + each.most * each.weight, 0)).toBe(100);
    });

    it.each([
        ['empty', []],
        ['tooMany', Array.from({ length: 41 }, (_, at) => ({ key: `k${at}`, words: `${at}`, most: 1, weight: 1 }))],
        ['keyTwice', [scheme[0], { ...scheme[1], key: 'a' }]],
        ['wordsTwice', [scheme[0], { ...scheme[1], words: '甲' }]],
        ['figure', [{ ...scheme[0], most: 0 }]],
        ['figure', [{ ...scheme[0], weight: 1.5 }]],
    ])('is refused with %s', (reason, items) => {
        expect(() => normalScheme(items as ScoreItem[])).toThrow(
            expect.objectContaining({ code: 'inspection.schemeInvalid', params: { reason } }),
        );
    });
});
