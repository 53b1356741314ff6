import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const lockPlan = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('inspection_plan')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const insertPlan = (tx: Tx, values: Parameters<typeof insertRow<'inspection_plan'>>[2]) =>
    insertRow(tx, 'inspection_plan', values);

export const updatePlan = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'inspection_plan'>>[3]) =>
    updateRow(tx, 'inspection_plan', at, patch);
