import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    ACT_RULE_IDS,
    byClock,
    DomainError,
    type FindingState,
    type Id,
    type Inspection,
    isAnsweredOnBoard,
    isConfirmable,
    permissionsOf,
    type ServerTime,
    type Subject,
    standInFor,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { isAnsweredBy, isDecidedBy } from './finding-owner.queries.ts';
import { rulingsOf } from './finding-rulings.queries.ts';
import { readKept } from './judgement-words.ts';
import { outcomesOfFinding } from './outcome.queries.ts';

type Item = ResponseOf<Endpoints['finding.list']>['items'][number];

/** Who reads, and the organisations that are read: the own first, then those below it. */
export type FindingReader = { readonly subject: Subject; readonly organisations: readonly { id: Id; name: string }[] };

const findingsOf = (db: ReadDb, organisations: readonly Id[]) =>
    db
        .selectFrom('finding as f')
        .innerJoin('organisation as u', 'u.id', 'f.org_id')
        .leftJoin('act as a', 'a.id', 'f.act_id')
        .leftJoin('device as d', 'd.id', 'f.device_id')
        .leftJoin('party as y', 'y.id', 'a.party_id')
        .leftJoin('person as p', 'p.id', 'f.person_id')
        .leftJoin('person as o', 'o.id', 'f.owner_id')
        .where('f.org_id', '=', (of) => of.fn.any(of.val([...organisations])));

const COLUMNS = [
    'f.id',
    'f.rule',
    'f.code',
    'f.params',
    'f.modal',
    'f.state',
    'f.from_at as from',
    'f.to_at as to',
    'f.found_at as foundAt',
    'f.due_at as dueAt',
    'f.settled_at as settledAt',
    'f.gone_since as goneSince',
    'f.about_id as aboutId',
    'a.id as actId',
    'f.clause',
    'f.owner_role as ownerRole',
    'd.id as deviceId',
    'd.number as deviceNumber',
    'd.model as deviceModel',
    'u.id as unitId',
    'u.name as unitName',
    'a.number as actNumber',
    'a.scenario',
    'a.place',
    'a.starts_at as startsAt',
    'a.secrecy',
    'y.name as party',
    'p.id as personId',
    'p.name as personName',
    'p.certificate_number as personNumber',
    'o.id as ownerId',
    'o.name as ownerName',
    'o.certificate_number as ownerNumber',
    'o.left_at as ownerLeftAt',
] as const;

type Row = Awaited<ReturnType<typeof selectAll>>[number];
const selectAll = (db: ReadDb, orgId: Id) => findingsOf(db, [orgId]).select(COLUMNS).execute();

/** Open and waiting ones: what the unit still owes an answer. */
export const UNANSWERED: readonly FindingState[] = ['open', 'answered'];

/** These as they are shown, in their order. */
export async function findingsByIds(
    db: ReadDb,
    { subject, organisations }: FindingReader,
    ids: readonly Id[],
    clock: ServerTime,
): Promise<Item[]> {
    if (ids.length === 0) return [];
    const all = findingsOf(
        db,
        organisations.map(({ id }) => id),
    );
    const rows = new Map((await all.select(COLUMNS).where('f.id', 'in', ids).execute()).map((row) => [row.id, row]));
    return itemsOf(
        db,
        ids.flatMap((id) => rows.get(id) ?? []),
        subject,
        clock,
    );
}

/** One finding, and the next that waits for the reader's answer, else for their decision: one screen after the other. */
export async function getFinding(
    db: ReadDb,
    { subject, organisations }: FindingReader,
    id: Id,
    clock: ServerTime,
): Promise<ResponseOf<Endpoints['finding.get']>> {
    const all = findingsOf(
        db,
        organisations.map((each) => each.id),
    );
    const row = await all.select(COLUMNS).where('f.id', '=', id).executeTakeFirst();
    if (row === undefined) throw new DomainError('finding.notFound');
    if (row.unitId === subject.organisationId) await refuseUnlessActVisible(db, row.actId, subject.personId);
    else if (row.secrecy !== null) throw new DomainError('act.restricted');
    const [item] = await itemsOf(db, [row], subject, clock);
    if (item === undefined) throw new DomainError('finding.notFound');
    const firstOf = (chosen: typeof all) =>
        chosen.select('f.id').where('f.id', '<>', id).orderBy('f.found_at').orderBy('f.id').limit(1).executeTakeFirst();
    const next =
        (await firstOf(all.where(isAnsweredBy(subject)).where('f.state', '=', 'open'))) ??
        (await firstOf(all.where(isDecidedBy(subject))));
    return {
        ...{ ...item, next: next?.id ?? null, judgement: item.own ? await judgementAbout(db, row) : null },
        rulings: await rulingsOf(db, id),
        outcomes: await outcomesOfFinding(db, { subject, organisations }, id),
    };
}

