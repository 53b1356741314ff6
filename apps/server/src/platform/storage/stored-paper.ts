import { type Id, toHex } from '@liuhen/domain';
import type { ReadDb } from '../db/database.ts';

/** A picture of paper as it is handed out: where its bytes lie and what they are called. */
export type StoredPaper = {
    readonly key: string;
    readonly size: bigint;
    readonly chunkRoot: string;
    readonly mediaType: string;
    readonly name: string;
};

/** Undefined when every copy is known to be damaged. */
export async function storedPaper(
    db: ReadDb,
    { blobId, mediaType, name }: { blobId: Id; mediaType: string; name: string },
): Promise<StoredPaper | undefined> {
    const row = await db
        .selectFrom('blob as b')
        .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
        .select(['b.size', 'b.chunk_root', 'c.key'])
        .where('b.id', '=', blobId)
        .where('c.state', '<>', 'damaged')
        .orderBy('c.id')
        .executeTakeFirst();
    return row === undefined ? undefined : { key: row.key, size: row.size, chunkRoot: toHex(row.chunk_root), mediaType, name };
}
