import type { ContentDigest, Id } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** A copy with the digests that the log knows of its content. */
export type KnownCopy = {
    readonly id: Id;
    readonly blobId: Id;
    readonly key: string;
    readonly digest: ContentDigest;
    /** The log has been told that what it left behind goes. */
    readonly eraseNoted: boolean;
};

export type Amount = { readonly objects: number; readonly bytes: bigint };

/** Bytes of content that are moved before the log is told; at least one object. */
const MOST_BYTES = 4n << 30n;
const MOST_COPIES = 100;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const copies = (db: ReadDb, orgId: Id, store: string) =>
    db
        .selectFrom('blob_copy as c')
        .innerJoin('blob as b', 'b.id', 'c.blob_id')
        .select([
            'c.id',
            'c.blob_id',
            'c.key',
            'c.former_erased_at',
            'b.sha256',
            'b.sm3',
            'b.size',
            'b.chunk_root',
            'b.chunk_digests',
        ])
        .where('c.org_id', '=', orgId)
        .where('c.store', '=', store);

type Row = Awaited<ReturnType<ReturnType<typeof copies>['execute']>>[number];

const knownCopy = (row: Row): KnownCopy => ({
    id: row.id,
    blobId: row.blob_id,
    key: row.key,
    eraseNoted: row.former_erased_at !== null,
    digest: {
        sha256: hex(row.sha256),
        sm3: hex(row.sm3),
        size: row.size,
        chunkRoot: hex(row.chunk_root),
        chunkDigests: row.chunk_digests,
    },
});

/** The copies of a store after `last`, in the order of ids: as many as are moved at once. */
export async function copiesToMove(db: ReadDb, orgId: Id, store: string, last: Id | null): Promise<KnownCopy[]> {
    let query = copies(db, orgId, store).orderBy('c.id').limit(MOST_COPIES);
    if (last !== null) query = query.where('c.id', '>', last);
    const found = (await query.execute()).map(knownCopy);
    let bytes = 0n;
    const most = found.findIndex(({ digest }) => {
        bytes += digest.size;
        return bytes > MOST_BYTES;
    });
    return most < 0 ? found : found.slice(0, Math.max(1, most));
}

/** Of these keys those whose copy was moved from `former` to `store`. */
export async function movedCopies(
    db: ReadDb,
    orgId: Id,
    { former, store }: { former: string; store: string },
    keys: readonly string[],
): Promise<KnownCopy[]> {
    if (keys.length === 0) return [];
    const rows = await copies(db, orgId, store).where('c.former_store', '=', former).where('c.key', 'in', keys).execute();
    return rows.map(knownCopy);
}

/** What the rows say lies in a store. */
export async function amountIn(db: ReadDb, orgId: Id, store: string): Promise<Amount> {
    const row = await db
        .selectFrom('blob_copy as c')
        .innerJoin('blob as b', 'b.id', 'c.blob_id')
        .select([sql<number>`count(*)`.as('objects'), sql<bigint>`coalesce(sum(b.size), 0)`.as('bytes')])
        .where('c.org_id', '=', orgId)
        .where('c.store', '=', store)
        .executeTakeFirstOrThrow();
    return { objects: Number(row.objects), bytes: BigInt(row.bytes) };
}

/** What hangs on a content, as people know it: names of recordings, titles of documents. */
export async function namesOf(db: ReadDb, blobId: Id): Promise<string[]> {
    const recordings = await db
        .selectFrom('recording')
        .select('display_name as name')
        .where('blob_id', '=', blobId)
        .orderBy('id')
        .limit(5)
        .execute();
    const documents = await db
        .selectFrom('document_scan as s')
        .innerJoin('document as d', 'd.id', 's.document_id')
        .select('d.title as name')
        .where('s.blob_id', '=', blobId)
        .orderBy('d.id')
        .limit(5)
        .execute();
    const papers = await db
        .selectFrom('attestation_paper')
        .select('file_name as name')
        .where('blob_id', '=', blobId)
        .unionAll(db.selectFrom('conformity_paper').select('file_name as name').where('blob_id', '=', blobId))
        .limit(5)
        .execute();
    return [...recordings, ...documents, ...papers].map(({ name }) => name);
}

export const organisationsByCode = (db: ReadDb, code: string | undefined): Promise<{ id: Id; name: string }[]> => {
    const all = db.selectFrom('organisation').select(['id', 'name']).orderBy('code');
    return (code === undefined ? all : all.where('code', '=', code)).execute();
};
