import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    DomainError,
    type Id,
    type Inspection,
    isSecrecyHead,
    permissionsOf,
    RETRIEVAL_TABLE,
    type Subject,
    seesAllRetrievals,
    toHex,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import { packageDetails } from './package.queries.ts';

type Item = ResponseOf<Endpoints['retrieval.list']>['items'][number];
type Query = QueryOf<Endpoints['retrieval.list']>;

/** Retrievals that somebody sees: all or their own, and none of which an act is hidden from them (附件1 第12条). */
function visible(db: ReadDb, subject: Subject) {
    let found = db.selectFrom('retrieval as t').where('t.org_id', '=', subject.organisationId);
    if (!seesAllRetrievals(subject.roles)) found = found.where('t.requested_by', '=', subject.personId);
    if (!isSecrecyHead(subject))
        found = found.where(
            sql<boolean>`not exists (select from retrieval_item hi join recording hr on hr.id = hi.recording_id
                join act secret on secret.id = hr.act_id where hi.retrieval_id = t.id and secret.secrecy is not null
                and not exists (select from act_participant concerned where concerned.act_id = secret.id
                    and concerned.removed_at is null and concerned.person_id = ${subject.personId}))`,
        );
    return found;
}

const SIZE = sql<bigint>`(select coalesce(sum(b.size), 0) from retrieval_item i join recording r on r.id = i.recording_id
    join blob b on b.id = r.blob_id where i.retrieval_id = t.id)`;
const COUNT = sql<number>`(select count(*) from retrieval_item i where i.retrieval_id = t.id)`;

const itemQuery = (found: ReturnType<typeof visible>) =>
    found
        .innerJoin('person as p', 'p.id', 't.requested_by')
        .leftJoin('person as d', 'd.id', 't.decided_by')
        .leftJoin('person as w', 'w.id', 't.withdrawn_by')
        .leftJoin('act as a', 'a.id', 't.act_id')
        .leftJoin('case as c', 'c.id', 't.case_id')
        .select(['t.id', 't.number', 't.source', 't.purpose', 't.proceeding', 't.basis', 't.recipient', 't.reason', 't.state'])
        .select(['t.requested_at', 't.decided_at', 't.decided_note', 't.withdrawn_at', 't.withdrawn_why'])
        .select(['p.id as p_id', 'p.name as p_name', 'p.certificate_number as p_number'])
        .select(['d.id as d_id', 'd.name as d_name', 'd.certificate_number as d_number'])
        .select(['w.id as w_id', 'w.name as w_name', 'w.certificate_number as w_number'])
        .select(['a.id as a_id', 'a.number as a_number', 'c.id as c_id', 'c.number as c_number'])
        .select([COUNT.as('count'), SIZE.as('size')]);

type Row = Awaited<ReturnType<ReturnType<typeof itemQuery>['executeTakeFirstOrThrow']>>;

const person = (id: Id | null, name: string | null, certificateNumber: string | null) =>
    id === null || name === null ? null : { id, name, certificateNumber };
const numbered = (id: Id | null, number: string | null) => (id === null || number === null ? null : { id, number });

function itemOf(row: Row): Item {
    const decidedBy = person(row.d_id, row.d_name, row.d_number);
    const withdrawnBy = person(row.w_id, row.w_name, row.w_number);
    const { id, number, source, purpose, proceeding, basis, recipient, reason, state } = row;
    return {
        ...{ id, number, source, purpose, proceeding, basis, recipient, reason, state },
        act: numbered(row.a_id, row.a_number),
        case: numbered(row.c_id, row.c_number),
        recordings: row.count,
        size: String(row.size),
        requestedBy: { id: row.p_id, name: row.p_name, certificateNumber: row.p_number },
        requestedAt: row.requested_at,
        decided:
            decidedBy === null || row.decided_at === null ? null : { by: decidedBy, at: row.decided_at, note: row.decided_note },
        withdrawn:
            withdrawnBy === null || row.withdrawn_at === null
                ? null
                : { by: withdrawnBy, at: row.withdrawn_at, why: row.withdrawn_why ?? '' },
    };
}

const CURSOR = z.tuple([z.union([z.int(), z.string().regex(/^\d{1,20}$/)]), z.uuid()]);

