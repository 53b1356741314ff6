import { caseNumber, type Id, type ProcedureId, type Role, type StepData } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const CASE_KEYS = [
    'case_external_once',
    'case_person_once',
    'case_act_once',
    'case_evidence_place',
    'case_step_place',
] as const;

/** The row for a decision that changes it or what belongs to it: locked until the command ends. */
export const lockCase = (tx: Tx, id: Id) =>
    tx.db.selectFrom('case').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

export const actKnown = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('act')
        .select(['id', 'number', 'party_id', 'secrecy'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const recordingKnown = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('recording')
        .select(['id', 'display_name'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const documentKnown = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('document')
        .select(['id', 'title', 'case_id'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const personKnown = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('person')
        .select(['id', 'name', 'kind', 'certificate_number', 'left_at'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

/** Roles somebody holds at this moment, from where they are granted. */
export async function rolesOf(tx: Tx, personId: Id): Promise<Role[]> {
    const rows = await tx.db
        .selectFrom('role_grant')
        .select('role')
        .where('org_id', '=', tx.orgId)
        .where('person_id', '=', personId)
        .where('ended_at', 'is', null)
        .execute();
    return rows.map((row) => row.role);
}

/**
 * The next number of the procedure's register in a year, without a hole: the lock serialises the commands that open such
 * cases until each has committed or rolled back.
 */
export async function nextNumber(tx: Tx, procedure: ProcedureId, year: number, pattern: string): Promise<string> {
    const [number = ''] = await nextNumbers(tx, { procedure, year, pattern, count: 1 });
    return number;
}

type Wanted = { readonly procedure: ProcedureId; readonly year: number; readonly pattern: string; readonly count: number };

/** Several at once: a command writes the counter's row once. */
export async function nextNumbers(tx: Tx, { procedure, year, pattern, count }: Wanted): Promise<string[]> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`case_counter ${tx.orgId} ${procedure} ${year}`}, 0))`.execute(
        tx.db,
    );
    const { code } = await tx.db.selectFrom('organisation').select('code').where('id', '=', tx.orgId).executeTakeFirstOrThrow();
    const counter = await tx.db
        .selectFrom('case_counter')
        .select(['id', 'version', 'last'])
        .where('org_id', '=', tx.orgId)
        .where('procedure', '=', procedure)
        .where('year', '=', year)
        .executeTakeFirst();
    const { last } =
        counter === undefined
            ? await insertRow(tx, 'case_counter', { id: tx.newId(), procedure, year, last: count })
            : await updateRow(tx, 'case_counter', counter, { last: counter.last + count });
    return Array.from({ length: count }, (_, at) => caseNumber(pattern, { code, procedure, year, place: last - count + 1 + at }));
}

export const insertCase = (tx: Tx, values: Parameters<typeof insertRow<'case'>>[2]) => insertRow(tx, 'case', values);

export const updateCase = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'case'>>[3]) =>
    updateRow(tx, 'case', at, patch);

type Step = Omit<Parameters<typeof insertRow<'case_step'>>[2], 'id' | 'place' | 'data' | 'entered_at' | 'person_id'> & {
    data: StepData;
};

export async function insertStep(tx: Tx, { data, ...step }: Step): Promise<void> {
    const { count } = await tx.db
        .selectFrom('case_step')
        .select((of) => of.fn.countAll<number>().as('count'))
        .where('case_id', '=', step.case_id as string)
        .executeTakeFirstOrThrow();
    await insertRow(tx, 'case_step', {
        id: tx.newId(),
        ...step,
        place: count + 1,
        entered_at: tx.now,
        person_id: tx.actor,
        data: sql`${JSON.stringify(data)}::jsonb`,
    });
}

/** A step that was told by another system. The place is given: a case that comes in has no others. */
export const insertToldStep = (
    tx: Tx,
    {
        data,
        ...step
    }: Omit<Parameters<typeof insertRow<'case_step'>>[2], 'id' | 'data' | 'entered_at' | 'person_id'> & { data: StepData },
) =>
    insertRow(tx, 'case_step', {
        id: tx.newId(),
        ...step,
        entered_at: tx.now,
        person_id: tx.actor,
        data: sql`${JSON.stringify(data)}::jsonb`,
    });

export const insertPerson = (tx: Tx, values: Parameters<typeof insertRow<'case_person'>>[2]) =>
    insertRow(tx, 'case_person', values);

/** Somebody's part with its case, which is locked. */
export async function lockPart(
    tx: Tx,
    table: 'case_person' | 'case_act' | 'case_evidence' | 'case_exclusion' | 'case_remedy',
    id: Id,
) {
    const row = await tx.db
        .selectFrom(table as 'case_person')
        .select(['id', 'version', 'case_id'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();
    const found = row === undefined ? undefined : await lockCase(tx, row.case_id);
    return row === undefined || found === undefined ? undefined : { ...row, case: found };
}

export const endPerson = (tx: Tx, at: { id: Id; version: number }) => updateRow(tx, 'case_person', at, { removed_at: tx.now });
export const endAct = (tx: Tx, at: { id: Id; version: number }) => updateRow(tx, 'case_act', at, { removed_at: tx.now });

/**
 * Takes an act into a case; an act may be in several. This is the one place that says so: `act.case_id`, which named the first of
 * them, is neither written nor read any more and stays for the digests of rows that hold one.
 */
export const insertAct = (tx: Tx, caseId: Id, act: { id: Id }) =>
    insertRow(tx, 'case_act', { id: tx.newId(), case_id: caseId, act_id: act.id });
export const insertRemedy = (tx: Tx, values: Parameters<typeof insertRow<'case_remedy'>>[2]) =>
    insertRow(tx, 'case_remedy', values);
export const updateRemedy = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'case_remedy'>>[3]) =>
    updateRow(tx, 'case_remedy', at, patch);
export const remedyRow = (tx: Tx, id: Id) => tx.db.selectFrom('case_remedy').selectAll().where('id', '=', id).executeTakeFirst();
export const insertExclusion = (tx: Tx, values: Parameters<typeof insertRow<'case_exclusion'>>[2]) =>
    insertRow(tx, 'case_exclusion', values);
export const endExclusionRow = (tx: Tx, at: { id: Id; version: number }, until: number) =>
    updateRow(tx, 'case_exclusion', at, { until_at: until });

export async function insertEvidence(tx: Tx, values: Omit<Parameters<typeof insertRow<'case_evidence'>>[2], 'id' | 'place'>) {
    const { last } = await tx.db
        .selectFrom('case_evidence')
        .select((of) => of.fn.countAll<number>().as('last'))
        .where('case_id', '=', values.case_id as string)
        .executeTakeFirstOrThrow();
    return insertRow(tx, 'case_evidence', { id: tx.newId(), place: last + 1, ...values });
}

export const withdrawEvidenceRow = (tx: Tx, at: { id: Id; version: number }, why: string) =>
    updateRow(tx, 'case_evidence', at, { withdrawn_at: tx.now, withdrawn_why: why });
