import type { Endpoints, QueryOf } from '@liuhen/contract';
import { COUNTED_FIGURES, type CountedFigure, type Role } from '@liuhen/domain';
import { periodOf } from '../apps/server/src/features/compliance/statistics.queries.ts';
import { countedParts } from '../apps/server/src/features/compliance/statistics-counted.queries.ts';
import { organisationsBelow } from '../apps/server/src/features/identity/organisation.queries.ts';
import type { Database } from '../apps/server/src/platform/db/database.ts';
import { cursorAfter } from '../apps/server/src/platform/page-cursor.ts';
import { MIDDLE } from './counted-fill.ts';
import { department, FROM_YEAR, officer, organisation } from './statistics-fill.ts';
import type { Row } from './table.ts';
import { percentileOf } from './two-databases.ts';

const ROUNDS = 20;
const WANTED_MS = 500;
const NOW = Date.UTC(FROM_YEAR + 10, 0, 1);

/** `org` is the reader's: 0 is the city with all below it. An employee of no special role, so that secret acts are looked for. */
type Asked = Partial<QueryOf<Endpoints['statistics.counted']>> & { figure: CountedFigure; org?: number };
type Query = (n: number) => Asked;

const TEN_YEARS = { from: `${FROM_YEAR}-01`, to: `${FROM_YEAR + 9}-12` };
const YEAR = { from: `${FROM_YEAR + 5}-01`, to: `${FROM_YEAR + 5}-12` };
const monthOf = (n: number) => {
    const month = `${FROM_YEAR + (n % 10)}-${String(1 + (n % 12)).padStart(2, '0')}`;
    return { from: month, to: month };
};
const deep = (n: number) => ({ cursor: cursorAfter([MIDDLE - n * 977, organisation(0)]) });
const district = (n: number) => 1 + (n % 17);
const departmentOf = (n: number) => department(district(n) * 10 + (n % 6));
/** Officers are spread over all districts. */
const officerOf = (n: number) => officer(1 + ((n * 67) % 1_500));
/** The district of that officer. */
const districtOf = (n: number) => 1 + ((1 + ((n * 67) % 1_500)) % 17);

const OF_FIGURE: readonly (readonly [what: string, query: (figure: CountedFigure) => Query])[] = [
    ['the city, ten years', (figure) => () => ({ figure, ...TEN_YEARS })],
    ['the city, ten years, half way down', (figure) => (n) => ({ figure, ...TEN_YEARS, ...deep(n) })],
    ['a district, ten years', (figure) => (n) => ({ figure, org: district(n), ...TEN_YEARS })],
    ['a district, ten years, half way down', (figure) => (n) => ({ figure, org: district(n), ...TEN_YEARS, ...deep(n) })],
    ['the city, a month', (figure) => (n) => ({ figure, ...monthOf(n) })],
    [
        'the city, an officer of a district, ten years',
        (figure) => (n) => ({ figure, ...TEN_YEARS, organisationId: organisation(districtOf(n)), personId: officerOf(n) }),
    ],
];
/** The most and the least frequent by every filter; the city without a district is what somebody types, no cell leads there. */
const FILTERED: readonly (readonly [what: string, query: (figure: CountedFigure) => Query])[] = [
    ['the city, a year', (figure) => () => ({ figure, ...YEAR })],
    ['the city, a year, one kind', (figure) => () => ({ figure, ...YEAR, scenario: 'hearing' })],
    ['the city, ten years, one kind', (figure) => () => ({ figure, ...TEN_YEARS, scenario: 'hearing' })],
    ['the city, ten years, of no kind', (figure) => () => ({ figure, ...TEN_YEARS, scenario: 'none' })],
    [
        'the city, a department of a district, ten years',
        (figure) => (n) => ({ figure, ...TEN_YEARS, organisationId: organisation(district(n)), departmentId: departmentOf(n) }),
    ],
    ['the city, a department, ten years', (figure) => (n) => ({ figure, ...TEN_YEARS, departmentId: departmentOf(n) })],
    ['the city, an officer, ten years', (figure) => (n) => ({ figure, ...TEN_YEARS, personId: officerOf(n) })],
    [
        'the city, an officer and a kind, a year',
        (figure) => (n) => ({ figure, ...YEAR, personId: officerOf(n), scenario: 'hearing' }),
    ],
    [
        'a district, an officer, a month',
        (figure) => (n) => ({ figure, org: districtOf(n), ...monthOf(n), personId: officerOf(n) }),
    ],
    ['a district, of nobody, ten years', (figure) => (n) => ({ figure, org: district(n), ...TEN_YEARS, personId: 'none' })],
];
const MOST_AND_LEAST: readonly CountedFigure[] = ['acts', 'complete', 'late', 'openOlder', 'faults', 'documentErrors'];
const ALONE = process.env.LIUHEN_BENCH_COUNTED;
export const queriesOfCounted: readonly (readonly [what: string, query: Query])[] = [
    ...COUNTED_FIGURES.flatMap((figure) => OF_FIGURE.map(([what, query]) => [`${figure}: ${what}`, query(figure)] as const)),
    ...MOST_AND_LEAST.flatMap((figure) => FILTERED.map(([what, query]) => [`${figure}: ${what}`, query(figure)] as const)),
].filter(([what]) => ALONE === undefined || what.includes(ALONE));

/** The lists behind the numbers: a page of fifty with all that stands above it. */
export async function compareCounted(large: Database, small: Database): Promise<Row[]> {
    const rows: Row[] = [];
    for (const [what, query] of queriesOfCounted) {
        const one = await measure(large, query);
        const other = await measure(small, query);
        rows.push({
            what: `${what} (${one.count.toLocaleString('en')}, of these hidden ${one.hidden.toLocaleString('en')})`,
            ...{ value: `${one.p95.toFixed(1)} ms`, against: `${other.p95.toFixed(1)} ms`, ratio: one.p95 / other.p95 },
            ...{ wanted: `< ${WANTED_MS} ms`, met: one.p95 < WANTED_MS },
        });
    }
    return rows;
}

async function measure(db: Database, query: Query): Promise<{ p95: number; count: number; hidden: number }> {
    let most = { count: 0, hidden: 0 };
    const p95 = await percentileOf(ROUNDS, async (n) => {
        const { org = 0, from, to, ...asked } = query(n);
        const id = organisation(org);
        const organisations = await db.read({ readOrgs: [id] }, (read) => organisationsBelow(read, id));
        const subject = { personId: officer(1), organisationId: id, roles: ['officer'] as Role[], mustChangePassword: false };
        const page = await db.read({ readOrgs: organisations.map((each) => each.id) }, (read) =>
            countedParts(
                read,
                { subject, organisations },
                { limit: 50, ...asked, ...periodOf({ ...(from && { from }), ...(to && { to }) }, NOW) },
                { now: NOW, trusted: true },
            ),
        );
        if ((page.count ?? 0) > most.count) most = { count: page.count ?? 0, hidden: page.hidden };
    });
    return { p95, ...most };
}
