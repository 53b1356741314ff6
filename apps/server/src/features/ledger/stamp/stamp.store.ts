import type { HeadHash, Id, TimeStampTroubleCode } from '@liuhen/domain';
import { operate } from '../../../platform/db/operational.ts';
import type { Services } from '../../../platform/services.ts';
import type { Stamped } from '../../../platform/time-stamp/time-stamper.ts';

type Tools = Pick<Services, 'db' | 'clock'>;

/** Keeps a token that was verified, about the checkpoint of `size` entries. */
export async function addTimeStamp(
    { db, clock }: Tools,
    orgId: Id,
    head: HeadHash,
    size: bigint,
    { token, says }: Stamped,
): Promise<void> {
    await operate(db.pool, orgId, 'select ledger.add_time_stamp($1, $2, $3, $4, $5, $6, $7, $8)', [
        ...[orgId, head, String(size), Buffer.from(token), says.at, says.accuracyMs, says.authority],
        clock.now(),
    ]);
}

/** Says why there is no time-stamp; the time is that of the first time the same was said. */
export async function noteStampTrouble(
    { db, clock }: Tools,
    orgId: Id,
    code: TimeStampTroubleCode,
    params: Readonly<Record<string, string | number>>,
): Promise<void> {
    await operate(
        db.pool,
        orgId,
        `insert into liuhen.time_stamp_trouble as t (org_id, code, params, since) values ($1, $2, $3, $4)
         on conflict (org_id) do update set code = excluded.code, params = excluded.params,
             since = case when t.code = excluded.code then t.since else excluded.since end`,
        [orgId, code, JSON.stringify(params), clock.now()],
    );
}

export async function endStampTrouble({ db }: Tools, orgId: Id): Promise<void> {
    await operate(db.pool, orgId, 'delete from liuhen.time_stamp_trouble where org_id = $1', [orgId]);
}
