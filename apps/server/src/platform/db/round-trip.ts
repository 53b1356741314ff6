import type pg from 'pg';
import { type Parameter, parameterText } from './parameters.ts';
import { pgTypes } from './types.ts';

/** One statement; `name` says that its text never changes, so that it is parsed and planned once per connection. */
export type Statement = {
    name?: string;
    text: string;
    values?: readonly Parameter[];
    /** Whether its rows are wanted; without it they are neither described nor read. */
    rows?: true;
};

export type Answer = { command: string; count: number; rows: Record<string, unknown>[] };

/**
 * Sends the statements in one message and gives all answers, in order. The extended protocol with a single Sync at the
 * end: at the first failure PostgreSQL skips the rest, a COMMIT among them, and the failure is thrown once the
 * connection is free again. pg sends one statement at a time, or one Sync each; both cost a command a third of its time.
 */
export async function inOneTrip(client: pg.ClientBase, statements: readonly Statement[]): Promise<Answer[]> {
    const first = ahead.get(client);
    if (first === undefined) return send(client, statements);
    ahead.delete(client);
    const answers = await send(client, [...first.statements, ...statements]);
    first.read(answers.slice(0, first.statements.length));
    return answers.slice(first.statements.length);
}

type Ahead = { statements: readonly Statement[]; read: (answers: readonly Answer[]) => void };
const ahead = new WeakMap<pg.ClientBase, Ahead>();

/**
 * Lets statements wait for the next trip of this connection and go in front of it. Whoever asks next waits for them too,
 * and gets what `read` throws.
 */
export function goAhead(client: pg.ClientBase, statements: readonly Statement[], read: Ahead['read'] = () => undefined): void {
    ahead.set(client, { statements, read });
}

/** Takes back what still waits; tells whether it did. A connection goes back to the pool with nothing waiting. */
export const takeBack = (client: pg.ClientBase): boolean => ahead.delete(client);

async function send(client: pg.ClientBase, statements: readonly Statement[]): Promise<Answer[]> {
    try {
        return await new Promise<Answer[]>((resolve, reject) => {
            const done: Done = (error, answers) => (error === undefined ? resolve(answers) : reject(error));
            client.query(new RoundTrip(client, statements, done));
        });
    } catch (error) {
        // Where it was asked, not where the message was read.
        if (error instanceof Error) Error.captureStackTrace(error);
        throw error;
    }
}

type Done = (error: Error | undefined, answers: Answer[]) => void;
type Field = { name: string; parse: (text: string) => unknown };

/** A text as a connection knows it. Its columns never change under a name: PostgreSQL refuses to run it then. */
type Prepared = { wire: string; fields?: readonly Field[] };

/** Names under which a connection knows texts. A new name for each attempt: one that was skipped does not exist there. */
const prepared = new WeakMap<pg.ClientBase, { names: Map<string, Prepared>; count: number }>();

/** What pg asks of a query class of its own (as pg-cursor and pg-query-stream are). */
class RoundTrip implements pg.Submittable {
    readonly #known: { names: Map<string, Prepared>; count: number };
    readonly #statements: readonly Statement[];
    readonly #done: Done;
    readonly #fresh: string[] = [];
    readonly #answers: Answer[] = [];
    #fields: readonly Field[] | undefined;
    #rows: Record<string, unknown>[] = [];
    #failure: Error | undefined;

    constructor(client: pg.ClientBase, statements: readonly Statement[], done: Done) {
        const known = prepared.get(client) ?? { names: new Map<string, Prepared>(), count: 0 };
        prepared.set(client, known);
        this.#known = known;
        this.#statements = statements;
        this.#done = done;
    }

    submit(connection: pg.Connection): null {
        const wire = connection as unknown as Wire;
        wire.stream.cork();
        try {
            for (const statement of this.#statements) this.#send(wire, statement);
            wire.sync();
        } finally {
            wire.stream.uncork();
        }
        return null;
    }

    #send(wire: Wire, { name, text, values = [], rows }: Statement): void {
        const known = name === undefined ? undefined : this.#known.names.get(name);
        let statement = known?.wire ?? '';
        if (known === undefined) {
            if (name !== undefined) {
                statement = `${name} ${this.#known.count++}`;
                this.#known.names.set(name, { wire: statement });
                this.#fresh.push(name);
            }
            wire.parse({ name: statement, text });
        }
        wire.bind({ statement, values, valueMapper: parameterText });
        if (rows === true && known?.fields === undefined) wire.describe({ type: 'P' });
        wire.execute();
    }

    handleRowDescription(message: { fields: readonly { name: string; dataTypeID: number }[] }): void {
        this.#fields = message.fields.map(({ name, dataTypeID }) => ({
            name,
            parse: pgTypes.getTypeParser(dataTypeID, 'text') as (text: string) => unknown,
        }));
        const known = this.#prepared();
        if (known !== undefined) known.fields = this.#fields;
    }

    #prepared(): Prepared | undefined {
        const name = this.#statements[this.#answers.length]?.name;
        return name === undefined ? undefined : this.#known.names.get(name);
    }

    handleDataRow(message: { fields: readonly (string | null)[] }): void {
        if (this.#statements[this.#answers.length]?.rows !== true) return;
        this.#fields ??= this.#prepared()?.fields ?? [];
        try {
            const row: Record<string, unknown> = {};
            for (const [position, { name, parse }] of this.#fields.entries()) {
                const text = message.fields[position] ?? null;
                row[name] = text === null ? null : parse(text);
            }
            this.#rows.push(row);
        } catch (error) {
            this.#failure ??= error as Error;
        }
    }

    /** As in `INSERT 0 1`, `SELECT 5`, `COMMIT`. */
    handleCommandComplete(message: { text: string }): void {
        const words = message.text.split(' ');
        this.#answers.push({ command: words[0] ?? '', count: Number(words.at(-1)) || 0, rows: this.#rows });
        this.#rows = [];
        this.#fields = undefined;
    }

    handleEmptyQuery(): void {
        this.handleCommandComplete({ text: '' });
    }

    /** A failure of the server is followed by ReadyForQuery, which pg no longer passes on; one of the network by nothing. */
    handleError(error: Error): void {
        for (const name of this.#fresh) this.#known.names.delete(name);
        this.#done(error, []);
    }

    handleReadyForQuery(): void {
        this.#done(this.#failure, this.#answers);
    }
}

/** The part of pg's connection that query classes use; its published types are of an older version. */
type Wire = {
    stream: { cork(): void; uncork(): void };
    parse(message: { name: string; text: string }): void;
    bind(message: {
        statement: string;
        values: readonly Parameter[];
        valueMapper: (value: Parameter) => string | Buffer | null;
    }): void;
    describe(message: { type: 'P' }): void;
    execute(): void;
    sync(): void;
};
