import type { Id, PartyState } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertRow, updateRow, updateRows } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Lost in a race for one duplicate: the command looks again and says so. */
export const MERGE_KEYS = ['party_merge_open'] as const;

/** What hangs on a party and moves with a merger. Recordings hang on acts, sites on premises: they go with them. */
export const MOVED_TABLES = [
    'act',
    'premises',
    'licence',
    'document',
    'case',
    'complaint',
    'task',
    'task_import_row',
    // Who keeps away from the duplicate keeps away from its survivor.
    'officer_avoidance',
    'party_grade',
] as const;
export type MovedTable = (typeof MOVED_TABLES)[number];

/** What an undo needs: how the duplicate stood, and every row that was moved. */
export type Moved = { readonly state: PartyState; readonly rows: Readonly<Record<MovedTable, readonly Id[]>> };

export const insertMerge = (tx: Tx, values: Parameters<typeof insertRow<'party_merge'>>[2]) =>
    insertRow(tx, 'party_merge', values);

export const updateMerge = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'party_merge'>>[3]) =>
    updateRow(tx, 'party_merge', at, patch);

export const lockMerge = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('party_merge')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const openMergeOf = (tx: Tx, duplicateId: Id) =>
    tx.db
        .selectFrom('party_merge')
        .select('id')
        .where('duplicate_id', '=', duplicateId)
        .where('state', '=', 'proposed')
        .executeTakeFirst();

/** Everything of a party that a merger moves, locked. */
export async function lockMovables(tx: Tx, partyId: Id): Promise<Moved['rows']> {
    const found = {} as Record<MovedTable, Id[]>;
    for (const table of MOVED_TABLES) {
        const rows = await tx.db
            .selectFrom(table as 'act')
            .select('id')
            .where('party_id', '=', partyId)
            .orderBy('id')
            .forUpdate()
            .execute();
        found[table] = rows.map((row) => row.id);
    }
    return found;
}

/** Gives the rows to another party. */
export async function moveRows(tx: Tx, rows: Moved['rows'], to: Id): Promise<void> {
    for (const table of MOVED_TABLES) await updateRows(tx, table as 'act', rows[table], { party_id: to });
}

/** How many of the moved rows no longer belong to the survivor. */
export async function movedOn(tx: Tx, rows: Moved['rows'], survivorId: Id): Promise<number> {
    let count = 0;
    for (const table of MOVED_TABLES) {
        if (rows[table].length === 0) continue;
        const still = await tx.db
            .selectFrom(table as 'act')
            .select('id')
            .where('id', 'in', rows[table])
            .where('party_id', '=', survivorId)
            .forUpdate()
            .execute();
        count += rows[table].length - still.length;
    }
    return count;
}

/** Rows that say at which premises they are; an act says so of each of its segments as well. */
const AT_PREMISES = ['licence', 'complaint', 'task'] as const satisfies readonly MovedTable[];

/**
 * How many of the survivor's rows would stand at premises of the other party after an undo: made since at moved premises,
 * or moved and since changed to premises that were the survivor's before.
 */
export async function usedSince(tx: Tx, rows: Moved['rows'], survivorId: Id): Promise<number> {
    let count = 0;
    for (const table of AT_PREMISES) {
        const found = await tx.db
            .selectFrom(table as 'act')
            .select((of) => of.fn.countAll<number>().as('count'))
            .where('party_id', '=', survivorId)
            .where('premises_id', 'is not', null)
            .where(sql<boolean>`(id = any (${rows[table]}::uuid[])) <> (premises_id = any (${rows.premises}::uuid[]))`)
            .executeTakeFirstOrThrow();
        count += found.count;
    }
    const mismatched = (column: string) =>
        sql<boolean>`${sql.ref(column)} is not null and (a.id = any (${rows.act}::uuid[])) <> (${sql.ref(column)} = any (${rows.premises}::uuid[]))`;
    const acts = await tx.db
        .selectFrom('act as a')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('a.party_id', '=', survivorId)
        .where((any) =>
            any.or([
                mismatched('a.premises_id'),
                any.exists(
                    any
                        .selectFrom('act_segment as s')
                        .select('s.id')
                        .whereRef('s.act_id', '=', 'a.id')
                        .where('s.removed_at', 'is', null)
                        .where(mismatched('s.premises_id')),
                ),
            ]),
        )
        .executeTakeFirstOrThrow();
    return count + acts.count;
}
