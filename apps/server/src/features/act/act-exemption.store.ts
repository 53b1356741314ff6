import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

type Columns = Parameters<typeof insertRow<'act_exemption'>>[2];
type Said = Omit<Columns, 'id' | 'state' | 'recorded_by' | 'recorded_at'>;

export const insertExemption = (tx: Tx, said: Said) =>
    insertRow(tx, 'act_exemption', { id: tx.newId(), state: 'waiting', recorded_by: tx.actor, recorded_at: tx.now, ...said });

export const lockExemption = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('act_exemption')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const updateExemption = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'act_exemption'>>[3],
) => updateRow(tx, 'act_exemption', at, patch);

/** The document that is to be the written work record. */
export const noteDocument = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('document')
        .select(['act_id', 'type', 'state'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();
