import type { Id } from '@liuhen/domain';
import type pg from 'pg';

/**
 * One statement on an operational table (uploads, rounds of reading): such rows are no evidence and have no entry in the log.
 * Row-level security sees the organisation given and no other.
 */
export async function operate<Row extends pg.QueryResultRow>(
    pool: pg.Pool,
    orgId: Id,
    sql: string,
    values: readonly unknown[],
): Promise<{ rows: Row[]; count: number }> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
        await client.query('begin');
        await client.query(`select set_config('liuhen.orgs', $1, true)`, [orgId]);
        const { rows, rowCount } = await client.query<Row>(sql, [...values]);
        await client.query('commit');
        return { rows, count: rowCount ?? 0 };
    } catch (error) {
        await client.query('rollback').catch((cause: Error) => {
            broken = cause;
        });
        throw error;
    } finally {
        client.release(broken);
    }
}
