import { DAY, HOUR, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AskStatistics, type JudgedCity, judgedCity } from '../../testing/judged-city.ts';

let of: JudgedCity;
let statistics: AskStatistics;
const inDistrict = () => of.inDistrict();
const inCity = () => of.inCity();
beforeAll(async () => {
    of = await judgedCity();
    statistics = of.statistics;
});
afterAll(() => of.close());

/** As worked out by hand from what is set up above. */
const OF_ZHANG = {
    ...{ acts: 3, complete: 1, failed: 2, review: 0 },
    ...{ requiredMs: 6 * HOUR, exemptMs: 2 * HOUR, coveredMs: 2 * HOUR - 5 * MINUTE + HOUR },
    ...{ interruptions: 1, late: 1, openGaps: 2, openWeek: 5, openMonth: 0, openOlder: 0 },
    // 175 of 240 min; 1 interruption in 6 h.
    ...{ completePermille: 333, coveragePermille: 729, interruptionTenths: 167, lateTenths: 333 },
};
const OF_LI = {
    ...{ acts: 1, complete: 0, requiredMs: 2 * HOUR, coveredMs: 0, exemptMs: 0, interruptions: 0, late: 0, openGaps: 2 },
    ...{ openWeek: 2, openMonth: 0, openOlder: 0, completePermille: 0, coveragePermille: 0, interruptionTenths: 0 },
};

describe('figures of judged acts', () => {
    it('are those worked out by hand, by officer, department, kind and month', async () => {
        const people = await statistics(inDistrict(), { by: 'person' });
        // The last is nobody: a fault of a recorder that lay in the store.
        expect(people.items.map(({ person, acts, faults }) => [person?.name, acts, faults])).toEqual([
            ['李想', 1, 0],
            ['张明', 3, 1],
            [undefined, 0, 1],
        ]);
        expect(people.items[0]).toMatchObject(OF_LI);
        expect(people.items[1]).toMatchObject({ ...OF_ZHANG, faults: 1 });
        const departments = await statistics(inDistrict(), { by: 'department' });
        expect(departments.items.map(({ department }) => department?.name)).toEqual(['监督二科', '监督一科', undefined]);
        expect(departments.items[1]).toMatchObject(OF_ZHANG);
        const kinds = await statistics(inDistrict(), { by: 'scenario' });
        expect(kinds.items.map(({ scenario, acts }) => [scenario, acts])).toEqual([
            ['doubleRandomInspection', 3],
            ['routineInspection', 1],
        ]);
        const months = await statistics(inDistrict(), { by: 'month' });
        expect(months.items.map(({ month, acts, faults }) => [month, acts, faults])).toEqual([
            ['2026-10', 1, 0],
            ['2026-11', 3, 2],
        ]);
        expect(months.items[1]).toMatchObject(OF_ZHANG);
    });

    it('add up to those of the organisation, in the months that are asked for', async () => {
        const year = await statistics(inDistrict(), { by: 'organisation' });
        expect(year).toMatchObject({ from: '2026-01', to: '2026-11', total: 1 });
        expect(year.sum).toMatchObject({ acts: 4, complete: 1, openGaps: 4, openWeek: 7, faults: 2, coveragePermille: 486 });
        expect(year.items[0]).toMatchObject(year.sum);
        const november = await statistics(inDistrict(), { from: '2026-11', to: '2026-11' });
        expect(november.sum).toMatchObject(OF_ZHANG);
        expect((await statistics(inDistrict(), { from: '2026-12', to: '2026-12' })).items).toEqual([]);
        await expect(statistics(inDistrict(), { from: '2026-11', to: '2026-10' })).rejects.toMatchObject({
            code: 'statistics.periodInvalid',
            params: { from: '2026-11', to: '2026-10' },
        });
    });

    it('are narrowed by department, officer and kind; only of a kind nothing is said of recorders', async () => {
        const sum = async (query: Parameters<typeof statistics>[1]) => (await statistics(inDistrict(), query)).sum;
        expect(await sum({ departmentId: of.second })).toMatchObject({ ...OF_LI, faults: 0, faultTenths: 0 });
        expect(await sum({ personId: of.zhang })).toMatchObject({ ...OF_ZHANG, faults: 1, faultTenths: 333 });
        expect(await sum({ scenario: 'routineInspection' })).toMatchObject({ ...OF_LI, faults: null, faultTenths: null });
        expect(await sum({ scenario: 'routineInspection', personId: of.zhang })).toMatchObject({
            acts: 0,
            coveragePermille: null,
        });
    });

    it('put first what somebody should look at, and are read page by page', async () => {
        const worst = await statistics(inDistrict(), { by: 'person', order: 'coverage', limit: 1 });
        expect(worst.items.map(({ person }) => person?.name)).toEqual(['李想']);
        const most = await statistics(inDistrict(), { by: 'person', order: 'openFindings', limit: 1 });
        expect(most.items.map(({ person }) => person?.name)).toEqual(['张明']);
        const rest = await statistics(inDistrict(), { by: 'person', order: 'openFindings', cursor: most.next ?? '' });
        expect([rest.items.map(({ person }) => person?.name), rest.next, rest.total]).toEqual([['李想', undefined], null, 3]);
    });

    it('age with the days: what is 8 days old is no longer of this week', async () => {
        const ages = async () => {
            const { sum } = await statistics(inDistrict());
            return [sum.openWeek, sum.openMonth, sum.openOlder];
        };
        expect(await ages()).toEqual([7, 0, 0]);
        of.system.services.clock.advance(8 * DAY);
        expect(await ages()).toEqual([0, 7, 0]);
        of.system.services.clock.advance(23 * DAY);
        // It is December by then.
        expect(await ages()).toEqual([0, 0, 7]);
    });
});