/** The register of retrievals (附件1 第19条: 对查阅、调取音像资料实行登记). */
export async function listRetrievals(
    db: ReadDb,
    subject: Subject,
    query: Query,
): Promise<ResponseOf<Endpoints['retrieval.list']>> {
    const found = filtered(visible(db, subject), query);
    const { total } = await found.select((each) => each.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const key = query.sort === 'largest' ? SIZE : sql<number>`t.requested_at`;
    const order = query.sort === 'earliest' ? ('asc' as const) : ('desc' as const);
    const after = order === 'asc' ? sql`>` : sql`<`;
    const [at, id] = cursorKeys(CURSOR, query.cursor) ?? [];
    const rows = await itemQuery(found)
        .$if(id !== undefined, (some) => some.where(sql<boolean>`(${key}, t.id) ${after} (${at}::numeric, ${id}::uuid)`))
        .orderBy(key, order)
        .orderBy('t.id', order)
        .limit(query.limit + 1)
        .execute();
    const page = pageOf(rows, query.limit, (row) => [query.sort === 'largest' ? String(row.size) : row.requested_at, row.id]);
    return { items: page.rows.map(itemOf), next: page.next, total };
}

function filtered(from: ReturnType<typeof visible>, query: Query) {
    let found = from;
    for (const word of searchWords(query.q)) found = found.where(containing('t.search_text', word));
    if (query.state !== undefined) found = found.where('t.state', '=', query.state);
    if (query.purpose !== undefined) found = found.where('t.purpose', '=', query.purpose);
    if (query.actId !== undefined) found = found.where('t.act_id', '=', query.actId);
    if (query.caseId !== undefined) found = found.where('t.case_id', '=', query.caseId);
    if (query.from !== undefined) found = found.where('t.requested_at', '>=', query.from);
    if (query.to !== undefined) found = found.where('t.requested_at', '<', query.to);
    if (query.recordingId !== undefined)
        found = found.where(
            sql<boolean>`exists (select from retrieval_item i where i.retrieval_id = t.id and i.recording_id = ${query.recordingId})`,
        );
    return found;
}

/** Requests that wait for the consent of this head: those of others. */
export async function countWaiting(db: ReadDb, subject: Subject): Promise<{ count: number }> {
    if (!permissionsOf(subject.roles).includes('retrieval.decide')) return { count: 0 };
    return visible(db, subject)
        .where('t.state', '=', 'requested')
        .where('t.requested_by', '<>', subject.personId)
        .select((each) => each.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
}

/** `retrieval.notFound` also for whoever may not see it. */
export async function getRetrieval(
    db: ReadDb,
    subject: Subject,
    id: Id,
): Promise<Omit<ResponseOf<Endpoints['retrieval.get']>, 'discsPossible' | 'discBytes'>> {
    const row = await itemQuery(visible(db, subject)).where('t.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('retrieval.notFound');
    const may = permissionsOf(subject.roles);
    const own = row.p_id === subject.personId;
    return {
        ...itemOf(row),
        mayDecide: row.state === 'requested' && may.includes('retrieval.decide') && !own,
        mayWithdraw:
            RETRIEVAL_TABLE.withdraw.from.includes(row.state) &&
            may.includes('retrieval.request') &&
            (own || subject.roles.includes('recordingManager')),
        mayProvide: may.includes('retrieval.provide'),
        items: await itemsOf(db, id),
        ...(await packageDetails(db, id)),
    };
}

async function itemsOf(db: ReadDb, id: Id): Promise<ResponseOf<Endpoints['retrieval.get']>['items']> {
    const rows = await db
        .selectFrom('retrieval_item as i')
        .innerJoin('recording as r', 'r.id', 'i.recording_id')
        .innerJoin('blob as b', 'b.id', 'r.blob_id')
        .leftJoin('person as p', 'p.id', 'r.person_id')
        .leftJoin('device as v', 'v.id', 'r.device_id')
        .select(['i.id', 'r.id as recordingId', 'r.display_name', 'r.device_start', 'r.inspection', 'v.number as device'])
        .select(['p.id as p_id', 'p.name as p_name', 'p.certificate_number as p_number', 'b.size', 'b.sha256', 'b.sm3'])
        .where('i.retrieval_id', '=', id)
        .orderBy('i.place')
        .execute();
    return rows.map((row) => ({
        id: row.id,
        recording: { id: row.recordingId, name: row.display_name },
        officer: person(row.p_id, row.p_name, row.p_number),
        device: row.device,
        start: row.device_start,
        durationMs: (row.inspection as Inspection | null)?.durationMs ?? null,
        size: String(row.size),
        sha256: toHex(row.sha256),
        sm3: toHex(row.sm3),
    }));
}
