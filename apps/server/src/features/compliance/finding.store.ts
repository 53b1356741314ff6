import type { Id, Instant } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertBatch, insertRow, replaceBatch, updateBatch, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const JUDGEMENT_KEYS = ['act_judgement_act_id_key'] as const;
export const ANSWER_KEYS = ['finding_answer_waiting'] as const;

export const lockJudgements = (tx: Tx, acts: readonly Id[]) =>
    tx.db
        .selectFrom('act_judgement')
        .select(['id', 'version', 'act_id'])
        .where('act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('org_id', '=', tx.orgId)
        .orderBy('act_id')
        .forUpdate()
        .execute();

export const insertJudgements = (tx: Tx, rows: Parameters<typeof insertBatch<'act_judgement'>>[2]) =>
    insertBatch(tx, 'act_judgement', rows);
export const updateJudgements = (tx: Tx, rows: Parameters<typeof replaceBatch<'act_judgement'>>[2]) =>
    replaceBatch(tx, 'act_judgement', rows);

export const insertFindings = (tx: Tx, rows: Parameters<typeof insertBatch<'finding'>>[2]) => insertBatch(tx, 'finding', rows);
export const updateFindings = (tx: Tx, rows: Parameters<typeof updateBatch<'finding'>>[2]) => updateBatch(tx, 'finding', rows);
export const updateFinding = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'finding'>>[3]) =>
    updateRow(tx, 'finding', at, patch);
export const insertAnswer = (tx: Tx, values: Parameters<typeof insertRow<'finding_answer'>>[2]) =>
    insertRow(tx, 'finding_answer', values);
export const updateAnswer = (tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'finding_answer'>>[3]) =>
    updateRow(tx, 'finding_answer', at, patch);

export const insertRuling = (tx: Tx, values: Parameters<typeof insertRow<'finding_ruling'>>[2]) =>
    insertRow(tx, 'finding_ruling', values);

/** Of a finding with an accepted answer the stretch of time that was accepted, as it stood then (its two ends, by name). */
const accepted = (end: 'from_at' | 'to_at') => sql<Instant | null>`case when finding.state in ('explained', 'disputed') then (
    select n.${sql.ref(end)} from liuhen.finding_answer n where n.finding_id = finding.id and n.state = 'accepted'
    order by n.decided_at desc, n.id desc limit 1) end`;

export const lockFinding = (tx: Tx, id: Id) =>
    tx.db.selectFrom('finding').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

export const lockFindingsOf = (tx: Tx, acts: readonly Id[]) =>
    tx.db
        .selectFrom('finding')
        .selectAll()
        .select([accepted('from_at').as('accepted_from'), accepted('to_at').as('accepted_to')])
        .where('act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('org_id', '=', tx.orgId)
        .orderBy('id')
        .forUpdate()
        .execute();

export const waitingAnswer = (tx: Tx, findingId: Id) =>
    tx.db
        .selectFrom('finding_answer')
        .selectAll()
        .where('finding_id', '=', findingId)
        .where('state', '=', 'waiting')
        .forUpdate()
        .executeTakeFirst();

/** How units and devices stand; of the unit itself `device_id` is null. */
export const SUBJECT_KEYS = ['subject_judgement_subject'] as const;

export const lockSubjectJudgements = (tx: Tx, devices: readonly Id[], ofUnit: boolean) =>
    tx.db
        .selectFrom('subject_judgement')
        .select(['id', 'version', 'device_id'])
        .where('org_id', '=', tx.orgId)
        .where((of) =>
            of.or([
                ...(devices.length === 0 ? [] : [of('device_id', 'in', devices)]),
                ...(ofUnit ? [of('device_id', 'is', null)] : []),
            ]),
        )
        .orderBy('id')
        .forUpdate()
        .execute();

export const insertSubjectJudgement = (tx: Tx, values: Parameters<typeof insertRow<'subject_judgement'>>[2]) =>
    insertRow(tx, 'subject_judgement', values);
export const updateSubjectJudgement = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'subject_judgement'>>[3],
) => updateRow(tx, 'subject_judgement', at, patch);

/** Findings about these devices, and those about the unit. */
export const lockSubjectFindings = (tx: Tx, devices: readonly Id[], ofUnit: boolean) =>
    tx.db
        .selectFrom('finding')
        .selectAll()
        .select([accepted('from_at').as('accepted_from'), accepted('to_at').as('accepted_to')])
        .where('org_id', '=', tx.orgId)
        .where('act_id', 'is', null)
        .where((of) =>
            of.or([
                ...(devices.length === 0 ? [] : [of('device_id', 'in', devices)]),
                ...(ofUnit ? [of('device_id', 'is', null)] : []),
            ]),
        )
        .orderBy('id')
        .forUpdate()
        .execute();
