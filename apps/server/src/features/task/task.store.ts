import type { Id, TaskPart } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const TASK_KEYS = ['task_external', 'task_officer_once', 'task_act_once'] as const;

/** The row for a decision that changes it or what belongs to it: locked until the command ends. */
export const lockTask = (tx: Tx, id: Id) =>
    tx.db.selectFrom('task').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

export const premisesOf = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('premises')
        .select(['name', 'party_id as partyId'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const actOf = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('act')
        .select(['id', 'number', 'state', 'party_id as partyId'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const documentOf = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('document')
        .select(['type', 'state', 'act_id as actId'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const complaintExists = async (tx: Tx, id: Id): Promise<boolean> =>
    (await tx.db.selectFrom('complaint').select('id').where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst()) !==
    undefined;

export const officersOf = (tx: Tx, taskId: Id) =>
    tx.db
        .selectFrom('task_officer')
        .select(['id', 'version', 'person_id', 'part'])
        .where('task_id', '=', taskId)
        .where('removed_at', 'is', null)
        .execute();

/** The people named, as a decision about them needs them, in the order given; unknown ones are missing. */
export async function peopleOf(tx: Tx, ids: readonly Id[]) {
    if (ids.length === 0) return [];
    const rows = await tx.db
        .selectFrom('person')
        .select(['id as personId', 'name', 'kind', 'certificate_number as certificateNumber', 'left_at as leftAt'])
        .where('org_id', '=', tx.orgId)
        .where('id', 'in', [...new Set(ids)])
        .execute();
    const byId = new Map(rows.map((row) => [row.personId, row]));
    return ids.map((id) => byId.get(id));
}

export const actsOfTask = (tx: Tx, taskId: Id) =>
    tx.db
        .selectFrom('task_act as ta')
        .innerJoin('act as a', 'a.id', 'ta.act_id')
        .select(['a.id', 'a.state'])
        .where('ta.task_id', '=', taskId)
        .execute();

export const taskOfAct = (tx: Tx, actId: Id) =>
    tx.db
        .selectFrom('task_act as ta')
        .innerJoin('task as t', 't.id', 'ta.task_id')
        .select(['t.id', 't.number'])
        .where('ta.act_id', '=', actId)
        .executeTakeFirst();

export const insertTask = (tx: Tx, values: Parameters<typeof insertRow<'task'>>[2]) => insertRow(tx, 'task', values);

export const updateTask = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'task'>>[3]) =>
    updateRow(tx, 'task', at, patch);

export const insertOfficer = (tx: Tx, taskId: Id, personId: Id, part: TaskPart = 'officer') =>
    insertRow(tx, 'task_officer', { id: tx.newId(), task_id: taskId, person_id: personId, part });

export const removeOfficer = (tx: Tx, at: { id: Id; version: number }) =>
    updateRow(tx, 'task_officer', at, { removed_at: tx.now });

export const insertTaskAct = (tx: Tx, taskId: Id, actId: Id) =>
    insertRow(tx, 'task_act', { id: tx.newId(), task_id: taskId, act_id: actId });
