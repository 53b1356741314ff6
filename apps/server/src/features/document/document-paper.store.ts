import { DomainError, type Id, toHex } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertPrint = (tx: Tx, values: Parameters<typeof insertRow<'document_print'>>[2]) =>
    insertRow(tx, 'document_print', values);

export const insertSignature = (tx: Tx, values: Parameters<typeof insertRow<'document_signature'>>[2]) =>
    insertRow(tx, 'document_signature', values);

export const insertCorrection = (tx: Tx, values: Parameters<typeof insertRow<'document_correction'>>[2]) =>
    insertRow(tx, 'document_correction', values);

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

/** The latest use of the seal that has no picture yet is the one that was scanned. */
export async function noteSealScan(tx: Tx, documentId: Id, scanId: Id): Promise<void> {
    const use = await tx.db
        .selectFrom('seal_use')
        .select(['id', 'version'])
        .where('document_id', '=', documentId)
        .where('scan_id', 'is', null)
        .orderBy('used_at', 'desc')
        .orderBy('id', 'desc')
        .forUpdate()
        .executeTakeFirst();
    if (use !== undefined) await updateRow(tx, 'seal_use', use, { scan_id: scanId });
}

/**
 * The pages of a print, as they were made the first time. Those of a print of which only the digest was kept are kept when they
 * come out the same. Throws `document.printNotFound` or `document.printDiffers`.
 */
export async function keepPrintedPages(
    tx: Tx,
    documentId: Id,
    printId: Id,
    made: { pages: number; pdfSha256: string; blobId: Id },
): Promise<void> {
    const print = await tx.db
        .selectFrom('document_print')
        .select(['id', 'version', 'pdf_sha256', 'blob_id'])
        .where('id', '=', printId)
        .where('document_id', '=', documentId)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
    if (print === undefined) throw new DomainError('document.printNotFound');
    if (print.pdf_sha256 !== null && toHex(print.pdf_sha256) !== made.pdfSha256) throw new DomainError('document.printDiffers');
    // Two people who asked at once made the same pages.
    if (print.blob_id !== null) return;
    const pdf_sha256 = Buffer.from(made.pdfSha256, 'hex');
    await updateRow(tx, 'document_print', print, { pages: made.pages, pdf_sha256, blob_id: made.blobId });
}

export const insertSignedCopy = (tx: Tx, values: Parameters<typeof insertRow<'document_signed_copy'>>[2]) =>
    insertRow(tx, 'document_signed_copy', values);
