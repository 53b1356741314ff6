import type { Endpoints, QueryOf } from '@liuhen/contract';
import type { Id, Role } from '@liuhen/domain';
import { listActs } from '../apps/server/src/features/act/act.queries.ts';
import { listFindings } from '../apps/server/src/features/compliance/finding-list.queries.ts';
import { organisationsBelow } from '../apps/server/src/features/identity/organisation.queries.ts';
import type { Database } from '../apps/server/src/platform/db/database.ts';
import { cursorAfter } from '../apps/server/src/platform/page-cursor.ts';
import { DISTRICTS, FIRST, fillFindings, OFFICERS, officer, organisation, SPAN_MS } from './findings-fill.ts';
import { printTable, type Row } from './table.ts';
import { percentileOf, withTwoDatabases } from './two-databases.ts';

const LARGE = Number(process.env.LIUHEN_BENCH_FINDINGS ?? 200_000);
const SMALL = 2_000;
const ROUNDS = 20;
const WANTED_MS = 500;
const KEPT = process.env.LIUHEN_BENCH_FINDINGS_FOLDER;
const NOW = FIRST + SPAN_MS + 86_400_000;

type Asked = Partial<QueryOf<Endpoints['finding.list']>> & { org?: number };
const month = (n: number) => {
    const from = FIRST + ((n * 37) % 700) * 86_400_000;
    return { from, to: from + 30 * 86_400_000 };
};

const halfWay = (n: number) => cursorAfter([FIRST + SPAN_MS / 2 - n * 977, organisation(0)]);
/** From the first moment of a month to the first of a later one, as it is in Shanghai. */
const wholeMonths = (n: number, months: number) => {
    const first = (n * 5) % (24 - months);
    return { from: Date.UTC(2025, first, 1, -8), to: Date.UTC(2025, first + months, 1, -8) };
};
type AskedActs = Partial<QueryOf<Endpoints['act.list']>>;

/** Organisation 0 is the city with all below it; `n` changes from round to round, so that no two rounds ask for the same. */
const QUERIES: readonly (readonly [what: string, query: (n: number) => Asked])[] = [
    ['a district, all', (n) => ({ org: 1 + (n % DISTRICTS) })],
    ['a district, waiting for an answer', (n) => ({ org: 1 + (n % DISTRICTS), state: 'unanswered' })],
    ['a district, of an officer', (n) => ({ org: 1 + ((n * 13) % DISTRICTS), ownerId: officer((n * 13) % OFFICERS) })],
    ['the city, all', () => ({})],
    ['the city, all, half way down', (n) => ({ cursor: halfWay(n) })],
    ['the city, waiting for an answer', () => ({ state: 'unanswered' })],
    ['the city, waiting, the next due first', () => ({ state: 'unanswered', order: 'due' })],
    ['the city, overdue', () => ({ overdue: 'yes', order: 'oldest' })],
    ['the city, one district of it', (n) => ({ organisationId: organisation(1 + (n % DISTRICTS)) })],
    ['the city, one rule', () => ({ rule: 'recordedThroughout' })],
    ['the city, only what must be', () => ({ modal: 'must' })],
    ['the city, about recorders', () => ({ subject: 'device' })],
    ['the city, a month', month],
    ['the city, words: a number of an act', (n) => ({ q: `A${n * 7919}` })],
    ['the city, words: a street', (n) => ({ q: `示范路 ${n * 41}` })],
    ['the city, words: an officer', (n) => ({ q: `监督员${n * 13}` })],
    ['the city, a word that nearly all contain', () => ({ q: '示范路' })],
    ['the city, two such words', () => ({ q: '示范路 监督员' })],
    ['the city, a word of all officers', () => ({ q: '监督员' })],
    ['the city, a word of half of the parties', () => ({ q: '相对人1' })],
    ['the city, a word that nearly all contain, half way down', (n) => ({ q: '示范路', cursor: halfWay(n) })],
    ['the city, such a word, a state', () => ({ q: '示范路', state: 'unanswered' })],
    ['the city, such a word, whole months', (n) => ({ q: '示范路', ...wholeMonths(n, 3) })],
    ['the city, one whole month', (n) => wholeMonths(n, 1)],
    ['the city, twelve whole months', (n) => wholeMonths(n, 12)],
    ['the city, twelve whole months, half way down', (n) => ({ ...wholeMonths(n, 12), cursor: halfWay(n) })],
];
/** Of the acts of a district, in which the acts of the others lie between its own. */
const ACT_QUERIES: readonly (readonly [what: string, query: (n: number) => AskedActs])[] = [
    ['all', () => ({})],
    ['a number', (n) => ({ q: `A${n * 7919}` })],
    ['an officer', (n) => ({ q: `监督员${n * 13}` })],
    ['a word that all contain', () => ({ q: '示范路' })],
    ['such a word and a number', (n) => ({ q: `示范路 ${n * 41}` })],
    ['a word of all officers', () => ({ q: '监督员' })],
    ['a word of all parties', () => ({ q: '相对人' })],
    ['all three', () => ({ q: '示范路 监督员 相对人' })],
    ['one whole month', (n) => wholeMonths(n, 1)],
    ['twelve whole months', (n) => wholeMonths(n, 12)],
    ['a word that all contain, twelve whole months', (n) => ({ q: '示范路', ...wholeMonths(n, 12) })],
];

