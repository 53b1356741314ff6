import { type Id, startOfDay } from '@liuhen/domain';
import { type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listActs } from '../features/act/act.queries.ts';
import { listComplaints } from '../features/complaint/complaint.queries.ts';
import { listParties } from '../features/party/party.queries.ts';
import { listRecordings } from '../features/recording/recording-list.queries.ts';
import { ranWithin } from '../features/recording/recording-time-filter.ts';
import { listTasks } from '../features/task/task.queries.ts';
import { type Database, openDatabase, scopeStatement } from '../platform/db/database.ts';
import { inOneTrip } from '../platform/db/round-trip.ts';
import { lookUp, MOST_IDS, searchWords } from '../platform/search.ts';
import { searchTextOf } from '../platform/search-text.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';

const OWN: Id = '00000000-0000-7000-8000-00000000000a';
const OTHER: Id = '00000000-0000-7000-8000-00000000000b';
const TABLES = ['party', 'act', 'recording', 'document', 'task', 'complaint'] as const;
type Table = (typeof TABLES)[number];

let database: TestDatabase;
let superuser: pg.Client;
let app: pg.Client;
let db: Database;

beforeAll(async () => {
    database = await testDatabase();
    superuser = await connect(database.superUrl);
    app = await connect(database.appUrl);
    db = openDatabase({ url: database.appUrl, max: 2, onError: () => undefined });
    await fill();
}, 180_000);
afterAll(async () => {
    await Promise.all([superuser.end(), app.end(), db.close()]);
    await database.drop();
});

async function connect(connectionString: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return client;
}

const ODD = [
    searchTextOf(['满意度 100% 诊所', '曾乐'], ['a_b\\c']),
    searchTextOf(['𠮷野家（浦东）', null], ['ABCDEF']),
    searchTextOf(['满意度 1000 诊所'], ['axbxc']),
];
const PLACES = ['浦东', '静安', '徐汇', '长宁', '普陀', '虹口', '杨浦', '宝山'];
const WORDS = ['阳光', '康健', '德善', '仁和', '同济', '瑞金', '百灵', '安康', '福寿', '晨曦', '博爱', '华康', '益民', '春晖'];
const KINDS = ['口腔门诊部', '餐饮有限公司', '美容店', '游泳馆', '旅馆', '幼儿园', '学校', '养老院', '供水公司', '药店'];

/** As `searchTextOf` writes them, with a name, a person, and a number that only this row has. */
function textOf(number: number): string {
    const pick = (from: readonly string[], by: number) => from[Math.floor(number / by) % from.length] ?? '';
    const name = `${pick(PLACES, 1)}${pick(WORDS, 3)}${pick(WORDS, 41)}${pick(KINDS, 7)}`;
    return searchTextOf([name], [`X${String(number * 7919).padStart(9, '0')}`]);
}

/** As superuser and without triggers: what is written here is looked at by this file only. */
async function fill(): Promise<void> {
    const texts = [...Array.from({ length: 20_000 }, (_, number) => textOf(number)), ...ODD];
    await superuser.query(`set session_replication_role = replica; set search_path = liuhen, public`);
    for (const [org, some] of [
        [OWN, texts],
        [OTHER, [...texts.slice(0, 6_000), ...ODD]],
    ] as const) {
        const rows = `unnest($2::text[]) as text`;
        await superuser.query(
            `insert into party (id, org_id, version, command_id, name, kind, state, search_text)
             select gen_random_uuid(), $1, 1, gen_random_uuid(), split_part(text, E'\\n', 1), 'organisation', 'active', text from ${rows}`,
            [org, some],
        );
        await superuser.query(
            `insert into act (id, org_id, version, command_id, number, scenario, place, starts_at, ends_at, state, search_text)
             select gen_random_uuid(), $1, 1, gen_random_uuid(), gen_random_uuid(), 'onSite', 'x', 1, 2, 'open', text from ${rows}`,
            [org, some],
        );
        await superuser.query(
            `insert into recording (id, org_id, version, command_id, blob_id, role, state, source, original_name, display_name,
                uploaded_by, received_at, device_time_basis, search_text)
             select gen_random_uuid(), $1, 1, gen_random_uuid(), gen_random_uuid(), 'original', 'sealed', 'upload', '\\x', 'x',
                gen_random_uuid(), 1, 'unknown', text from ${rows}`,
            [org, some],
        );
        await superuser.query(
            `insert into document (id, org_id, version, command_id, type, template_version, origin, state, title, content, revision,
                author_id, writer_ids, made_at, entered_at, saved_at, saved_by, search_text)
             select gen_random_uuid(), $1, 1, gen_random_uuid(), 'sceneRecord', 1, 'made', 'draft', 'x', '{}', 1,
                gen_random_uuid(), '{}', 1, 1, 1, gen_random_uuid(), text from ${rows}`,
            [org, some],
        );
        await superuser.query(
            `insert into task (id, org_id, version, command_id, number, origin, title, scenario, place, due_day, state, created_at,
                search_text)
             select gen_random_uuid(), $1, 1, gen_random_uuid(), gen_random_uuid(), 'ownPlan', 'x', 'routineInspection', 'x',
                '2026-11-18', 'open', 1, text from ${rows}`,
            [org, some],
        );
        await superuser.query(
            `insert into complaint (id, org_id, version, command_id, number, channel, received_at, received_by, subject, content,
                reply_requested, confidential, state, due_basis, search_text)
             select gen_random_uuid(), $1, 1, gen_random_uuid(), gen_random_uuid(), 'phone', 1, gen_random_uuid(), 'x', 'x',
                false, false, 'registered', 'none', text from ${rows}`,
            [org, some],
        );
    }
    await superuser.query(`reset session_replication_role; ${TABLES.map((table) => `analyze ${table}`).join('; ')}`);
}