/** How the act, the recorder or the unit was judged last. */
async function judgementAbout(db: ReadDb, { actId, deviceId, unitId }: Row) {
    const columns = ['id', 'judged_at as judgedAt', 'version as count'] as const;
    const of =
        actId === null
            ? await db
                  .selectFrom('subject_judgement')
                  .select(columns)
                  .where('org_id', '=', unitId)
                  .where('device_id', deviceId === null ? 'is' : '=', deviceId)
                  .executeTakeFirst()
            : await db.selectFrom('act_judgement').select(columns).where('act_id', '=', actId).executeTakeFirst();
    return of ?? null;
}

/** How an act stands and what was found, the open ones first. */
export async function findingsOfAct(
    db: ReadDb,
    orgId: Id,
    actId: Id,
    subject: Subject,
    clock: ServerTime,
): Promise<ResponseOf<Endpoints['finding.ofAct']>> {
    const act = await db.selectFrom('act').select('id').where('id', '=', actId).where('org_id', '=', orgId).executeTakeFirst();
    if (act === undefined) throw new DomainError('act.notFound');
    await refuseUnlessActVisible(db, actId, subject.personId);
    const judgement = await db
        .selectFrom('act_judgement')
        .select(['id', 'judged_at as judgedAt', 'verdict', 'verdicts', 'version'])
        .where('act_id', '=', actId)
        .executeTakeFirst();
    const rows = await findingsOf(db, [orgId])
        .select(COLUMNS)
        .where('f.act_id', '=', actId)
        .orderBy(sql`array_position(array['open', 'answered', 'stands', 'disputed', 'explained', 'settled'], f.state)`)
        .orderBy(sql`array_position(${sql.val([...ACT_RULE_IDS])}::text[], f.rule)`)
        .orderBy('f.from_at')
        .orderBy('f.id')
        .execute();
    type Judgement = NonNullable<ResponseOf<Endpoints['finding.ofAct']>['judgement']>;
    return {
        judgement:
            judgement === undefined
                ? null
                : {
                      ...{ id: judgement.id, judgedAt: judgement.judgedAt, verdict: judgement.verdict },
                      verdicts: readKept(judgement.verdicts) as unknown as Judgement['verdicts'],
                      count: judgement.version,
                  },
        findings: await itemsOf(db, rows, subject, clock),
    };
}

type Person = Item['person'];
const personOf = (id: Id | null, name: string | null, certificateNumber: string | null): Person =>
    id === null ? null : { id, name: name ?? '', certificateNumber };

async function itemsOf(db: ReadDb, rows: readonly Row[], subject: Subject, clock: ServerTime): Promise<Item[]> {
    const answers = await answersOf(
        db,
        rows.map((row) => row.id),
    );
    const own = await actsTakenPartIn(db, [...new Set(rows.flatMap((row) => row.actId ?? []))], subject.personId);
    const permissions = permissionsOf(subject.roles);
    return rows.map((row): Item => {
        const state = row.state;
        const code = row.code;
        const part = row.actId === null ? undefined : own.get(row.actId);
        // Whoever reads from above neither answers nor decides: that is the unit's own matter.
        const isHere = row.unitId === subject.organisationId;
        const isOwner = row.ownerId === subject.personId || (row.ownerRole !== null && subject.roles.includes(row.ownerRole));
        const standIn = standInFor({ ...row, ofAct: row.actId !== null });
        const isOwn = row.actId === null && row.personId === subject.personId;
        const given = answers.get(row.id) ?? [];
        const isOwnAnswer = given.some((each) => each.state === 'waiting' && each.statedBy.id === subject.personId);
        const isConcerned = part !== undefined || isOwner || isOwn || isOwnAnswer;
        const mayRule = isHere && permissions.includes('finding.decide') && !isConcerned;
        return {
            ...{ id: row.id, rule: row.rule, code, modal: row.modal, state },
            params: row.params as Record<string, number>,
            ...{ organisation: { id: row.unitId, name: row.unitName }, own: isHere },
            ...subjectOf(row),
            ...{ clause: row.clause, ownerRole: row.ownerRole, standIn },
            person: personOf(row.personId, row.personName, row.personNumber),
            owner: personOf(row.ownerId, row.ownerName, row.ownerNumber),
            ...{ aboutId: row.aboutId, from: row.from, to: row.to },
            ...{ foundAt: row.foundAt, dueAt: row.dueAt, settledAt: row.settledAt, goneSince: row.goneSince },
            // What is not open, or has no term, is not late by any clock.
            overdue: state === 'open' && row.dueAt !== null && byClock(clock, row.dueAt <= clock.now),
            answers: given,
            mayAnswer:
                isHere &&
                state === 'open' &&
                !isAnsweredOnBoard(code) &&
                permissions.includes('finding.answer') &&
                (isOwner || part === 'now' || (standIn !== null && subject.roles.includes(standIn))),
            mayDecide: mayRule && (UNANSWERED.includes(state) || isConfirmable({ state, code })),
            mayRevise: mayRule && row.goneSince !== null,
        };
    });
}

