import type { ContentDigest, Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

/** The organisation's blob with this content, made with its copy when it is new. */
export async function blobFor(
    tx: Tx,
    digest: ContentDigest,
    copy: { storeId: Id; key: string },
): Promise<{ id: Id; isNew: boolean }> {
    const known = await tx.db
        .selectFrom('blob')
        .select('id')
        .where('org_id', '=', tx.orgId)
        .where('sha256', '=', bytes(digest.sha256))
        .where('size', '=', digest.size)
        .executeTakeFirst();
    if (known !== undefined) return { id: known.id, isNew: false };
    const blob = await insertRow(tx, 'blob', {
        id: tx.newId(),
        sha256: bytes(digest.sha256),
        sm3: bytes(digest.sm3),
        size: digest.size,
        chunk_root: bytes(digest.chunkRoot),
        chunk_digests: digest.chunkDigests,
    });
    await insertRow(tx, 'blob_copy', {
        id: tx.newId(),
        blob_id: blob.id,
        store: copy.storeId,
        key: copy.key,
        encoding: 'plain',
        state: 'stored',
    });
    return { id: blob.id, isNew: true };
}

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

export const insertInterval = (tx: Tx, values: Parameters<typeof insertRow<'recording_interval'>>[2]) =>
    insertRow(tx, 'recording_interval', values);

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
