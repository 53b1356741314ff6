import { DomainError } from '@liuhen/domain';
import pg from 'pg';
import { unguardedTypes } from '../platform/db/types.ts';

/** A database as a verification sees it: everything, and read only. */
export type VerifiedDatabase = {
    /** For the check of logs and rows, which opens its own transaction. */
    readonly pool: pg.Pool;
    close(): Promise<void>;
};

/** One state of the database. Names are always written with their schema. */
export type Snapshot = {
    query<T extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<T[]>;
    close(): Promise<void>;
};

const SETTINGS = [
    'default_transaction_read_only=on',
    // Nothing a forger could put a function or an operator of his own into.
    'search_path=pg_catalog',
    'timezone=UTC',
    'statement_timeout=0',
    'idle_in_transaction_session_timeout=0',
];

/** Throws `verify.databaseUnreachable` {reason}, `verify.databaseRights`, `verify.schemaMissing`. */
export async function openVerifiedDatabase(url: string): Promise<VerifiedDatabase> {
    const role = await roleFor(url);
    const pool = new pg.Pool({ ...connection(url, role), max: 3 });
    pool.on('error', () => undefined);
    return { pool, close: () => pool.end() };
}

export async function openSnapshot({ pool }: VerifiedDatabase): Promise<Snapshot> {
    const client = await pool.connect();
    // Lost while idle: the next query rejects; without a listener the process would end instead.
    const onError = () => undefined;
    client.on('error', onError);
    try {
        await client.query('start transaction isolation level repeatable read read only');
        // The state is the one of the first query, not of the start.
        await client.query('select 1');
    } catch (error) {
        client.release(true);
        throw error;
    }
    return {
        query: async <T extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
            (await client.query<T>(sql, [...values])).rows,
        close: async () => client.release(true),
    };
}

const connection = (url: string, role: string | undefined): pg.ClientConfig => ({
    connectionString: url,
    types: unguardedTypes,
    application_name: 'liuhen verify',
    options: [...SETTINGS, ...(role === undefined ? [] : [`role=${role}`])].map((each) => `-c ${each}`).join(' '),
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
});

/**
 * Row-level security would hide rows, and hidden rows look like rows that are gone. Superusers pass it; otherwise the
 * tables' owner sees everything.
 */
async function roleFor(url: string): Promise<string | undefined> {
    const client = new pg.Client(connection(url, undefined));
    client.on('error', () => undefined);
    try {
        await client.connect();
    } catch (cause) {
        throw new DomainError('verify.databaseUnreachable', { reason: reasonOf(cause) }, { cause });
    }
    try {
        const { rows } = await client.query<{ ready: boolean; free: boolean; owner: boolean }>(
            `select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname = 'ledger' and c.relname = 'entry') as ready, rolsuper or rolbypassrls as free,
                 exists (select from pg_roles o where o.rolname = 'liuhen_owner' and pg_has_role(o.oid, 'member')) as owner
             from pg_roles where rolname = current_user`,
        );
        if (rows[0]?.ready !== true) throw new DomainError('verify.schemaMissing');
        if (rows[0].free) return undefined;
        if (!rows[0].owner) throw new DomainError('verify.databaseRights');
        return 'liuhen_owner';
    } finally {
        await client.end().catch(() => undefined);
    }
}

/** Code of the failure; never the message, which names the address. */
function reasonOf(cause: unknown): string {
    const { code, errors } = cause as { code?: string; errors?: { code?: string }[] };
    return code ?? errors?.[0]?.code ?? 'no answer';
}
