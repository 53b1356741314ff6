import { hasCodes, type Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertScan = (tx: Tx, values: Parameters<typeof insertRow<'document_scan'>>[2]) =>
    insertRow(tx, 'document_scan', values);

export const updateScan = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'document_scan'>>[3]) =>
    updateRow(tx, 'document_scan', at, patch);

/** Of one document; without it whichever has it. */
export const lockScan = (tx: Tx, id: Id, documentId?: Id) =>
    tx.db
        .selectFrom('document_scan')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .$if(documentId !== undefined, (scans) => scans.where('document_id', '=', documentId ?? ''))
        .forUpdate()
        .executeTakeFirst();

/** All scans with the same stored bytes, in one order, so that two commands never wait for each other. */
const lockScansOn = (tx: Tx, blobId: Id) =>
    tx.db
        .selectFrom('document_scan')
        .select(['id', 'version', 'document_id', 'role', 'finding'])
        .where('blob_id', '=', blobId)
        .where('org_id', '=', tx.orgId)
        .orderBy('id')
        .forUpdate()
        .execute();

async function markCopies(tx: Tx, blobId: Id, state: 'stored' | 'damaged'): Promise<void> {
    const copies = await tx.db
        .selectFrom('blob_copy')
        .select(['id', 'version'])
        .where('blob_id', '=', blobId)
        .where('state', state === 'stored' ? '=' : '<>', 'damaged')
        .orderBy('id')
        .forUpdate()
        .execute();
    for (const copy of copies)
        await updateRow(tx, 'blob_copy', copy, { state, verified_at: state === 'damaged' ? tx.now : null });
}

/** The stored bytes are not what came in: no scan on them is shown any more. Gives those that were whole until now. */
export async function damageScans(tx: Tx, blobId: Id) {
    const hit = (await lockScansOn(tx, blobId)).filter(({ finding }) => finding !== 'damaged');
    for (const scan of hit) await updateScan(tx, scan, { finding: 'damaged' });
    await markCopies(tx, blobId, 'damaged');
    return hit;
}

/** The same bytes came again whole, and the store has them once more. Gives the scans that are looked at anew. */
export async function healScans(tx: Tx, blobId: Id) {
    const hit = (await lockScansOn(tx, blobId)).filter(({ finding }) => finding === 'damaged');
    for (const scan of hit) await updateScan(tx, scan, { finding: hasCodes(scan.role) ? 'waiting' : 'notRead' });
    await markCopies(tx, blobId, 'stored');
    return hit;
}
