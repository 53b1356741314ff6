import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, type Instant, toHex } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

type Sets = ResponseOf<Endpoints['retrieval.get']>['discSets'];

/** Discs of a package by kind, with how far their making is. */
export async function discSetsOf(db: ReadDb, retrievalId: Id): Promise<Sets> {
    const sets = await db
        .selectFrom('retrieval_disc_set as s')
        .innerJoin('person as p', 'p.id', 's.begun_by')
        .leftJoin('packing_progress as g', 'g.id', 's.making_id')
        .select(['s.id', 's.medium', 's.state', 's.begun_at', 's.made_at', 's.failed'])
        .select(['p.id as p_id', 'p.name', 'p.certificate_number'])
        .select(['g.files', 'g.files_done', 'g.bytes', 'g.bytes_done'])
        .where('s.retrieval_id', '=', retrievalId)
        .orderBy('s.begun_at')
        .orderBy('s.id')
        .execute();
    const discs = await discQuery(db).where('s.retrieval_id', '=', retrievalId).orderBy('d.volume').execute();
    return sets.map((set) => ({
        ...{ id: set.id, medium: set.medium, state: set.state, failed: set.failed },
        ...{ by: { id: set.p_id, name: set.name, certificateNumber: set.certificate_number } },
        ...{ since: set.begun_at, madeAt: set.made_at },
        progress:
            set.state !== 'making'
                ? null
                : {
                      ...{ discs: set.files ?? 0, discsDone: set.files_done ?? 0 },
                      ...{ bytes: String(set.bytes ?? 0), bytesDone: String(set.bytes_done ?? 0) },
                  },
        discs: discs
            .filter(({ set_id }) => set_id === set.id)
            .map((disc) => ({
                ...{ id: disc.id, volume: disc.volume, volumes: disc.volumes, fileName: disc.file_name, label: disc.label },
                ...{ size: String(disc.size), sha256: toHex(disc.sha256), sm3: toHex(disc.sm3), madeAt: disc.made_at },
            })),
    }));
}

const discQuery = (db: ReadDb) =>
    db
        .selectFrom('retrieval_disc as d')
        .innerJoin('retrieval_disc_set as s', 's.id', 'd.set_id')
        .innerJoin('blob as b', 'b.id', 'd.blob_id')
        .select(['d.id', 'd.set_id', 'd.volume', 'd.volumes', 'd.file_name', 'd.label', 'd.made_at', 's.medium'])
        .select(['b.size', 'b.sha256', 'b.sm3', 'b.chunk_root', 'b.id as blobId']);

/** Where the image of a disc lies and what the log says of it. */
export type KeptDisc = {
    readonly fileName: string;
    readonly key: string;
    readonly size: bigint;
    readonly sha256: string;
    readonly chunkRoot: string;
};

export async function discImage(db: ReadDb, retrievalId: Id, discId: Id): Promise<KeptDisc | undefined> {
    const row = await discQuery(db)
        .innerJoin('blob_copy as k', 'k.blob_id', 'b.id')
        .select('k.key')
        .where('s.retrieval_id', '=', retrievalId)
        .where('d.id', '=', discId)
        .orderBy('k.id')
        .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
        ...{ fileName: row.file_name, key: row.key, size: row.size },
        ...{ sha256: toHex(row.sha256), chunkRoot: toHex(row.chunk_root) },
    };
}

/** What a making of discs works on. */
export type WantedDiscs = {
    readonly number: string;
    readonly retrievalId: Id;
    readonly medium: Sets[number]['medium'];
    readonly capacity: number;
    /** When the package was made: files and images bear that time. */
    readonly madeAt: Instant;
    /** Discs that are there already. */
    readonly done: ReadonlySet<number>;
};

/** Undefined once this making is over or another has taken its place. */
export async function wantedDiscs(db: ReadDb, setId: Id, makingId: Id): Promise<WantedDiscs | undefined> {
    const row = await db
        .selectFrom('retrieval_disc_set as s')
        .innerJoin('retrieval as t', 't.id', 's.retrieval_id')
        .innerJoin('retrieval_package as g', 'g.id', 's.package_id')
        .select(['t.id', 't.number', 's.medium', 's.disc_bytes', 'g.made_at'])
        .where('s.id', '=', setId)
        .where('s.making_id', '=', makingId)
        .executeTakeFirst();
    if (row === undefined) return undefined;
    const done = await db.selectFrom('retrieval_disc').select('volume').where('set_id', '=', setId).execute();
    return {
        ...{ number: row.number, retrievalId: row.id, medium: row.medium },
        ...{ capacity: Number(row.disc_bytes), madeAt: row.made_at },
        done: new Set(done.map(({ volume }) => volume)),
    };
}

/** The discs of a set, all of them made, for their labels. Throws `retrieval.discsNotFound`. */
export async function madeDiscs(db: ReadDb, retrievalId: Id, setId: Id): Promise<Sets[number]> {
    const set = (await discSetsOf(db, retrievalId)).find(({ id }) => id === setId);
    if (set?.state !== 'made') throw new DomainError('retrieval.discsNotFound');
    return set;
}
