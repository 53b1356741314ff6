import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertOutcome = (tx: Tx, values: Parameters<typeof insertRow<'outcome'>>[2]) => insertRow(tx, 'outcome', values);

export const updateOutcome = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'outcome'>>[3]) =>
    updateRow(tx, 'outcome', at, patch);

export const lockOutcome = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('outcome')
        .select(['id', 'version', 'person_id', 'ended_at'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const personForOutcome = (tx: Tx, id: Id) =>
    tx.db.selectFrom('person').select(['id', 'name']).where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst();

export const findingForOutcome = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('finding')
        .select(['id', 'state', 'act_id'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const actForOutcome = (tx: Tx, id: Id) =>
    tx.db.selectFrom('act').select(['id', 'number']).where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst();
