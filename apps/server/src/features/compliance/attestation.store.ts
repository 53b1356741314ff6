import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertAttestation = (tx: Tx, values: Parameters<typeof insertRow<'attestation'>>[2]) =>
    insertRow(tx, 'attestation', values);

export const updateAttestation = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'attestation'>>[3],
) => updateRow(tx, 'attestation', at, patch);

export const insertPaper = (tx: Tx, values: Parameters<typeof insertRow<'attestation_paper'>>[2]) =>
    insertRow(tx, 'attestation_paper', values);

export const lockAttestation = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('attestation')
        .select(['id', 'version', 'clause', 'withdrawn_at'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
