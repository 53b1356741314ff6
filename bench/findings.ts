import type { Endpoints, QueryOf } from '@liuhen/contract';
import type { Role } from '@liuhen/domain';
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

/** Organisation 0 is the city with all below it; `n` changes from round to round, so that no two rounds ask for the same. */
const QUERIES: readonly (readonly [what: string, query: (n: number) => Asked])[] = [
    ['a district, all', (n) => ({ org: 1 + (n % DISTRICTS) })],
    ['a district, waiting for an answer', (n) => ({ org: 1 + (n % DISTRICTS), state: 'unanswered' })],
    ['a district, of an officer', (n) => ({ org: 1 + ((n * 13) % DISTRICTS), ownerId: officer((n * 13) % OFFICERS) })],
    ['the city, all', () => ({})],
    ['the city, all, half way down', (n) => ({ cursor: cursorAfter([FIRST + SPAN_MS / 2 - n * 977, organisation(0)]) })],
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
    ['the city, words that half of them contain', () => ({ q: '示范路' })],
];

/** The list of findings, with its counts, of a district and of the city over all its districts. */
export const benchFindings = (folder: string): Promise<void> =>
    withTwoDatabases({ folder, kept: KEPT, large: LARGE, small: SMALL }, fillFindings, async (large, small) => {
        const rows: Row[] = [];
        for (const [what, query] of QUERIES) {
            const [one, other] = [await measure(large, query), await measure(small, query)];
            rows.push({
                what: `${what} (≤ ${one.found.toLocaleString('en')} rows)`,
                ...{ value: `${one.p95.toFixed(1)} ms`, against: `${other.p95.toFixed(1)} ms`, ratio: one.p95 / other.p95 },
                ...{ wanted: `< ${WANTED_MS} ms`, met: one.p95 < WANTED_MS },
            });
        }
        printTable(
            `The list of ${LARGE.toLocaleString('en')} findings (rows made in SQL, not by commands): a page of 50 with its counts, 95th percentile of ${ROUNDS}, against ${SMALL.toLocaleString('en')}`,
            rows,
        );
    });

async function measure(db: Database, query: (n: number) => Asked): Promise<{ p95: number; found: number }> {
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
            listFindings(read, { subject, organisations }, { limit: 50, order: 'newest', ...asked }, NOW),
        );
        found = Math.max(found, page.total);
    });
    return { p95, found };
}