const beginRead = (client: pg.Client, readOrgs: readonly Id[]) =>
    inOneTrip(client, [{ name: 'begin', text: 'begin read only' }, scopeStatement({ readOrgs })]);

/** What the function of a table finds as the application with these organisations in scope. */
async function found(table: Table, readOrgs: readonly Id[], words: readonly string[], most = 1_000_000): Promise<string[]> {
    await beginRead(app, readOrgs);
    const { rows } = await app.query<{ id: string }>(`select id from liuhen.search_${table}($1, $2) as id`, [words, most]);
    await app.query('commit');
    return rows.map((row) => row.id).sort();
}

/** The truth: every row's text compared as it is, without `like` and without an index. */
async function containing(table: Table, orgs: readonly Id[], words: readonly string[]): Promise<string[]> {
    const { rows } = await superuser.query<{ id: string }>(
        `select id from liuhen.${table} where org_id = any ($1)
         and (select bool_and(strpos(search_text, word) > 0) from unnest($2::text[]) as word)`,
        [orgs, words],
    );
    return rows.map((row) => row.id).sort();
}

const QUERIES: readonly (readonly string[])[] = [
    ['口'],
    ['口腔'],
    ['口腔门'],
    ['口腔门诊部'],
    ['pdyg'],
    ['yg'],
    ['浦东', '口腔'],
    ['腔', '静安', '阳光'],
    ['x000000000'],
    ['3959'],
    ['𠮷野'],
    ['zl'],
    ['腔口'],
    ['门诊部浦东'],
    ['鑫'],
    ['%'],
    ['_'],
    ['\\'],
    ['100%'],
    ['0%'],
    ['a_b'],
    ['b\\c'],
    ['%%%'],
    ['口%诊'],
    ['口_门'],
];

describe.each(TABLES)('the search in %s', (table) => {
    it('finds exactly the rows that contain every word as it is', async () => {
        for (const words of QUERIES)
            expect(await found(table, [OWN], words), words.join(' ')).toEqual(await containing(table, [OWN], words));
    });

    it('finds nothing of an organisation that is not in scope', async () => {
        const both = await found(table, [OWN, OTHER], ['口腔']);
        const own = await found(table, [OWN], ['口腔']);
        const other = await found(table, [OTHER], ['口腔']);
        expect(other.length).toBeGreaterThan(0);
        expect(own.filter((id) => other.includes(id))).toEqual([]);
        expect([...own, ...other].sort()).toEqual(both);
        expect(other).toEqual(await containing(table, [OTHER], ['口腔']));
        expect(await found(table, [], ['口腔'])).toEqual([]);
        const { rows } = await app.query(`select liuhen.search_${table}(array['口腔'], 10)`);
        expect(rows).toEqual([]);
    });

    it('gives no more than it is asked for', async () => {
        expect(await found(table, [OWN, OTHER], ['口腔'], 7)).toHaveLength(7);
        expect(await found(table, [OWN], ['口腔'], 0)).toEqual([]);
    });
});

const FUNCTIONS: readonly (readonly [name: string, args: string, table: Table])[] = [
    ['search_party', '$1::text[], 1000000', 'party'],
    ['search_act', '$1::text[], 1000000', 'act'],
    ['search_recording', '$1::text[], 1000000', 'recording'],
    ['search_document', '$1::text[], 1000000', 'document'],
    ['search_task', '$1::text[], 1000000', 'task'],
    ['search_complaint', '$1::text[], 1000000', 'complaint'],
    ['count_parties', `$1::text[], '${OWN}', null, null, null, null, null`, 'party'],
];

