import { addDays, type Day, dayOf, HEAD_HASHES, type HeadHash, HOUR, type Id, type Instant } from '@liuhen/domain';
import type { ReadDb } from '../../../platform/db/database.ts';
import { lastCheckpoint } from '../checkpoint/checkpoint.queries.ts';
import { lastOfDays } from '../checkpoint/day-checkpoints.queries.ts';

/** A checkpoint that is to be stamped. */
export type Unstamped = { readonly head: HeadHash; readonly size: bigint; readonly note: Uint8Array };
export type StampEvery = 'day' | 'hour';

/** Days that are stamped afterwards when no authority could be reached; an older token would say little of the day. */
const DAYS_BACK = 7;

/** The last checkpoints of the days that are over; with `hour` the newest as well, when the last token is an hour old. */
export async function unstamped(db: ReadDb, orgId: Id, now: Instant, every: StampEvery): Promise<Unstamped[]> {
    const days = Array.from({ length: DAYS_BACK }, (_, back): Day => addDays(dayOf(now), back - DAYS_BACK));
    const wanted: Unstamped[] = [...(await lastOfDays(db, orgId, days)).values()].flat();
    if (every === 'hour') wanted.push(...(await newestOfHour(db, orgId, now)));
    const found: Unstamped[] = [];
    for (const each of wanted.sort((a, b) => Number(a.size - b.size))) if (!(await isStamped(db, orgId, each))) found.push(each);
    return found;
}

async function newestOfHour(db: ReadDb, orgId: Id, now: Instant): Promise<Unstamped[]> {
    const found: Unstamped[] = [];
    for (const head of HEAD_HASHES) {
        const newest = await lastCheckpoint(db, orgId, head);
        const last = await db
            .selectFrom('ledger.time_stamp')
            .select((of) => of.fn.max('at').as('at'))
            .where('org_id', '=', orgId)
            .where('hash', '=', head)
            .executeTakeFirst();
        if (newest !== undefined && now - (last?.at ?? 0) >= HOUR) found.push({ head, ...newest });
    }
    return found;
}

/** The newest checkpoint of the first head, unless it has its token. */
export async function newestUnstamped(db: ReadDb, orgId: Id): Promise<Unstamped[]> {
    const newest = await lastCheckpoint(db, orgId, 'sha256');
    if (newest === undefined) return [];
    const wanted: Unstamped = { head: 'sha256', size: newest.size, note: newest.note };
    return (await isStamped(db, orgId, wanted)) ? [] : [wanted];
}

/** A checkpoint as it was stamped, and its token. */
export type StampedNote = { readonly size: bigint; readonly note: Uint8Array; readonly token: Uint8Array };

/** The stamped checkpoints of the first head with at most `most` entries, smallest first. */
export async function stampedNotes(db: ReadDb, orgId: Id, most: bigint): Promise<StampedNote[]> {
    const rows = await db
        .selectFrom('ledger.time_stamp as t')
        .innerJoin('ledger.checkpoint as c', (join) =>
            join.onRef('c.org_id', '=', 't.org_id').onRef('c.hash', '=', 't.hash').onRef('c.size', '=', 't.size'),
        )
        .select(['t.size', 'c.note', 't.token'])
        .where('t.org_id', '=', orgId)
        .where('t.hash', '=', 'sha256')
        .where('t.size', '<=', Number(most))
        .orderBy('t.size')
        .execute();
    return rows.map((row) => ({ ...row, size: BigInt(row.size) }));
}

const isStamped = async (db: ReadDb, orgId: Id, { head, size }: Unstamped): Promise<boolean> =>
    (await db
        .selectFrom('ledger.time_stamp')
        .select('size')
        .where('org_id', '=', orgId)
        .where('hash', '=', head)
        .where('size', '=', Number(size))
        .executeTakeFirst()) !== undefined;

/** Tokens about these checkpoints of a log. */
export async function stampsOf(db: ReadDb, orgId: Id, sizes: readonly bigint[]) {
    if (sizes.length === 0) return [];
    return db
        .selectFrom('ledger.time_stamp')
        .select(['hash', 'size', 'token', 'time', 'accuracy_ms', 'authority'])
        .where('org_id', '=', orgId)
        .where('size', 'in', sizes.map(Number))
        .execute();
}

/** Why there is no time-stamp now. */
export const stampTroubleOf = (db: ReadDb, orgId: Id) =>
    db.selectFrom('time_stamp_trouble').select(['code', 'params', 'since']).where('org_id', '=', orgId).executeTakeFirst();
