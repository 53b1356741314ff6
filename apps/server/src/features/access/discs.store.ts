import type { DiscMedium, Id } from '@liuhen/domain';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertDiscSet = (tx: Tx, values: Parameters<typeof insertRow<'retrieval_disc_set'>>[2]) =>
    insertRow(tx, 'retrieval_disc_set', values);

export const updateDiscSet = (
    tx: Tx,
    at: { readonly id: Id; readonly version: number },
    patch: Parameters<typeof updateRow<'retrieval_disc_set'>>[3],
) => updateRow(tx, 'retrieval_disc_set', at, patch);

const setsFor = (tx: Tx) =>
    tx.db
        .selectFrom('retrieval_disc_set')
        .select(['id', 'version', 'retrieval_id', 'medium', 'state', 'making_id'])
        .where('org_id', '=', tx.orgId);

export const lockDiscSet = (tx: Tx, id: Id) => setsFor(tx).where('id', '=', id).forUpdate().executeTakeFirst();

export const lockDiscSetOf = (tx: Tx, retrievalId: Id, medium: DiscMedium) =>
    setsFor(tx).where('retrieval_id', '=', retrievalId).where('medium', '=', medium).forUpdate().executeTakeFirst();

export const insertDisc = (tx: Tx, values: Parameters<typeof insertRow<'retrieval_disc'>>[2]) =>
    insertRow(tx, 'retrieval_disc', values);
