import {
    type CompiledQuery,
    type DatabaseConnection,
    type Dialect,
    type Driver,
    Kysely,
    PostgresAdapter,
    PostgresIntrospector,
    PostgresQueryCompiler,
    type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Parameter } from './parameters.ts';
import { inOneTrip } from './round-trip.ts';

/**
 * Kysely over one given connection whose transaction somebody else opens and ends. So `BEGIN` can travel with the scope
 * and the log entry with `COMMIT`, which Kysely's own transactions do not allow.
 */
export function kyselyOn<DB>(client: pg.ClientBase): Kysely<DB> {
    const known = cache.get(client);
    if (known !== undefined) return known as Kysely<DB>;
    const made = new Kysely<DB>({ dialect: new ClientDialect(client) });
    cache.set(client, made as Kysely<unknown>);
    return made;
}

const cache = new WeakMap<pg.ClientBase, Kysely<unknown>>();

class ClientDialect implements Dialect {
    readonly #client: pg.ClientBase;

    constructor(client: pg.ClientBase) {
        this.#client = client;
    }

    createAdapter = () => new PostgresAdapter();
    createQueryCompiler = () => new PostgresQueryCompiler();
    createIntrospector = (db: Kysely<unknown>) => new PostgresIntrospector(db);
    createDriver = (): Driver => new ClientDriver(this.#client);
}

class ClientDriver implements Driver {
    readonly #connection: ClientConnection;

    constructor(client: pg.ClientBase) {
        this.#connection = new ClientConnection(client);
    }

    async init(): Promise<void> {}
    async destroy(): Promise<void> {}
    async acquireConnection(): Promise<DatabaseConnection> {
        return this.#connection;
    }
    async releaseConnection(): Promise<void> {}
    async beginTransaction(): Promise<void> {
        throw new Error('the transaction belongs to the command');
    }
    async commitTransaction(): Promise<void> {
        throw new Error('the transaction belongs to the command');
    }
    async rollbackTransaction(): Promise<void> {
        throw new Error('the transaction belongs to the command');
    }
}

/** A statement of many rows has a text for each number of rows: beyond this many texts the rest stay unnamed. */
const MOST_NAMED = 200;

class ClientConnection implements DatabaseConnection {
    readonly #client: pg.ClientBase;
    readonly #names = new Map<string, string>();

    constructor(client: pg.ClientBase) {
        this.#client = client;
    }

    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
        const name = this.#nameOf(query.sql);
        const values = query.parameters as readonly Parameter[];
        const [answer] = await inOneTrip(this.#client, [
            { ...(name === undefined ? {} : { name }), text: query.sql, values, rows: true },
        ]);
        if (answer === undefined) throw new Error('no answer');
        const changes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(answer.command);
        return { rows: answer.rows as R[], ...(changes ? { numAffectedRows: BigInt(answer.count) } : {}) };
    }

    /**
     * Inserts and updates by key have one good plan whatever the values: they are parsed and planned once per connection.
     * Reads are planned anew, because their best plan depends on what is asked for.
     */
    #nameOf(sql: string): string | undefined {
        if (!sql.startsWith('insert ') && !sql.startsWith('update ')) return undefined;
        const known = this.#names.get(sql);
        if (known !== undefined || this.#names.size >= MOST_NAMED) return known;
        const name = `write ${this.#names.size}`;
        this.#names.set(sql, name);
        return name;
    }

    // biome-ignore lint/correctness/useYield: streaming is not offered on a command's connection
    async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
        throw new Error('streaming is not offered here');
    }
}