/** The list of findings, with its counts, of a district and of the city over all its districts. */
export const benchFindings = (folder: string): Promise<void> =>
    withTwoDatabases({ folder, kept: KEPT, large: LARGE, small: SMALL }, fillFindings, async (large, small) => {
        const rows: Row[] = [];
        for (const [what, query] of QUERIES) rows.push(await compare(what, large, small, (db) => measure(db, query)));
        printTable(
            `The list of ${LARGE.toLocaleString('en')} findings (rows made in SQL, not by commands): a page of 50 with its counts, 95th percentile of ${ROUNDS}, against ${SMALL.toLocaleString('en')}`,
            rows,
        );
        const acts: Row[] = [];
        for (const [what, query] of ACT_QUERIES) acts.push(await compare(what, large, small, (db) => measureActs(db, query)));
        printTable(
            `The list of acts of a district, among ${LARGE.toLocaleString('en')} of all: a page of 50 with its count, 95th percentile of ${ROUNDS}, against ${SMALL.toLocaleString('en')}`,
            acts,
        );
    });

type Measured = { p95: number; found: number };

async function compare(what: string, large: Database, small: Database, of: (db: Database) => Promise<Measured>): Promise<Row> {
    const [one, other] = [await of(large), await of(small)];
    return {
        what: `${what} (≤ ${one.found.toLocaleString('en')} rows)`,
        ...{ value: `${one.p95.toFixed(1)} ms`, against: `${other.p95.toFixed(1)} ms`, ratio: one.p95 / other.p95 },
        ...{ wanted: `< ${WANTED_MS} ms`, met: one.p95 < WANTED_MS },
    };
}

async function measureActs(db: Database, query: (n: number) => AskedActs): Promise<Measured> {
    const reader = { personId: officer(0), roles: ['sectionHead'] as Role[] };
    let found = 0;
    const p95 = await percentileOf(ROUNDS, async (n) => {
        const id = organisation(1 + (n % DISTRICTS)) as Id;
        const page = await db.read({ readOrgs: [id] }, (read) =>
            listActs(read, id, { limit: 50, order: 'newest', ...query(n) }, reader, NOW),
        );
        found = Math.max(found, page.total);
    });
    return { p95, found };
}

async function measure(db: Database, query: (n: number) => Asked): Promise<Measured> {
    let found = 0;
    const p95 = await percentileOf(ROUNDS, async (n) => {
        const { org = 0, ...asked } = query(n);
        const subject = {
            personId: officer(0),
            organisationId: organisation(org),
            roles: ['sectionHead'] as Role[],
            mustChangePassword: false,
        };
        const organisations = await db.read({ readOrgs: [organisation(org)] }, (read) =>
            organisationsBelow(read, organisation(org)),
        );
        const page = await db.read({ readOrgs: organisations.map(({ id }) => id) }, (read) =>
            listFindings(read, { subject, organisations }, { limit: 50, order: 'newest', ...asked }, { now: NOW, trusted: true }),
        );
        found = Math.max(found, page.total);
    });
    return { p95, found };
}
