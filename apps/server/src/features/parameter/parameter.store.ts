import type { Day, HolidayYear, Id, Instant, ParameterKey, ParameterRow, ParameterValue, ProposalState } from '@liuhen/domain';
import { type Selectable, sql } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { ParameterProposal } from '../../schema/db.generated.ts';

/** Decisions about one key, for a decision about the next. */
export async function rowsOf(tx: Tx, key: ParameterKey): Promise<ParameterRow[]> {
    const rows = await tx.db
        .selectFrom('parameter')
        .select(['id', 'value', 'standing', 'basis', 'from_at', 'decided_at'])
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

type Proposed = {
    value: ParameterValue | null | { off: readonly Day[]; work: readonly Day[] };
    standing: ParameterRow['standing'];
    basis: string;
    reason: string;
};
/** A proposal is about a parameter, or about a year of the holiday calendar, which counts whole and from its approval on. */
type About = { key: ParameterKey; from_day: Day | null; replaces_id: Id | null } | { year: number; replaces_year_id: Id | null };

export const insertProposal = (tx: Tx, about: About, { value, ...proposed }: Proposed): Promise<{ id: Id }> =>
    insertRow(tx, 'parameter_proposal', {
        id: tx.newId(),
        ...about,
        ...proposed,
        value: sql`${JSON.stringify(value)}::jsonb`,
        state: 'waiting',
        proposed_by: tx.actor,
        proposed_at: tx.now,
    });

export type ProposalRow = Selectable<ParameterProposal>;

/**
 * Locks a proposal and whatever else waits about the same parameter or year, always in the same order: of two that are approved at once the
 * second sees what the first made to count. Absent where the command's organisation has no such proposal.
 */
export async function lockProposal(tx: Tx, id: Id): Promise<ProposalRow | undefined> {
    const same = await tx.db
        .selectFrom('parameter_proposal')
        .select(['key', 'year'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();
    if (same === undefined) return undefined;
    const rows = await tx.db
        .selectFrom('parameter_proposal')
        .selectAll()
        .where('org_id', '=', tx.orgId)
        .where((of) => (same.key === null ? of('year', '=', same.year) : of('key', '=', same.key)))
        .where((of) => of.or([of('state', '=', 'waiting'), of('id', '=', id)]))
        .orderBy('id')
        .forUpdate()
        .execute();
    return rows.find((row) => row.id === id);
}

export const settleProposal = (
    tx: Tx,
    row: ProposalRow,
    state: Exclude<ProposalState, 'waiting'>,
    by: { organisationId: Id; why?: string },
): Promise<ProposalRow> =>
    updateRow(tx, 'parameter_proposal', row, {
        state,
        decided_by: tx.actor,
        decided_org_id: by.organisationId,
        decided_at: tx.now,
        decided_why: by.why ?? null,
    });

/** What an approved proposal about a parameter makes to count. */
export const insertDecision = (
    tx: Tx,
    key: ParameterKey,
    { id, value, standing, basis, reason }: ProposalRow,
    fromAt: Instant,
): Promise<{ id: Id }> =>
    insertRow(tx, 'parameter', {
        id: tx.newId(),
        ...{ key, standing, basis, reason },
        value: sql`${JSON.stringify(value)}::jsonb`,
        from_at: fromAt,
        decided_by: tx.actor,
        decided_at: tx.now,
        proposal_id: id,
    });

/** The same of a year of the holiday calendar. */
export const insertYear = (tx: Tx, proposalId: Id, { off, work, ...year }: HolidayYear): Promise<{ id: Id }> =>
    insertRow(tx, 'holiday_year', {
        id: tx.newId(),
        ...year,
        off_days: sql`${JSON.stringify(off)}::jsonb`,
        work_days: sql`${JSON.stringify(work)}::jsonb`,
        decided_by: tx.actor,
        decided_at: tx.now,
        proposal_id: proposalId,
    });
