import type { Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** Content with the place its row names; digests are those of the log. */
export type ScrubContent = {
    readonly blobId: Id;
    readonly store: string;
    readonly key: string;
    readonly size: bigint;
    readonly sha256: string;
    readonly sm3: string;
    readonly chunkRoot: string;
    readonly chunkDigests: Uint8Array;
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The content after `last`, in the order of ids; undefined after the last one. */
export async function nextContent(db: ReadDb, orgId: Id, last: Id | null): Promise<ScrubContent | undefined> {
    let query = db
        .selectFrom('blob as b')
        .innerJoin('blob_copy as c', 'c.blob_id', 'b.id')
        .select(['b.id', 'c.store', 'c.key', 'b.size', 'b.sha256', 'b.sm3', 'b.chunk_root', 'b.chunk_digests'])
        .where('b.org_id', '=', orgId)
        .orderBy('b.id')
        .limit(1);
    if (last !== null) query = query.where('b.id', '>', last);
    const row = await query.executeTakeFirst();
    if (row === undefined) return undefined;
    return {
        blobId: row.id,
        store: row.store,
        key: row.key,
        size: row.size,
        sha256: hex(row.sha256),
        sm3: hex(row.sm3),
        chunkRoot: hex(row.chunk_root),
        chunkDigests: row.chunk_digests,
    };
}

export async function bytesStored(db: ReadDb, orgId: Id): Promise<bigint> {
    const row = await db
        .selectFrom('blob')
        .select(({ fn }) => fn.sum<bigint>('size').as('total'))
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    return BigInt(row?.total ?? 0);
}

export type Uses = {
    readonly recordings: readonly Id[];
    readonly scans: readonly { readonly id: Id; readonly documentId: Id }[];
    /** Papers of devices, and confirmations with a paper. */
    readonly papers: readonly Id[];
};

/** What hangs on a content. */
export async function usesOf(db: ReadDb, orgId: Id, blobId: Id): Promise<Uses> {
    const recordings = await db
        .selectFrom('recording')
        .select('id')
        .where('org_id', '=', orgId)
        .where('blob_id', '=', blobId)
        .orderBy('id')
        .execute();
    const scans = await db
        .selectFrom('document_scan')
        .select(['id', 'document_id as documentId'])
        .where('org_id', '=', orgId)
        .where('blob_id', '=', blobId)
        .orderBy('id')
        .execute();
    const papers = await db
        .selectFrom('conformity_paper')
        .select('id')
        .where('org_id', '=', orgId)
        .where('blob_id', '=', blobId)
        .unionAll(
            db
                .selectFrom('attestation_paper')
                .select('attestation_id as id')
                .where('org_id', '=', orgId)
                .where('blob_id', '=', blobId),
        )
        .execute();
    return { recordings: recordings.map(({ id }) => id), scans, papers: papers.map(({ id }) => id) };
}

/** The objects of the log that a content belongs to. */
export const objectsOf = ({ recordings, scans, papers }: Uses): Id[] => [
    ...new Set([...recordings, ...scans.map(({ documentId }) => documentId), ...papers]),
];
