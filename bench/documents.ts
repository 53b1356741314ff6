import { join } from 'node:path';
import type { Endpoints, QueryOf } from '@liuhen/contract';
import type { Id, Role } from '@liuhen/domain';
import pg from 'pg';
import { listDocuments } from '../apps/server/src/features/document/document-list.queries.ts';
import { type Database, openDatabase } from '../apps/server/src/platform/db/database.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { migrate } from '../apps/server/src/schema/migrate.ts';
import { printTable, type Row } from './table.ts';

const ORG: Id = '00000000-0000-7000-8000-00000000000b';
const ROWS = Number(process.env.LIUHEN_BENCH_DOCUMENTS ?? 1_000_000);
const ROUNDS = 40;
/** 清单任意筛选 100 ms at the 95th percentile. */
const WANTED_MS = 100;

type Query = QueryOf<Endpoints['document.list']>;

const idOf = (kind: string, number: number): Id => `00000000-0000-7000-8${kind}00-${String(number).padStart(12, '0')}`;
const person = (number: number) => idOf('1', number);
const party = (number: number) => idOf('2', number);
const act = (number: number) => idOf('3', number);
const caseOf = (number: number) => idOf('4', number);
const FIRST = Date.UTC(2025, 0, 1);
const DAY = 86_400_000;

/** What people ask for; `n` changes from round to round, so that no two rounds find the same rows in memory. */
const QUERIES: readonly (readonly [what: string, query: (n: number) => Partial<Query>])[] = [
    ['all, newest', () => ({})],
    ['a type', (n) => ({ type: n % 2 === 0 ? 'sceneRecord' : 'penaltyDecision' })],
    ['a state', (n) => ({ state: n % 2 === 0 ? 'filed' : 'issued' })],
    ['a rare state', () => ({ state: 'inLegalReview' })],
    ['type and state', (n) => ({ type: 'penaltyDecision', state: n % 2 === 0 ? 'filed' : 'approved' })],
    ['a party', (n) => ({ partyId: party(1 + ((n * 7919) % 20_000)) })],
    ['an act', (n) => ({ actId: act(1 + ((n * 7919) % 200_000)) })],
    ['a case', (n) => ({ caseId: caseOf(1 + ((n * 7919) % 10_000)) })],
    ['an author', (n) => ({ authorId: person(1 + ((n * 13) % 1_500)) })],
    ['an author, a type', (n) => ({ authorId: person(1 + ((n * 13) % 1_500)), type: 'penaltyDecision' })],
    ['an author, a rare state', (n) => ({ authorId: person(1 + ((n * 13) % 1_500)), state: 'inLegalReview' })],
    ['a party, a state', (n) => ({ partyId: party(1 + ((n * 7919) % 20_000)), state: 'draft' })],
    ['a number', (n) => ({ number: `2025-${1 + ((n * 7919) % 1_000)}` })],
    ['a week', (n) => ({ from: FIRST + n * 7 * DAY, to: FIRST + (n + 1) * 7 * DAY })],
    ['a type in a week', (n) => ({ type: 'penaltyDecision', from: FIRST + n * 7 * DAY, to: FIRST + (n + 1) * 7 * DAY })],
    ['a state in a day', (n) => ({ state: 'issued', from: FIRST + n * DAY, to: FIRST + (n + 1) * DAY })],
    ['what waits for a section head', () => ({ waiting: 'me' })],
    ['a word in some titles', (n) => ({ q: `编号${(n * 7919) % ROWS}` })],
    ['a word in all titles', () => ({ q: '门诊部' })],
    ['a word in all titles, a rare state', () => ({ q: '门诊部', state: 'inLegalReview' })],
    ['a word in all titles, a type', () => ({ q: '门诊部', type: 'penaltyDecision' })],
    ['a word in none', () => ({ q: '鑫鑫鑫' })],
];

export async function benchDocuments(folder: string): Promise<void> {
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined });
    try {
        await migrate({ url: server.url, appPassword: 'bench-app' });
        await fill(server.url);
        const url = new URL(server.url);
        url.username = 'liuhen_app';
        url.password = 'bench-app';
        const db = openDatabase({ url: url.href, max: 1, onError: () => undefined });
        const rows: Row[] = [];
        for (const [what, query] of QUERIES) rows.push(await measure(db, what, query));
        await db.close();
        printTable(`The list of ${ROWS.toLocaleString('en')} documents: a page of 50 with its count, 95th percentile`, rows);
    } finally {
        await server.stop();
    }
}

