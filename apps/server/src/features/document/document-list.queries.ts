import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, idsBy, searchWords } from '../../platform/search.ts';
import { type Inbox, waitingForReader } from './document-inbox.ts';

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
    const words = searchWords(query.q);
    const ids = words.length === 0 ? undefined : await idsBy(db, 'document', words);
    let filtered = filteredDocuments(db, orgId, query, inbox);
    if (ids !== undefined) filtered = filtered.where('d.id', '=', sql<Id>`any (${ids}::uuid[])`);
    else for (const word of words) filtered = filtered.where(containing('d.search_text', word));

    const [madeAt, id] = after ?? [];
    const rest =
        after === undefined ? filtered : filtered.where(sql<boolean>`(d.made_at, d.id) < (${madeAt}::bigint, ${id}::uuid)`);
    const page = rest
        .select(['d.id', 'd.made_at'])
        .orderBy('d.made_at', 'desc')
        .orderBy('d.id', 'desc')
        .limit(query.limit + 1);
    const found = await page.execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.made_at, row.id]);
    // Of a common word only what is on this page is counted: the rest would have to be read one by one.
    const common = words.length > 0 && ids === undefined;
    const total = common ? rows.length : await countUpTo(filtered);
    return {
        items: await itemsOf(
            db,
            orgId,
            rows.map((row) => row.id),
        ),
        next,
        total: Math.min(total, MOST_COUNTED),
        totalIsLeast: common ? next !== null : total > MOST_COUNTED,
    };
}

/** Names are joined for the page only: the page itself is found by index alone. */
async function itemsOf(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<Page['items']> {
    if (ids.length === 0) return [];
    const rows = await selectItems(db, orgId).where('d.id', 'in', ids).execute();
    const byId = new Map(rows.map((row) => [row.id, itemOf(row)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
}

async function countUpTo(filtered: ReturnType<typeof filteredDocuments>): Promise<number> {
    const some = filtered.select(sql<number>`1`.as('one')).limit(MOST_COUNTED + 1);
    const rows = await some.execute();
    return rows.length;
}

function filteredDocuments(db: ReadDb, orgId: Id, query: Query, inbox: Inbox) {
    let filtered = documentsOf(db, orgId);
    if (query.type !== undefined) filtered = filtered.where('d.type', '=', query.type);
    if (query.state !== undefined) filtered = filtered.where('d.state', '=', query.state);
    if (query.actId !== undefined) filtered = filtered.where('d.act_id', '=', query.actId);
    if (query.caseId !== undefined) filtered = filtered.where('d.case_id', '=', query.caseId);
    if (query.partyId !== undefined) filtered = filtered.where('d.party_id', '=', query.partyId);
    if (query.number !== undefined) filtered = filtered.where('d.number', '=', query.number.normalize('NFC').trim());
    if (query.authorId !== undefined) filtered = filtered.where('d.author_id', '=', query.authorId);
    if (query.from !== undefined) filtered = filtered.where('d.made_at', '>=', query.from);
    if (query.to !== undefined) filtered = filtered.where('d.made_at', '<', query.to);
    if (query.waiting === 'me') filtered = filtered.where(waitingForReader(inbox));
    return filtered;
}
