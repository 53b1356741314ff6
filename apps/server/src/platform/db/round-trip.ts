import type pg from 'pg';
import { pgTypes } from './types.ts';

/** One statement; `name` says that its text never changes, so that it is parsed and planned once per connection. */
export type Statement = {
    name: string;
    text: string;
    values?: readonly Value[];
    /** Whether its rows are wanted; without it they are neither described nor read. */
    rows?: true;
};

/** What a parameter can be: as PostgreSQL reads it as text, or bytes. Arrays are written by `pgArray`. */
export type Value = string | number | Uint8Array | null;

export type Answer = { command: string; rows: Record<string, unknown>[] };

/**
 * Sends the statements in one message and gives all answers, in order. The extended protocol with a single Sync at the
 * end: at the first failure PostgreSQL skips the rest, a COMMIT among them, and the failure is thrown once the
 * connection is free again. pg sends one statement at a time, or one Sync each; both cost a command a third of its time.
 */
export function inOneTrip(client: pg.ClientBase, statements: readonly Statement[]): Promise<Answer[]> {
    return new Promise((resolve, reject) => {
        client.query(
            new RoundTrip(client, statements, (error, answers) => (error === undefined ? resolve(answers) : reject(error))),
        );
    });
}

/** Names under which a connection knows texts. A new name for each attempt: one that was skipped does not exist there. */
const prepared = new WeakMap<pg.ClientBase, { names: Map<string, string>; count: number }>();

type Field = { name: string; dataTypeID: number };
type Failure = Error & { severity?: string };

/** What pg asks of a query class of its own (as pg-cursor and pg-query-stream are). */
class RoundTrip implements pg.Submittable {
    readonly #known: { names: Map<string, string>; count: number };
    readonly #statements: readonly Statement[];
    readonly #done: (error: Error | undefined, answers: Answer[]) => void;
    readonly #fresh: string[] = [];
    readonly #answers: Answer[] = [];
    #parsers: { name: string; parse: (text: string) => unknown }[] = [];
    #rows: Record<string, unknown>[] = [];
    #failure: Error | undefined;

    constructor(
        client: pg.ClientBase,
        statements: readonly Statement[],
        done: (error: Error | undefined, answers: Answer[]) => void,
    ) {
        const known = prepared.get(client) ?? { names: new Map<string, string>(), count: 0 };
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
        let known = this.#known.names.get(name);
        if (known === undefined) {
            known = `${name} ${this.#known.count++}`;
            this.#known.names.set(name, known);
            this.#fresh.push(name);
            wire.parse({ name: known, text });
        }
        wire.bind({ statement: known, values, valueMapper: asParameter });
        if (rows === true) wire.describe({ type: 'P' });
        wire.execute();
    }

    handleRowDescription(message: { fields: readonly Field[] }): void {
        this.#parsers = message.fields.map(({ name, dataTypeID }) => ({
            name,
            parse: pgTypes.getTypeParser(dataTypeID, 'text') as (text: string) => unknown,
        }));
    }

    handleDataRow(message: { fields: readonly (string | null)[] }): void {
        if (this.#parsers.length === 0) return;
        try {
            this.#rows.push(
                Object.fromEntries(
                    this.#parsers.map(({ name, parse }, position) => {
                        const text = message.fields[position] ?? null;
                        return [name, text === null ? null : parse(text)];
                    }),
                ),
            );
        } catch (error) {
            this.#failure ??= error as Error;
        }
    }

    handleCommandComplete(message: { text: string }): void {
        this.#answers.push({ command: message.text.split(' ', 1)[0] ?? '', rows: this.#rows });
        this.#rows = [];
        this.#parsers = [];
    }

    handleEmptyQuery(): void {
        this.handleCommandComplete({ text: '' });
    }

    /** A failure of the server is followed by ReadyForQuery, which pg no longer passes on; one of the network by nothing. */
    handleError(error: Failure): void {
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
    bind(message: { statement: string; values: readonly Value[]; valueMapper: (value: Value) => unknown }): void;
    describe(message: { type: 'P' }): void;
    execute(): void;
    sync(): void;
};

function asParameter(value: Value): string | Buffer | null {
    if (value === null || typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** Array literal of numbers, bytes, or texts: quoted and escaped as PostgreSQL reads arrays. */
export function pgArray(values: readonly (string | number | Uint8Array)[]): string {
    return `{${values.map(arrayElement).join(',')}}`;
}

function arrayElement(value: string | number | Uint8Array): string {
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return `"${value.replace(/[\\"]/g, '\\$&')}"`;
    return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}"`;
}
