import type { Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

export type StoredRecording = { readonly recordingId: Id; readonly blobId: Id; readonly key: string };

/** Originals whose copy lies in a store, by content: all recordings of as many contents as are looked at together, after `last`. */
export async function recordingsIn(
    db: ReadDb,
    orgId: Id,
    store: string,
    { last, most }: { last: Id | null; most: number },
): Promise<StoredRecording[]> {
    let blobs = db
        .selectFrom('blob_copy as c')
        .innerJoin('recording as r', 'r.blob_id', 'c.blob_id')
        .select('c.blob_id')
        .distinct()
        .where('c.org_id', '=', orgId)
        .where('c.store', '=', store)
        .where('r.role', '=', 'original')
        .orderBy('c.blob_id')
        .limit(most);
    if (last !== null) blobs = blobs.where('c.blob_id', '>', last);
    const ids = (await blobs.execute()).map((row) => row.blob_id);
    if (ids.length === 0) return [];
    return db
        .selectFrom('recording as r')
        .innerJoin('blob_copy as c', 'c.blob_id', 'r.blob_id')
        .select(['r.id as recordingId', 'r.blob_id as blobId', 'c.key'])
        .where('r.blob_id', 'in', ids)
        .where('c.store', '=', store)
        .where('r.role', '=', 'original')
        .orderBy('r.blob_id')
        .orderBy('r.id')
        .execute();
}
