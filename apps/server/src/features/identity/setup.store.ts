import { sql } from 'kysely';
import type { Tx } from '../../platform/command/tx.ts';

/** True once in the life of a database: locks until the transaction ends, and looks again after the lock. */
export async function claimSetup(tx: Tx): Promise<boolean> {
    const { rows } = await sql<{ mine: boolean }>`select liuhen.claim_setup() as mine`.execute(tx.db);
    return rows[0]?.mine === true;
}
