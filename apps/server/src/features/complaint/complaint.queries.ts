import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    addDays,
    byClock,
    type ComplaintLinkKind,
    type ComplaintState,
    type DocumentType,
    DomainError,
    dayOf,
    daysBetween,
    type Id,
    needTrustedClock,
    OPEN_COMPLAINT_STATES,
    type ServerTime,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, type Found, lookUp } from '../../platform/search.ts';
import { termStanding } from './complaint-term.queries.ts';

type Query = QueryOf<Endpoints['complaint.list']>;
type Item = ResponseOf<Endpoints['complaint.list']>['items'][number];
type Detail = ResponseOf<Endpoints['complaint.get']>;

const newestCursor = z.tuple([z.int(), z.uuid()]);
const dueCursor = z.tuple([z.string().max(10), z.uuid()]);
/** Sorts behind every day: what has no due day comes last. */
const NO_DAY = '9999-99-99';
/** What is due within so many days counts as soon; the list's own word, no figure of a law. */
const SOON_DAYS = 7;

const complaintsOf = (db: ReadDb, orgId: Id) =>
    db.selectFrom('complaint as c').leftJoin('party as y', 'y.id', 'c.party_id').where('c.org_id', '=', orgId);

const ITEM_COLUMNS = [
    'c.id',
    'c.number',
    'c.channel',
    'c.external_number as externalNumber',
    'c.received_at as receivedAt',
    'c.subject',
    'c.place',
    'c.state',
    'c.reply_requested as replyRequested',
    'c.confidential',
    'c.due_day as dueDay',
    'c.due_basis as dueBasis',
    'y.id as partyId',
    'y.name as partyName',
] as const;

