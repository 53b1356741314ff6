import type { Id } from '@liuhen/domain';
import { operate } from '../../platform/db/operational.ts';
import type { Services } from '../../platform/services.ts';

export type Progress = { readonly next: number; readonly nightlyOn: string | null };

export type ProgressTable = 'judging_progress' | 'subject_progress';

/** How far the log of an organisation was followed. Whoever was never followed has facts that were never judged. */
export async function progressOf({ db }: Pick<Services, 'db'>, table: ProgressTable, orgId: Id): Promise<Progress> {
    const { rows } = await operate<{ next: string; night: string | null }>(
        db.pool,
        orgId,
        `select next_idx::text as next, nightly_on::text as night from liuhen.${table} where org_id = $1`,
        [orgId],
    );
    return { next: Number(rows[0]?.next ?? 0), nightlyOn: rows[0]?.night ?? null };
}

export async function noteProgress(
    { db }: Pick<Services, 'db'>,
    table: ProgressTable,
    orgId: Id,
    { next, nightlyOn }: Progress,
): Promise<void> {
    await operate(
        db.pool,
        orgId,
        `insert into liuhen.${table} (org_id, next_idx, nightly_on) values ($1, $2, $3)
         on conflict (org_id) do update set next_idx = excluded.next_idx, nightly_on = excluded.nightly_on`,
        [orgId, next, nightlyOn],
    );
}

/**
 * Organisations looked at side by side: one that is slow keeps not all others waiting. Two, because each has several chunks of acts on
 * their way (judging.ts); three were slower.
 */
const SIDE_BY_SIDE = 2;

/** Looks at each organisation; one that fails keeps no other from being looked at. Throws the first failure, once all were. */
export async function eachOrganisation(organisations: readonly Id[], look: (orgId: Id) => Promise<void>): Promise<void> {
    const waiting = [...organisations];
    const failures: unknown[] = [];
    const inTurn = async () => {
        for (let orgId = waiting.shift(); orgId !== undefined; orgId = waiting.shift())
            await look(orgId).catch((failure: unknown) => failures.push(failure));
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, inTurn));
    if (failures.length > 0) throw failures[0];
}

/** From this hour in Shanghai on everything is judged once more, where the server runs at night; else as soon as it does. */
export const NIGHT_FROM_HOUR = 3;
