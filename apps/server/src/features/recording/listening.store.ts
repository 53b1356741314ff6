import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const LISTEN_TASK = 'recording.listen';

/** One of an organisation's recordings at a time: recognising speech is work of minutes, and nobody waits at the screen for it. */
export function listenLater(tx: Tx, recordingId: Id, afterMs: number): void {
    tx.enqueue({
        task: LISTEN_TASK,
        payload: { recordingId },
        key: `${LISTEN_TASK}:${recordingId}`,
        queue: `${LISTEN_TASK}:${tx.orgId}`,
        afterMs,
    });
}

export const lockListening = (tx: Tx, recordingId: Id) =>
    tx.db
        .selectFrom('listening')
        .select(['id', 'version', 'state'])
        .where('recording_id', '=', recordingId)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

type Listening = Omit<Parameters<typeof insertRow<'listening'>>[2], 'id' | 'recording_id'>;

/** How far it is now; the row of a recording is kept from the first time on. */
export async function keepListening(tx: Tx, recordingId: Id, values: Listening): Promise<void> {
    const before = await lockListening(tx, recordingId);
    if (before === undefined) await insertRow(tx, 'listening', { id: tx.newId(), recording_id: recordingId, ...values });
    else await updateRow(tx, 'listening', before, values);
}

export const insertPlace = (tx: Tx, values: Parameters<typeof insertRow<'heard_place'>>[2]) =>
    insertRow(tx, 'heard_place', values);

export const updatePlace = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'heard_place'>>[3]) =>
    updateRow(tx, 'heard_place', at, patch);

export const lockPlace = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('heard_place')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const placesOf = (tx: Tx, recordingId: Id) =>
    tx.db
        .selectFrom('heard_place')
        .select(['id', 'version', 'kind', 'media_ms', 'state'])
        .where('recording_id', '=', recordingId)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .execute();