describe.each(FUNCTIONS)('%s', (name, args, table) => {
    it.each([[['口']], [['口腔']], [['口腔门诊部']], [['pdyg']], [['浦东', '口腔']]])('uses the index for %j', async (words) => {
        const plan = await planInside(`select liuhen.${name}(${args})`, words);
        expect(plan).toContain(`Bitmap Index Scan on ${table}_search`);
        expect(plan.match(/Index Scan/g)).toHaveLength(1);
        // The filter by licence stands in the plan and is not run where it is not asked for.
        const run = plan.split('\n').filter((step) => !step.includes('(never executed)'));
        expect(run.join('\n')).not.toContain('Seq Scan');
        // Keys hold for one organisation only, so that the others' rows are not even looked at.
        expect(Number(/Rows Removed by Filter: (\d+)/.exec(plan)?.[1] ?? 0)).toBe(0);
        expect(plan).not.toContain('Rows Removed by Index Recheck');
    });

    it('runs as the owner, with a search path of its own, for the application only', async () => {
        const { rows } = await superuser.query(
            `select rolname as owner, prosecdef as definer, proconfig as settings,
                array(select grantee::regrole::text from aclexplode(proacl) where grantee <> proowner) as others
             from pg_proc join pg_roles on pg_roles.oid = proowner where pg_proc.oid = 'liuhen.${name}'::regproc`,
        );
        expect(rows).toEqual([
            { owner: 'liuhen_owner', definer: true, settings: ['search_path=pg_catalog, pg_temp'], others: ['liuhen_app'] },
        ]);
    });
});

