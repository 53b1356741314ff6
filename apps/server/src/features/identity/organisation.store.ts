import type { Id, OrganisationKind } from '@liuhen/domain';
import { insertRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export type NewOrganisation = { code: string; name: string; kind: OrganisationKind; parentId?: Id };

/** The command's own organisation: an organisation owns its row. */
export const insertOrganisation = (tx: Tx, { code, name, kind, parentId }: NewOrganisation): Promise<unknown> =>
    insertRow(tx, 'organisation', { id: tx.orgId, code, name, kind, parent_id: parentId ?? null });
