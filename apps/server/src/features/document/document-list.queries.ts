import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import type { Id, Instant } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, idsBy, searchWords } from '../../platform/search.ts';
import { type Inbox, waitingParts } from './document-inbox.ts';
import { seesDocument } from './document-visibility.queries.ts';

type Page = ResponseOf<Endpoints['document.list']>;
type Query = QueryOf<Endpoints['document.list']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

/** Counting stops here: what is more is not read by anybody, and counting a million takes longer than the page. */
const MOST_COUNTED = 5_000;

const documentsOf = (db: ReadDb, orgId: Id) => db.selectFrom('document as d').where('d.org_id', '=', orgId);

export const selectItems = (db: ReadDb, orgId: Id) => withItemColumns(documentsOf(db, orgId));

const withItemColumns = (rows: ReturnType<typeof documentsOf>) =>
    rows
        .innerJoin('person as p', 'p.id', 'd.author_id')
        .leftJoin('party as y', 'y.id', 'd.party_id')
        .select(['d.id', 'd.type', 'd.title', 'd.number', 'd.state', 'd.origin', 'd.waits_for', 'd.act_id', 'd.case_id'])
        .select(['y.id as party_id', 'y.name as party_name', 'd.author_id', 'p.name as author_name'])
        .select(['d.made_at', 'd.saved_at', 'd.issued_at']);
type ItemRow = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;

export const itemOf = (row: ItemRow): Page['items'][number] => ({
    id: row.id,
    type: row.type,
    title: row.title,
    number: row.number,
    state: row.state,
    origin: row.origin,
    waitsFor: row.waits_for,
    party: row.party_id === null || row.party_name === null ? null : { id: row.party_id, name: row.party_name },
    actId: row.act_id,
    caseId: row.case_id,
    author: { id: row.author_id, name: row.author_name },
    madeAt: row.made_at,
    savedAt: row.saved_at,
    issuedAt: row.issued_at,
});

/** One page of documents by when they were begun. `inbox` says what the reader's roles wait for. */
export async function listDocuments(db: ReadDb, orgId: Id, query: Query, inbox: Inbox): Promise<Page> {
    const after = cursorKeys(cursorShape, query.cursor);
    const filtered = filteredDocuments(db, orgId, query, inbox);
    const waiting = query.waiting === 'me' ? waitingParts(inbox) : [];
    const parts = waiting.length > 0 ? waiting.map((part) => filtered.where(part)) : [filtered];
    const whole = waiting.length > 0 ? filtered.where((of) => of.or([...waiting])) : filtered;
    const words = searchWords(query.q);
    const found = words.length === 0 ? await pageAndCount(db, parts, after, query) : await search(db, whole, words, after, query);
    const { rows, next } = pageOf(found.rows, query.limit, (row) => [row.made_at, row.id]);
    const ids = rows.map((row) => row.id);
    return {
        items: await itemsOf(db, orgId, ids),
        next,
        total: Math.min(found.total ?? rows.length, MOST_COUNTED),
        totalIsLeast: found.total === undefined ? next !== null : found.total > MOST_COUNTED,
    };
}

type Filtered = ReturnType<typeof filteredDocuments>;
type Place = readonly [madeAt: number, id: Id] | undefined;
/** Without a total where counting would have to read the rest one by one. */
type FoundPage = { rows: readonly { id: Id; made_at: Instant }[]; total: number | undefined };

const beyond = (filtered: Filtered, after: Place) =>
    after === undefined ? filtered : filtered.where(sql<boolean>`(d.made_at, d.id) < (${after[0]}::bigint, ${after[1]}::uuid)`);

const inOrder = (filtered: Filtered, most: number) =>
    filtered.select(['d.id', 'd.made_at']).orderBy('d.made_at', 'desc').orderBy('d.id', 'desc').limit(most);

/** The page and the count of parts that have no document in common. */
async function pageAndCount(db: ReadDb, parts: readonly Filtered[], after: Place, { limit }: Query): Promise<FoundPage> {
    const rows: { id: Id; made_at: Instant }[] = [];
    let total = 0;
    for (const part of parts) {
        rows.push(...(await inOrder(beyond(part, after), limit + 1).execute()));
        total += await countUpTo(db, part);
    }
    rows.sort((a, b) => b.made_at - a.made_at || (a.id < b.id ? 1 : -1));
    return { rows: rows.slice(0, limit + 1), total };
}