/** The plan of the statement inside a function, as it ran when the application called it. */
async function planInside(call: string, words: readonly string[]): Promise<string> {
    const client = await connect(database.superUrl);
    const plans: string[] = [];
    client.on('notice', (notice) => plans.push(notice.message ?? ''));
    await client.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on;
        set auto_explain.log_analyze = on; set client_min_messages = log; set role liuhen_app`);
    await beginRead(client, [OWN]);
    await client.query(call, [words]);
    await client.query('commit');
    await client.end();
    return (
        plans.find((plan) => /from liuhen\.(party|act|recording|document|task|complaint) /.test(plan)) ??
        `no plan in ${plans.join('\n')}`
    );
}

describe('the list of parties', () => {
    const list = (q: string, cursor?: string) =>
        db.read({ readOrgs: [OWN] }, (read) =>
            listParties(
                read,
                OWN,
                { q, limit: 100, ...(cursor === undefined ? {} : { cursor }) },
                { now: startOfDay('2026-11-18'), trusted: true },
            ),
        );
    const total = async (q: string): Promise<number> => (await list(q)).total;

    it('is the same whether a word is looked up or compared row by row', async () => {
        const common = await containing('party', [OWN], ['x']);
        expect(common.length).toBeGreaterThan(MOST_IDS);
        expect(await total('X')).toBe(common.length);
        for (const q of ['口腔 浦东', '口腔', '%', '1000', '100%', 'x 口腔']) {
            const ids: string[] = [];
            for (let page = await list(q); ; page = await list(q, page.next ?? undefined)) {
                ids.push(...page.items.map((item) => item.id));
                if (page.next === null) break;
            }
            expect(new Set(ids).size, q).toBe(ids.length);
            expect(ids.sort(), q).toEqual(await containing('party', [OWN], searchWords(q)));
            expect(await total(q), q).toBe(ids.length);
        }
    });

    it('counts common words with the other filters, and only in scope', async () => {
        const search = (query: object) =>
            db.read({ readOrgs: [OWN] }, (read) =>
                listParties(read, OWN, { q: 'x', limit: 1, ...query }, { now: startOfDay('2026-11-18'), trusted: true }),
            );
        const all = (await containing('party', [OWN], ['x'])).length;
        expect((await search({ kind: 'organisation', state: 'active' })).total).toBe(all);
        expect((await search({ kind: 'naturalPerson' })).total).toBe(0);
        expect((await search({ state: 'closed' })).total).toBe(0);
        expect((await search({ licence: 'due', speciality: 'publicPlace' })).total).toBe(0);
        const count = async (readOrgs: readonly Id[], org: Id) => {
            await beginRead(app, readOrgs);
            const { rows } = await app.query<{ n: string }>(
                `select liuhen.count_parties(array['口腔'], $1, null, null, null, null, null) as n`,
                [org],
            );
            await app.query('commit');
            return Number(rows[0]?.n);
        };
        const other = (await containing('party', [OTHER], ['口腔'])).length;
        expect([await count([OTHER], OTHER), await count([OWN], OTHER), await count([], OTHER)]).toEqual([other, 0, 0]);
    });

    it('takes words in any order, width and case, and nothing for a search without words', async () => {
        expect(await total('诊所　１００%  满意度')).toBe(1);
        expect(await total('ABC 𠮷野')).toBe(1);
        expect(await total(' \0 ')).toBe(20_000 + ODD.length);
        expect(await total('满意度 鑫')).toBe(0);
    });
});

describe('the lists of tasks and complaints', () => {
    it.each(['口腔 浦东', '100%', 'x', '门诊部浦东'])('find %j the same whether looked up or compared row by row', async (q) => {
        const counts = async (table: 'task' | 'complaint') => (await containing(table, [OWN], searchWords(q))).length;
        const totals = await db.read({ readOrgs: [OWN] }, async (read) => [
            (await listTasks(read, OWN, OWN, { q, limit: 1, whose: 'all' }, { now: 3, trusted: true })).total,
            (await listComplaints(read, OWN, { q, limit: 1, order: 'newest' }, { now: 3, trusted: true })).total,
        ]);
        expect(totals).toEqual([await counts('task'), await counts('complaint')]);
    });
});

describe('a list that is searched in several tables', () => {
    beforeAll(async () => {
        await superuser.query(`set session_replication_role = replica;
            insert into person (id, org_id, version, command_id, name, kind, search_text)
                values (gen_random_uuid(), '${OWN}', 1, gen_random_uuid(), '欧阳锋', 'staff', '欧阳锋');
            insert into device (id, org_id, version, command_id, kind, number, state, search_text)
                values (gen_random_uuid(), '${OWN}', 1, gen_random_uuid(), 'recorder', 'rec-77', 'inService', 'rec-77');
            insert into blob (id, org_id, version, command_id, sha256, sm3, size, chunk_root, chunk_digests)
                select gen_random_uuid(), '${OWN}', 1, gen_random_uuid(), d, d, 1, d, d from sha256('') as d;
            update act set version = 2, party_id = (select id from party where org_id = act.org_id and search_text like '满意度 100\\%%')
                where org_id = '${OWN}' and search_text like '𠮷野家%';
            insert into act_participant (id, org_id, version, command_id, act_id, person_id, part)
                select gen_random_uuid(), a.org_id, 1, gen_random_uuid(), a.id, p.id, 'assistant'
                from act a, person p where a.org_id = '${OWN}' and a.search_text like '𠮷野家%';
            update recording r set version = 2, blob_id = b.id, uploaded_by = p.id, person_id = p.id, device_id = d.id, act_id = a.id
                from blob b, person p, device d, act a
                where r.org_id = '${OWN}' and a.org_id = r.org_id and a.search_text like '𠮷野家%' and r.search_text like '满意度 1000%';
            delete from recording r where not exists (select from blob b where b.id = r.blob_id);
            reset session_replication_role`);
    });
    const READER = { personId: OWN, roles: [] };
    const acts = (q: string) =>
        db.read({ readOrgs: [OWN] }, (read) => listActs(read, OWN, { q, limit: 9, order: 'newest' }, READER, 3));
    const recordings = (q: string) => db.read({ readOrgs: [OWN] }, (read) => listRecordings(read, OWN, { q, limit: 9 }, READER));
    /** More words than are looked up: the last ones are compared row by row. */
    const manyWords = (words: string) => `${words} ${[...'阳锋满意度诊所曾乐'].join(' ')}`;

    it.each(['abcdef', '欧阳', 'abcdef 曾乐 欧阳锋', '100% 浦东 𠮷野', manyWords('100% 欧阳')])('acts: %s', async (q) => {
        expect(await acts(q)).toMatchObject({ total: 1, items: [{ party: { name: '满意度 100% 诊所' } }] });
    });

    it.each(['axbxc', 'rec-77', '77', '曾乐', '欧阳', 'axbxc rec 欧阳锋 100%', 'x 曾乐', 'x 77', manyWords('100% 欧阳')])(
        'recordings: %s',
        async (q) => {
            expect(await recordings(q)).toMatchObject({ total: 1, items: [{ device: { number: 'rec-77' } }] });
        },
    );

    it('is the same for a word that a sample says many contain, though the index would have listed them', async () => {
        const many = await containing('act', [OWN], ['口腔']);
        expect(many.length).toBeLessThan(MOST_IDS);
        const [common, rare] = await db.read({ readOrgs: [OWN] }, (read) => lookUp(read, '口腔 𠮷野', ['act']));
        expect(common).toEqual({ word: '口腔', ids: undefined });
        expect(rare?.ids?.act).toHaveLength(1);
        expect((await acts('口腔')).total).toBe(many.length);
    });

    it('finds nothing when one of the words stands nowhere', async () => {
        expect((await acts('曾乐 鑫')).total).toBe(0);
        expect((await recordings('x 鑫')).total).toBe(0);
        expect((await recordings('rec_77')).total).toBe(0);
    });

    it('when a recording ran: each in the range stands in exactly one of the parts, however odd its times are', async () => {
        const [hour, day] = [3_600_000, 86_400_000];
        await superuser.query(
            `set session_replication_role = replica;
            insert into recording (id, org_id, version, command_id, blob_id, role, state, source, original_name, display_name, uploaded_by,
                received_at, device_time_basis, device_start, device_end, true_start, true_start_lower, true_start_upper, true_end,
                clock_state, search_text)
            select gen_random_uuid(), '${OWN}', 1, gen_random_uuid(), gen_random_uuid(), 'original', 'sealed', 'upload', '', '', one.uploaded_by,
                came, 'unknown', start, start + length, start + shift, start + shift, start + shift, start + shift + length,
                case when start is not null and shift is not null then 'fitted' end, ''
            from unnest(array[-400, -3, -1, 0, 1, 3, 400]) as late, unnest(array[null, 1, 11, 13, 25, 800]) as hours,
                unnest(array[null, 0, -2, 26]) as shifted, unnest(array[null, 0, 12, 24, 36]) as begins,
                lateral (select ${100 * day} + begins * ${hour}::bigint as start, hours * ${hour}::bigint as length,
                    shifted * ${hour}::bigint as shift, ${100 * day} + (coalesce(hours, 0) + late * 24) * ${hour}::bigint as came) as made,
                (select uploaded_by from recording where org_id = '${OWN}' limit 1) as one;
            insert into blob (id, org_id, version, command_id, sha256, sm3, size, chunk_root, chunk_digests)
                select r.blob_id, r.org_id, 1, gen_random_uuid(), d, d, 1, d, d from recording r, sha256(r.id::text::bytea) as d
                where not exists (select from blob b where b.id = r.blob_id);
            reset session_replication_role`,
        );
        const ran = (parts: readonly RawBuilder<boolean>[]) =>
            db.read({ readOrgs: [OWN] }, async (read) => {
                const ids: string[] = [];
                for (const part of parts)
                    for (const row of await read.selectFrom('recording as r').select('r.id').where(part).execute())
                        ids.push(row.id);
                return ids.sort();
            });
        const listed = async (from: number | undefined, to: number | undefined) => {
            const range = {
                ...(from === undefined ? {} : { recordedFrom: from }),
                ...(to === undefined ? {} : { recordedTo: to }),
            };
            const read = (cursor: string | undefined) =>
                db.read({ readOrgs: [OWN] }, (on) =>
                    listRecordings(on, OWN, { limit: 50, ...range, ...(cursor === undefined ? {} : { cursor }) }, READER),
                );
            const items: { id: string; receivedAt: number }[] = [];
            for (let page = await read(undefined); ; page = await read(page.next)) {
                items.push(...page.items);
                if (page.next === null) return items;
            }
        };
        for (const from of [undefined, 99 * day, 100 * day, 100.5 * day, 101 * day, 133 * day])
            for (const to of [undefined, 100 * day + 1, 101 * day, 110 * day]) {
                if (from === undefined && to === undefined) continue;
                const plain = await ran([
                    sql<boolean>`coalesce(r.true_end, r.device_end, r.device_start) >= ${from ?? -1e15}::bigint
                        and ${to === undefined ? sql`true` : sql`coalesce(r.true_start, r.device_start) < ${to}::bigint`}`,
                ]);
                expect(plain.length).toBeGreaterThan(0);
                expect(await ran(ranWithin(from, to).map(({ where }) => where))).toEqual(plain);
                // A list of either kind of range; each takes a while.
                if (to !== 101 * day || (from !== undefined && from !== 100 * day)) continue;
                const items = await listed(from, to);
                expect(items.map(({ id }) => id).sort()).toEqual(plain);
                expect(items.every(({ receivedAt }, at) => receivedAt <= (items[at - 1]?.receivedAt ?? Infinity))).toBe(true);
            }
    });
});