const selectItems = (db: ReadDb, orgId: Id) => complaintsOf(db, orgId).select(ITEM_COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;

const isOpen = (state: ComplaintState): boolean => (OPEN_COMPLAINT_STATES as readonly ComplaintState[]).includes(state);

const itemOf = ({ partyId, partyName, ...row }: Row, clock: ServerTime): Item => ({
    ...row,
    party: partyId === null || partyName === null ? null : { id: partyId, name: partyName },
    daysLeft: row.dueDay === null || !isOpen(row.state) ? null : byClock(clock, daysBetween(dayOf(clock.now), row.dueDay)),
});

/** One page of complaints: newest first, or what is due first with what is late before all. */
export async function listComplaints(
    db: ReadDb,
    orgId: Id,
    query: Query,
    clock: ServerTime,
): Promise<ResponseOf<Endpoints['complaint.list']>> {
    const filtered = await filteredComplaints(db, orgId, query, clock);
    const { total } = await filtered.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    if (query.order === 'due') {
        const [day, id] = cursorKeys(dueCursor, query.cursor) ?? ['', '00000000-0000-0000-0000-000000000000'];
        const found = await filtered
            .where(sql<boolean>`(coalesce(c.due_day, ${NO_DAY}), c.id) > (${day}, ${id}::uuid)`)
            .select(ITEM_COLUMNS)
            .orderBy(sql`coalesce(c.due_day, ${NO_DAY})`)
            .orderBy('c.id')
            .limit(query.limit + 1)
            .execute();
        const { rows, next } = pageOf(found, query.limit, (row) => [row.dueDay ?? NO_DAY, row.id]);
        return { items: rows.map((row) => itemOf(row, clock)), next, total };
    }
    const after = cursorKeys(newestCursor, query.cursor);
    const [receivedAt, id] = after ?? [];
    const rest =
        after === undefined
            ? filtered
            : filtered.where(sql<boolean>`(c.received_at, c.id) < (${receivedAt}::bigint, ${id}::uuid)`);
    const found = await rest
        .select(ITEM_COLUMNS)
        .orderBy('c.received_at', 'desc')
        .orderBy('c.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.receivedAt, row.id]);
    return { items: rows.map((row) => itemOf(row, clock)), next, total };
}

/** A complaint is found by its own text and by its party's; never by who complained. */
function foundBy({ word, ids }: Found<'complaint' | 'party'>) {
    if (ids === undefined)
        return sql<boolean>`(${containing('c.search_text', word)} or coalesce(${containing('y.search_text', word)}, false))`;
    return sql<boolean>`c.id in (
        select unnest(${ids.complaint}::uuid[])
        union select id from complaint where party_id = any (${ids.party}::uuid[]))`;
}

async function filteredComplaints(db: ReadDb, orgId: Id, query: Query, clock: ServerTime) {
    const today = dayOf(clock.now);
    let filtered = complaintsOf(db, orgId);
    for (const found of await lookUp(db, query.q, ['complaint', 'party'])) filtered = filtered.where(foundBy(found));
    if (query.channel !== undefined) filtered = filtered.where('c.channel', '=', query.channel);
    if (query.state !== undefined) filtered = filtered.where('c.state', '=', query.state);
    if (query.partyId !== undefined) filtered = filtered.where('c.party_id', '=', query.partyId);
    if (query.from !== undefined) filtered = filtered.where('c.received_at', '>=', query.from);
    if (query.to !== undefined) filtered = filtered.where('c.received_at', '<', query.to);
    // What is due says something only about what is still open.
    if (query.due !== undefined || query.order === 'due') filtered = filtered.where('c.state', 'in', OPEN_COMPLAINT_STATES);
    if (query.due === 'late' || query.due === 'soon') needTrustedClock(clock);
    if (query.due === 'late') filtered = filtered.where('c.due_day', '<', today);
    if (query.due === 'soon')
        filtered = filtered.where('c.due_day', '>=', today).where('c.due_day', '<=', addDays(today, SOON_DAYS));
    if (query.due === 'none') filtered = filtered.where('c.due_day', 'is', null);
    return filtered;
}

/** One complaint, without who complained. */
export async function getComplaint(db: ReadDb, orgId: Id, id: Id, clock: ServerTime): Promise<Detail> {
    const row = await selectItems(db, orgId)
        .innerJoin('person as p', 'p.id', 'c.received_by')
        .leftJoin('premises as s', 's.id', 'c.premises_id')
        .leftJoin('complaint_identity as i', 'i.id', 'c.id')
        .select(['c.content', 'c.version', 'c.triaged_at', 'c.triage_reason', 'c.transferred_to', 'c.answered_at', 'c.answer'])
        .select(['c.answer_document_id', 'c.closed_at', 'c.result', 's.id as premisesId', 's.name as premisesName'])
        .select(['p.id as receiverId', 'p.name as receiver', 'p.certificate_number as receiverCertificate', 'i.id as identityId'])
        .where('c.id', '=', id)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('complaint.notFound');
    const { content, version, premisesId, premisesName, identityId } = row;
    return {
        ...itemOf(row, clock),
        dueStanding: row.dueBasis === 'term' ? await termStanding(db, orgId, row.channel, row.receivedAt) : null,
        content,
        premises: premisesId === null || premisesName === null ? null : { id: premisesId, name: premisesName },
        receivedBy: { id: row.receiverId, name: row.receiver, certificateNumber: row.receiverCertificate },
        identityKept: identityId !== null,
        triage:
            row.triaged_at === null ? null : { at: row.triaged_at, reason: row.triage_reason, transferredTo: row.transferred_to },
        answer:
            row.answered_at === null || row.answer === null
                ? null
                : { at: row.answered_at, text: row.answer, documentId: row.answer_document_id },
        closing: row.closed_at === null || row.result === null ? null : { at: row.closed_at, result: row.result },
        links: await linksOf(db, orgId, id),
        version,
    };
}

async function linksOf(db: ReadDb, orgId: Id, complaintId: Id): Promise<Detail['links']> {
    const rows = await db
        .selectFrom('complaint_link')
        .select(['id', 'kind', 'target_id as targetId', 'linked_at as at'])
        .where('complaint_id', '=', complaintId)
        .where('removed_at', 'is', null)
        .orderBy('linked_at')
        .orderBy('id')
        .execute();
    const targets = await linkTargets(db, orgId, rows);
    return rows.flatMap((row) => {
        const target = targets.get(row.targetId);
        return target === undefined ? [] : [{ ...row, ...target }];
    });
}

/** What linked things are called and how they stand, by their id. */
export async function linkTargets(
    db: ReadDb,
    orgId: Id,
    links: readonly { kind: ComplaintLinkKind; targetId: Id }[],
): Promise<Map<Id, LinkTarget>> {
    const idsOf = (kind: ComplaintLinkKind) => links.filter((each) => each.kind === kind).map((each) => each.targetId);
    const found = (table: 'act' | 'case', ids: readonly Id[]) =>
        ids.length === 0
            ? []
            : db
                  .selectFrom(table as 'act')
                  .select(['id', 'number', 'state'])
                  .where('org_id', '=', orgId)
                  .where('id', 'in', ids)
                  .execute();
    const documents = idsOf('document');
    const papers =
        documents.length === 0
            ? []
            : await db
                  .selectFrom('document')
                  .select(['id', 'number', 'state', 'type'])
                  .where('org_id', '=', orgId)
                  .where('id', 'in', documents)
                  .execute();
    const rows = [...(await found('act', idsOf('act'))), ...(await found('case', idsOf('case')))];
    // A document that has no number yet is called by its type on the page.
    return new Map<Id, LinkTarget>([
        ...rows.map(
            ({ id, number, state }) => [id, { title: (number as string | null) ?? '', state, documentType: null }] as const,
        ),
        ...papers.map(({ id, number, state, type }) => [id, { title: number ?? '', state, documentType: type }] as const),
    ]);
}

type LinkTarget = { readonly title: string; readonly state: string; readonly documentType: DocumentType | null };

/** The document in which a complaint was answered: how it stands and what it says, to look for what must not stand there. */
export const replyDocument = (db: ReadDb, orgId: Id, id: Id) =>
    db.selectFrom('document').select(['state', 'content']).where('id', '=', id).where('org_id', '=', orgId).executeTakeFirst();

/** Complaints about a party for its page: what, when, how far; never who. */
export async function complaintsOfParty(db: ReadDb, orgId: Id, partyId: Id, clock: ServerTime): Promise<Item[]> {
    const rows = await selectItems(db, orgId)
        .where('c.party_id', '=', partyId)
        .orderBy('c.received_at', 'desc')
        .orderBy('c.id', 'desc')
        .execute();
    return rows.map((row) => itemOf(row, clock));
}
