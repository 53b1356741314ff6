import type { Id } from '@liuhen/domain';
import type pg from 'pg';
import { operate } from '../../platform/db/operational.ts';

/** How far the making of a package, or of its discs, has got; bytes and files (of discs: images). */
export type PackingProgress = {
    readonly files: number;
    readonly filesDone: number;
    readonly bytes: bigint;
    readonly bytesDone: bigint;
};

/** Notes progress; `false` once this making is not wanted any more, and nothing is noted then. */
type Note<Of> = (pool: pg.Pool, orgId: Id, of: Of, progress: PackingProgress) => Promise<boolean>;

export const notePacking: Note<{ readonly retrievalId: Id; readonly packingId: Id }> = (pool, orgId, of, progress) =>
    note(
        pool,
        orgId,
        { wanted: 'liuhen.retrieval where id = $7::uuid and packing_id', for: of.retrievalId, id: of.packingId },
        progress,
    );

export const noteDiscs: Note<{ readonly setId: Id; readonly makingId: Id }> = (pool, orgId, of, progress) =>
    note(
        pool,
        orgId,
        { wanted: 'liuhen.retrieval_disc_set where id = $7::uuid and making_id', for: of.setId, id: of.makingId },
        progress,
    );

export const forgetPacking = (pool: pg.Pool, orgId: Id, packingId: Id) =>
    operate(pool, orgId, 'delete from liuhen.packing_progress where id = $1', [packingId]);

/** `wanted`: the table and the condition that say of `for` that the making `id` is still its own. */
const note: Note<{ readonly wanted: string; readonly for: Id; readonly id: Id }> = async (
    pool,
    orgId,
    of,
    { files, filesDone, bytes, bytesDone },
) => {
    const { count } = await operate(
        pool,
        orgId,
        `insert into liuhen.packing_progress (id, org_id, files, files_done, bytes, bytes_done)
         select $1::uuid, $2::uuid, $3::int, $4::int, $5::numeric, $6::numeric
         where exists (select from ${of.wanted} = $1::uuid)
         on conflict (id) do update set files = excluded.files, files_done = excluded.files_done, bytes = excluded.bytes,
             bytes_done = excluded.bytes_done`,
        [of.id, orgId, files, filesDone, String(bytes), String(bytesDone), of.for],
    );
    return count > 0;
};
