import type { Id } from '@liuhen/domain';
import { insertRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

type Grade = Omit<Parameters<typeof insertRow<'party_grade'>>[2], 'id' | 'decided_by' | 'decided_at'>;

export const insertGrade = (tx: Tx, grade: Grade): Promise<{ id: Id }> =>
    insertRow(tx, 'party_grade', { id: tx.newId(), ...grade, decided_by: tx.actor, decided_at: tx.now });
