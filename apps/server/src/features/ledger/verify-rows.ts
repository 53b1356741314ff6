import type pg from 'pg';
import { unguardedTypes } from '../../platform/db/types.ts';

/** An int8 as a verifier finds it: beyond 2^53 where somebody planted it, since no command can have written that. */
export type StoredInt8 = number | bigint;

/** How many rows are held at once. */
const BATCH = 500;

/**
 * Reads all of a query's rows through a cursor of the open transaction, whatever values they hold.
 */
export async function* streamRows<Row extends pg.QueryResultRow>(
    client: pg.ClientBase,
    name: string,
    statement: string,
    values: readonly unknown[] = [],
): AsyncGenerator<Row, void> {
    await client.query(`declare ${name} no scroll cursor for ${statement}`, [...values]);
    for (;;) {
        const { rows } = await client.query<Row>({ text: `fetch ${BATCH} from ${name}`, types: unguardedTypes });
        yield* rows;
        if (rows.length < BATCH) break;
    }
    // Not after a failure: the end of the transaction closes it then.
    await client.query(`close ${name}`);
}

/** All rows of a small result. */
export async function rowsOf<Row extends pg.QueryResultRow>(
    client: pg.ClientBase,
    statement: string,
    values: readonly unknown[] = [],
): Promise<Row[]> {
    return (await client.query<Row>({ text: statement, values: [...values], types: unguardedTypes })).rows;
}
