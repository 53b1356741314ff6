import { DomainError, type Id, type Instant, type PrintModel, type SignedHand, type SignedPrint, toHex } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { pagesOfPrint, printHead } from './document-print.queries.ts';

type Strokes = SignedHand['strokes'];

/** What counts of the signatures of a print, in their order. Those at a correction are on the paper that was corrected. */
export const signaturesOn = (db: ReadDb, printId: Id) =>
    db
        .selectFrom('document_signature')
        .selectAll()
        .where('print_id', '=', printId)
        .where('correction_id', 'is', null)
        .where('superseded_at', 'is', null)
        .orderBy('at')
        .orderBy('id')
        .execute();

export const sameIds = (one: readonly Id[], other: readonly Id[]): boolean =>
    one.length === other.length && one.every((id, at) => id === other[at]);

/**
 * The pages of a signed copy. The same signatures of the same print give the same bytes: its time is that of the last of them.
 * Throws `document.nothingWritten` where nobody signed on the screen.
 */
export async function pagesOfSignedCopy(
    db: ReadDb,
    orgId: Id,
    documentId: Id,
    printId: Id,
): Promise<{ model: PrintModel; at: Instant; signatureIds: readonly Id[] }> {
    const head = await printHead(db, orgId, documentId, printId);
    const rows = await signaturesOn(db, printId);
    const { pages, pdf_sha256: pdf } = head;
    if (!rows.some((row) => row.strokes !== null)) throw new DomainError('document.nothingWritten');
    if (pages === null || pdf === null) throw new DomainError('document.printNotFound');
    const signed: SignedPrint = {
        print: printId,
        revision: head.revision,
        printedAt: head.printed_at,
        pages,
        digest: toHex(head.digest),
        pdfSha256: toHex(pdf),
        hands: rows.map((row) => ({ ...row, strokes: row.strokes === null ? [] : (JSON.parse(row.strokes) as Strokes) })),
    };
    const { model } = await pagesOfPrint(db, orgId, documentId, printId, signed);
    const at = Math.max(...rows.map((row) => row.recorded_at));
    return { model, at, signatureIds: rows.map((row) => row.id) };
}

/** Signed copies of a document, with whether each still has every signature that its print has now. */
export async function signedCopiesOf(db: ReadDb, documentId: Id) {
    const rows = await db
        .selectFrom('document_signed_copy as c')
        .innerJoin('blob as b', 'b.id', 'c.blob_id')
        .select(['c.id', 'c.print_id', 'c.pages', 'c.signature_ids', 'c.made_by', 'c.made_at', 'b.sha256', 'b.size'])
        .where('c.document_id', '=', documentId)
        .orderBy('c.made_at')
        .orderBy('c.id')
        .execute();
    const copies = [];
    for (const row of rows) {
        const now = (await signaturesOn(db, row.print_id)).map((each) => each.id);
        copies.push({ ...row, current: sameIds(now, row.signature_ids) });
    }
    return copies;
}

/** Throws `document.signedCopyNotFound`. */
export async function signedCopy(db: ReadDb, orgId: Id, documentId: Id, copyId: Id): Promise<{ printId: Id; blobId: Id }> {
    const row = await db
        .selectFrom('document_signed_copy')
        .select(['print_id', 'blob_id'])
        .where('id', '=', copyId)
        .where('document_id', '=', documentId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('document.signedCopyNotFound');
    return { printId: row.print_id, blobId: row.blob_id };
}

/** The copy that has exactly these signatures. */
export async function copyWith(db: ReadDb, printId: Id, signatureIds: readonly Id[]) {
    const rows = await db
        .selectFrom('document_signed_copy as c')
        .innerJoin('blob as b', 'b.id', 'c.blob_id')
        .select(['c.id', 'c.pages', 'c.signature_ids', 'b.sha256'])
        .where('c.print_id', '=', printId)
        .execute();
    const row = rows.find((each) => sameIds(each.signature_ids, signatureIds));
    return row === undefined ? undefined : { id: row.id, pages: row.pages, sha256: toHex(row.sha256) };
}
