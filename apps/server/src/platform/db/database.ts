import { type Id, isId } from '@liuhen/domain';
import type { Kysely } from 'kysely';
import type { ReadonlyKysely } from 'kysely/readonly';
import pg from 'pg';
import type { DB } from '../../schema/db.generated.ts';
import { kyselyOn } from './client-dialect.ts';
import { goAhead, type Statement, takeBack } from './round-trip.ts';
import { pgTypes } from './types.ts';

/** Reads of queries: selects only, by type; and inside a read-only transaction, by the database. */
export type ReadDb = ReadonlyKysely<DB>;

/** Which organisations' rows are visible, and which one may be written (commands only). */
export type Scope = { readOrgs: readonly Id[]; writeOrg?: Id };

export type Database = {
    readonly pool: pg.Pool;
    /** Runs `work` in a read-only transaction that sees one state of the database and only the scope's rows. */
    read<T>(scope: Scope, work: (db: ReadDb) => Promise<T>): Promise<T>;
    close(): Promise<void>;
};

const BEGIN_READ: Statement = { name: 'beginRead', text: 'begin isolation level repeatable read read only' };

export function openDatabase(options: { url: string; max?: number; onError: (error: Error) => void }): Database {
    const pool = new pg.Pool({
        connectionString: options.url,
        max: options.max ?? 10,
        types: pgTypes,
        // Side processes of the database read ahead of what a page needs, and take the processors from everybody else.
        options:
            '-c search_path=liuhen,public -c timezone=UTC -c idle_in_transaction_session_timeout=60000 -c max_parallel_workers_per_gather=0',
        application_name: 'liuhen',
        connectionTimeoutMillis: 10_000,
    });
    // An idle connection that the server ends must not end the process.
    pool.on('error', options.onError);
    // Nor one that is in use: its query fails, and whoever asked is told by that.
    pool.on('connect', (client) => client.on('error', () => undefined));
    return {
        pool,
        async read(scope, work) {
            const client = await pool.connect();
            let broken: Error | undefined;
            try {
                goAhead(client, [BEGIN_READ, scopeStatement(scope)]);
                const result = await work(kyselyOn<DB>(client) as unknown as ReadDb);
                if (!takeBack(client)) await client.query('commit');
                return result;
            } catch (error) {
                if (!takeBack(client)) broken = await rollback(client);
                throw error;
            } finally {
                client.release(broken);
            }
        },
        close: () => pool.end(),
    };
}

/** Ends the transaction after a failure; a connection that cannot even do that is thrown away. */
export async function rollback(client: pg.ClientBase): Promise<Error | undefined> {
    try {
        await client.query('rollback');
        return undefined;
    } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
    }
}

/** Sets the row-level scope for this transaction; ids are checked, so that nothing but ids reaches the policies. */
export function scopeStatement(scope: Scope): Statement {
    const ids = [...scope.readOrgs, ...(scope.writeOrg === undefined ? [] : [scope.writeOrg])];
    if (!ids.every(isId)) throw new TypeError('a scope holds ids only');
    return {
        name: 'scope',
        text: "select set_config('liuhen.orgs', $1, true), set_config('liuhen.org', $2, true)",
        values: [scope.readOrgs.join(','), scope.writeOrg ?? ''],
    };
}

export type WriteDb = Kysely<DB>;
