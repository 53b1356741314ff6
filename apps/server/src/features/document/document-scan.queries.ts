import { DomainError, type Id, toHex } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** Where the bytes of a scan lie. */
export async function scanContent(db: ReadDb, orgId: Id, documentId: Id, scanId: Id) {
    const row = await db
        .selectFrom('document_scan as s')
        .innerJoin('blob as b', 'b.id', 's.blob_id')
        .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
        .select(['s.display_name', 's.media_type', 'b.size', 'b.chunk_root', 'c.key'])
        .where('s.id', '=', scanId)
        .where('s.document_id', '=', documentId)
        .where('s.org_id', '=', orgId)
        .where('c.state', '<>', 'damaged')
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('document.scanNotFound');
    return {
        key: row.key,
        size: row.size,
        chunkRoot: toHex(row.chunk_root),
        mediaType: row.media_type,
        name: row.display_name,
    };
}