function subjectOf(row: Row): Pick<Item, 'act' | 'device' | 'unit'> {
    const { actId, actNumber, scenario, place, startsAt, deviceId, deviceNumber } = row;
    if (actId !== null && actNumber !== null && scenario !== null && place !== null && startsAt !== null)
        return { act: { id: actId, number: actNumber, scenario, place, startsAt, party: row.party }, device: null, unit: null };
    if (deviceId !== null && deviceNumber !== null)
        return { act: null, device: { id: deviceId, number: deviceNumber, model: row.deviceModel }, unit: null };
    return { act: null, device: null, unit: { id: row.unitId, name: row.unitName } };
}

/** Of these acts those in which somebody takes part (`now`), or did before they were taken off the list. */
export async function actsTakenPartIn(db: ReadDb, acts: readonly Id[], personId: Id): Promise<ReadonlyMap<Id, 'now' | 'before'>> {
    if (acts.length === 0) return new Map();
    const rows = await db
        .selectFrom('act_participant')
        .select(['act_id', 'removed_at'])
        .where('act_id', 'in', acts)
        .where('person_id', '=', personId)
        .execute();
    const now = new Set(rows.flatMap((row) => (row.removed_at === null ? [row.act_id] : [])));
    return new Map(rows.map(({ act_id }) => [act_id, now.has(act_id) ? 'now' : 'before']));
}

/** A recording of an act as it came, to which an answer may point. */
export async function originalOfAct(db: ReadDb, actId: Id, recordingId: Id): Promise<{ durationMs: number | null } | undefined> {
    const row = await db
        .selectFrom('recording')
        .select('inspection')
        .where('id', '=', recordingId)
        .where('act_id', '=', actId)
        .where('role', '=', 'original')
        .executeTakeFirst();
    return row === undefined ? undefined : { durationMs: (row.inspection as Inspection | null)?.durationMs ?? null };
}

async function answersOf(db: ReadDb, findings: readonly Id[]): Promise<Map<Id, Item['answers']>> {
    if (findings.length === 0) return new Map();
    const rows = await db
        .selectFrom('finding_answer as n')
        .innerJoin('person as s', 's.id', 'n.stated_by')
        .leftJoin('person as d', 'd.id', 'n.decided_by')
        .select(['n.id', 'n.finding_id', 'n.kind', 'n.words', 'n.state', 'n.stated_at', 'n.decided_at', 'n.decision'])
        .select(['n.from_at as from', 'n.to_at as to'])
        .leftJoin('recording as r', 'r.id', 'n.recording_id')
        .select(['r.id as rid', 'r.display_name as rname', 'n.media_ms'])
        .select(['s.id as sid', 's.name as sname', 's.certificate_number as snumber'])
        .select(['d.id as did', 'd.name as dname', 'd.certificate_number as dnumber'])
        .where('n.finding_id', 'in', findings)
        .orderBy('n.stated_at')
        .orderBy('n.id')
        .execute();
    const byFinding = Map.groupBy(rows, (row) => row.finding_id);
    type Answer = Item['answers'][number];
    const answerOf = (row: (typeof rows)[number]): Answer => ({
        ...{ id: row.id, kind: row.kind, words: row.words, state: row.state },
        moment:
            row.rid === null || row.media_ms === null
                ? null
                : { recordingId: row.rid, fileName: row.rname ?? '', mediaMs: row.media_ms },
        statedBy: { id: row.sid, name: row.sname, certificateNumber: row.snumber },
        statedAt: row.stated_at,
        decidedBy: personOf(row.did, row.dname, row.dnumber),
        ...{ decidedAt: row.decided_at, decision: row.decision, from: row.from, to: row.to },
    });
    return new Map([...byFinding].map(([id, of]) => [id, of.map(answerOf)]));
}
