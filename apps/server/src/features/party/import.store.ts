import type { Id } from '@liuhen/domain';
import { type Insertable, sql } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { DB } from '../../schema/db.generated.ts';

export const insertImport = (tx: Tx, values: Parameters<typeof insertRow<'party_import'>>[2]) =>
    insertRow(tx, 'party_import', values);

export const updateImport = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'party_import'>>[3]) =>
    updateRow(tx, 'party_import', at, patch);

export const lockImport = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('party_import')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

/** So many rows go in one statement: PostgreSQL takes 65,535 parameters. */
const AT_ONCE = 2_000;

export type NewImportRow = Omit<Insertable<DB['party_import_row']>, 'org_id'>;

export async function insertImportRows(tx: Tx, rows: readonly NewImportRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += AT_ONCE) {
        const some = rows.slice(from, from + AT_ONCE).map((row) => ({ ...row, org_id: tx.orgId }));
        await tx.db.insertInto('party_import_row').values(some).execute();
    }
}

export const deleteImportRows = (tx: Tx, importId: Id) =>
    tx.db.deleteFrom('party_import_row').where('import_id', '=', importId).execute();

/** What the preview already decided: rows that change nothing and rows that are refused are done. */
export async function settlePlanned(tx: Tx, importId: Id): Promise<void> {
    for (const [plan, outcome] of [['leave', 'left'] as const, ['refuse', 'refused'] as const])
        await tx.db
            .updateTable('party_import_row')
            .set({ outcome })
            .where('import_id', '=', importId)
            .where('plan', '=', plan)
            .execute();
}

/** The next rows that are still to be done, in the order of the file. */
export const openImportRows = (tx: Tx, importId: Id, most: number) =>
    tx.db
        .selectFrom('party_import_row')
        .select(['line', 'party_key', 'party_id', 'name', 'cells', 'plan', 'changes'])
        .where('import_id', '=', importId)
        .where('outcome', 'is', null)
        .orderBy('line')
        .limit(most)
        .execute();

export type OpenImportRow = Awaited<ReturnType<typeof openImportRows>>[number];

export type Settled = {
    line: number;
    outcome: 'created' | 'changed' | 'refused';
    party_id: Id | null;
    reasons: readonly object[];
};

/** Writes what became of the rows, all in one statement. */
export async function settleImportRows(tx: Tx, importId: Id, settled: readonly Settled[]): Promise<void> {
    await sql`update party_import_row r set outcome = d.outcome, party_id = d.party_id,
            reasons = case when d.reasons = '[]' then r.reasons else d.reasons end
        from jsonb_to_recordset(${JSON.stringify(settled)}::jsonb) as d (line int, outcome text, party_id uuid, reasons jsonb)
        where r.import_id = ${importId} and r.line = d.line`.execute(tx.db);
}
