import { COUNTED_FIGURES, type CountedFigure, DAY, partCountOf, STATISTIC_GROUPS } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestOrganisation } from '../../testing/feature-system.ts';
import { type JudgedCity, judgedCity } from '../../testing/judged-city.ts';

let of: JudgedCity;
beforeAll(async () => {
    of = await judgedCity();
});
afterAll(() => of.close());

type Group = Awaited<ReturnType<JudgedCity['statistics']>>['items'][number];
type Asked = NonNullable<Parameters<JudgedCity['counted']>[1]>;

/** The filters of the list that a cell of the table leads to. */
const cellOf = (by: (typeof STATISTIC_GROUPS)[number], { organisation, department, person, scenario, month }: Group): Asked => ({
    ...(organisation === null ? {} : { organisationId: organisation.id }),
    ...(by === 'department' ? { departmentId: department?.id ?? 'none' } : {}),
    ...(by === 'person' ? { personId: person?.id ?? 'none' } : {}),
    ...(by === 'scenario' ? { scenario: scenario ?? 'none' } : {}),
    ...(month === null ? {} : { from: month, to: month }),
});

/** All of a list, read by small pages. */
async function rowsOf(who: TestOrganisation, query: Asked) {
    const first = await of.counted(who, { ...query, limit: 2 });
    const items = [...first.items];
    for (let { next } = first; next !== null; ) {
        const page = await of.counted(who, { ...query, limit: 2, cursor: next });
        items.push(...page.items);
        next = page.next;
    }
    return { ...first, items };
}

/** Every cell of every table whose list does not have as many rows as the cell says, and how many cells were compared. */
async function compared(who: TestOrganisation) {
    const wrong: unknown[] = [];
    let cells = 0;
    let hidden = 0;
    for (const by of STATISTIC_GROUPS) {
        const { items } = await of.statistics(who, { by });
        expect(items).not.toEqual([]);
        for (const group of items)
            for (const figure of COUNTED_FIGURES) {
                const query = { ...cellOf(by, group), figure };
                const list = await rowsOf(who, query);
                const said = partCountOf(figure, group);
                const ids = new Set(list.items.map(({ id }) => id));
                const rows = list.items.length + list.hidden;
                if (
                    said === null
                        ? rows !== 0 || list.count !== null
                        : said !== rows || said !== list.count || list.total + list.hidden !== said
                )
                    wrong.push({ query, said, rows, list });
                if (ids.size !== list.items.length) wrong.push({ query, twice: true });
                cells += 1;
                hidden += list.hidden;
            }
    }
    return { wrong, cells, hidden };
}

