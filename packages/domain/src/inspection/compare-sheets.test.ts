import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uuid } from './campaign-testing.ts';
import { compareSheets, type HandedIn, isChosen, isWithheld, readsHandedIn, sharedItems, summaryOf } from './compare-sheets.ts';
import { DEFAULT_SCHEME, type ScoreItem } from './scheme.ts';

const item = (key: string, words: string, most = 10, more: Partial<ScoreItem> = {}): ScoreItem => ({
    ...{ key, words, most, weight: 1 },
    ...more,
});
const sheet = (
    scheme: readonly ScoreItem[],
    points: readonly (number | undefined)[],
    more: Partial<HandedIn> = {},
): HandedIn => ({
    scheme,
    answers: scheme.map(({ key }, at) => ({
        item: key,
        moments: [],
        ...(points[at] === undefined ? { words: '不适用' } : { points: points[at] }),
    })),
    corrected: [],
    ...more,
});
const pairsOf = (a: readonly ScoreItem[], b: readonly ScoreItem[]) => sharedItems(a, b).map(([x, y]) => `${x.key}=${y.key}`);

describe('what two schemes both ask', () => {
    it('is told by the clause, however it is put', () => {
        const told = [item('a', '全程记录', 20, { clause: 'A1-10-1' }), item('b', '文书', 5, { clause: 'Z2.1-1' })];
        const other = [item('x', '文书符合规范', 10, { clause: 'Z2.1-1' }), item('y', '不间断', 10, { clause: 'A1-10-1' })];
        expect(pairsOf(told, other)).toEqual(['a=y', 'b=x']);
    });

    it('else by the very words, never by the key: own items are numbered anew in each scheme', () => {
        const [mine, theirs] = [
            [item('own1', '着装规范'), item('own2', '用语文明')],
            [item('own1', '用语文明'), item('own2', '车辆停放')],
        ];
        expect(pairsOf(mine, theirs)).toEqual(['own2=own1']);
        expect(pairsOf([item('own1', '文书')], [item('documents', '文书', 10, { clause: 'Z2.1-1' })])).toEqual([
            'own1=documents',
        ]);
        expect(pairsOf([item('a', '文书', 10, { clause: 'Z2.1-2' })], [item('a', '文书', 10, { clause: 'Z2.1-1' })])).toEqual([]);
    });

    it('of a clause that stands twice in one of them, by the words', () => {
        const clause = 'A1-10-1';
        const twice = [item('a', '不间断', 10, { clause }), item('b', '中断已说明', 10, { clause })];
        expect(pairsOf(twice, [item('x', '连续', 10, { clause })])).toEqual([]);
        expect(pairsOf(twice, [item('x', '中断已说明', 10, { clause })])).toEqual(['b=x']);
    });

    const anyScheme = fc
        .uniqueArray(
            fc.record({
                clause: fc.option(fc.constantFrom('A1-10-1', 'A1-10-3', 'Z2.1-1'), { nil: undefined }),
                words: fc.constantFrom('甲', '乙', '丙', '丁', '戊'),
            }),
            { selector: ({ words }) => words, maxLength: 5 },
        )
        .map((items): ScoreItem[] =>
            items.map(({ clause, words }, at) => item(`k${at}`, words, 10, clause === undefined ? {} : { clause })),
        );

    it('pairs each item at most once, and the same from either side', () => {
        fc.assert(
            fc.property(anyScheme, anyScheme, (a, b) => {
                const [there, back] = [sharedItems(a, b), sharedItems(b, a)];
                expect(new Set(there.map(([, other]) => other)).size).toBe(there.length);
                const key = ([x, y]: [ScoreItem, ScoreItem]) => `${x.key} ${y.key}`;
                expect(there.map(key).sort()).toEqual(back.map(([y, x]) => key([x, y])).sort());
            }),
        );
    });
});

