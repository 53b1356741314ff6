import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertMark = (tx: Tx, values: Parameters<typeof insertRow<'recording_mark'>>[2]) =>
    insertRow(tx, 'recording_mark', values);

export const updateMark = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'recording_mark'>>[3]) =>
    updateRow(tx, 'recording_mark', at, patch);

export const lockMark = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('recording_mark')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
