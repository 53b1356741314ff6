import { type Id, type ScannedPrint, type ScanReading, toHex } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { type StoredPaper, storedPaper } from '../../platform/storage/stored-paper.ts';

/** Where the bytes of a scan lie. */
export async function scanContent(db: ReadDb, orgId: Id, documentId: Id, scanId: Id): Promise<StoredPaper | undefined> {
    const row = await db
        .selectFrom('document_scan')
        .select(['display_name as name', 'media_type as mediaType', 'blob_id as blobId'])
        .where('id', '=', scanId)
        .where('document_id', '=', documentId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    return row === undefined ? undefined : storedPaper(db, row);
}

/** What the job needs: where the bytes lie, what each chunk of them was, and which document they are of. */
export async function scanToRead(db: ReadDb, scanId: Id) {
    const row = await db
        .selectFrom('document_scan as s')
        .innerJoin('blob as b', 'b.id', 's.blob_id')
        .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
        .select(['s.role', 's.finding', 's.media_type', 's.blob_id', 's.document_id', 'b.chunk_digests', 'c.key'])
        .where('s.id', '=', scanId)
        .executeTakeFirst();
    if (row === undefined) return undefined;
    const { blob_id: blobId, document_id: documentId, media_type: mediaType, chunk_digests: chunkDigests, ...rest } = row;
    return { ...rest, blobId, documentId, mediaType, chunkDigests };
}

/** Prints of the organisation by id, those of other documents too: their code on a sheet is a finding. */
export async function printsByIds(db: ReadDb, orgId: Id, ids: readonly Id[]): Promise<ScannedPrint[]> {
    if (ids.length === 0) return [];
    const rows = await db
        .selectFrom('document_print')
        .select(['id', 'document_id', 'revision', 'kind', 'digest', 'pages'])
        .where('id', 'in', ids)
        .where('org_id', '=', orgId)
        .execute();
    return rows.map(({ document_id: documentId, digest, ...row }) => ({ ...row, documentId, digest: toHex(digest) }));
}

/** Pages of a document's last final print of its content as it stands. */
export async function pagesAsItStands(db: ReadDb, documentId: Id): Promise<number | null> {
    const row = await db
        .selectFrom('document_print as p')
        .innerJoin('document as d', 'd.id', 'p.document_id')
        .select('p.pages')
        .where('d.id', '=', documentId)
        .whereRef('p.revision', '=', 'd.revision')
        .where('p.kind', '=', 'final')
        .where('p.pages', 'is not', null)
        .orderBy('p.printed_at', 'desc')
        .executeTakeFirst();
    return row?.pages ?? null;
}

export const readingOf = (stored: string | null): ScanReading | null =>
    stored === null ? null : (JSON.parse(stored) as ScanReading);

/** Role and finding of every scan of a document. */
export const scanFindingsOf = (db: ReadDb, documentId: Id) =>
    db.selectFrom('document_scan').select(['role', 'finding']).where('document_id', '=', documentId).execute();
