import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import type { Id, Instant, SecrecySubject } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, type Found, lookUp, searchWords } from '../../platform/search.ts';
import { notOfHiddenAct } from '../act/act-visibility.queries.ts';
import { itemsByIds } from './recording.queries.ts';
import { IS_EVIDENCE } from './recording-evidence.queries.ts';
import { keptOnlyTo } from './recording-retention.queries.ts';
import { ranWithin } from './recording-time-filter.ts';

type Page = ResponseOf<Endpoints['recording.list']>;
type Query = QueryOf<Endpoints['recording.list']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

/** Counting stops here: what is more is not read by anybody, and counting millions takes longer than the page. */
const MOST_COUNTED = 1_000;

/** So many rows are compared word by word before the index is asked. */
const NEAR = 3_000;

/** One page of recordings, newest received first. */
export async function listRecordings(db: ReadDb, orgId: Id, query: Query, reader: SecrecySubject): Promise<Page> {
    const after = cursorKeys(cursorShape, query.cursor);
    const all = filteredRecordings(db, orgId, query, reader);
    const filtered = query.keptTo === undefined ? all : all.where(await keptOnlyTo(db, orgId, query.keptTo));
    const times = ranWithin(query.recordedFrom, query.recordedTo);
    const parts: readonly Part[] =
        times.length > 0 ? times.map(({ where, few }) => ({ of: filtered.where(where), few })) : [{ of: filtered, few: false }];
    const words = searchWords(query.q);
    const found = words.length === 0 ? await pageAndCount(db, parts, after, query) : await search(db, parts, words, after, query);
    const { rows, next } = pageOf(found.rows, query.limit, (row) => [row.received_at, row.id]);
    const ids = rows.map((row) => row.id);
    // Names are joined for the page only: the page itself is found by index.
    const items = await itemsByIds(db, ids);
    return {
        items: ids.flatMap((id) => items.get(id) ?? []),
        next,
        total: Math.min(found.total ?? rows.length, MOST_COUNTED),
        totalIsLeast: found.total === undefined ? next !== null : found.total > MOST_COUNTED,
    };
}

type Filtered = ReturnType<typeof filteredRecordings>;
/** Parts of a list have no recording in common. */
type Part = { readonly of: Filtered; readonly few: boolean };
type Place = readonly [receivedAt: number, id: Id] | undefined;
type Hit = { id: Id; received_at: Instant };
/** Without a total where counting would have to read the rest one by one. */
type FoundPage = { rows: readonly Hit[]; total: number | undefined };

function filteredRecordings(db: ReadDb, orgId: Id, query: Query, reader: SecrecySubject) {
    // 附件1 第12条: what is filed under a secret act is seen by those who see the act.
    let filtered = db.selectFrom('recording as r').where('r.org_id', '=', orgId);
    const seen = notOfHiddenAct(reader, 'r.act_id');
    if (seen !== undefined) filtered = filtered.where(seen);
    if (query.state !== undefined) filtered = filtered.where('r.state', '=', query.state);
    if (query.deviceId !== undefined) filtered = filtered.where('r.device_id', '=', query.deviceId);
    if (query.officerId !== undefined) filtered = filtered.where('r.person_id', '=', query.officerId);
    if (query.actId !== undefined) filtered = filtered.where('r.act_id', '=', query.actId);
    if (query.partyId !== undefined)
        filtered = filtered.where('r.act_id', 'in', db.selectFrom('act').select('id').where('party_id', '=', query.partyId));
    if (query.filed !== undefined) filtered = filtered.where('r.act_id', query.filed === 'yes' ? 'is not' : 'is', null);
    if (query.findings !== undefined) {
        const some = sql<boolean>`coalesce(jsonb_array_length(r.inspection -> 'findings'), 0) > 0`;
        filtered = filtered.where(query.findings === 'yes' ? some : sql<boolean>`not (${some})`);
    }
    if (query.evidence !== undefined)
        filtered = filtered.where(query.evidence === 'yes' ? IS_EVIDENCE : sql<boolean>`not ${IS_EVIDENCE}`);
    if (query.from !== undefined) filtered = filtered.where('r.received_at', '>=', query.from);
    if (query.to !== undefined) filtered = filtered.where('r.received_at', '<', query.to);
    return filtered;
}

const beyond = (filtered: Filtered, after: Place) =>
    after === undefined
        ? filtered
        : filtered.where(sql<boolean>`(r.received_at, r.id) < (${after[0]}::bigint, ${after[1]}::uuid)`);