describe('who sees what (统一领导、分级管理)', () => {
    it('a district sees itself and what the city comes to, nothing of others', async () => {
        const own = await statistics(inDistrict(), { to: '2026-11' });
        expect(own.organisations.map(({ name }) => name)).toEqual(['浦东新区监督所']);
        expect(own.by).toBe('department');
        // 6 acts, 1 complete; 175 of 600 min; 1 interruption in 12 h; 1 late; 8 gaps; 11 findings; 2 faults.
        const year = {
            ...{ completePermille: 166, coveragePermille: 291, interruptionTenths: 83, lateTenths: 167 },
            ...{ openGapTenths: 1333, openFindingTenths: 1833, faultTenths: 333, documentErrorTenths: 0 },
        };
        expect([own.city, own.cityWithheld]).toEqual([year, false]);
        // The own officer, beside all of the city.
        expect((await statistics(inDistrict(), { to: '2026-11', personId: of.li })).city).toEqual(year);
        const beside = await statistics(inDistrict(), { organisationId: of.minhang.id });
        expect([beside.items, beside.sum.acts]).toEqual([[], 0]);
    });

    it('an average that would say what a single district has is not given', async () => {
        // In October nobody else had an act, in November two others.
        const months = await statistics(inDistrict(), { by: 'month', to: '2026-11' });
        expect(months.items.map(({ month, city }) => [month, city?.coveragePermille])).toEqual([
            ['2026-10', undefined],
            ['2026-11', 364],
        ]);
        const october = await statistics(inDistrict(), { from: '2026-10', to: '2026-10' });
        expect([october.city, october.cityWithheld]).toEqual([null, true]);
        const kind = await statistics(inDistrict(), { to: '2026-11', scenario: 'routineInspection' });
        expect([kind.city, kind.cityWithheld]).toEqual([null, true]);
        // Two that stand under one district are one.
        const { superPool } = of.system;
        const move = (id: string, parent: string) =>
            superPool.query(`alter table liuhen.organisation disable trigger all; update liuhen.organisation set parent_id = '${parent}'
                where id = '${id}'; alter table liuhen.organisation enable trigger all`);
        await move(of.qingpu.id, of.minhang.id);
        try {
            expect((await statistics(inDistrict(), { to: '2026-11' })).cityWithheld).toBe(true);
        } finally {
            await move(of.qingpu.id, of.city.id);
        }
    });

    it('the city sees all of them, side by side', async () => {
        const all = await statistics(inCity());
        expect(all.items.map(({ organisation, acts, coveragePermille }) => [organisation?.name, acts, coveragePermille])).toEqual(
            [
                ['闵行区监督所', 1, 0],
                ['浦东新区监督所', 4, 486],
                ['青浦区监督所', 1, 0],
            ],
        );
        expect([all.city, all.cityWithheld]).toEqual([null, false]);
        const one = await statistics(inCity(), { organisationId: of.pudong.id, personId: of.zhang });
        expect(one.items.map(({ department }) => department?.name)).toEqual(['监督一科']);
        expect(one.person?.name).toBe('张明');
        expect((await statistics(inDistrict(), { personId: of.he })).person).toBeNull();
        expect(one.departments.map(({ name }) => name)).toEqual(['监督二科', '监督一科']);
    });
});

describe('the tables of sums', () => {
    const TABLES = [
        'compliance_month',
        'compliance_year',
        'compliance_whole',
        'compliance_officer_month',
        'compliance_officer_year',
    ];
    /** What each of them says, in an order of its own. */
    const rows = async (db: { query(sql: string): Promise<{ rows: unknown[] }> }): Promise<Record<string, unknown[]>> => {
        const kept: Record<string, unknown[]> = {};
        for (const table of TABLES)
            kept[table] = (await db.query(`select to_jsonb(t) as row from liuhen.${table} t where acts > 0 order by 1`)).rows;
        return kept;
    };

    it('is what comes out when everything is counted anew', async () => {
        const kept = await rows(of.system.superPool);
        expect(kept.compliance_month).toHaveLength(4);
        for (const table of TABLES) expect(kept[table]).not.toEqual([]);
        await of.system.superPool.query('call liuhen.recount_compliance()');
        expect(await rows(of.system.superPool)).toEqual(kept);
    });

    it('moves an act to another month, officer, kind and verdict, and takes one away that is called off', async () => {
        const client = await of.system.superPool.connect();
        try {
            for (const change of [
                `verdict = 'pass', starts_at = ${Date.UTC(2026, 11, 31, 15, 59, 59)}`,
                `starts_at = ${Date.UTC(2026, 11, 31, 16)}, lead_id = null, scenario = 'hearing'`,
                `verdict = 'notApplicable'`,
                `verdict = 'needsReview', covered_ms = 7, interruptions = 3, gaps = '[{"state": "open"}, {"state": "exempt"}]'`,
            ]) {
                await client.query('begin');
                const changed = `update liuhen.act_judgement set version = version + 1, ${change} where lead_id = '${of.li}'`;
                expect((await client.query(changed)).rowCount).toBe(2);
                const kept = await rows(client);
                await client.query('call liuhen.recount_compliance()');
                expect(await rows(client)).toEqual(kept);
                await client.query('rollback');
            }
        } finally {
            client.release();
        }
    });
});
