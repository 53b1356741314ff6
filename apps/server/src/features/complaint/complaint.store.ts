import type { ComplaintChannel, Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const COMPLAINT_KEYS = ['complaint_external', 'complaint_link_once', 'complaint_identity_pkey'] as const;

/** The row for a decision that changes it or what belongs to it: locked until the command ends. */
export const lockComplaint = (tx: Tx, id: Id) =>
    tx.db.selectFrom('complaint').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

export const complaintWithNumber = (tx: Tx, channel: ComplaintChannel, externalNumber: string) =>
    tx.db
        .selectFrom('complaint')
        .select(['id', 'number'])
        .where('org_id', '=', tx.orgId)
        .where('channel', '=', channel)
        .where('external_number', '=', externalNumber)
        .executeTakeFirst();

export const premisesOf = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('premises')
        .select(['name', 'party_id as partyId'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const keptIdentity = (tx: Tx, complaintId: Id) =>
    tx.db
        .selectFrom('complaint_identity')
        .select(['id', 'version', 'sealed'])
        .where('id', '=', complaintId)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const openLink = (tx: Tx, complaintId: Id, targetId: Id) =>
    tx.db
        .selectFrom('complaint_link')
        .select('id')
        .where('complaint_id', '=', complaintId)
        .where('target_id', '=', targetId)
        .where('removed_at', 'is', null)
        .executeTakeFirst();

export const linkById = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('complaint_link')
        .select(['id', 'version', 'complaint_id', 'kind', 'target_id'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .where('removed_at', 'is', null)
        .executeTakeFirst();

export const insertComplaint = (tx: Tx, values: Parameters<typeof insertRow<'complaint'>>[2]) =>
    insertRow(tx, 'complaint', values);

export const updateComplaint = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'complaint'>>[3]) =>
    updateRow(tx, 'complaint', at, patch);

export const insertIdentity = (tx: Tx, complaintId: Id, sealed: Uint8Array) =>
    insertRow(tx, 'complaint_identity', { id: complaintId, sealed });

export const replaceIdentity = (tx: Tx, at: { id: Id; version: number }, sealed: Uint8Array) =>
    updateRow(tx, 'complaint_identity', at, { sealed });

export const insertLink = (tx: Tx, values: Parameters<typeof insertRow<'complaint_link'>>[2]) =>
    insertRow(tx, 'complaint_link', values);

export const endLink = (tx: Tx, at: { id: Id; version: number }) => updateRow(tx, 'complaint_link', at, { removed_at: tx.now });
