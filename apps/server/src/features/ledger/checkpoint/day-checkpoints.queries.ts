import { DAY, type Day, dayOf, HEAD_HASHES, type HeadHash, type Id, type Instant, startOfDay } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../../platform/db/database.ts';

/** The last checkpoint that was signed on a day, of one head. */
export type SheetHead = {
    readonly head: HeadHash;
    readonly size: bigint;
    readonly root: Uint8Array;
    readonly note: Uint8Array;
    readonly at: Instant;
};

type Row = { start: string; hash: HeadHash; size: string | number; root: Uint8Array; note: Uint8Array; at: number };

/** The last checkpoint of each head on each of these days. */
export async function lastOfDays(db: ReadDb, orgId: Id, days: readonly Day[]): Promise<ReadonlyMap<Day, readonly SheetHead[]>> {
    if (days.length === 0) return new Map();
    const starts = days.map((day) => String(startOfDay(day)));
    const last = sql<Row>`(
        select d.start::text, h.hash, c.size, c.root, c.note, c.at
        from unnest(${starts}::bigint[]) as d(start)
        cross join unnest(${[...HEAD_HASHES]}::text[]) as h(hash)
        cross join lateral (
            select size, root, note, at from ledger.checkpoint
            where org_id = ${orgId} and hash = h.hash and at >= d.start and at < d.start + ${DAY}::bigint
            order by at desc, size desc limit 1
        ) c
    )`.as('last');
    const rows = await db.selectFrom(last).selectAll().orderBy('hash').execute();
    const found = new Map<Day, SheetHead[]>();
    for (const { start, hash, size, root, note, at } of rows) {
        const day = dayOf(Number(start));
        found.set(day, [...(found.get(day) ?? []), { head: hash, size: BigInt(size), root, note, at }]);
    }
    return found;
}

/** The last checkpoint of one head that was signed before an instant. */
export async function lastBefore(db: ReadDb, orgId: Id, head: HeadHash, before: Instant): Promise<SheetHead | undefined> {
    const row = await ofHead(db, orgId, head)
        .where('at', '<', before)
        .select(['size', 'root', 'note', 'at'])
        .orderBy('at', 'desc')
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
    return row === undefined ? undefined : { ...row, head, size: BigInt(row.size) };
}

/** Published checkpoints of one head of a log. */
export const ofHead = (db: ReadDb, orgId: Id, head: HeadHash) =>
    db.selectFrom('ledger.checkpoint').where('org_id', '=', orgId).where('hash', '=', head);
