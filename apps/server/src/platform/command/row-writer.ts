import { DomainError, type Id } from '@liuhen/domain';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { DB } from '../../schema/db.generated.ts';
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
