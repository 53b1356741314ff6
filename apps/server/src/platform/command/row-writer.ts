import { DomainError, type Id } from '@liuhen/domain';
import { type Insertable, type RawBuilder, type Selectable, sql, type Updateable } from 'kysely';
import type { DB } from '../../schema/db.generated.ts';
import type { Parameter } from '../db/parameters.ts';
import type { Tx, WrittenRow } from './tx.ts';

/** Tables whose every row is covered by log entries: those with the four common columns. */
export type StateTable = { [T in keyof DB]: Selectable<DB[T]> extends WrittenRow ? T : never }[keyof DB];

type Managed = 'org_id' | 'version' | 'command_id';

/** Inserts a row of the command's organisation and notes its after-image for the entry. */
export async function insertRow<T extends StateTable>(
    tx: Tx,
    table: T,
    values: Omit<Insertable<DB[T]>, Managed>,
): Promise<Selectable<DB[T]>> {
    const full = { ...values, org_id: tx.orgId, version: 1, command_id: tx.commandId };
    const row = await tx.db
        .insertInto(table)
        .values(full as never)
        .returningAll()
        .executeTakeFirstOrThrow();
    tx.wrote(table, row as unknown as WrittenRow);
    return row as Selectable<DB[T]>;
}

/** The same for many rows in one statement, in the order given. */
export async function insertRows<T extends StateTable>(
    tx: Tx,
    table: T,
    rows: readonly Omit<Insertable<DB[T]>, Managed>[],
): Promise<void> {
    if (rows.length === 0) return;
    const full = rows.map((values) => ({ ...values, org_id: tx.orgId, version: 1, command_id: tx.commandId }));
    const written = await tx.db
        .insertInto(table)
        .values(full as never)
        .returningAll()
        .execute();
    for (const row of written) tx.wrote(table, row as unknown as WrittenRow);
}

/**
 * Changes a row whose version the caller has read; somebody else's change in between is `conflict.changedMeanwhile` and
 * nothing is lost. Notes the after-image for the entry.
 */
export async function updateRow<T extends StateTable>(
    tx: Tx,
    table: T,
    at: { id: Id; version: number },
    patch: Omit<Updateable<DB[T]>, Managed | 'id'>,
): Promise<Selectable<DB[T]>> {
    const query = tx.db.updateTable(table as 'party').set({ ...patch, version: at.version + 1, command_id: tx.commandId });
    const row = await query
        .where('id', '=', at.id)
        .where('org_id', '=', tx.orgId)
        .where('version', '=', at.version)
        .returningAll()
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('conflict.changedMeanwhile');
    tx.wrote(table, row);
    return row as unknown as Selectable<DB[T]>;
}

/** The same for many rows at once, which the caller has locked: each moves on by one version. */
export async function updateRows<T extends StateTable>(
    tx: Tx,
    table: T,
    ids: readonly Id[],
    patch: Omit<Updateable<DB[T]>, Managed | 'id'>,
): Promise<void> {
    if (ids.length === 0) return;
    const rows = await tx.db
        .updateTable(table as 'party')
        .set((of) => ({ ...patch, version: of('version', '+', 1), command_id: tx.commandId }))
        .where('id', 'in', ids)
        .where('org_id', '=', tx.orgId)
        .returningAll()
        .execute();
    if (rows.length !== new Set(ids).size) throw new DomainError('conflict.changedMeanwhile');
    for (const row of rows) tx.wrote(table, row);
}

/**
 * Inserts any number of rows by a statement whose text is the same for all numbers, so that it is parsed and planned once. All rows have
 * the columns of the first. Unlike elsewhere, what goes into a JSON column is given as it is and not as text.
 */
export async function insertBatch<T extends StateTable>(
    tx: Tx,
    table: T,
    rows: readonly Omit<Insertable<DB[T]>, Managed>[],
): Promise<void> {
    const given = batchOf(rows.map((values) => ({ ...values, org_id: tx.orgId, version: 1, command_id: tx.commandId })));
    if (given === undefined) return;
    const columns = sql.join(given.columns.map((column) => sql.ref(column)));
    const written = await sql<WrittenRow>`insert into ${sql.table(table)} (${columns})
        select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${given.json}) returning *`.execute(tx.db);
    for (const row of written.rows) tx.wrote(table, row);
}

/** Changes any number of rows, each in its own way, as `insertBatch` inserts; the caller has read their versions. */
export async function updateBatch<T extends StateTable>(
    tx: Tx,
    table: T,
    rows: readonly ({ id: Id; version: number } & Omit<Updateable<DB[T]>, Managed | 'id'>)[],
): Promise<void> {
    const given = batchOf(rows);
    if (given === undefined) return;
    const written = await changeOf(tx, table, given, sql`was.*`).execute(tx.db);
    if (written.rows.length !== rows.length) throw new DomainError('conflict.changedMeanwhile');
    for (const row of written.rows) tx.wrote(table, row);
}

/**
 * The same for rows that are given whole and that the caller has locked, so that nothing needs to be read back: what is given is the
 * after-image. They are written last of all, with COMMIT (`Tx.last`). For tables whose rows nothing in the database alters on their way in.
 * Where another node's migration gave the table a column since, rows are written at once and read back.
 */
export async function replaceBatch<T extends StateTable>(
    tx: Tx,
    table: T,
    rows: readonly (Omit<Selectable<DB[T]>, 'org_id' | 'command_id'> & { id: Id; version: number })[],
): Promise<void> {
    const given = batchOf(rows);
    if (given === undefined) return;
    const written = rows.map((row) => ({ ...row, org_id: tx.orgId, version: row.version + 1, command_id: tx.commandId }));
    if ((await columnsOf(tx, table)) !== Object.keys(written[0] ?? {}).length) return updateBatch(tx, table, rows as never);
    const change = changeOf(tx, table, given, sql`was.id`);
    const all = sql`with changed as (${change}) select liuhen.require_changed(count(*), ${rows.length}) from changed`;
    const { sql: text, parameters } = all.compile(tx.db);
    tx.last({ name: `replace ${table}`, text, values: parameters as readonly Parameter[] });
    for (const row of written) tx.wrote(table, row as unknown as WrittenRow);
}

/** How many columns the table has. It cannot get another one while rows of it are locked. */
async function columnsOf(tx: Tx, table: StateTable): Promise<number | undefined> {
    const found = await sql<{ columns: number }>`select count(*)::int as columns from pg_attribute
        where attrelid = ${table}::text::regclass and attnum > 0 and not attisdropped`.execute(tx.db);
    return found.rows[0]?.columns;
}

function changeOf(tx: Tx, table: StateTable, given: Batch, returned: RawBuilder<unknown>): RawBuilder<WrittenRow> {
    const changes = given.columns.filter((column) => column !== 'id' && column !== 'version');
    return sql<WrittenRow>`update ${sql.table(table)} as was
        set ${sql.join(changes.map((column) => sql`${sql.ref(column)} = ${sql.ref(`made.${column}`)}`))},
            version = was.version + 1, command_id = ${tx.commandId}
        from json_populate_recordset(null::${sql.table(table)}, ${given.json}) as made
        where was.id = made.id and was.version = made.version and was.org_id = ${tx.orgId} returning ${returned}`;
}

type Batch = { readonly columns: readonly string[]; readonly json: string };

function batchOf(rows: readonly object[]): Batch | undefined {
    const [first] = rows;
    return first === undefined ? undefined : { columns: Object.keys(first), json: JSON.stringify(rows.map(writable)) };
}

/** Bytes as PostgreSQL reads them from text. */
const writable = (row: object): object =>
    Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
            column,
            value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
        ]),
    );
