import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    BREACHABLE,
    DomainError,
    findingBasis,
    type Id,
    OUTCOME_KINDS,
    type OutcomeKind,
    outcomeScope,
    permissionsOf,
    type Subject,
} from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import type { OrganisationBelow } from '../identity/organisation.queries.ts';

type Item = ResponseOf<Endpoints['outcome.list']>['items'][number];

/** Who asks, and the organisations whose register they see: the own one first. */
export type OutcomeSeeing = { readonly subject: Subject; readonly organisations: readonly { readonly id: Id }[] };

const CURSOR = z.tuple([z.string().max(10), z.uuid()]);

/** Entries that somebody may see, the latest decision first. */
export async function listOutcomes(
    db: ReadDb,
    seeing: OutcomeSeeing,
    query: QueryOf<Endpoints['outcome.list']>,
): Promise<ResponseOf<Endpoints['outcome.list']>> {
    let found = await visible(db, seeing);
    for (const word of searchWords(query.q))
        found = found.where((each) =>
            each.or([containing('o.search_text', word), sql<boolean>`coalesce(${containing('p.search_text', word)}, false)`]),
        );
    if (query.kind !== undefined) found = found.where('o.kind', '=', query.kind);
    if (query.state !== 'all') found = found.where('o.ended_at', query.state === 'standing' ? 'is' : 'is not', null);
    if (query.personId !== undefined) found = found.where('o.person_id', '=', query.personId);
    if (query.organisationId !== undefined) found = found.where('o.org_id', '=', query.organisationId);
    if (query.basis !== undefined) found = found.where(sql<boolean>`(f.gone_since is not null or f.state <> 'stands')`);
    if (query.from !== undefined) found = found.where('o.decided_day', '>=', query.from);
    if (query.to !== undefined) found = found.where('o.decided_day', '<=', query.to);
    const { total } = await found.select((each) => each.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const [day, id] = cursorKeys(CURSOR, query.cursor) ?? [];
    const rows = await found
        .select(COLUMNS)
        .$if(id !== undefined, (some) => some.where(sql<boolean>`(o.decided_day, o.id) < (${day}, ${id}::uuid)`))
        .orderBy('o.decided_day', 'desc')
        .orderBy('o.id', 'desc')
        .limit(query.limit + 1)
        .execute();
    const page = pageOf(rows, query.limit, (row) => [row.decidedDay, row.id]);
    return { items: page.rows.map((row) => itemOf(row, seeing)), next: page.next, total };
}

/** One entry with those before it, newest first. `outcome.notFound` also for whoever may not see it. */
export async function getOutcome(db: ReadDb, seeing: OutcomeSeeing, id: Id): Promise<ResponseOf<Endpoints['outcome.get']>> {
    const read = async (one: Id) => (await visible(db, seeing)).select(COLUMNS).where('o.id', '=', one).executeTakeFirst();
    const row = await read(id);
    if (row === undefined) throw new DomainError('outcome.notFound');
    const next = await db.selectFrom('outcome').select('id').where('replaces', '=', id).executeTakeFirst();
    const earlier: Item[] = [];
    for (let at = row.replaces; at !== null; ) {
        const before = await read(at);
        if (before === undefined) break;
        earlier.push(itemOf(before, seeing));
        at = before.replaces;
    }
    return { ...itemOf(row, seeing), replacedBy: next?.id ?? null, earlier };
}

/** What followed a finding and stands, as far as the reader may see it. */
export const outcomesOfFinding = async (db: ReadDb, seeing: OutcomeSeeing, findingId: Id) =>
    (await visible(db, seeing))
        .select(['o.id', 'o.kind', 'o.decided_day as decidedDay'])
        .where('o.finding_id', '=', findingId)
        .where('o.ended_at', 'is', null)
        .orderBy('o.decided_day')
        .orderBy('o.id')
        .execute();

/** What stands, counted; organisations without any are there too. */
export async function outcomeReport(
    db: ReadDb,
    organisations: readonly OrganisationBelow[],
    { from, to }: QueryOf<Endpoints['outcome.report']>,
): Promise<ResponseOf<Endpoints['outcome.report']>> {
    const rows = await db
        .selectFrom('outcome as o')
        .select(['o.org_id', 'o.kind', sql<string>`left(o.decided_day, 7)`.as('month')])
        .select((each) => each.fn.countAll<number>().as('count'))
        .where('o.ended_at', 'is', null)
        .where('o.org_id', 'in', ids(organisations))
        .$if(from !== undefined, (some) => some.where('o.decided_day', '>=', from ?? ''))
        .$if(to !== undefined, (some) => some.where('o.decided_day', '<=', to ?? ''))
        .groupBy(['o.org_id', 'o.kind', 'month'])
        .execute();
    const counts = (of: readonly { kind: OutcomeKind; count: number }[]) => {
        const sum = (kind: OutcomeKind) => of.filter((row) => row.kind === kind).reduce((all, row) => all + row.count, 0);
        return Object.fromEntries(OUTCOME_KINDS.map((kind) => [kind, sum(kind)])) as Record<OutcomeKind, number>;
    };
    const months = [...new Set(rows.map(({ month }) => month))].toSorted().reverse();
    return {
        organisations: organisations.map(({ id, name }) => ({
            organisation: { id, name },
            counts: counts(rows.filter((row) => row.org_id === id)),
        })),
        months: months.map((month) => ({ month, counts: counts(rows.filter((row) => row.month === month)) })),
    };
}

const ids = (organisations: readonly { readonly id: Id }[]): Id[] => organisations.map(({ id }) => id);

const joined = (db: ReadDb) =>
    db
        .selectFrom('outcome as o')
        .innerJoin('organisation as g', 'g.id', 'o.org_id')
        .innerJoin('person as r', 'r.id', 'o.recorded_by')
        .leftJoin('person as p', 'p.id', 'o.person_id')
        .leftJoin('person as e', 'e.id', 'o.ended_by')
        .leftJoin('act as a', 'a.id', 'o.act_id')
        .leftJoin('finding as f', 'f.id', 'o.finding_id')
        .leftJoinLateral(
            (each) =>
                each
                    .selectFrom('finding_ruling as w')
                    .innerJoin('person as v', 'v.id', 'w.ruled_by')
                    .select(['w.words', 'w.ruled_at', 'v.id as byId', 'v.name as byName', 'v.certificate_number as byNumber'])
                    .whereRef('w.finding_id', '=', 'o.finding_id')
                    .where('w.kind', '=', 'revised')
                    .orderBy('w.ruled_at', 'desc')
                    .limit(1)
                    .as('w'),
            (on) => on.onTrue(),
        );

/** Nobody learns even the number of what they may not see: the list, the count and one entry all begin here. */
async function visible(db: ReadDb, { subject, organisations }: OutcomeSeeing) {
    const scope = outcomeScope(subject.roles);
    if (scope === 'all') return joined(db).where('o.org_id', 'in', ids(organisations));
    const own = joined(db).where('o.org_id', '=', subject.organisationId);
    if (scope === 'own') return own.where('o.person_id', '=', subject.personId);
    const me = await db.selectFrom('person').select('department_id').where('id', '=', subject.personId).executeTakeFirst();
    const department = me?.department_id ?? null;
    if (department === null) return own.where('o.person_id', '=', subject.personId);
    return own.where((each) => each.or([each('o.person_id', '=', subject.personId), each('p.department_id', '=', department)]));
}

const COLUMNS = [
    'o.id',
    'o.clause',
    'o.happened_day as happenedDay',
    'o.facts',
    'o.kind',
    'o.measure',
    'o.decided_by as decidedBy',
    'o.decided_day as decidedDay',
    'o.paper_number as paperNumber',
    'o.recorded_at as recordedAt',
    'o.replaces',
    'o.ended_as',
    'o.ended_at',
    'o.ended_why',
    'e.name as ender',
    'g.id as organisationId',
    'g.name as organisationName',
    'p.id as personId',
    'p.name as personName',
    'p.certificate_number as personCertificate',
    'r.id as recorderId',
    'r.name as recorderName',
    'r.certificate_number as recorderCertificate',
    'a.id as actId',
    'a.number as actNumber',
    'f.id as findingId',
    'f.code as findingCode',
    'f.params as findingParams',
    'f.state as findingState',
    'f.gone_since as findingGoneSince',
    'w.words as revisedWords',
    'w.ruled_at as revisedAt',
    'w.byId as revisedBy',
    'w.byName as revisedByName',
    'w.byNumber as revisedByNumber',
] as const;

const selected = (db: ReadDb) => joined(db).select(COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>;

/** The confirmation that an outcome rests on, and whether facts have overtaken it. */
function findingOf(row: Row): Item['finding'] {
    const { findingId, findingCode, findingState: state, findingGoneSince: goneSince } = row;
    if (findingId === null || findingCode === null || state === null) return null;
    const { revisedWords: words, revisedAt: at, revisedBy: by, revisedByName: name } = row;
    const standing = findingBasis({ state, goneSince });
    return {
        ...{ id: findingId, code: findingCode, params: row.findingParams as Record<string, number>, standing },
        revision:
            standing !== 'revised' || words === null || at === null || by === null || name === null
                ? null
                : { words, at, by: { id: by, name, certificateNumber: row.revisedByNumber } },
    };
}

const itemOf = (row: Row, { subject }: OutcomeSeeing): Item => ({
    id: row.id,
    organisation: { id: row.organisationId, name: row.organisationName },
    person:
        row.personId === null || row.personName === null
            ? null
            : { id: row.personId, name: row.personName, certificateNumber: row.personCertificate },
    clause: row.clause,
    article: BREACHABLE.find(({ id }) => id === row.clause)?.article ?? '',
    happenedDay: row.happenedDay,
    facts: row.facts,
    act: row.actId === null || row.actNumber === null ? null : { id: row.actId, number: row.actNumber },
    finding: findingOf(row),
    kind: row.kind,
    measure: row.measure,
    decidedBy: row.decidedBy,
    decidedDay: row.decidedDay,
    paperNumber: row.paperNumber,
    recordedBy: { id: row.recorderId, name: row.recorderName, certificateNumber: row.recorderCertificate },
    recordedAt: row.recordedAt,
    ended:
        row.ended_as === null || row.ended_at === null
            ? null
            : { as: row.ended_as, at: row.ended_at, by: row.ender ?? '', why: row.ended_why ?? '' },
    mayChange:
        row.ended_as === null &&
        row.organisationId === subject.organisationId &&
        row.personId !== subject.personId &&
        permissionsOf(subject.roles).includes('outcome.manage'),
});
