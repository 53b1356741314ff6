import { createHash } from 'node:crypto';
import pg from 'pg';

const CHANNEL = 'liuhen_upload_release';

export type LockConnectionOptions = {
    /** Direct connection: session locks do not survive a pooler in transaction mode. */
    readonly connectionString: string;
    /** Milliseconds between signs of life; a connection that does not answer within the same time counts as lost. */
    readonly pingMs: number;
    /** Another node waits for this name. */
    readonly onWanted: (name: string) => void;
    /** Every lock held until now is void. */
    readonly onLost: () => void;
};

/**
 * The node's one connection that holds its PostgreSQL session advisory locks, however many. When it breaks the server
 * frees the locks, so the holders are told at once; the next use connects again.
 */
export class LockConnection {
    readonly #options: LockConnectionOptions;
    #client: Promise<pg.Client> | undefined;
    #ping: NodeJS.Timeout | undefined;
    #current: pg.Client | undefined;
    #last: Promise<unknown> = Promise.resolve();
    #closed = false;

    constructor(options: LockConnectionOptions) {
        this.#options = options;
    }

    async tryLock(name: string): Promise<boolean> {
        return this.#inTurn(async (client) => {
            const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [lockKey(name)]);
            return rows[0]?.got === true;
        });
    }

    async unlock(name: string): Promise<void> {
        if (this.#client === undefined) return;
        await this.#inTurn((client) => client.query('select pg_advisory_unlock($1)', [lockKey(name)]));
    }

    /** Asks the holder, on whatever node, to let go if its client is silent. */
    async announceWaiting(name: string): Promise<void> {
        await this.#inTurn((client) => client.query('select pg_notify($1, $2)', [CHANNEL, name]));
    }

    async close(): Promise<void> {
        this.#closed = true;
        clearInterval(this.#ping);
        const client = await this.#client?.catch(() => undefined);
        this.#client = undefined;
        await client?.end().catch(() => undefined);
    }

    /** One query after the other: the connection is shared by every upload of the node. */
    #inTurn<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
        const turn = this.#last.then(async () => {
            const client = await this.#connected();
            try {
                return await work(client);
            } catch (error) {
                // Whether the lock was taken is unknown now; only the end of the connection makes it certain.
                this.#lose(client);
                throw error;
            }
        });
        this.#last = turn.catch(() => undefined);
        return turn;
    }

    #connected(): Promise<pg.Client> {
        if (this.#closed) return Promise.reject(new Error('lock connection closed'));
        this.#client ??= this.#connect();
        return this.#client;
    }

    async #connect(): Promise<pg.Client> {
        const { connectionString, pingMs } = this.#options;
        const client = new pg.Client({
            connectionString,
            application_name: 'liuhen-upload-locks',
            keepAlive: true,
            connectionTimeoutMillis: pingMs,
            query_timeout: pingMs,
        });
        const lost = (): void => this.#lose(client);
        client.on('error', lost);
        client.on('end', lost);
        client.on('notification', (message) => this.#options.onWanted(message.payload ?? ''));
        try {
            await client.connect();
            await client.query(`listen ${CHANNEL}`);
        } catch (error) {
            this.#client = undefined;
            client.end().catch(() => undefined);
            throw error;
        }
        clearInterval(this.#ping);
        this.#ping = setInterval(() => {
            this.#inTurn((current) => current.query('select 1')).catch(() => undefined);
        }, pingMs);
        this.#ping.unref();
        this.#current = client;
        return client;
    }

    #lose(client: pg.Client): void {
        if (this.#current !== client) return;
        this.#current = undefined;
        this.#client = undefined;
        clearInterval(this.#ping);
        client.end().catch(() => undefined);
        this.#options.onLost();
    }
}

/** 64 bits of a digest as PostgreSQL's signed key; an accidental equal only makes two uploads wait for each other. */
const lockKey = (name: string): string =>
    createHash('sha256').update(`liuhen.upload:${name}`).digest().readBigInt64BE().toString();
