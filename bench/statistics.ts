import { monthNumber, monthNumbered, type ScenarioKey, type StatisticGroup } from '@liuhen/domain';
import { complianceStatistics, periodOf } from '../apps/server/src/features/compliance/statistics.queries.ts';
import { cityAverage } from '../apps/server/src/features/compliance/statistics-city.queries.ts';
import { cityOf, organisationsBelow } from '../apps/server/src/features/identity/organisation.queries.ts';
import type { Database } from '../apps/server/src/platform/db/database.ts';
import { compareCounted } from './counted.ts';
import { fillCounted } from './counted-fill.ts';
import { department, FROM_YEAR, fillStatistics, officer, organisation } from './statistics-fill.ts';
import { printTable, type Row } from './table.ts';
import { percentileOf, withTwoDatabases } from './two-databases.ts';

const LARGE = Number(process.env.LIUHEN_BENCH_ACTS ?? 5_000_000);
const SMALL = 50_000;
const ROUNDS = 20;
const WANTED_MS = 500;
/** Only the lists behind the numbers. */
const LISTS_ONLY = process.env.LIUHEN_BENCH_COUNTED !== undefined;
const KEPT = process.env.LIUHEN_BENCH_STATISTICS_FOLDER;

type Asked = {
    by: StatisticGroup;
    months: number;
    /** The last of them; without it the last of the ten years. */
    to?: string;
    org?: number;
    departmentId?: string;
    personId?: string;
    scenario?: ScenarioKey;
};
/** `n` changes from round to round, so that no two rounds ask for the same. Organisation 0 is the city with all below it. */
const QUERIES: readonly (readonly [what: string, query: (n: number) => Asked])[] = [
    ['a district, a year, by officer', (n) => ({ by: 'person', months: 12, org: 1 + (n % 17) })],
    ['a district, ten years, by month', (n) => ({ by: 'month', months: 120, org: 1 + (n % 17) })],
    ['a department, a year, by officer', (n) => ({ by: 'person', months: 12, org: 1 + (n % 17), departmentId: departmentOf(n) })],
    [
        'a department, ten years, by month',
        (n) => ({ by: 'month', months: 120, org: 1 + (n % 17), departmentId: departmentOf(n) }),
    ],
    ['a district, a year, by department', (n) => ({ by: 'department', months: 12, org: 1 + (n % 17) })],
    ['the city, a month, by organisation', () => ({ by: 'organisation', months: 1 })],
    ['the city, a year, by organisation', () => ({ by: 'organisation', months: 12 })],
    ['the city, a year, by department', () => ({ by: 'department', months: 12 })],
    ['the city, a year, by officer', () => ({ by: 'person', months: 12 })],
    ['the city, a year, by kind', () => ({ by: 'scenario', months: 12 })],
    ['the city, a year, one kind, by organisation', () => ({ by: 'organisation', months: 12, scenario: 'hearing' })],
    ['the city, ten years, one kind, by organisation', () => ({ by: 'organisation', months: 120, scenario: 'hearing' })],
    ['the city, ten years, one kind, by officer', () => ({ by: 'person', months: 120, scenario: 'hearing' })],
    ['the city, ten years, by kind', () => ({ by: 'scenario', months: 120 })],
    ['the city, a year, one officer, by month', (n) => ({ by: 'month', months: 12, personId: officer(1 + n) })],
    ['the city, ten years, one officer, by month', (n) => ({ by: 'month', months: 120, personId: officer(1 + n) })],
    ['the city, ten years, by organisation', () => ({ by: 'organisation', months: 120 })],
    ['the city, ten years, by month', () => ({ by: 'month', months: 120 })],
    ['the city, ten years, by officer', () => ({ by: 'person', months: 120 })],
    ['the city, ten years, by department', () => ({ by: 'department', months: 120 })],
    [
        'the city, from a February to a November, 118 months, by officer',
        () => ({ by: 'person', months: 118, to: `${FROM_YEAR + 9}-11` }),
    ],
    ['the city, from a July to a June, 108 months, by officer', () => ({ by: 'person', months: 108, to: `${FROM_YEAR + 9}-06` })],
];
const departmentOf = (n: number) => department((1 + (n % 17)) * 10 + (n % 6));

/** The statistics of 5,000,000 judged acts and of 50,000, with the average of the city where one is shown. */
export const benchStatistics = (folder: string): Promise<void> =>
    withTwoDatabases({ folder, kept: KEPT, large: LARGE, small: SMALL }, fill, async (large, small) => {
        const rows: Row[] = [];
        for (const [what, query] of LISTS_ONLY ? [] : QUERIES) rows.push(await compare(large, small, what, query));
        printTable(
            `Statistics of ${LARGE.toLocaleString('en')} judged acts (the sums they come to made in SQL, not by commands; one finding in fifty acts still open), 95th percentile of ${ROUNDS}, against ${SMALL.toLocaleString('en')}`,
            rows,
        );
        printTable(
            `The lists behind the numbers of ${LARGE.toLocaleString('en')} judged acts: a page of 50 with its figures, 95th percentile of ${ROUNDS}, against ${SMALL.toLocaleString('en')}`,
            await compareCounted(large, small),
        );
    });

async function fill(url: string, acts: number): Promise<void> {
    await fillStatistics(url, acts);
    await fillCounted(url, acts);
}

async function compare(large: Database, small: Database, what: string, query: (n: number) => Asked): Promise<Row> {
    const one = await measure(large, query);
    const other = await measure(small, query);
    return {
        what: `${what} (${one.acts.toLocaleString('en')} acts)`,
        value: `${one.p95.toFixed(1)} ms`,
        against: `${other.p95.toFixed(1)} ms`,
        ratio: one.p95 / other.p95,
        wanted: `< ${WANTED_MS} ms`,
        met: one.p95 < WANTED_MS,
    };
}

const LAST = `${FROM_YEAR + 9}-12`;

async function measure(db: Database, query: (n: number) => Asked): Promise<{ p95: number; acts: number }> {
    const now = Date.UTC(FROM_YEAR + 10, 0, 1);
    let acts = 0;
    const p95 = await percentileOf(ROUNDS, async (n) => {
        const { org = 0, months, to = LAST, ...asked } = query(n);
        const period = periodOf({ from: monthNumbered(monthNumber(to) - months + 1), to }, now);
        const all = await db.read({ readOrgs: [organisation(org)] }, (read) => organisationsBelow(read, organisation(0)));
        const seen = all.filter(({ id }) => org === 0 || id === organisation(org));
        const ids = all.map(({ id }) => id);
        const average =
            org === 0
                ? undefined
                : await db.read({ readOrgs: ids }, async (read) => {
                      const city = await cityOf(read, organisation(org));
                      return cityAverage(read, city, organisation(org), { ...asked, ...period, now });
                  });
        const page = await db.read({ readOrgs: seen.map(({ id }) => id) }, (read) =>
            complianceStatistics(read, seen, { ...asked, ...period, now, limit: 200, order: 'coverage' }, average),
        );
        acts = Math.max(acts, page.sum.acts);
    });
    return { p95, acts };
}
