import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const DEVICE_KEYS = ['device_number', 'device_issue_open'] as const;

/** The row for a decision that changes it or its issue: locked until the command ends. */
export const lockDevice = (tx: Tx, id: Id) =>
    tx.db.selectFrom('device').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

/** Locked, so that two recorders are not handed to one person at the same moment; foreign keys to the person still pass. */
export const lockReceiver = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('person')
        .select(['id', 'name', 'left_at'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forNoKeyUpdate()
        .executeTakeFirst();

export const deviceWithNumber = (tx: Tx, number: string) =>
    tx.db.selectFrom('device').select('id').where('org_id', '=', tx.orgId).where('number', '=', number).executeTakeFirst();

/** The issue that has not ended yet, with the holder's name. */
export const openIssue = (tx: Tx, deviceId: Id) =>
    tx.db
        .selectFrom('device_issue as i')
        .innerJoin('person as p', 'p.id', 'i.person_id')
        .select(['i.id', 'i.version', 'i.person_id', 'i.issued_at', 'p.name as holder'])
        .where('i.device_id', '=', deviceId)
        .where('i.returned_at', 'is', null)
        .executeTakeFirst();

/** Recorders a person has now; a lost one does not keep its holder from getting another. */
export async function recordersOf(tx: Tx, personId: Id): Promise<string[]> {
    const rows = await tx.db
        .selectFrom('device_issue as i')
        .innerJoin('device as d', 'd.id', 'i.device_id')
        .select('d.number')
        .where('i.person_id', '=', personId)
        .where('i.returned_at', 'is', null)
        .where('d.kind', '=', 'recorder')
        .where('d.state', '<>', 'lost')
        .orderBy('d.number')
        .execute();
    return rows.map((row) => row.number);
}

export const insertDevice = (tx: Tx, values: Parameters<typeof insertRow<'device'>>[2]) => insertRow(tx, 'device', values);

export const updateDevice = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'device'>>[3]) =>
    updateRow(tx, 'device', at, patch);

export const insertIssue = (tx: Tx, values: Parameters<typeof insertRow<'device_issue'>>[2]) =>
    insertRow(tx, 'device_issue', values);

export const endIssue = (tx: Tx, at: { id: Id; version: number }, patch: { returned_at: number; return_note: string | null }) =>
    updateRow(tx, 'device_issue', at, patch);
