import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    addDays,
    byClock,
    DomainError,
    dayOf,
    daysBetween,
    type Id,
    needTrustedClock,
    PENDING_TASK_STATES,
    type ServerTime,
    type TaskPart,
    type TaskState,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, type Found, lookUp } from '../../platform/search.ts';

type Query = QueryOf<Endpoints['task.list']>;
type Item = ResponseOf<Endpoints['task.list']>['items'][number];
type Detail = ResponseOf<Endpoints['task.get']>;

const cursorShape = z.tuple([z.string().max(10), z.uuid()]);
/** Due within so many days counts as soon; the list's own word, no figure of a law. */
const SOON_DAYS = 7;

const tasksOf = (db: ReadDb, orgId: Id) =>
    db.selectFrom('task as t').leftJoin('party as y', 'y.id', 't.party_id').where('t.org_id', '=', orgId);

const ITEM_COLUMNS = [
    't.id',
    't.number',
    't.origin',
    't.title',
    't.scenario',
    't.place',
    't.due_day as dueDay',
    't.state',
    't.result',
    'y.id as partyId',
    'y.name as partyName',
] as const;

const selectItems = (db: ReadDb, orgId: Id) => tasksOf(db, orgId).select(ITEM_COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;

const isPending = (state: TaskState): boolean => (PENDING_TASK_STATES as readonly TaskState[]).includes(state);

const itemOf = ({ partyId, partyName, ...row }: Row, people: readonly OnTask[], clock: ServerTime): Item => ({
    ...row,
    party: partyId === null || partyName === null ? null : { id: partyId, name: partyName },
    officers: people.filter((each) => each.part !== 'assistant').map(refOf),
    assistants: people.filter((each) => each.part === 'assistant').map(refOf),
    daysLeft: isPending(row.state) ? byClock(clock, daysBetween(dayOf(clock.now), row.dueDay)) : null,
});

/** One page of tasks by their due day: what is late stands before what will be. */
export async function listTasks(
    db: ReadDb,
    orgId: Id,
    me: Id,
    query: Query,
    clock: ServerTime,
): Promise<ResponseOf<Endpoints['task.list']>> {
    const today = dayOf(clock.now);
    const of = await tasksAskedFor(db, orgId, me, query);
    const counts = await of
        .select(sql<number>`(count(*) filter (where t.state in ('open', 'assigned', 'started')))::int`.as('pending'))
        .select(
            sql<number>`(count(*) filter (where t.state in ('open', 'assigned', 'started') and t.due_day < ${today}))::int`.as(
                'late',
            ),
        )
        .select(
            sql<number>`(count(*) filter (where t.state in ('open', 'assigned', 'started') and t.due_day between ${today} and ${addDays(today, SOON_DAYS)}))::int`.as(
                'soon',
            ),
        )
        .select(sql<number>`(count(*) filter (where t.state in ('done', 'returned')))::int`.as('ended'))
        .executeTakeFirstOrThrow();

    let filtered = of;
    if (query.due !== undefined || query.state === 'pending') filtered = filtered.where('t.state', 'in', PENDING_TASK_STATES);
    if (query.state !== undefined && query.state !== 'pending') filtered = filtered.where('t.state', '=', query.state);
    if (query.due !== undefined) needTrustedClock(clock);
    if (query.due === 'late') filtered = filtered.where('t.due_day', '<', today);
    if (query.due === 'soon')
        filtered = filtered.where('t.due_day', '>=', today).where('t.due_day', '<=', addDays(today, SOON_DAYS));
    const { total } = await filtered.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const after = cursorKeys(cursorShape, query.cursor);
    const rest =
        after === undefined ? filtered : filtered.where(sql<boolean>`(t.due_day, t.id) > (${after[0]}, ${after[1]}::uuid)`);
    const found = await rest
        .select(ITEM_COLUMNS)
        .orderBy('t.due_day')
        .orderBy('t.id')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.dueDay, row.id]);
    const officers = await peopleOfTasks(
        db,
        rows.map((row) => row.id),
    );
    return {
        items: rows.map((row) => itemOf(row, officers.get(row.id) ?? [], clock)),
        ...{ next, total },
        counts: { ...counts, late: byClock(clock, counts.late), soon: byClock(clock, counts.soon) },
    };
}

/** A task is found by its own text and by its party's. */
function foundBy({ word, ids }: Found<'task' | 'party'>) {
    if (ids === undefined)
        return sql<boolean>`(${containing('t.search_text', word)} or coalesce(${containing('y.search_text', word)}, false))`;
    return sql<boolean>`t.id in (
        select unnest(${ids.task}::uuid[])
        union select id from task where party_id = any (${ids.party}::uuid[]))`;
}

