import { type Id, isOwnPart } from '@liuhen/domain';
import { sql } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';

/** Unique keys whose loss in a race is looked at again by the command (`retryOn`). */
export const ACT_KEYS = ['act_participant_once'] as const;

/** The row for a decision that changes it or what belongs to it: locked until the command ends. */
export const lockAct = (tx: Tx, id: Id) =>
    tx.db.selectFrom('act').selectAll().where('id', '=', id).where('org_id', '=', tx.orgId).forUpdate().executeTakeFirst();

/** People in question, as the decision needs them, in the order given; unknown ones are missing. */
export async function peopleOf(tx: Tx, ids: readonly Id[]) {
    if (ids.length === 0) return new Map<Id, never>();
    const rows = await tx.db
        .selectFrom('person')
        .select(['id', 'name', 'kind', 'certificate_number', 'left_at'])
        .where('org_id', '=', tx.orgId)
        .where('id', 'in', ids)
        .execute();
    return new Map(rows.map((row) => [row.id, row]));
}

export const premisesOf = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('premises')
        .select(['name', 'party_id as partyId'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

export const siteNamed = (tx: Tx, id: Id) =>
    tx.db
        .selectFrom('site')
        .select(['premises_id as premisesId', 'closed_day as closedDay'])
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();

/** People who are not ours, as they are named. */
export const namedPeople = async (tx: Tx, actId: Id) =>
    (
        await tx.db
            .selectFrom('act_participant')
            .select(['name', 'part', 'agency'])
            .where('act_id', '=', actId)
            .where('removed_at', 'is', null)
            .execute()
    ).flatMap(({ name, part, agency }) => (name === null || isOwnPart(part) ? [] : [{ name, part, agency }]));

/** A participant with its act, which is locked. */
export async function lockParticipant(tx: Tx, id: Id) {
    const row = await tx.db
        .selectFrom('act_participant as ap')
        .leftJoin('person as p', 'p.id', 'ap.person_id')
        .select(['ap.id', 'ap.version', 'ap.act_id', 'ap.person_id', 'ap.part'])
        .select(['ap.certificate_shown_at', 'ap.id_shown', 'ap.relation'])
        .select((of) => of.fn.coalesce('p.name', 'ap.name').as('name'))
        .where('ap.id', '=', id)
        .where('ap.org_id', '=', tx.orgId)
        .where('ap.removed_at', 'is', null)
        .executeTakeFirst();
    if (row === undefined) return undefined;
    const act = await lockAct(tx, row.act_id);
    return act === undefined ? undefined : { ...row, name: row.name ?? '', act };
}

/** How many recordings are filed under the act, or those of one person in it. */
export async function recordingsIn(tx: Tx, actId: Id, personId?: Id): Promise<number> {
    let filed = tx.db.selectFrom('recording').where('act_id', '=', actId);
    if (personId !== undefined) filed = filed.where('person_id', '=', personId);
    return (await filed.select((of) => of.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count;
}

export const organisationCode = async (tx: Tx): Promise<string> =>
    (await tx.db.selectFrom('organisation').select('code').where('id', '=', tx.orgId).executeTakeFirstOrThrow()).code;

/**
 * The next place in the year's register. The advisory lock serialises the commands that create acts of one organisation
 * and year until each has committed or rolled back, so that no number is left out and none is given twice; a lock on the
 * counter's row alone would not hold before the first act of a year, when there is no row.
 */
export async function nextPlace(tx: Tx, year: number): Promise<number> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`act_counter ${tx.orgId} ${year}`}, 0))`.execute(tx.db);
    const counter = await tx.db
        .selectFrom('act_counter')
        .select(['id', 'version', 'last'])
        .where('org_id', '=', tx.orgId)
        .where('year', '=', year)
        .executeTakeFirst();
    if (counter === undefined) return (await insertRow(tx, 'act_counter', { id: tx.newId(), year, last: 1 })).last;
    return (await updateRow(tx, 'act_counter', counter, { last: counter.last + 1 })).last;
}

/** Who was where when decides which recordings an act gets: those of that time are looked at anew. */
const filingMayChange = (tx: Tx, actId: Id): void =>
    tx.enqueue({ task: 'recording.proposeAround', payload: { actId }, key: `recording.proposeAround:${actId}` });

/** A row that says who was at an act, where and when, as it now stands. */
export async function saidOfAct<R extends { act_id: Id }>(tx: Tx, saved: Promise<R>): Promise<R> {
    const row = await saved;
    filingMayChange(tx, row.act_id);
    return row;
}

export async function insertAct(tx: Tx, values: Parameters<typeof insertRow<'act'>>[2]) {
    const act = await insertRow(tx, 'act', values);
    filingMayChange(tx, act.id);
    return act;
}

/** Columns that say nothing of who was where when. */
const SAYS_NOT_WHERE: ReadonlySet<string> = new Set(['secrecy', 'inspection_code', 'inspection_code_exempt']);

export async function updateAct(tx: Tx, at: { id: Id; version: number }, patch: Parameters<typeof updateRow<'act'>>[3]) {
    const act = await updateRow(tx, 'act', at, patch);
    if (Object.keys(patch).some((column) => !SAYS_NOT_WHERE.has(column))) filingMayChange(tx, act.id);
    return act;
}

export const insertParticipant = (tx: Tx, values: Parameters<typeof insertRow<'act_participant'>>[2]) =>
    saidOfAct(tx, insertRow(tx, 'act_participant', values));

export const updateParticipant = (
    tx: Tx,
    at: { id: Id; version: number },
    patch: Parameters<typeof updateRow<'act_participant'>>[3],
) => saidOfAct(tx, updateRow(tx, 'act_participant', at, patch));

export const removeParticipant = (tx: Tx, at: { id: Id; version: number }) =>
    saidOfAct(tx, updateRow(tx, 'act_participant', at, { removed_at: tx.now }));
