import type { Id } from '@liuhen/domain';
import type pg from 'pg';
import { operate } from '../../platform/db/operational.ts';

/** How far the making of a package has got; bytes and files of the package. */
export type PackingProgress = {
    readonly files: number;
    readonly filesDone: number;
    readonly bytes: bigint;
    readonly bytesDone: bigint;
};

/** Notes progress; `false` once this making is not wanted any more, and nothing is noted then. */
export async function notePacking(
    pool: pg.Pool,
    orgId: Id,
    of: { readonly retrievalId: Id; readonly packingId: Id },
    { files, filesDone, bytes, bytesDone }: PackingProgress,
): Promise<boolean> {
    const { count } = await operate(
        pool,
        orgId,
        `insert into liuhen.packing_progress (id, org_id, files, files_done, bytes, bytes_done)
         select $1::uuid, $2::uuid, $3::int, $4::int, $5::numeric, $6::numeric
         where exists (select from liuhen.retrieval where id = $7::uuid and packing_id = $1::uuid)
         on conflict (id) do update set files = excluded.files, files_done = excluded.files_done, bytes = excluded.bytes,
             bytes_done = excluded.bytes_done`,
        [of.packingId, orgId, files, filesDone, String(bytes), String(bytesDone), of.retrievalId],
    );
    return count > 0;
}

export const forgetPacking = (pool: pg.Pool, orgId: Id, packingId: Id) =>
    operate(pool, orgId, 'delete from liuhen.packing_progress where id = $1', [packingId]);

/** The same of the making of discs: files are discs. */
export async function noteDiscs(
    pool: pg.Pool,
    orgId: Id,
    of: { readonly setId: Id; readonly makingId: Id },
    { files, filesDone, bytes, bytesDone }: PackingProgress,
): Promise<boolean> {
    const { count } = await operate(
        pool,
        orgId,
        `insert into liuhen.packing_progress (id, org_id, files, files_done, bytes, bytes_done)
         select $1::uuid, $2::uuid, $3::int, $4::int, $5::numeric, $6::numeric
         where exists (select from liuhen.retrieval_disc_set where id = $7::uuid and making_id = $1::uuid)
         on conflict (id) do update set files = excluded.files, files_done = excluded.files_done, bytes = excluded.bytes,
             bytes_done = excluded.bytes_done`,
        [of.makingId, orgId, files, filesDone, String(bytes), String(bytesDone), of.setId],
    );
    return count > 0;
}