async function measure(db: Database, what: string, query: (n: number) => Partial<Query>): Promise<Row> {
    const inbox = { personId: person(1), roles: ['sectionHead'] as Role[] };
    const times: number[] = [];
    let found = 0;
    for (let n = 0; n < ROUNDS; n++) {
        const asked = { limit: 50, ...query(n) };
        const begun = performance.now();
        const page = await db.read({ readOrgs: [ORG] }, (read) => listDocuments(read, ORG, asked, inbox));
        times.push(performance.now() - begun);
        found = Math.max(found, page.total);
    }
    times.sort((a, b) => a - b);
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
    return { what, value: `${p95.toFixed(1)} ms`, against: `≤ ${found} rows`, wanted: `< ${WANTED_MS} ms`, met: p95 < WANTED_MS };
}

/** Documents of two years by 1,500 people about 20,000 parties: most of them filed, few of them waiting. */
async function fill(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    await client.query(
        `set session_replication_role = replica; set search_path = liuhen, public; set maintenance_work_mem = '512MB'`,
    );
    await client.query(
        `insert into person (id, org_id, version, command_id, name, kind, search_text)
         select ('00000000-0000-7000-8100-' || lpad(i::text, 12, '0'))::uuid, $1, 1, gen_random_uuid(), '监督员' || i, 'staff', ''
         from generate_series(1, 1500) as i`,
        [ORG],
    );
    await client.query(
        `insert into party (id, org_id, version, command_id, name, kind, state, search_text)
         select ('00000000-0000-7000-8200-' || lpad(i::text, 12, '0'))::uuid, $1, 1, gen_random_uuid(), '相对人' || i, 'organisation', 'active', ''
         from generate_series(1, 20000) as i`,
        [ORG],
    );
    const indexes = await client.query<{ name: string; made: string }>(
        `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
         where indrelid = 'document'::regclass and not indisprimary`,
    );
    for (const index of indexes.rows) await client.query(`drop index ${index.name}`);
    await client.query(FILL, [ORG, ROWS, FIRST]);
    for (const index of indexes.rows) await client.query(index.made);
    for (const table of ['document', 'person', 'party']) await client.query(`vacuum analyze ${table}`);
    await client.end();
}

const uuid = (kind: number, expression: string) =>
    `('00000000-0000-7000-8${kind}00-' || lpad((${expression})::text, 12, '0'))::uuid`;
const FILL = `
    insert into document (id, org_id, version, command_id, type, template_version, origin, state, waits_for, party_id, act_id, case_id,
        title, number, content, revision, author_id, writer_ids, made_at, entered_at, saved_at, saved_by, search_text)
    select gen_random_uuid(), $1, 1, gen_random_uuid(), type, 1, 'made', state,
        case state when 'filed' then null when 'draft' then 'writing' when 'inReview' then 'review' when 'inLegalReview' then 'legalReview'
            when 'awaitingSignature' then 'agencyHead' when 'approved' then 'number' when 'issued' then 'service' else 'filing' end,
        ${uuid(2, '1 + r2 % 20000')}, ${uuid(3, '1 + r3 % 200000')},
        case when r4 % 5 = 0 then ${uuid(4, '1 + r4 % 10000')} end,
        title, case when i % 2 = 0 then '2025-' || 1 + i % 100000 end, '{}', 1,
        ${uuid(1, '1 + r5 % 1500')}, array[${uuid(1, '1 + r5 % 1500')}], $3::bigint + i::bigint * 62000, 0, 0,
        ${uuid(1, '1 + r5 % 1500')}, title || E'\\n' || coalesce('2025-' || 1 + i % 100000, '')
    from generate_series(1, $2::int) as i, lateral (select
        abs(hashint8extended(i, 2)) as r2, abs(hashint8extended(i, 3)) as r3, abs(hashint8extended(i, 4)) as r4,
        abs(hashint8extended(i, 5)) as r5, abs(hashint8extended(i, 6)) % 1000 as r6, abs(hashint8extended(i, 7)) % 10 as r7) as random,
        lateral (select (array['sceneRecord', 'supervisionOpinion', 'sceneRecord', 'inquiryRecord', 'sceneRecord', 'spotPenalty',
            'priorNotice', 'serviceReceipt', 'penaltyDecision', 'closingReport'])[1 + r7] as type,
        case when r6 < 940 then 'filed' when r6 < 960 then 'issued' when r6 < 975 then 'served' when r6 < 985 then 'draft'
            when r6 < 990 then 'inReview' when r6 < 991 then 'inLegalReview' when r6 < 996 then 'awaitingSignature' else 'approved' end as state,
        '口腔门诊部文书编号' || i as title) as made`;
