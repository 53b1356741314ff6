import type { Endpoints, QueryOf } from '@liuhen/contract';
import type { Id, Role } from '@liuhen/domain';
import { listRecordings } from '../apps/server/src/features/recording/recording-list.queries.ts';
import type { Database } from '../apps/server/src/platform/db/database.ts';
import { cursorAfter } from '../apps/server/src/platform/page-cursor.ts';
import { FIRST, fillRecordings, MINUTE, SPAN_MS } from './recordings-fill.ts';
import { printTable, type Row } from './table.ts';
import { percentileOf, withTwoDatabases } from './two-databases.ts';

const LARGE = Number(process.env.LIUHEN_BENCH_RECORDINGS ?? 5_000_000);
const SMALL = 50_000;
const ROUNDS = 40;
const DISTRICTS = 16;
/** p95 in milliseconds, and how many times what it takes in a hundredth of the recordings. */
const WANTED_MS = 100;
const WANTED_RATIO = 3;

type Query = QueryOf<Endpoints['recording.list']>;
type Asked = Partial<Query> & { org?: number };

const idOf = (kind: string, number: number): Id => `00000000-0000-7000-8${kind}00-${String(number).padStart(12, '0')}`;
/** The institute has four fifths of everything, the districts share the rest. */
const organisation = (number: number): Id => idOf('0', number);
const person = (number: number): Id => idOf('1', number);
const party = (number: number): Id => idOf('2', number);
const device = (number: number): Id => idOf('5', number);
const officerOf = (n: number) => ({ officerId: person(1 + ((n * 13) % 1_500)) });
const deviceOf = (n: number) => ({ deviceId: device(1 + ((n * 13) % 1_500)) });
const partyOf = (n: number) => ({ partyId: party(1 + ((n * 7919) % 20_000)) });
const ran = (n: number, days: number) => {
    const from = FIRST + ((n * 37) % 700) * 1440 * MINUTE;
    return { recordedFrom: from, recordedTo: from + days * 1440 * MINUTE };
};
const cameIn = (n: number, days: number) => {
    const { recordedFrom: from, recordedTo: to } = ran(n, days);
    return { from, to };
};
/** A page that begins after so much of the time has gone by, the newest first. */
const deep = (part: number, n: number) => ({
    cursor: cursorAfter([Math.round(FIRST + SPAN_MS * (1 - part)) - n * 977, idOf('9', 0)]),
});

