import type { Id, Instant, ObjectLock } from '@liuhen/domain';
import type pg from 'pg';
import { operate } from '../../platform/db/operational.ts';

/** By key. What the store itself says is the truth; this keeps it from being told the same every night. */
export async function toldOf(pool: pg.Pool, orgId: Id, store: string, keys: readonly string[]): Promise<Map<string, ObjectLock>> {
    const { rows } = await operate<{ key: string; until: number | null; hold: boolean }>(
        pool,
        orgId,
        'select key, until, hold from liuhen.object_lock where org_id = $1 and store = $2 and key = any($3::text[])',
        [orgId, store, [...keys]],
    );
    return new Map(rows.map(({ key, until, hold }) => [key, { until, hold }]));
}

export async function noteTold(
    pool: pg.Pool,
    orgId: Id,
    store: string,
    told: { key: string; until: Instant | null; hold: boolean; at: Instant },
): Promise<void> {
    await operate(
        pool,
        orgId,
        `insert into liuhen.object_lock (org_id, store, key, until, hold, told_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (store, key) do update set until = excluded.until, hold = excluded.hold, told_at = excluded.told_at`,
        [orgId, store, told.key, told.until, told.hold, told.at],
    );
}
