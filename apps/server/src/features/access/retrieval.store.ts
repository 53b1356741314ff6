import { DomainError, type Id } from '@liuhen/domain';
import { insertRow, insertRows, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertRetrieval = (tx: Tx, values: Parameters<typeof insertRow<'retrieval'>>[2]) =>
    insertRow(tx, 'retrieval', values);

export const insertRetrievalItems = (tx: Tx, rows: Parameters<typeof insertRows<'retrieval_item'>>[2]) =>
    insertRows(tx, 'retrieval_item', rows);

export const updateRetrieval = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'retrieval'>>[3]) =>
    updateRow(tx, 'retrieval', at, patch);

export const lockRetrieval = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('retrieval')
        .select(['id', 'version', 'number', 'state', 'act_id', 'case_id', 'requested_by as requestedBy'])
        .select(['packing_id', 'packing_by', 'packing_since', 'packing_medium'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

/** In the place of what the same making issued before. */
export async function putPackage(tx: Tx, values: Parameters<typeof insertRow<'retrieval_package'>>[2]): Promise<void> {
    const before = await lockPackage(tx, values.id);
    if (before === undefined) await insertRow(tx, 'retrieval_package', values);
    else await updateRow(tx, 'retrieval_package', before, values);
}

export async function setPackageBlob(tx: Tx, id: Id, blobId: Id): Promise<void> {
    const before = await lockPackage(tx, id);
    if (before === undefined) throw new DomainError('retrieval.notPackaged');
    await updateRow(tx, 'retrieval_package', before, { blob_id: blobId });
}

const lockPackage = (tx: Tx, id: Id) =>
    tx.db.selectFrom('retrieval_package').select(['id', 'version']).where('id', '=', id).forUpdate().executeTakeFirst();

export const insertDownload = (tx: Tx, values: Parameters<typeof insertRow<'retrieval_download'>>[2]) =>
    insertRow(tx, 'retrieval_download', values);

export const insertHandover = (tx: Tx, values: Parameters<typeof insertRow<'retrieval_handover'>>[2]) =>
    insertRow(tx, 'retrieval_handover', values);

export const insertReceiptPaper = (tx: Tx, values: Parameters<typeof insertRow<'retrieval_paper'>>[2]) =>
    insertRow(tx, 'retrieval_paper', values);