/** What people ask for; `n` changes from round to round, so that no two rounds find the same rows in memory. */
const QUERIES: readonly (readonly [what: string, query: (n: number) => Asked])[] = [
    ['an organisation: the institute', () => ({})],
    ['an organisation: a district', (n) => ({ org: 1 + (n % DISTRICTS) })],
    ['the same, 90 % down the list', (n) => ({ org: 1 + (n % DISTRICTS), ...deep(0.9, n) })],
    ['all, 50 % down', (n) => deep(0.5, n)],
    ['all, 99 % down', (n) => deep(0.99, n)],
    ['an officer', officerOf],
    ['an officer, 90 % down', (n) => ({ ...officerOf(n), ...deep(0.9, n) })],
    ['a device', deviceOf],
    ['a device, 90 % down', (n) => ({ ...deviceOf(n), ...deep(0.9, n) })],
    ['a party', partyOf],
    ['a party, 50 % down', (n) => ({ ...partyOf(n), ...deep(0.5, n) })],
    ['ran on a day', (n) => ran(n, 1)],
    ['ran in a week', (n) => ran(n, 7)],
    ['ran in a quarter', (n) => ran(n, 90)],
    ['ran in a quarter, 2,000 rows down', (n) => ({ ...ran(n, 90), cursor: cursorAfter([ran(n, 80).recordedTo, idOf('9', 0)]) })],
    ['ran since a day of the last month', (n) => ({ recordedFrom: FIRST + SPAN_MS - (n % 30) * 1440 * MINUTE })],
    ['ran before a day of the first month', (n) => ({ recordedTo: FIRST + (1 + (n % 30)) * 1440 * MINUTE })],
    ['ran before a day in the middle', (n) => ({ recordedTo: FIRST + SPAN_MS / 2 + n * 1440 * MINUTE })],
    ['came in on a day', (n) => cameIn(n, 1)],
    ['came in in a quarter', (n) => cameIn(n, 90)],
    ['an officer, ran on a day', (n) => ({ ...officerOf(n), ...ran(n, 1) })],
    ['an officer, ran in a quarter', (n) => ({ ...officerOf(n), ...ran(n, 90) })],
    ['a device, ran in a week', (n) => ({ ...deviceOf(n), ...ran(n, 7) })],
    ['a party, ran in a quarter', (n) => ({ ...partyOf(n), ...ran(n, 90) })],
    ['an officer, a party', (n) => ({ ...officerOf(n), ...partyOf(n) })],
    ['an officer, a device', (n) => ({ ...officerOf(n), ...deviceOf(n) })],
    [
        'an officer, a device, a party, ran in a quarter',
        (n) => ({ ...officerOf(n), ...deviceOf(n), ...partyOf(n), ...ran(n, 90) }),
    ],
    ['not filed', () => ({ filed: 'no' })],
    ['not filed, 90 % down', (n) => ({ filed: 'no', ...deep(0.9, n) })],
    ['not filed, an officer', (n) => ({ filed: 'no', ...officerOf(n) })],
    ['with findings', () => ({ findings: 'yes' })],
    ['with findings, ran in a week', (n) => ({ findings: 'yes', ...ran(n, 7) })],
    ['without findings', () => ({ findings: 'no' })],
    ['a rare state', () => ({ state: 'damaged' })],
    ['a rare state, an officer', (n) => ({ state: 'quarantined', ...officerOf(n) })],
    ['the common state, a device', (n) => ({ state: 'sealed', ...deviceOf(n) })],
    ['in evidence', () => ({ evidence: 'yes' })],
    ['in evidence, an officer', (n) => ({ evidence: 'yes', ...officerOf(n) })],
];

const KEPT = process.env.LIUHEN_BENCH_RECORDINGS_FOLDER;

/** The list of recordings at 5,000,000 and at 50,000, as it is read by somebody who does not see secret acts of others. */
export const benchRecordings = (folder: string): Promise<void> =>
    withTwoDatabases(
        { folder, kept: KEPT, large: LARGE, small: SMALL },
        (url, rows) => fillRecordings(url, rows, DISTRICTS),
        async (large, small) => {
            const rows: Row[] = [];
            for (const [what, query] of QUERIES) rows.push(await compare(large, small, what, query));
            printTable(
                `The list of ${LARGE.toLocaleString('en')} recordings (rows made in SQL, not by commands): a page of 50 with its count, 95th percentile of ${ROUNDS}, against ${SMALL.toLocaleString('en')}`,
                rows,
            );
        },
    );

async function compare(large: Database, small: Database, what: string, query: (n: number) => Asked): Promise<Row> {
    const one = await measure(large, query);
    const other = await measure(small, query);
    const ratio = one.p95 / other.p95;
    return {
        what: `${what} (≤ ${one.found.toLocaleString('en')} rows)`,
        value: `${one.p95.toFixed(1)} ms`,
        against: `${other.p95.toFixed(1)} ms`,
        ratio,
        wanted: `< ${WANTED_MS} ms, ≤ ${WANTED_RATIO} ×`,
        met: one.p95 < WANTED_MS && ratio <= WANTED_RATIO,
    };
}

async function measure(db: Database, query: (n: number) => Asked): Promise<{ p95: number; found: number }> {
    const reader = { personId: person(1), roles: ['officer'] as Role[] };
    let found = 0;
    const p95 = await percentileOf(ROUNDS, async (n) => {
        const { org = 0, ...asked } = query(n);
        const id = organisation(org);
        const page = await db.read({ readOrgs: [id] }, (read) => listRecordings(read, id, { limit: 50, ...asked }, reader));
        found = Math.max(found, page.total);
    });
    return { p95, found };
}
