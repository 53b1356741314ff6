import { type ServerClockDoubt, SYSTEM_ID } from '@liuhen/domain';
import { operate } from '../../platform/db/operational.ts';
import type { Services } from '../../platform/services.ts';

type Tools = Pick<Services, 'db'>;

/** The first that is said stands. */
export const keepDoubt = ({ db }: Tools, { code, params, since }: ServerClockDoubt) =>
    operate(
        db.pool,
        SYSTEM_ID,
        'insert into liuhen.clock_alarm (org_id, code, params, since) values ($1, $2, $3, $4) on conflict do nothing',
        [SYSTEM_ID, code, JSON.stringify(params), since],
    );

export const endDoubt = ({ db }: Tools) =>
    operate(db.pool, SYSTEM_ID, 'delete from liuhen.clock_alarm where org_id = $1', [SYSTEM_ID]);
