import type { DocumentType, Id } from '@liuhen/domain';
import { insertRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertConfirmation = (tx: Tx, type: DocumentType, version: number, comparedWith: string): Promise<{ id: Id }> =>
    insertRow(tx, 'template_confirmation', {
        id: tx.newId(),
        type,
        template_version: version,
        compared_with: comparedWith,
        confirmed_by: tx.actor,
        confirmed_at: tx.now,
    });
