import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertRecording = (tx: Tx, values: Parameters<typeof insertRow<'recording'>>[2]) =>
    insertRow(tx, 'recording', values);

export const updateRecording = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'recording'>>[3]) =>
    updateRow(tx, 'recording', at, patch);

/** Notes what a look at the stored bytes of a blob found. */
export async function markCopy(tx: Tx, blobId: Id, state: 'verified' | 'damaged'): Promise<void> {
    const copy = await tx.db
        .selectFrom('blob_copy')
        .select(['id', 'version'])
        .where('blob_id', '=', blobId)
        .forUpdate()
        .executeTakeFirstOrThrow();
    await updateRow(tx, 'blob_copy', copy, { state, verified_at: tx.now });
}

/**
 * The same bytes came again whole, and the store has them once more: what was marked damaged is read anew before it counts as
 * sealed. Gives the recordings concerned. Rows in the order in which they are marked, so that neither waits for the other.
 */
export async function healBlob(tx: Tx, blobId: Id): Promise<Id[]> {
    const damaged = await tx.db
        .selectFrom('recording')
        .select(['id', 'version'])
        .where('blob_id', '=', blobId)
        .where('org_id', '=', tx.orgId)
        .where('state', '=', 'damaged')
        .orderBy('id')
        .forUpdate()
        .execute();
    const copies = await tx.db
        .selectFrom('blob_copy')
        .select(['id', 'version'])
        .where('blob_id', '=', blobId)
        .where('state', '=', 'damaged')
        .forUpdate()
        .execute();
    for (const copy of copies) await updateRow(tx, 'blob_copy', copy, { state: 'stored', verified_at: null });
    // What replaced it is another version, which no store was told to keep yet.
    await tx.db
        .deleteFrom('object_lock')
        .where('org_id', '=', tx.orgId)
        .where('key', 'in', (of) => of.selectFrom('blob_copy').select('key').where('blob_id', '=', blobId))
        .execute();
    for (const recording of damaged) await updateRow(tx, 'recording', recording, { state: 'registered' });
    return damaged.map((each) => each.id);
}

export const insertInterval = (tx: Tx, values: Parameters<typeof insertRow<'recording_interval'>>[2]) =>
    insertRow(tx, 'recording_interval', values);

export const updateInterval = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'recording_interval'>>[3],
) => updateRow(tx, 'recording_interval', at, patch);

export const insertViewing = (tx: Tx, values: Parameters<typeof insertRow<'viewing'>>[2]) => insertRow(tx, 'viewing', values);

export const closeViewing = (tx: Tx, at: { id: Id; version: number }, patch: { closed_at: number; played: string }) =>
    updateRow(tx, 'viewing', at, patch);

/** The row for a decision that changes it: locked until the command ends. */
export const lockRecording = (tx: Tx, id: Id) =>
    tx.db.selectFrom('recording').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

/** The rows of all recordings with the same stored bytes as this one, it among them; in one order, so that two never wait for each other. */
export const lockRecordingsOnBlobOf = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('recording')
        .select(['id', 'version', 'state', 'blob_id'])
        .where('blob_id', '=', (same) => same.selectFrom('recording').select('blob_id').where('id', '=', id))
        .where('org_id', '=', tx.orgId)
        .orderBy('id')
        .forUpdate()
        .execute();
