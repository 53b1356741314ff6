import type { Id } from '@liuhen/domain';
import { insertRow, insertRows, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertRetrieval = (tx: Tx, values: Parameters<typeof insertRow<'retrieval'>>[2]) =>
    insertRow(tx, 'retrieval', values);

export const insertRetrievalItems = (tx: Tx, rows: Parameters<typeof insertRows<'retrieval_item'>>[2]) =>
    insertRows(tx, 'retrieval_item', rows);

export const updateRetrieval = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'retrieval'>>[3]) =>
    updateRow(tx, 'retrieval', at, patch);

export const lockRetrieval = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('retrieval')
        .select(['id', 'version', 'number', 'state', 'act_id', 'case_id', 'requested_by as requestedBy'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
