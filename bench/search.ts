import { join } from 'node:path';
import { type Id, startOfDay } from '@liuhen/domain';
import pg from 'pg';
import { listParties } from '../apps/server/src/features/party/party.queries.ts';
import { type Database, openDatabase, scopeStatement } from '../apps/server/src/platform/db/database.ts';
import { inOneTrip } from '../apps/server/src/platform/db/round-trip.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { idsBy, MOST_IDS } from '../apps/server/src/platform/search.ts';
import { likePattern } from '../apps/server/src/platform/search-text.ts';
import { migrate } from '../apps/server/src/schema/migrate.ts';
import { pinyinInitials } from '../packages/domain/src/kernel/pinyin-initials.ts';
import { median, printTable, type Row } from './table.ts';

const ROUNDS = 5;
const SMALL = { id: '00000000-0000-7000-8000-00000000000a' as Id, from: 1, to: 5_000 };
const LARGE = { id: '00000000-0000-7000-8000-00000000000b' as Id, from: 5_001, to: 505_000 };

/** What people type; the common words stand in more rows than are looked up by id, the others in fewer. */
const SEARCHES: readonly (readonly [what: string, typed: string])[] = [
    ['1 character, rare', '狼'],
    ['1 character, common', '店'],
    ['2 characters, a name', '王伟'],
    ['2 characters, common', '口腔'],
    ['4 characters', '火凤木棉'],
    ['initials', 'pdygkj'],
    ['2 words, one of them common', '口腔 王伟'],
];

/**
 * Search in one organisation's parties: with the function, and without it as row-level security compares row by row. The
 * whole page (total, rows, figures) too, since that is what people wait for. Small and large organisation in one table.
 */
export async function benchSearch(folder: string): Promise<void> {
    const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined });
    try {
        await migrate({ url: server.url, appPassword: 'bench-app' });
        await fill(server.url);
        const url = new URL(server.url);
        url.username = 'liuhen_app';
        url.password = 'bench-app';
        const db = openDatabase({ url: url.href, max: 1, onError: () => undefined });
        const lines: { found: Row; page: Row; growth: Row }[] = [];
        for (const [what, typed] of SEARCHES) lines.push(await compare(db, what, typed));
        await db.close();
        printTable(
            `Search in 500,000 parties: matches counted to ${MOST_IDS} by the function, against all by row-level security`,
            lines.map((line) => line.found),
        );
        printTable(
            'Search in 500,000 parties: one page of the list, against the same with row-by-row comparison',
            lines.map((line) => line.page),
        );
        printTable(
            'One page of the list in 500,000 parties, against 5,000',
            lines.map((line) => line.growth),
        );
    } finally {
        await server.stop();
    }
}

async function compare(db: Database, what: string, typed: string): Promise<{ found: Row; page: Row; growth: Row }> {
    const words = typed.split(' ');
    const list = (org: Id) =>
        db.read({ readOrgs: [org] }, (read) =>
            listParties(read, org, { q: typed, limit: 50 }, { now: startOfDay('2026-11-18'), trusted: true }),
        );
    const total = (await list(LARGE.id)).total;
    const times = await alternate({
        looked: () => db.read({ readOrgs: [LARGE.id] }, (read) => idsBy(read, 'party', words)),
        compared: () => rowByRow(db, words, false),
        page: () => list(LARGE.id),
        pageCompared: () => rowByRow(db, words, true),
        pageSmall: () => list(SMALL.id),
    });
    const label = `${what}: ${typed} (${total})`;
    const row = (one: keyof typeof times, other: keyof typeof times): Row => ({
        what: label,
        value: `${times[one].toFixed(1)} ms`,
        against: `${times[other].toFixed(1)} ms`,
        ratio: times[one] / times[other],
    });
    return { found: row('looked', 'compared'), page: row('page', 'pageCompared'), growth: row('page', 'pageSmall') };
}

/** As it would be without the function: total, and for the page its rows in their order. */
async function rowByRow(db: Database, words: readonly string[], page: boolean): Promise<void> {
    const client = await db.pool.connect();
    try {
        await inOneTrip(client, [
            { name: 'beginRead', text: 'begin isolation level repeatable read read only' },
            scopeStatement({ readOrgs: [LARGE.id] }),
        ]);
        const where = 'org_id = $1 and search_text like all ($2::text[])';
        const values = [LARGE.id, words.map(likePattern)];
        await client.query(`select count(*) from party where ${where}`, values);
        if (page)
            await client.query(
                `select id, name, kind, credit_code, address, state, version from party where ${where}
                 order by name collate "zh-Hans-CN-x-icu", id limit 51`,
                values,
            );
        await client.query('commit');
    } finally {
        client.release();
    }
}

