import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, type PlanItem } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

type Item = ResponseOf<Endpoints['plan.list']>['items'][number];
type Detail = ResponseOf<Endpoints['plan.get']>;
type Person = { id: Id; name: string; certificateNumber: string | null };

const plansOf = (db: ReadDb, orgId: Id) =>
    db.selectFrom('inspection_plan').selectAll().where('org_id', '=', orgId).orderBy('year', 'desc').orderBy('id', 'desc');
type Row = Awaited<ReturnType<ReturnType<typeof plansOf>['executeTakeFirstOrThrow']>>;

const itemsOf = (row: Row): readonly PlanItem[] => row.items as readonly PlanItem[];

const itemOf = (row: Row, people: ReadonlyMap<Id, Person>): Item => ({
    id: row.id,
    year: row.year,
    title: row.title,
    state: row.state,
    itemCount: itemsOf(row).length,
    draftedBy: people.get(row.drafted_by) ?? { id: row.drafted_by, name: '', certificateNumber: null },
    approvedAt: row.approved_at,
    publishedDay: row.published_day,
});

async function peopleOf(db: ReadDb, ids: readonly (Id | null)[]): Promise<Map<Id, Person>> {
    const rows = await db
        .selectFrom('person')
        .select(['id', 'name', 'certificate_number as certificateNumber'])
        .where(sql<boolean>`id = any (${ids.filter((each) => each !== null)}::uuid[])`)
        .execute();
    return new Map(rows.map((row) => [row.id, row]));
}

export async function listPlans(db: ReadDb, orgId: Id): Promise<ResponseOf<Endpoints['plan.list']>> {
    const rows = await plansOf(db, orgId).execute();
    const people = await peopleOf(
        db,
        rows.map((row) => row.drafted_by),
    );
    return { items: rows.map((row) => itemOf(row, people)) };
}

export async function getPlan(db: ReadDb, orgId: Id, id: Id): Promise<Detail> {
    const row = await plansOf(db, orgId).where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('plan.notFound');
    const people = await peopleOf(db, [row.drafted_by, row.submitted_by, row.approved_by]);
    const items = itemsOf(row);
    const progress = await progressOf(
        db,
        items.map((each) => each.id),
    );
    return {
        ...itemOf(row, people),
        items: items.map((each) => ({ ...each, ...(progress.get(each.id) ?? { tasks: 0, done: 0 }) })),
        submittedBy: people.get(row.submitted_by ?? '') ?? null,
        approvedBy: people.get(row.approved_by ?? '') ?? null,
        publishedAt: row.published_at_place,
        reason: row.reason,
        version: row.version,
    };
}

async function progressOf(db: ReadDb, items: readonly Id[]): Promise<Map<Id, { tasks: number; done: number }>> {
    if (items.length === 0) return new Map();
    const rows = await db
        .selectFrom('task')
        .where('plan_item_id', 'in', items)
        .groupBy('plan_item_id')
        .select((of) => ['plan_item_id', of.fn.countAll<number>().as('tasks')])
        .select(sql<number>`(count(*) filter (where state = 'done'))::int`.as('done'))
        .execute();
    return new Map(
        rows.flatMap(({ plan_item_id, tasks, done }) => (plan_item_id === null ? [] : [[plan_item_id, { tasks, done }]])),
    );
}
