import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const EXCUSE_KEYS = ['late_excuse_recording', 'late_excuse_act'] as const;

export const insertExcuse = (tx: Tx, values: Parameters<typeof insertRow<'late_excuse'>>[2]) =>
    insertRow(tx, 'late_excuse', values);

export const updateExcuse = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'late_excuse'>>[3]) =>
    updateRow(tx, 'late_excuse', at, patch);

export const lockExcuse = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('late_excuse')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

/** A reason that stands or waits. */
export async function openExcuse(tx: Tx, of: { recordingId: Id } | { actId: Id; personId: Id }) {
    const open = tx.db.selectFrom('late_excuse').select('state').where('state', 'in', ['waiting', 'accepted']);
    const own =
        'recordingId' in of
            ? open.where('recording_id', '=', of.recordingId)
            : open.where('act_id', '=', of.actId).where('person_id', '=', of.personId);
    return (await own.executeTakeFirst())?.state ?? null;
}

export const recordingForExcuse = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('recording')
        .select([
            'id',
            'person_id',
            'act_id',
            'received_at',
            'display_name',
            'device_end',
            'true_end',
            'true_end_lower',
            'true_end_upper',
        ])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const actForExcuse = (tx: Tx, actId: Id, personId: Id) =>
    tx.db
        .selectFrom('act as a')
        .innerJoin('act_participant as p', 'p.act_id', 'a.id')
        .select(['a.id', 'a.number', 'a.ends_at'])
        .where('a.id', '=', actId)
        .where('a.org_id', '=', tx.orgId)
        .where('p.person_id', '=', personId)
        .where('p.removed_at', 'is', null)
        .executeTakeFirst();

export const personOfRecording = async (tx: Tx, id: Id): Promise<Id | null> =>
    (await tx.db.selectFrom('recording').select('person_id').where('id', '=', id).executeTakeFirst())?.person_id ?? null;
