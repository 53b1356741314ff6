import type { Id, ImportOrigin, PartyCandidate } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Parties that rows of a list may mean: by credit code, or by a name that is equal but for width, case and punctuation. */
export async function partyCandidates(tx: Tx, codes: readonly string[], names: readonly string[]): Promise<PartyCandidate[]> {
    const rows = await tx.db
        .selectFrom('party')
        .select(['id', 'name', 'credit_code', 'address'])
        .where('org_id', '=', tx.orgId)
        .where('state', '<>', 'merged')
        .where((any) =>
            any.or([
                sql<boolean>`credit_code = any (${codes}::text[])`,
                sql<boolean>`liuhen.name_key(name) in (select liuhen.name_key(n) from unnest(${names}::text[]) n)`,
            ]),
        )
        .execute();
    if (rows.length === 0) return [];
    const premises = await tx.db
        .selectFrom('premises')
        .select(['party_id', 'address'])
        .where(
            'party_id',
            'in',
            rows.map((row) => row.id),
        )
        .execute();
    const addresses = Map.groupBy(premises, (each) => each.party_id);
    return rows.map(({ id, name, credit_code, address }) => ({
        id,
        name,
        creditCode: credit_code,
        addresses: [...(address === null ? [] : [address]), ...(addresses.get(id) ?? []).map((each) => each.address)],
    }));
}

/** Tasks that came with these numbers before. */
export async function tasksKnown(tx: Tx, origin: ImportOrigin, externalIds: readonly string[]) {
    const rows = await tx.db
        .selectFrom('task')
        .select(['id', 'version', 'external_id', 'due_day', 'state', 'party_id'])
        .where('org_id', '=', tx.orgId)
        .where('origin', '=', origin)
        .where(sql<boolean>`external_id = any (${externalIds}::text[])`)
        .execute();
    return new Map(rows.flatMap((row) => (row.external_id === null ? [] : [[row.external_id, row] as const])));
}

export const lockImport = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('task_import')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

/** Rows that make a task, or change one, in their order. */
export const rowsToApply = (tx: Tx, importId: Id) =>
    tx.db
        .selectFrom('task_import_row')
        .selectAll()
        .where('import_id', '=', importId)
        .where('state', 'in', ['matched', 'changed'])
        .orderBy('place')
        .execute();

export const lockImportRow = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('task_import_row')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const insertImport = (tx: Tx, values: Parameters<typeof insertRow<'task_import'>>[2]) =>
    insertRow(tx, 'task_import', values);

export const insertImportRow = (tx: Tx, values: Parameters<typeof insertRow<'task_import_row'>>[2]) =>
    insertRow(tx, 'task_import_row', values);

export const updateImportRow = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'task_import_row'>>[3],
) => updateRow(tx, 'task_import_row', at, patch);
