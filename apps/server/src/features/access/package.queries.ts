import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, type Instant, toHex } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { type StoredPaper, storedPaper } from '../../platform/storage/stored-paper.ts';
import { discSetsOf } from './discs.queries.ts';

type Details = ResponseOf<Endpoints['retrieval.get']>;

/** The package of a retrieval, where its bytes lie, and what the log says of them. */
export type KeptPackage = {
    readonly id: Id;
    readonly fileName: string;
    readonly key: string;
    readonly size: bigint;
    readonly sha256: string;
    readonly sm3: string;
    readonly chunkRoot: string;
    readonly manifestSha256: string;
    readonly files: number;
    readonly madeBy: Details['requestedBy'];
    readonly madeAt: Instant;
};

export async function packageOf(db: ReadDb, retrievalId: Id): Promise<KeptPackage | undefined> {
    const row = await db
        .selectFrom('retrieval_package as g')
        .innerJoin('blob as b', 'b.id', 'g.blob_id')
        .innerJoin('blob as m', 'm.id', 'g.manifest_id')
        .innerJoin('blob_copy as k', 'k.blob_id', 'b.id')
        .innerJoin('person as p', 'p.id', 'g.made_by')
        .select([
            'g.id as packageId',
            'g.file_name',
            'm.sha256 as manifest',
            'g.files',
            'g.made_at',
            'p.id',
            'p.name',
            'p.certificate_number',
        ])
        .select(['k.key', 'b.size', 'b.sha256', 'b.sm3', 'b.chunk_root'])
        .where('g.retrieval_id', '=', retrievalId)
        .orderBy('k.id')
        .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
        id: row.packageId,
        ...{ fileName: row.file_name, key: row.key, size: row.size, files: row.files, madeAt: row.made_at },
        ...{ sha256: toHex(row.sha256), sm3: toHex(row.sm3), chunkRoot: toHex(row.chunk_root) },
        manifestSha256: toHex(row.manifest),
        madeBy: { id: row.id, name: row.name, certificateNumber: row.certificate_number },
    };
}

/** What the page says of the package: how far its making is, what came of it, who fetched it, who received it. */
export async function packageDetails(
    db: ReadDb,
    id: Id,
): Promise<Pick<Details, 'packing' | 'packingFailed' | 'package' | 'discSets' | 'downloads' | 'handover' | 'receipts'>> {
    const row = await db
        .selectFrom('retrieval as t')
        .leftJoin('person as p', 'p.id', 't.packing_by')
        .leftJoin('packing_progress as g', 'g.id', 't.packing_id')
        .select(['t.packing_id', 't.packing_medium', 't.packing_since', 't.packing_failed', 't.packing_name'])
        .select(['p.id as p_id', 'p.name as p_name', 'p.certificate_number as p_number'])
        .select(['g.files', 'g.files_done', 'g.bytes', 'g.bytes_done'])
        .where('t.id', '=', id)
        .executeTakeFirstOrThrow();
    const kept = await packageOf(db, id);
    return {
        packing:
            row.p_id === null || row.p_name === null || row.packing_since === null
                ? null
                : {
                      by: { id: row.p_id, name: row.p_name, certificateNumber: row.p_number },
                      since: row.packing_since,
                      ...{ files: row.files ?? 0, filesDone: row.files_done ?? 0 },
                      ...{ bytes: String(row.bytes ?? 0), bytesDone: String(row.bytes_done ?? 0) },
                      medium: row.packing_medium,
                  },
        packingFailed: row.packing_failed === null ? null : { code: row.packing_failed, name: row.packing_name },
        package:
            kept === undefined
                ? null
                : {
                      ...{ fileName: kept.fileName, size: String(kept.size), files: kept.files },
                      ...{ sha256: kept.sha256, sm3: kept.sm3, manifestSha256: kept.manifestSha256 },
                      ...{ madeBy: kept.madeBy, madeAt: kept.madeAt },
                  },
        discSets: await discSetsOf(db, id),
        downloads: await downloadsOf(db, id),
        handover: await handoverOf(db, id),
        receipts: await receiptsOf(db, id),
    };
}

