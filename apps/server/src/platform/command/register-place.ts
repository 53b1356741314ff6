import { sql } from 'kysely';
import { insertRow, updateRow } from './row-writer.ts';
import type { Tx } from './tx.ts';

export type Register = 'complaint' | 'task' | 'draw' | 'inspection' | 'retrieval';

/**
 * The next place in a register of the year. The advisory lock serialises the commands of one organisation, register and
 * year until each has committed or rolled back, so that no number is left out and none is given twice; a lock on the
 * counter's row alone would not hold before the first of a year, when there is no row. `count` takes several at once and
 * gives the first.
 */
export async function registerPlace(tx: Tx, register: Register, year: number, count = 1): Promise<number> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`${register} ${tx.orgId} ${year}`}, 0))`.execute(tx.db);
    const counter = await tx.db
        .selectFrom('register_counter')
        .select(['id', 'version', 'last'])
        .where('org_id', '=', tx.orgId)
        .where('register', '=', register)
        .where('year', '=', year)
        .executeTakeFirst();
    if (counter === undefined) await insertRow(tx, 'register_counter', { id: tx.newId(), register, year, last: count });
    else await updateRow(tx, 'register_counter', counter, { last: counter.last + count });
    return (counter?.last ?? 0) + 1;
}

/** `310115` and the like, with which the numbers of an organisation begin. */
export const organisationCode = async (tx: Tx): Promise<string> =>
    (await tx.db.selectFrom('organisation').select('code').where('id', '=', tx.orgId).executeTakeFirstOrThrow()).code;
