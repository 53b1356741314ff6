import type { Id } from '@liuhen/domain';
import { insertRow, insertRows, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

type Patch<T extends 'inspection' | 'inspection_sheet' | 'inspection_rectification' | 'inspection_appeal'> = Parameters<
    typeof updateRow<T>
>[3];
type At = { id: Id; version: number };

export const lockInspection = (tx: Tx, id: Id) =>
    tx.db.selectFrom('inspection').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

export const insertInspection = (tx: Tx, values: Parameters<typeof insertRow<'inspection'>>[2]) =>
    insertRow(tx, 'inspection', values);
export const updateInspection = (tx: Tx, at: At, patch: Patch<'inspection'>) => updateRow(tx, 'inspection', at, patch);

export const lockSheet = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('inspection_sheet')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const insertSheets = (tx: Tx, rows: Parameters<typeof insertRows<'inspection_sheet'>>[2]) =>
    insertRows(tx, 'inspection_sheet', rows);
export const updateSheet = (tx: Tx, at: At, patch: Patch<'inspection_sheet'>) => updateRow(tx, 'inspection_sheet', at, patch);

export const lockRectification = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('inspection_rectification')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
export const insertRectification = (tx: Tx, values: Parameters<typeof insertRow<'inspection_rectification'>>[2]) =>
    insertRow(tx, 'inspection_rectification', values);
export const updateRectification = (tx: Tx, at: At, patch: Patch<'inspection_rectification'>) =>
    updateRow(tx, 'inspection_rectification', at, patch);

export const lockAppeal = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('inspection_appeal')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
export const insertAppeal = (tx: Tx, values: Parameters<typeof insertRow<'inspection_appeal'>>[2]) =>
    insertRow(tx, 'inspection_appeal', values);
export const updateAppeal = (tx: Tx, at: At, patch: Patch<'inspection_appeal'>) => updateRow(tx, 'inspection_appeal', at, patch);
