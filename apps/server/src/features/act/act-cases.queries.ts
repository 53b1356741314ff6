import type { Id } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** Of these acts those that are in a case. One truth: the case says which acts are in it (`case.linkAct`). */
export async function actsInCases(db: ReadDb, acts: readonly Id[]): Promise<ReadonlySet<Id>> {
    if (acts.length === 0) return new Set();
    const rows = await db
        .selectFrom('case_act')
        .select('act_id')
        .distinct()
        .where('act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('removed_at', 'is', null)
        .execute();
    return new Set(rows.map((row) => row.act_id));
}

/**
 * Of these acts those that a sample of an inspection drew, the own one or that of an organisation above: what only a person can say is asked
 * for, as of acts in a case (附件1 第8、9、11条).
 */
export async function actsDrawn(db: ReadDb, acts: readonly Id[]): Promise<ReadonlySet<Id>> {
    if (acts.length === 0) return new Set();
    const rows = await db.selectFrom('inspection_sheet').select('act_id').distinct().where('act_id', 'in', acts).execute();
    return new Set(rows.map((row) => row.act_id));
}

export const isInCase = async (db: ReadDb, actId: Id): Promise<boolean> => (await actsInCases(db, [actId])).has(actId);