/** Medians in milliseconds; the order turns round each time, the first round only warms. */
async function alternate<Name extends string>(works: Record<Name, () => Promise<unknown>>): Promise<Record<Name, number>> {
    const names = Object.keys(works) as Name[];
    const times = new Map<Name, number[]>(names.map((name) => [name, []]));
    for (let round = 0; round <= ROUNDS; round++) {
        for (const name of round % 2 === 0 ? names : names.toReversed()) {
            const start = performance.now();
            await works[name]();
            if (round > 0) times.get(name)?.push(performance.now() - start);
        }
    }
    return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Name, number>;
}

const PLACES = '上海 浦东 静安 徐汇 长宁 普陀 虹口 杨浦 闵行 宝山 嘉定 松江 青浦 奉贤 崇明 金山 黄浦 张江 陆家嘴 康桥'.split(' ');
const WORDS =
    '阳光 康健 德善 仁和 同济 瑞金 美莱 百灵 安康 福寿 晨曦 博爱 华康 益民 春晖 雅韵 清源 丽人 欣悦 宏达 金泰 永安 嘉美 新世纪 东方 南洋 北斗 西域 中山 大唐 天元 地平线 星辰 日新 月华 水木 火凤 木棉 土生 金鹰'.split(
        ' ',
    );
const KINDS =
    '口腔门诊部 餐饮有限公司 美容美发店 游泳馆 旅馆 医疗器械有限公司 中医诊所 幼儿园 学校 大药房连锁店 体检中心 洗浴中心 综合医院 养老院 食品加工厂 供水有限公司'.split(
        ' ',
    );
const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰涛明超'];
const ROADS = '世纪大道 南京西路 延安东路 张杨路 龙阳路 淮海中路 四川北路 中山南路 人民路 解放街'.split(' ');

/** Rows as `searchTextOf` writes them, put together in the database; one in 20,000 has a rare character in its name. */
async function fill(url: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(
        `set session_replication_role = replica; set search_path = liuhen, public; set maintenance_work_mem = '256MB'`,
    );
    const initials = (of: readonly string[]): string[] => of.map((each) => pinyinInitials(each)[0] ?? '');
    const lists = [PLACES, WORDS, KINDS, SURNAMES, GIVEN].flatMap((list) => [list, initials(list)]);
    // The index is made afterwards: row by row it would take most of the time.
    const { rows } = await client.query<{ made: string }>(`select pg_get_indexdef('party_search'::regclass) as made`);
    await client.query('drop index party_search');
    for (const org of [SMALL, LARGE]) {
        await client.query(FILL, [org.id, org.from, org.to, ...lists, ROADS]);
    }
    await client.query(rows[0]?.made ?? '');
    await client.query('vacuum analyze party');
    await client.end();
}

const pick = (list: number, seed: number): string =>
    `$${list}::text[])[1 + abs(hashint8extended(i, ${seed})) % cardinality($${list}::text[])]`;
const FILL = `
    insert into party (id, org_id, version, command_id, name, kind, credit_code, legal_representative, phone, address, state, search_text)
    select gen_random_uuid(), $1, 1, gen_random_uuid(), name, 'organisation', code, person, phone, address, 'active',
        concat_ws(E'\\n', name, person, lower(code), address, phone, initials, person_initials)
    from generate_series($2::int, $3::int) as i, lateral (select
        (${pick(4, 1)} || (${pick(6, 2)} || (${pick(6, 3)} || case when i % 20000 = 0 then '狼' else '' end || (${pick(8, 4)} as name,
        (${pick(5, 1)} || (${pick(7, 2)} || (${pick(7, 3)} || case when i % 20000 = 0 then 'l' else '' end || (${pick(9, 4)} as initials,
        (${pick(10, 5)} || (${pick(12, 6)} as person, (${pick(11, 5)} || (${pick(13, 6)} as person_initials,
        '9131' || upper(left(md5(i::text), 14)) as code, (13000000000 + abs(hashint8extended(i, 7)) % 7000000000)::text as phone,
        (${pick(4, 1)} || '区' || (${pick(14, 8)} || 1 + abs(hashint8extended(i, 9)) % 999 || '号' as address) as made`;
