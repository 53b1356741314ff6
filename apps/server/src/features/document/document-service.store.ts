import type { Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertService = (tx: Tx, values: Parameters<typeof insertRow<'document_service'>>[2]) =>
    insertRow(tx, 'document_service', values);

export const updateService = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'document_service'>>[3],
) => updateRow(tx, 'document_service', at, patch);

export const lockService = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('document_service')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const hasOpenService = async (tx: Tx, documentId: Id): Promise<boolean> =>
    (await tx.db
        .selectFrom('document_service')
        .select('id')
        .where('document_id', '=', documentId)
        .where('state', '=', 'open')
        .executeTakeFirst()) !== undefined;

/** Recordings filed under the act of service. */
export async function recordingsOfAct(tx: Tx, actId: Id | null): Promise<number> {
    if (actId === null) return 0;
    const rows = await tx.db
        .selectFrom('recording')
        .select('id')
        .where('act_id', '=', actId)
        .where('org_id', '=', tx.orgId)
        .where('state', '<>', 'quarantined')
        .execute();
    return rows.length;
}

export async function capturesOf(tx: Tx, documentId: Id): Promise<number> {
    const rows = await tx.db
        .selectFrom('document_scan')
        .select('id')
        .where('document_id', '=', documentId)
        .where('role', '=', 'capture')
        .execute();
    return rows.length;
}
