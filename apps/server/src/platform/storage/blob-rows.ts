import type { ContentDigest, Id } from '@liuhen/domain';
import { insertRow } from '../command/row-writer.ts';
import type { Tx } from '../command/tx.ts';

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
