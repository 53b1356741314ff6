import { DomainError, decideTaskStart, type Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** The task an act is begun from, locked until the command ends. Throws `task.notFound` and what `decideTaskStart` throws. */
export async function taskToStart(tx: Tx, id: Id, partyId: Id | null) {
    const task = await tx.db
        .selectFrom('task')
        .select(['id', 'version', 'number', 'state', 'party_id', 'started_at'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
    if (task === undefined) throw new DomainError('task.notFound');
    decideTaskStart({ state: task.state, partyId: task.party_id }, { state: 'open', partyId });
    return task;
}

/** The act is the task's, and the task is started by its first one. */
export async function startTaskWith(tx: Tx, task: Awaited<ReturnType<typeof taskToStart>>, actId: Id): Promise<void> {
    await insertRow(tx, 'task_act', { id: tx.newId(), task_id: task.id, act_id: actId });
    await updateRow(tx, 'task', task, { state: 'started', started_at: task.started_at ?? tx.now });
}
