import type { Id, ParameterKey, ParameterRow, ParameterValue } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Decisions about one key, for a decision about the next. Two people deciding at once are told apart by their time. */
export async function rowsOf(tx: Tx, key: ParameterKey): Promise<ParameterRow[]> {
    const rows = await tx.db
        .selectFrom('parameter')
        .select(['value', 'standing', 'basis', 'from_at', 'decided_at'])
        .where('org_id', '=', tx.orgId)
        .where('key', '=', key)
        .execute();
    return rows.map(({ from_at, decided_at, ...row }) => ({
        ...row,
        value: row.value as ParameterValue | null,
        standing: row.standing as ParameterRow['standing'],
        from: from_at,
        decidedAt: decided_at,
    }));
}

type Decision = {
    key: ParameterKey;
    value: ParameterValue | null;
    standing: ParameterRow['standing'];
    basis: string;
    from_at: number;
    reason: string;
};

export const insertDecision = (tx: Tx, { value, ...decision }: Decision): Promise<{ id: Id }> =>
    insertRow(tx, 'parameter', {
        id: tx.newId(),
        ...decision,
        value: sql`${JSON.stringify(value)}::jsonb`,
        decided_by: tx.actor,
        decided_at: tx.now,
    });

type Year = { year: number; off: readonly string[]; work: readonly string[]; source: string; standing: 'verified' | 'verify' };

export const insertYear = (tx: Tx, { off, work, ...year }: Year): Promise<{ id: Id }> =>
    insertRow(tx, 'holiday_year', {
        id: tx.newId(),
        ...year,
        off_days: sql`${JSON.stringify(off)}::jsonb`,
        work_days: sql`${JSON.stringify(work)}::jsonb`,
        decided_by: tx.actor,
        decided_at: tx.now,
    });
