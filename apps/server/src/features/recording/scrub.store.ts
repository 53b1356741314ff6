import type { Id, Instant, ScrubProgress } from '@liuhen/domain';
import type pg from 'pg';
import { operate } from '../../platform/db/operational.ts';

export type ScrubRound = ScrubProgress & {
    readonly id: Id;
    readonly store: string;
    readonly objects: number;
    readonly damaged: number;
    readonly repaired: number;
    readonly lastBlob: Id | null;
    /** Of the content after it, so many bytes were read. */
    readonly partDone: bigint;
};

type Stored = {
    id: Id;
    store: string;
    began_at: number;
    ended_at: number | null;
    total: bigint;
    done: bigint;
    objects: number;
    damaged: number;
    repaired: number;
    last_blob: Id | null;
    part_done: bigint;
};

const roundOf = ({ began_at, ended_at, last_blob, part_done, ...rest }: Stored): ScrubRound => ({
    ...rest,
    beganAt: began_at,
    endedAt: ended_at,
    lastBlob: last_blob,
    partDone: part_done,
});

export async function scrubRoundOf(pool: pg.Pool, orgId: Id, store: string): Promise<ScrubRound | undefined> {
    const { rows } = await operate<Stored>(pool, orgId, 'select * from liuhen.scrub_round where org_id = $1 and store = $2', [
        orgId,
        store,
    ]);
    return rows[0] === undefined ? undefined : roundOf(rows[0]);
}

/** Begins the next round of a store from its first content on; the one before is forgotten here, its summary is in the log. */
export async function beginScrubRound(
    pool: pg.Pool,
    { id, orgId, store, at, total }: { id: Id; orgId: Id; store: string; at: Instant; total: bigint },
): Promise<ScrubRound> {
    const { rows } = await operate<Stored>(
        pool,
        orgId,
        `insert into liuhen.scrub_round (id, org_id, store, began_at, total) values ($1, $2, $3, $4, $5::numeric)
         on conflict (org_id, store) do update set id = excluded.id, began_at = excluded.began_at, ended_at = null,
             total = excluded.total, done = 0, objects = 0, damaged = 0, repaired = 0, last_blob = null, part_done = 0
         returning *`,
        [id, orgId, store, at, total.toString()],
    );
    const [round] = rows;
    if (round === undefined) throw new Error('the round was not begun');
    return roundOf(round);
}

export type ScrubStep = { readonly blobId: Id; readonly bytes: bigint; readonly damaged: boolean; readonly repaired: boolean };

/** Notes one content as read. A round that another process goes on with meanwhile, or has begun anew, is left alone: false. */
export async function noteScrubbed(pool: pg.Pool, orgId: Id, round: ScrubRound, step: ScrubStep): Promise<boolean> {
    const { count } = await operate(
        pool,
        orgId,
        `update liuhen.scrub_round set last_blob = $3, part_done = 0, done = done + $4::numeric, objects = objects + 1,
             damaged = damaged + $5, repaired = repaired + $6
         where id = $1 and org_id = $2 and ended_at is null and last_blob is not distinct from $7 and part_done = $8::numeric`,
        [
            round.id,
            orgId,
            step.blobId,
            step.bytes.toString(),
            step.damaged ? 1 : 0,
            step.repaired ? 1 : 0,
            round.lastBlob,
            round.partDone.toString(),
        ],
    );
    return count === 1;
}

/** Notes that the content after the last one was read up to `partDone`. */
export async function noteScrubbedPart(pool: pg.Pool, orgId: Id, round: ScrubRound, partDone: bigint): Promise<boolean> {
    const { count } = await operate(
        pool,
        orgId,
        `update liuhen.scrub_round set part_done = $3::numeric, done = done + $3::numeric - part_done
         where id = $1 and org_id = $2 and ended_at is null and last_blob is not distinct from $4 and part_done = $5::numeric`,
        [round.id, orgId, partDone.toString(), round.lastBlob, round.partDone.toString()],
    );
    return count === 1;
}

export async function endScrubRound(pool: pg.Pool, orgId: Id, round: ScrubRound, at: Instant): Promise<void> {
    await operate(pool, orgId, 'update liuhen.scrub_round set ended_at = $3 where id = $1 and org_id = $2 and ended_at is null', [
        round.id,
        orgId,
        at,
    ]);
}
