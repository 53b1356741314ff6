import { type ConfirmedDoubt, type Id, SECOND, type ServerClockDoubt, SYSTEM_ID, type WitnessedAt } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** The doubt that is known to all servers of this installation; read with the system's scope. */
export async function keptDoubt(db: ReadDb): Promise<ServerClockDoubt | undefined> {
    const row = await db
        .selectFrom('clock_alarm')
        .select(['code', 'params', 'since'])
        .where('org_id', '=', SYSTEM_ID)
        .executeTakeFirst();
    return row === undefined ? undefined : { code: row.code, params: JSON.parse(row.params), since: row.since };
}

/** What other clocks say, milliseconds: that of the database now, the last entry of each log, the last words of witnesses. */
export async function otherClocks(db: ReadDb, orgs: readonly Id[]) {
    const { rows } = await sql<{ now: number }>`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`.execute(
        db as never,
    );
    // One after the other: a connection answers one question at a time.
    let lastEntry = 0;
    const witnessed: WitnessedAt[] = [];
    for (const org of orgs) {
        const last = await db
            .selectFrom('ledger.entry')
            .select('at')
            .where('org_id', '=', org)
            .orderBy('idx', 'desc')
            .limit(1)
            .executeTakeFirst();
        lastEntry = Math.max(lastEntry, last?.at ?? 0);
        const words = await db
            .selectFrom('ledger.cosignature')
            .select(['verifier', 'time', 'at'])
            .where('org_id', '=', org)
            .orderBy('at', 'desc')
            .limit(LAST_WORDS)
            .execute();
        for (const { verifier, time, at } of words) witnessed.push({ witness: verifier, theirs: time * SECOND, ours: at });
    }
    return { database: Number(rows[0]?.now ?? 0), lastEntry, witnessed };
}

/** Of each log: several heads of several witnesses. */
const LAST_WORDS = 20;

/** Who confirms the clock does so now and then. */
const LAST_CONFIRMATIONS = 10;

/** What people have confirmed, as the logs say it: it outlives this server and holds for every other. Without a body nothing is answered. */
export async function confirmedDoubts(db: ReadDb, orgs: readonly Id[]): Promise<ConfirmedDoubt[]> {
    const found: ConfirmedDoubt[] = [];
    for (const org of orgs) {
        const rows = await db
            .selectFrom('ledger.entry as e')
            .innerJoin('ledger.body as b', (join) => join.onRef('b.org_id', '=', 'e.org_id').onRef('b.idx', '=', 'e.idx'))
            .select(['e.at', 'b.body'])
            .where('e.org_id', '=', org)
            .where('e.kind', '=', 'serverClock.confirmed')
            .orderBy('e.idx', 'desc')
            .limit(LAST_CONFIRMATIONS)
            .execute();
        for (const { at, body } of rows) {
            const { code, seconds, since } = JSON.parse(Buffer.from(body).toString());
            found.push({ code, aheadMs: Number(seconds) * SECOND, since: Number(since), at });
        }
    }
    return found;
}