describe('two sheets side by side', () => {
    const scheme = [item('a', '甲'), item('b', '乙', 20, { weight: 2 }), item('c', '丙')];

    it('say item by item what each gave, and the scores with their difference', () => {
        const compared = compareSheets(sheet(scheme, [10, 20, 5]), sheet(scheme, [10, 10, undefined]));
        expect(compared.items.map(({ key, state, here, there }) => [key, state, here.points, there.points])).toEqual([
            ['a', 'same', 10, 10],
            ['b', 'differs', 20, 10],
            ['c', 'onlyHere', 5, null],
        ]);
        // 55 of 60 and 30 of 50; over a and b alone 50 of 50 and 30 of 50.
        expect(compared).toMatchObject({ here: 917, there: 600, difference: -317, sameScheme: true, differing: 2 });
        expect(compared.alike).toEqual({ here: 1_000, there: 600 });
        expect(compared.items[2]?.there.words).toBe('不适用');
    });

    it('count what upheld objections changed, and keep what was given', () => {
        const objected = sheet(scheme, [4, 20, 10], { corrected: [{ item: 'a', points: 10 }] });
        const compared = compareSheets(sheet(scheme, [10, 20, 10]), objected);
        expect(compared).toMatchObject({ there: 1_000, difference: 0, differing: 0 });
        expect(compared.items[0]?.there).toMatchObject({ points: 10, given: 4 });
        expect(compared.items[1]?.there).not.toHaveProperty('given');
    });

    it('of different schemes are held against each other by shares of the most, and only where both ask', () => {
        const other = [item('own9', '甲', 5), item('own1', '另问', 50)];
        const compared = compareSheets(sheet(scheme, [8, 0, 0]), sheet(other, [4, 50]));
        expect(compared).toMatchObject({ sameScheme: false, differing: 0, alike: { here: 800, there: 800 } });
        expect(compared.items.map(({ key }) => key)).toEqual(['a']);
        expect(compareSheets(sheet(scheme, [8, 0, 0]), sheet([item('x', '另问')], [10]))).toMatchObject({
            items: [],
            alike: null,
            difference: 867,
        });
        const weighed = [...scheme.slice(0, 2), item('c', '丙', 10, { weight: 3 })];
        expect(compareSheets(sheet(scheme, [1, 1, 1]), sheet(weighed, [1, 1, 1])).sameScheme).toBe(false);
    });

    it('have no difference where one has no score', () => {
        const none = compareSheets(sheet(scheme, [1, 1, 1]), sheet(scheme, [undefined, undefined, undefined]));
        expect(none).toMatchObject({ there: null, difference: null, alike: null });
        expect(isChosen(none, 'same')).toBe(false);
        expect(isChosen(none, 'differs')).toBe(true);
    });

    it('are the same however they are turned, but for the sign', () => {
        const points = fc.array(fc.option(fc.nat(5), { nil: undefined }), { minLength: 9, maxLength: 9 });
        fc.assert(
            fc.property(points, points, (a, b) => {
                const [one, two] = [sheet(DEFAULT_SCHEME, a), sheet(DEFAULT_SCHEME, b)];
                const [there, back] = [compareSheets(one, two), compareSheets(two, one)];
                expect(there.items).toHaveLength(DEFAULT_SCHEME.length);
                expect([there.here, there.there, there.differing]).toEqual([back.there, back.here, back.differing]);
                if (there.difference !== null) expect(there.difference + (back.difference ?? Number.NaN)).toBe(0);
                expect(there.alike?.here).toBe(back.alike?.there);
                expect(there.differing === 0).toBe(a.every((each, at) => each === b[at]));
            }),
        );
    });

    it('are summed up by how often the other score is higher, lower or the same', () => {
        const own = sheet(scheme, [10, 10, 10]);
        const others = [sheet(scheme, [10, 10, 10]), sheet(scheme, [10, 20, 10]), sheet(scheme, [0, 10, 10])];
        expect(summaryOf(others.map((each) => compareSheets(own, each)))).toEqual({
            ...{ pairs: 3, higher: 1, lower: 1, same: 1 },
            // Two thirds, all and half: 0, +333 and -167.
            mean: 55,
        });
        expect(summaryOf([])).toEqual({ pairs: 0, higher: 0, lower: 0, same: 0, mean: null });
    });
});

describe('who reads what was handed in', () => {
    const [city, one, two] = [uuid('c', 1), uuid('c', 2), uuid('c', 3)];
    const all = [city, one, two];

    it('the city of everybody beneath, a district of itself what itself and the city gave, and nothing of its neighbour', () => {
        const sheets = [
            { organisation: city, actOrganisation: one },
            { organisation: city, actOrganisation: two },
            { organisation: one, actOrganisation: one },
            { organisation: two, actOrganisation: two },
        ];
        const read = (own: string, inspectable: readonly string[]) => sheets.map((each) => readsHandedIn(own, inspectable, each));
        expect(read(city, all)).toEqual([true, true, true, true]);
        expect(read(one, [one])).toEqual([true, false, true, false]);
        expect(read(two, [two])).toEqual([false, true, false, true]);
        // Whoever may inspect the organisation, and not the act, is told nothing.
        expect(readsHandedIn(two, [two, one], { organisation: one, actOrganisation: city })).toBe(false);
    });

    it('nobody another sheet about an act of which the own one is still open; the own ones always', () => {
        const [me, other, act] = [uuid('p', 1), uuid('p', 2), uuid('a', 1)];
        const reader = { personId: me, toHandIn: new Set([act]) };
        expect(isWithheld({ reviewerId: other, actId: act }, reader)).toBe(true);
        expect(isWithheld({ reviewerId: null, actId: act }, reader)).toBe(true);
        expect(isWithheld({ reviewerId: me, actId: act }, reader)).toBe(false);
        expect(isWithheld({ reviewerId: other, actId: uuid('a', 2) }, reader)).toBe(false);
        expect(isWithheld({ reviewerId: other, actId: act }, { ...reader, toHandIn: new Set() })).toBe(false);
    });
});