/**
 * Words are looked for in the newest rows first: a word that stands in many fills the page there, where the index would
 * first gather all of them. Only what is rare among them is looked up.
 */
async function search(db: ReadDb, filtered: Filtered, words: readonly string[], after: Place, query: Query): Promise<FoundPage> {
    const most = query.limit + 1;
    const near = await searchNear(db, withText(inOrder(beyond(filtered, after), NEAR)), words, most);
    const all = near.seen < NEAR;
    if (near.rows.length === most || all)
        return { rows: near.rows, total: all && after === undefined && near.rows.length < most ? near.rows.length : undefined };
    const ids = await idsBy(db, 'document', words);
    if (ids !== undefined) return pageAndCount(db, [filtered.where('d.id', '=', sql<Id>`any (${ids}::uuid[])`)], after, query);
    const containingAll = words.reduce((rest, word) => rest.where(containing('d.search_text', word)), filtered);
    return { rows: await inOrder(beyond(containingAll, after), most).execute(), total: undefined };
}

/** So many rows are compared one by one before the index is asked. */
const NEAR = 3_000;

const withText = (rows: ReturnType<typeof inOrder>) => rows.select('d.search_text');
type Window = ReturnType<typeof withText>;

/** How many rows there were to look at, and those of them that contain the words, in order. */
async function searchNear(db: ReadDb, window: Window, words: readonly string[], most: number) {
    const found = db
        .with('near', () => window)
        .selectFrom((of) => of.selectFrom('near').select(of.fn.countAll<number>().as('seen')).as('all'))
        .leftJoinLateral(
            (of) => {
                let hits = of.selectFrom('near').select(['near.id', 'near.made_at']);
                for (const word of words) hits = hits.where(containing('near.search_text', word));
                return hits.orderBy('near.made_at', 'desc').orderBy('near.id', 'desc').limit(most).as('hit');
            },
            (join) => join.onTrue(),
        )
        .select(['all.seen', 'hit.id', 'hit.made_at']);
    const rows = await found.execute();
    return {
        seen: rows[0]?.seen ?? 0,
        rows: rows.flatMap(({ id, made_at }) => (id === null || made_at === null ? [] : [{ id, made_at }])),
    };
}

/** Names are joined for the page only: the page itself is found by index alone. */
async function itemsOf(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Page['items']> {
    if (ids.length === 0) return [];
    const rows = await selectItems(db, orgId).where('d.id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, itemOf(row)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
}

async function countUpTo(db: ReadDb, filtered: Filtered): Promise<number> {
    const some = filtered.select(sql<number>`1`.as('one')).limit(MOST_COUNTED + 1);
    const count = db.selectFrom(some.as('some')).select((of) => of.fn.countAll<number>().as('total'));
    return (await count.executeTakeFirstOrThrow()).total;
}

function filteredDocuments(db: ReadDb, orgId: Id, query: Query, inbox: Inbox) {
    let filtered = documentsOf(db, orgId).where(seesDocument(inbox));
    if (query.type !== undefined) filtered = filtered.where('d.type', '=', query.type);
    if (query.state !== undefined) filtered = filtered.where('d.state', '=', query.state);
    if (query.actId !== undefined) filtered = filtered.where('d.act_id', '=', query.actId);
    if (query.caseId !== undefined) filtered = filtered.where('d.case_id', '=', query.caseId);
    if (query.partyId !== undefined) filtered = filtered.where('d.party_id', '=', query.partyId);
    if (query.number !== undefined) filtered = filtered.where('d.number', '=', query.number.normalize('NFC').trim());
    if (query.authorId !== undefined) filtered = filtered.where('d.author_id', '=', query.authorId);
    if (query.from !== undefined) filtered = filtered.where('d.made_at', '>=', query.from);
    if (query.to !== undefined) filtered = filtered.where('d.made_at', '<', query.to);
    return filtered;
}