async function tasksAskedFor(db: ReadDb, orgId: Id, me: Id, query: Query) {
    let asked = tasksOf(db, orgId);
    for (const found of await lookUp(db, query.q, ['task', 'party'])) asked = asked.where(foundBy(found));
    if (query.whose === 'me')
        asked = asked.where((any) =>
            any.exists(
                any
                    .selectFrom('task_officer as o')
                    .select('o.id')
                    .whereRef('o.task_id', '=', 't.id')
                    .where('o.removed_at', 'is', null)
                    .where('o.person_id', '=', me),
            ),
        );
    if (query.origin !== undefined) asked = asked.where('t.origin', '=', query.origin);
    if (query.partyId !== undefined) asked = asked.where('t.party_id', '=', query.partyId);
    if (query.drawId !== undefined) asked = asked.where('t.draw_id', '=', query.drawId);
    if (query.planItemId !== undefined) asked = asked.where('t.plan_item_id', '=', query.planItemId);
    if (query.complaintId !== undefined) asked = asked.where('t.complaint_id', '=', query.complaintId);
    if (query.afterDocumentId !== undefined) asked = asked.where('t.after_document_id', '=', query.afterDocumentId);
    return asked;
}

/** Everybody on the tasks; a row from before parts were kept is an officer's. */
async function peopleOfTasks(db: ReadDb, taskIds: readonly Id[]): Promise<Map<Id, OnTask[]>> {
    if (taskIds.length === 0) return new Map();
    const rows = await db
        .selectFrom('task_officer as o')
        .innerJoin('person as p', 'p.id', 'o.person_id')
        .select(['o.task_id', 'o.part', 'p.id', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('o.task_id', 'in', taskIds)
        .where('o.removed_at', 'is', null)
        .orderBy('o.id')
        .execute();
    return Map.groupBy(rows, (row) => row.task_id);
}

type OnTask = Item['officers'][number] & { readonly part: TaskPart | null };
const refOf = ({ id, name, certificateNumber }: OnTask): Item['officers'][number] => ({ id, name, certificateNumber });

export async function getTask(db: ReadDb, orgId: Id, id: Id, clock: ServerTime): Promise<Detail> {
    const row = await selectItems(db, orgId)
        .leftJoin('premises as s', 's.id', 't.premises_id')
        .leftJoin('draw as d', 'd.id', 't.draw_id')
        .leftJoin('complaint as c', 'c.id', 't.complaint_id')
        .leftJoin('act as f', 'f.id', 't.after_act_id')
        .leftJoin('document as w', 'w.id', 't.after_document_id')
        .select(['t.external_id', 't.source', 't.note', 't.created_at', 't.started_at', 't.ended_at', 't.result_note'])
        .select(['t.return_reason', 't.plan_item_id', 't.version', 'y.address as partyAddress'])
        .select(['s.id as premisesId', 's.name as premisesName', 's.address as premisesAddress'])
        .select(['d.id as drawId', 'd.number as drawNumber', 'c.id as complaintId', 'c.number as complaintNumber'])
        .select(['f.id as afterId', 'f.number as afterNumber'])
        .select(['w.id as afterDocumentId', 'w.type as afterType', 'w.number as afterDocumentNumber'])
        .where('t.id', '=', id)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('task.notFound');
    const named = (ref: Id | null, number: string | null) => (ref === null || number === null ? null : { id: ref, number });
    const { premisesId, premisesName, premisesAddress } = row;
    return {
        ...itemOf(row, (await peopleOfTasks(db, [id])).get(id) ?? [], clock),
        premises:
            premisesId === null || premisesName === null || premisesAddress === null
                ? null
                : { id: premisesId, name: premisesName, address: premisesAddress },
        address: premisesAddress ?? row.place ?? row.partyAddress,
        externalId: row.external_id,
        source: row.source,
        note: row.note,
        createdAt: row.created_at,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        resultNote: row.result_note,
        returnReason: row.return_reason,
        acts: await actsOf(db, id),
        draw: named(row.drawId, row.drawNumber),
        complaint: named(row.complaintId, row.complaintNumber),
        planItemId: row.plan_item_id,
        afterAct: named(row.afterId, row.afterNumber),
        afterDocument:
            row.afterDocumentId === null || row.afterType === null
                ? null
                : { id: row.afterDocumentId, type: row.afterType, number: row.afterDocumentNumber },
        version: row.version,
    };
}

const actsOf = (db: ReadDb, taskId: Id): Promise<Detail['acts']> =>
    db
        .selectFrom('task_act as ta')
        .innerJoin('act as a', 'a.id', 'ta.act_id')
        .select(['a.id', 'a.number', 'a.starts_at as startsAt', 'a.state'])
        .where('ta.task_id', '=', taskId)
        .orderBy('a.starts_at')
        .orderBy('a.id')
        .execute();