/** The newest of a part. Of few the order is no reason to walk the whole list: the planner sorts by what no index has. */
const inOrder = ({ of, few }: Part, after: Place, most: number) =>
    beyond(of, after)
        .select(['r.id', 'r.received_at'])
        .orderBy(few ? sql`r.received_at + 0` : 'r.received_at', 'desc')
        .orderBy('r.id', 'desc')
        .limit(most);

/** The newest of what several parts gave, each in order. */
const newestOf = (rows: readonly Hit[], most: number): readonly Hit[] =>
    rows.toSorted((a, b) => b.received_at - a.received_at || (a.id < b.id ? 1 : -1)).slice(0, most);

/** The page and the count of parts that have no recording in common. */
async function pageAndCount(db: ReadDb, parts: readonly Part[], after: Place, { limit }: Query): Promise<FoundPage> {
    const rows: Hit[] = [];
    let total = 0;
    for (const part of parts) {
        rows.push(...(await inOrder(part, after, limit + 1).execute()));
        total += await countUpTo(db, part.of);
    }
    return { rows: newestOf(rows, limit + 1), total };
}

async function countUpTo(db: ReadDb, filtered: Filtered): Promise<number> {
    const some = filtered.select(sql<number>`1`.as('one')).limit(MOST_COUNTED + 1);
    const count = db.selectFrom(some.as('some')).select((of) => of.fn.countAll<number>().as('total'));
    return (await count.executeTakeFirstOrThrow()).total;
}

/**
 * Words are looked for in the newest recordings first: one that stands in many fills the page there, where the indexes would
 * first gather all of them. Only what is rare among those is looked up.
 */
async function search(
    db: ReadDb,
    parts: readonly Part[],
    words: readonly string[],
    after: Place,
    query: Query,
): Promise<FoundPage> {
    const most = query.limit + 1;
    const near = await searchNear(db, parts, words, after);
    if (near.all) return { rows: near.rows.slice(0, most), total: after === undefined ? near.rows.length : undefined };
    if (near.rows.length >= most) return { rows: near.rows.slice(0, most), total: undefined };
    const found = await lookUp(db, query.q, ['recording', 'device', 'person', 'party']);
    const withWords = parts.map(({ of, few }) => ({
        of: found.reduce((rest, each) => rest.where(each.ids === undefined ? containsWord(each.word) : foundBy(each.ids)), of),
        few,
    }));
    if (found.every((each) => each.ids !== undefined)) return pageAndCount(db, withWords, after, query);
    const rows: Hit[] = [];
    for (const part of withWords) rows.push(...(await inOrder(part, after, most).execute()));
    return { rows: newestOf(rows, most), total: undefined };
}

/** The newest recordings, and those of them that contain the words, in order; `all`: there are no others. */
async function searchNear(db: ReadDb, parts: readonly Part[], words: readonly string[], after: Place) {
    const window: Hit[] = [];
    for (const part of parts) window.push(...(await inOrder(part, after, NEAR).execute()));
    const ids = newestOf(window, NEAR).map((hit) => hit.id);
    let hits = db
        .selectFrom('recording as r')
        .where('r.id', '=', sql<Id>`any (${ids}::uuid[])`)
        .select(['r.id', 'r.received_at']);
    for (const word of words) hits = hits.where(containsWord(word));
    const rows = await hits.orderBy('r.received_at', 'desc').orderBy('r.id', 'desc').execute();
    return { rows, all: window.length < NEAR };
}

/** A recording is found by its own text and those of its recorder, its officer and the party of its act. */
const containsWord = (word: string) =>
    sql<boolean>`(${containing('r.search_text', word)}
        or r.device_id in (select id from device where ${containing('search_text', word)})
        or r.person_id in (select id from person where ${containing('search_text', word)})
        or exists (select from act of_word join party y on y.id = of_word.party_id
            where of_word.id = r.act_id and ${containing('y.search_text', word)}))`;

const foundBy = (ids: NonNullable<Found<'recording' | 'device' | 'person' | 'party'>['ids']>) =>
    sql<boolean>`r.id in (
        select unnest(${ids.recording}::uuid[])
        union select id from recording where device_id = any (${ids.device}::uuid[])
        union select id from recording where person_id = any (${ids.person}::uuid[])
        union select of_act.id from recording of_act join act on act.id = of_act.act_id
            where act.party_id = any (${ids.party}::uuid[]))`;
