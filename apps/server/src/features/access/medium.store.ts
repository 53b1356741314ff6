import type { Id } from '@liuhen/domain';
import { insertRow, insertRows, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** What must be unique even where two enter it at once; the second try finds the first. */
export const MEDIUM_KEYS = ['medium_label'];

export const insertMedium = (tx: Tx, values: Parameters<typeof insertRow<'medium'>>[2]) => insertRow(tx, 'medium', values);

export const insertMediumItems = (tx: Tx, rows: Parameters<typeof insertRows<'medium_item'>>[2]) =>
    insertRows(tx, 'medium_item', rows);

export const updateMedium = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'medium'>>[3]) =>
    updateRow(tx, 'medium', at, patch);

export const insertMediumCheck = (tx: Tx, values: Parameters<typeof insertRow<'medium_check'>>[2]) =>
    insertRow(tx, 'medium_check', values);

export const updateMediumCheck = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'medium_check'>>[3],
) => updateRow(tx, 'medium_check', at, patch);

export const lockMedium = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('medium')
        .select(['id', 'version', 'label', 'copies', 'act_id', 'case_id', 'retrieval_id'])
        .select(['written_at as writtenAt', 'kept_at as keptAt', 'withdrawn_at as withdrawnAt'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();

export const lockMediumCheck = (tx: Tx, mediumId: Id, id: Id) =>
    tx.db
        .selectFrom('medium_check')
        .select(['id', 'version', 'copy', 'withdrawn_at as withdrawnAt'])
        .where('id', '=', id)
        .where('medium_id', '=', mediumId)
        .forUpdate()
        .executeTakeFirst();

export const isLabelTaken = async (tx: Tx, label: string): Promise<boolean> =>
    (await tx.db
        .selectFrom('medium')
        .select('id')
        .where('org_id', '=', tx.orgId)
        .where('label', '=', label)
        .where('withdrawn_at', 'is', null)
        .executeTakeFirst()) !== undefined;

export const isPersonHere = async (tx: Tx, id: Id): Promise<boolean> =>
    (await tx.db.selectFrom('person').select('id').where('id', '=', id).where('org_id', '=', tx.orgId).executeTakeFirst()) !==
    undefined;