describe('what a figure counts, one by one', () => {
    it('are as many as its cell says, for every figure and every grouping', async () => {
        // 张明 leads the secret act and sees it: nothing is hidden.
        const district = await compared(of.inDistrict());
        expect(district).toEqual({ wrong: [], cells: expect.any(Number), hidden: 0 });
        expect(district.cells).toBeGreaterThan(100);
    }, 120_000);

    it('so does the city with its districts, of whose secret acts it learns the number and nothing else', async () => {
        const city = await compared(of.inCity());
        expect(city.wrong).toEqual([]);
        expect(city.hidden).toBeGreaterThan(0);
        const late = await of.counted(of.inCity(), { figure: 'late', organisationId: of.pudong.id });
        expect([late.items, late.total, late.hidden, late.count]).toEqual([[], 0, 1, 1]);
    }, 120_000);

    it('and an act is complete in the list of acts exactly where it is counted as complete', async () => {
        const complete = await rowsOf(of.inDistrict(), { figure: 'complete' });
        const { items } = await of.acts(of.inDistrict(), { limit: 100 });
        const held = items.filter(
            ({ state, standing }) => state !== 'cancelled' && state !== 'planned' && standing.status === 'held',
        );
        expect(held.map(({ id }) => id).toSorted()).toEqual(complete.items.map(({ act }) => act?.id ?? '').toSorted());
        expect(complete.items.length).toBeGreaterThan(0);
        expect(items.length).toBeGreaterThan(complete.items.length);
    });

    it('say what each of them is', async () => {
        const list = (figure: CountedFigure, more: Asked = {}) => of.counted(of.inDistrict(), { figure, ...more });
        const [late] = (await list('late')).items;
        expect(late).toMatchObject({ own: true, person: { name: '张明' }, judged: { verdict: 'fail' } });
        expect(late?.late?.tookMs).toBeGreaterThan(24 * 3_600_000);
        const [gap] = (await list('interruptions')).items;
        expect(gap?.gap).toMatchObject({ place: 'between', state: 'open', person: { name: '张明' } });
        expect(gap?.at).toBe(of.start + 20 * 60_000);
        const gaps = await list('openGaps', { personId: of.zhang });
        expect(gaps.items.map(({ gap: each }) => `${each?.place} ${each?.person?.name}`).toSorted()).toEqual([
            'between 张明',
            'whole 曾丽',
        ]);
        const failed = await list('failed');
        expect(failed.items.flatMap(({ judged }) => judged?.unmet.map(({ rule }) => rule) ?? [])).toContain('storedInTime');
        const open = await list('openFindings', { departmentId: of.second });
        expect(open.items.map(({ finding, act, person }) => [finding?.code, act?.place, person?.name])).toEqual([
            ['recording.none', '示范路 1 号', '李想'],
            ['recording.none', '示范路 1 号', '李想'],
        ]);
        expect(open.department?.name).toBe('监督二科');
        const faults = await list('faults');
        expect(faults.items.map(({ device, person }) => [device?.number, person?.name])).toEqual([
            ['L-0002', undefined],
            ['L-0001', '张明'],
        ]);
        const coverage = await list('coverage', { personId: of.zhang });
        const sum = (part: 'requiredMs' | 'coveredMs' | 'exemptMs') =>
            coverage.items.reduce((all, { judged }) => all + (judged?.[part] ?? 0), 0);
        const covered = Math.floor((sum('coveredMs') * 1_000) / (sum('requiredMs') - sum('exemptMs')));
        expect([covered, coverage.sum.coveragePermille, coverage.person?.name]).toEqual([729, 729, '张明']);
    });

    it('of others are read by nobody beside or below them', async () => {
        const beside = await of.counted(of.inDistrict(), { organisationId: of.minhang.id, figure: 'failed' });
        expect([beside.items, beside.total, beside.hidden, beside.organisation]).toEqual([[], 0, 0, null]);
        const person = await of.counted(of.inDistrict(), { personId: of.he });
        expect([person.items, person.total, person.person]).toEqual([[], 0, null]);
        const city = await of.counted(of.inCity(), { personId: of.he });
        expect(city.items.map(({ own, organisation }) => [own, organisation.name])).toEqual([[false, '闵行区监督所']]);
    });

    it('refuse a period that ends before it begins, and a cursor of another list', async () => {
        await expect(of.counted(of.inDistrict(), { from: '2026-11', to: '2026-10' })).rejects.toMatchObject({
            code: 'statistics.periodInvalid',
        });
        await expect(of.counted(of.inDistrict(), { cursor: 'bm8' })).rejects.toMatchObject({ code: 'request.invalid' });
    });

    it('age with the days as their cells do', async () => {
        const figures = ['openWeek', 'openMonth', 'openOlder'] as const;
        const listed = async () => {
            const { sum } = await of.statistics(of.inDistrict(), { by: 'organisation' });
            const lists = await Promise.all(figures.map((figure) => rowsOf(of.inDistrict(), { figure })));
            expect(lists.map(({ items }) => items.length)).toEqual(figures.map((figure) => sum[figure]));
            return lists.map(({ items }) => items.length);
        };
        expect(await listed()).toEqual([7, 0, 0]);
        // The last day of the first week, the first after it, and the same of the month.
        const { clock } = of.system.services;
        for (const [days, expected] of [
            [7, [7, 0, 0]],
            [1, [0, 7, 0]],
            [22, [0, 7, 0]],
            [1, [0, 0, 7]],
        ] as const) {
            clock.advance(days * DAY);
            expect(await listed()).toEqual(expected);
        }
    });
});
