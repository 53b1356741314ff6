import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertPrint = (tx: Tx, values: Parameters<typeof insertRow<'document_print'>>[2]) =>
    insertRow(tx, 'document_print', values);

export const insertSignature = (tx: Tx, values: Parameters<typeof insertRow<'document_signature'>>[2]) =>
    insertRow(tx, 'document_signature', values);

export const insertCorrection = (tx: Tx, values: Parameters<typeof insertRow<'document_correction'>>[2]) =>
    insertRow(tx, 'document_correction', values);

export const insertScan = (tx: Tx, values: Parameters<typeof insertRow<'document_scan'>>[2]) =>
    insertRow(tx, 'document_scan', values);

export const insertSealUse = (tx: Tx, values: Parameters<typeof insertRow<'seal_use'>>[2]) => insertRow(tx, 'seal_use', values);

export const printOf = (tx: Tx, documentId: Id, id: Id) =>
    tx.db
        .selectFrom('document_print')
        .selectAll()
        .where('id', '=', id)
        .where('document_id', '=', documentId)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

/** Signatures of a document that is written anew: they stay, and count no more. Gives how many. */
export async function supersedeSignatures(tx: Tx, documentId: Id): Promise<number> {
    const live = await tx.db
        .selectFrom('document_signature')
        .select(['id', 'version'])
        .where('document_id', '=', documentId)
        .where('superseded_at', 'is', null)
        .forUpdate()
        .execute();
    for (const signature of live) await updateRow(tx, 'document_signature', signature, { superseded_at: tx.now });
    return live.length;
}

export const lockCorrection = (tx: Tx, documentId: Id, id: Id) =>
    tx.db
        .selectFrom('document_correction')
        .select(['id', 'version', 'needs_signature', 'signed_at'])
        .where('id', '=', id)
        .where('document_id', '=', documentId)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const signCorrection = (tx: Tx, at: { id: Id; version: number }) =>
    updateRow(tx, 'document_correction', at, { signed_at: tx.now });