async function downloadsOf(db: ReadDb, id: Id): Promise<Details['downloads']> {
    const rows = await db
        .selectFrom('retrieval_download as f')
        .innerJoin('person as p', 'p.id', 'f.person_id')
        .leftJoin('retrieval_disc as d', 'd.id', 'f.disc_id')
        .leftJoin('retrieval_disc_set as s', 's.id', 'd.set_id')
        .select(['d.volume', 's.medium'])
        .select(['f.id', 'f.at', 'p.id as p_id', 'p.name', 'p.certificate_number'])
        .where('f.retrieval_id', '=', id)
        .orderBy('f.at')
        .orderBy('f.id')
        .execute();
    return rows.map((row) => ({
        id: row.id,
        by: { id: row.p_id, name: row.name, certificateNumber: row.certificate_number },
        at: row.at,
        disc: row.medium === null || row.volume === null ? null : { medium: row.medium, volume: row.volume },
    }));
}

async function handoverOf(db: ReadDb, id: Id): Promise<Details['handover']> {
    const row = await db
        .selectFrom('retrieval_handover as h')
        .innerJoin('person as p', 'p.id', 'h.handed_by')
        .select(['h.receiver', 'h.medium', 'h.received_at', 'p.id', 'p.name', 'p.certificate_number'])
        .where('h.retrieval_id', '=', id)
        .executeTakeFirst();
    if (row === undefined) return null;
    const by = { id: row.id, name: row.name, certificateNumber: row.certificate_number };
    return { by, receiver: row.receiver, medium: row.medium, receivedAt: row.received_at };
}

const receiptsOf = (db: ReadDb, id: Id): Promise<{ id: Id; name: string; at: Instant }[]> =>
    db
        .selectFrom('retrieval_paper')
        .select(['id', 'file_name as name', 'added_at as at'])
        .where('retrieval_id', '=', id)
        .orderBy('added_at')
        .orderBy('id')
        .execute();

export const countReceipts = async (db: ReadDb, id: Id): Promise<number> => (await receiptsOf(db, id)).length;

/** Undefined where there is none of this id, or its bytes are known to be damaged. */
export async function receiptPaper(db: ReadDb, id: Id, paperId: Id): Promise<StoredPaper | undefined> {
    const row = await db
        .selectFrom('retrieval_paper')
        .select(['blob_id', 'file_name', 'media_type'])
        .where('id', '=', paperId)
        .where('retrieval_id', '=', id)
        .executeTakeFirst();
    return row && storedPaper(db, { blobId: row.blob_id, mediaType: row.media_type, name: row.file_name });
}

/** Whether this person's fetching of the package, or of one of its discs, is registered and not over. */
export async function isDownloadOpen(
    db: ReadDb,
    of: { readonly id: Id; readonly retrievalId: Id; readonly personId: Id; readonly discId: Id | null },
    now: Instant,
): Promise<boolean> {
    const row = await db
        .selectFrom('retrieval_download')
        .select('id')
        .where('id', '=', of.id)
        .where('retrieval_id', '=', of.retrievalId)
        .where('person_id', '=', of.personId)
        .where('disc_id', of.discId === null ? 'is' : '=', of.discId)
        .where('until', '>', now)
        .executeTakeFirst();
    return row !== undefined;
}

/** Where the log says that the package of this making was issued; undefined where it was not. */
export async function issuedAt(db: ReadDb, orgId: Id, packingId: Id): Promise<number | undefined> {
    const row = await db
        .selectFrom('ledger.object as o')
        .innerJoin('ledger.entry as e', (join) => join.onRef('e.org_id', '=', 'o.org_id').onRef('e.idx', '=', 'o.idx'))
        .select('o.idx')
        .where('o.org_id', '=', orgId)
        .where('o.object_id', '=', packingId)
        .where('e.kind', '=', 'retrieval.packaged')
        .orderBy('o.idx', 'desc')
        .executeTakeFirst();
    return row?.idx;
}
