import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const PARTY_KEYS = ['party_credit_code'] as const;

/** The row for a decision that changes it: locked until the command ends. */
export const lockParty = (tx: Tx, id: Id) =>
    tx.db.selectFrom('party').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

export const partyWithCode = (tx: Tx, code: string) =>
    tx.db
        .selectFrom('party')
        .select(['id', 'name'])
        .where('org_id', '=', tx.orgId)
        .where('credit_code', '=', code)
        .executeTakeFirst();

export const insertParty = (tx: Tx, values: Parameters<typeof insertRow<'party'>>[2]) => insertRow(tx, 'party', values);

export const updateParty = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'party'>>[3]) =>
    updateRow(tx, 'party', at, patch);

export const insertPremises = (tx: Tx, values: Parameters<typeof insertRow<'premises'>>[2]) => insertRow(tx, 'premises', values);
