import type { Id } from '@liuhen/domain';
import { insertRow, insertRows, updateRow, updateRows } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertTraining = (tx: Tx, values: Parameters<typeof insertRow<'training'>>[2]) => insertRow(tx, 'training', values);

export const updateTraining = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'training'>>[3]) =>
    updateRow(tx, 'training', at, patch);

export const lockTraining = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('training')
        .select(['id', 'version', 'from_day as fromDay', 'cancelled_at as cancelledAt'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const knownPersons = async (tx: Tx, ids: readonly Id[]): Promise<number> =>
    (await tx.db.selectFrom('person').select('id').where('id', 'in', ids).where('org_id', '=', tx.orgId).execute()).length;

/** Attendances of these people that stand. */
export const openAttendances = async (tx: Tx, trainingId: Id, personIds: readonly Id[]): Promise<Id[]> => {
    const rows = await tx.db
        .selectFrom('training_attendance')
        .select('id')
        .where('training_id', '=', trainingId)
        .where('person_id', 'in', personIds)
        .where('removed_at', 'is', null)
        .forUpdate()
        .execute();
    return rows.map(({ id }) => id);
};

export const attendanceById = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('training_attendance')
        .select(['id', 'training_id as trainingId'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .where('removed_at', 'is', null)
        .forUpdate()
        .executeTakeFirst();

export const insertAttendances = (tx: Tx, rows: Parameters<typeof insertRows<'training_attendance'>>[2]) =>
    insertRows(tx, 'training_attendance', rows);

export const endAttendances = (tx: Tx, ids: readonly Id[], why: string) =>
    updateRows(tx, 'training_attendance', ids, { removed_at: tx.now, removed_by: tx.actor, removed_why: why });
