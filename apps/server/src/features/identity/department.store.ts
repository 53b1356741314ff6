import type { Id } from '@liuhen/domain';
import { insertRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

export const insertDepartment = async (tx: Tx, name: string): Promise<Id> =>
    (await insertRow(tx, 'department', { id: tx.newId(), name })).id;
