import type { Id, SecondDiskTrouble } from '@liuhen/domain';
import { operate } from '../../../platform/db/operational.ts';
import type { Services } from '../../../platform/services.ts';

type Tools = Pick<Services, 'db' | 'clock'>;

/** All of so many entries is on the disk, as the database has it; what was wrong is over. */
export const noteDiskSize = ({ db, clock }: Tools, orgId: Id, origin: string, size: bigint) =>
    operate(
        db.pool,
        orgId,
        `insert into liuhen.second_disk (org_id, origin, size, at) values ($1, $2, $3, $4)
         on conflict (org_id) do update set origin = excluded.origin, size = excluded.size, at = excluded.at, code = null, params = null,
             since = null`,
        [orgId, origin, String(size), clock.now()],
    );

/** What keeps it from being written, or differs; the time is that of the first time the same was said. */
export const noteDiskTrouble = (
    { db, clock }: Tools,
    orgId: Id,
    code: SecondDiskTrouble,
    params: Readonly<Record<string, string>>,
) =>
    operate(
        db.pool,
        orgId,
        `insert into liuhen.second_disk as d (org_id, code, params, since) values ($1, $2, $3, $4)
         on conflict (org_id) do update set code = excluded.code, params = excluded.params,
             since = case when d.code = excluded.code then d.since else excluded.since end`,
        [orgId, code, JSON.stringify(params), clock.now()],
    );
