import {
    type Calendar,
    type CaseFacts,
    type CaseRemedy,
    type Countdown,
    countdownsOf,
    type Day,
    type Id,
    type Instant,
    importedDocuments,
    isDay,
    PROCEDURE_TABLES,
    type ServerTime,
    type StepData,
    type StepRecord,
    type TermExclusion,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { type ParametersOf, parametersOf } from '../parameter/parameter.queries.ts';

/** What every count of an organisation needs, read once. */
export type Counting = {
    readonly calendar: Calendar;
    readonly parameters: ParametersOf;
    readonly now: Instant;
    readonly clockDoubted?: boolean;
};

export const countingFor = async (db: ReadDb, orgId: Id, now: Instant): Promise<Counting> => ({
    calendar: await calendarFor(db, orgId),
    parameters: await parametersOf(db, orgId),
    now,
});

/** The same for an answer that says which terms are late. */
export const countingBy = async (db: ReadDb, orgId: Id, { now, trusted }: ServerTime): Promise<Counting> => ({
    ...(await countingFor(db, orgId, now)),
    clockDoubted: !trusted,
});

const casesIn = (db: ReadDb, ids: readonly Id[]) =>
    db
        .selectFrom('case as c')
        .leftJoin('party as y', 'y.id', 'c.party_id')
        .select(['c.id', 'c.procedure', 'c.state', 'c.opened_at', 'c.breach_at', 'c.grave_harm', 'c.parent_id', 'c.number'])
        .leftJoin('case as u', 'u.id', 'c.parent_id')
        .select(['y.kind as party_kind', 'u.procedure as parent_procedure'])
        .where('c.id', 'in', ids)
        .execute();

/** The facts of several cases, as guards and terms look at them. */
export async function caseFactsOf(db: ReadDb, ids: readonly Id[], counting: Counting): Promise<Map<Id, CaseFacts>> {
    if (ids.length === 0) return new Map();
    const rows = await casesIn(db, ids);
    const parents = rows.flatMap((row) => row.parent_id ?? []);
    const steps = Map.groupBy(await stepsOf(db, ids), (row) => row.case_id);
    const people = Map.groupBy(await peopleOf(db, [...ids, ...parents]), (row) => row.case_id);
    const documents = Map.groupBy(await documentsOf(db, ids), (row) => row.case_id ?? '');
    const children = Map.groupBy(await childrenOf(db, ids), (row) => row.parent_id ?? '');
    const remedies = Map.groupBy(await remediesOf(db, ids), (row) => row.case_id);
    const exclusions = Map.groupBy(await exclusionsOf(db, ids), (row) => row.case_id);
    const handlersOf = (id: Id | null): Id[] =>
        (people.get(id ?? '') ?? []).flatMap((row) => (row.part === 'handler' ? [row.person_id] : []));
    return new Map(
        rows.map((row) => {
            const facts: CaseFacts = {
                procedure: row.procedure,
                state: row.state,
                openedAt: row.opened_at,
                breachAt: row.breach_at,
                graveHarm: row.grave_harm,
                partyIsPerson: row.party_kind === 'naturalPerson',
                steps: [],
                people: (people.get(row.id) ?? []).map((each) => each.person_id),
                handlers: handlersOf(row.id),
                parentProcedure: row.parent_procedure,
                parentHandlers: handlersOf(row.parent_id),
                documents: (documents.get(row.id) ?? []).map((each) => ({
                    id: each.id,
                    type: each.type,
                    state: each.state,
                    approvedAs: each.approved_as,
                    madeAt: each.made_at,
                    approvedAt: each.approved_at,
                    signedAt: each.first_signed_at,
                    datedOn: each.document_date !== null && isDay(each.document_date) ? each.document_date : null,
                    issuedAt: each.issued_at,
                    servedAt: each.served_at,
                    servedMode: each.served_mode,
                })),
                children: (children.get(row.id) ?? []).map((child) => ({
                    procedure: child.procedure,
                    state: child.state,
                    number: child.number,
                    openedAt: child.opened_at,
                    heldAt: child.held_at,
                })),
                remedies: (remedies.get(row.id) ?? []).map(remedyOf),
                exclusions: (exclusions.get(row.id) ?? []).map(exclusionOf),
                ...counting,
            };
            return [row.id, { ...facts, steps: recordsOf(facts, steps.get(row.id) ?? []) }];
        }),
    );
}

const stepsOf = (db: ReadDb, ids: readonly Id[]) =>
    db
        .selectFrom('case_step')
        .select(['case_id', 'step', 'at', 'person_id', 'as_post', 'data', 'from_state', 'to_state'])
        .select(['origin', 'paper_number', 'paper_date'])
        .where('case_id', 'in', ids)
        .orderBy('place')
        .execute();

type StepRow = Awaited<ReturnType<typeof stepsOf>>[number];

/** Steps in order; what another system named as the paper of one stands in for a document. */
function recordsOf(facts: CaseFacts, rows: readonly StepRow[]): StepRecord[] {
    const records: StepRecord[] = [];
    for (const row of rows) records.push(recordOf({ ...facts, steps: records }, row));
    return records;
}

function recordOf(facts: CaseFacts, row: StepRow): StepRecord {
    // Written by the command that checked it.
    const data = row.data as StepData;
    const { step, at, origin, paper_number: number, paper_date: date } = row;
    const taken = { step, at, as: row.as_post, data, from: row.from_state, to: row.to_state };
    if (origin === null) return { ...taken, actor: row.person_id };
    const paper = number === null && date === null ? null : { number, date };
    const documents = importedDocuments(facts, { step, at, paper, data });
    return { ...taken, actor: null, imported: { checked: origin === 'imported', paper, documents } };
}

const peopleOf = (db: ReadDb, ids: readonly Id[]) =>
    db
        .selectFrom('case_person')
        .select(['case_id', 'person_id', 'part'])
        .where('case_id', 'in', ids)
        .where('removed_at', 'is', null)
        .orderBy('id')
        .execute();

/** Voided documents count for nothing. */
const documentsOf = (db: ReadDb, ids: readonly Id[]) =>
    db
        .selectFrom('document')
        .select(['id', 'case_id', 'type', 'state', 'approved_as', 'made_at', 'approved_at'])
        .select(['first_signed_at', 'issued_at'])
        .select(['served_at', 'served_mode', 'document_date'])
        .where('case_id', 'in', ids)
        .where('state', '<>', 'voided')
        .orderBy('made_at', 'desc')
        .orderBy('id', 'desc')
        .execute();

const childrenOf = (db: ReadDb, ids: readonly Id[]) =>
    db
        .selectFrom('case')
        .select(['parent_id', 'procedure', 'state', 'number', 'opened_at'])
        .select(
            sql<Instant | null>`(select max(s.at) from case_step s where s.case_id = "case".id and s.step in ('hold', 'waive'))`.as(
                'held_at',
            ),
        )
        .where('parent_id', 'in', ids)
        .orderBy('id')
        .execute();

export const remediesOf = (db: ReadDb, ids: readonly Id[]) =>
    db.selectFrom('case_remedy').selectAll().where('case_id', 'in', ids).orderBy('begun_on').orderBy('id').execute();

/** Days were checked by the commands that wrote them. */
const remedyOf = (row: Awaited<ReturnType<typeof remediesOf>>[number]): CaseRemedy => ({
    kind: row.kind,
    authority: row.authority,
    begunOn: row.begun_on as Day,
    suspendedWhy: row.suspended_why,
    endedOn: row.ended_on as Day | null,
    result: row.result,
});

const exclusionsOf = (db: ReadDb, ids: readonly Id[]) =>
    db.selectFrom('case_exclusion').select(['case_id', 'keys', 'from_at', 'until_at']).where('case_id', 'in', ids).execute();

const exclusionOf = ({
    keys,
    from_at,
    until_at,
}: {
    keys: string[];
    from_at: Instant;
    until_at: Instant | null;
}): TermExclusion => ({
    from: from_at,
    ...(until_at === null ? {} : { until: until_at }),
    keys,
});

/** As it goes over the wire. */
export function wireCountdown({ end, period, outlives: _, ...countdown }: Countdown) {
    return {
        ...countdown,
        period,
        due: end?.state === 'running' ? end.due : null,
        lastDay: end?.state === 'running' ? end.lastDay : null,
        calendar: end?.state === 'running' ? [...end.notes] : [],
    };
}

const URGENCY: readonly Countdown['state'][] = ['late', 'soon', 'running', 'clockDoubted', 'suspended', 'unset'];

/** Terms that still run, the most pressing first. */
export function pressing(facts: CaseFacts): Countdown[] {
    const dueOf = ({ end }: Countdown): Instant => (end?.state === 'running' ? end.due : Number.MAX_SAFE_INTEGER);
    return countdownsOf(PROCEDURE_TABLES[facts.procedure], facts)
        .filter((each) => URGENCY.includes(each.state))
        .sort((a, b) => dueOf(a) - dueOf(b) || URGENCY.indexOf(a.state) - URGENCY.indexOf(b.state));
}
