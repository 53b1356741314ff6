import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertPaper = (tx: Tx, values: Parameters<typeof insertRow<'conformity_paper'>>[2]) =>
    insertRow(tx, 'conformity_paper', values);

export const updatePaper = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'conformity_paper'>>[3],
) => updateRow(tx, 'conformity_paper', at, patch);

export const lockPaper = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('conformity_paper')
        .select(['id', 'version', 'withdrawn_at', 'model', 'device_id'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
