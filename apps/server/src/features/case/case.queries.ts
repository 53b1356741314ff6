import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { CLOCK_DOUBTED, CONTESTABLE, DAY, type Id, type Instant, PUBLISHED_STEPS, type ServerTime } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, type Found, lookUp } from '../../platform/search.ts';
import { caseFactsOf, countingBy, pressing, wireCountdown } from './case-facts.queries.ts';

type Query = QueryOf<Endpoints['case.list']>;
type Item = ResponseOf<Endpoints['case.list']>['items'][number];

const cursorShape = z.tuple([z.int(), z.uuid()]);

const casesOf = (db: ReadDb, orgId: Id) =>
    db.selectFrom('case as c').leftJoin('party as y', 'y.id', 'c.party_id').where('c.org_id', '=', orgId);

const ITEM_COLUMNS = [
    'c.id',
    'c.number',
    'c.procedure',
    'c.state',
    'c.title',
    'c.source',
    'c.opened_at as openedAt',
    'c.ended_at as endedAt',
    'y.id as partyId',
    'y.name as partyName',
] as const;

/** One page of cases by their opening, with the most pressing term of each. */
export async function listCases(
    db: ReadDb,
    orgId: Id,
    query: Query,
    clock: ServerTime,
): Promise<ResponseOf<Endpoints['case.list']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    const filtered = filteredCases(db, orgId, query, await lookUp(db, query.q, ['case', 'party', 'person']));
    const { total } = await filtered.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const direction = query.order === 'oldest' ? 'asc' : 'desc';
    const [openedAt, id] = after ?? [];
    const beyond = sql.raw(direction === 'asc' ? '>' : '<');
    const rest =
        after === undefined
            ? filtered
            : filtered.where(sql<boolean>`(c.opened_at, c.id) ${beyond} (${openedAt}::bigint, ${id}::uuid)`);
    const found = await rest
        .select(ITEM_COLUMNS)
        .orderBy('c.opened_at', direction)
        .orderBy('c.id', direction)
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.openedAt, row.id]);
    return { items: await itemsOf(db, orgId, rows, clock), next, total };
}

/** A case is found by its own text, its party's, and the people in it. */
function foundBy({ word, ids }: Found<'case' | 'party' | 'person'>) {
    if (ids === undefined)
        return sql<boolean>`(${containing('c.search_text', word)} or ${containing('y.search_text', word)} or exists (
            select from case_person cp join person p on p.id = cp.person_id
            where cp.case_id = c.id and cp.removed_at is null and ${containing('p.search_text', word)}))`;
    return sql<boolean>`c.id in (
        select unnest(${ids.case}::uuid[])
        union select id from "case" where party_id = any (${ids.party}::uuid[])
        union select case_id from case_person where removed_at is null and person_id = any (${ids.person}::uuid[]))`;
}

function filteredCases(db: ReadDb, orgId: Id, query: Query, words: readonly Found<'case' | 'party' | 'person'>[]) {
    let filtered = casesOf(db, orgId);
    for (const found of words) filtered = filtered.where(foundBy(found));
    if (query.procedure !== undefined) filtered = filtered.where('c.procedure', '=', query.procedure);
    if (query.state !== undefined) filtered = filtered.where('c.state', '=', query.state);
    if (query.ended !== undefined) filtered = filtered.where('c.ended_at', query.ended === 'yes' ? 'is not' : 'is', null);
    if (query.source !== undefined) filtered = filtered.where('c.source', '=', query.source);
    if (query.partyId !== undefined) filtered = filtered.where('c.party_id', '=', query.partyId);
    if (query.from !== undefined) filtered = filtered.where('c.opened_at', '>=', query.from);
    if (query.to !== undefined) filtered = filtered.where('c.opened_at', '<', query.to);
    const { personId, actId } = query;
    if (personId !== undefined)
        filtered = filtered.where(
            sql<boolean>`exists (select from case_person cp where cp.case_id = c.id and cp.removed_at is null and cp.person_id = ${personId}::uuid)`,
        );
    if (actId !== undefined)
        filtered = filtered.where(
            sql<boolean>`exists (select from case_act ca where ca.case_id = c.id and ca.removed_at is null and ca.act_id = ${actId}::uuid)`,
        );
    return filtered;
}

type Row = Awaited<ReturnType<typeof rowOf>>;
export const rowOf = (db: ReadDb, orgId: Id, id: Id) =>
    casesOf(db, orgId).select(ITEM_COLUMNS).where('c.id', '=', id).executeTakeFirstOrThrow();

export async function itemsOf(db: ReadDb, orgId: Id, rows: readonly Row[], clock: ServerTime): Promise<Item[]> {
    const ids = rows.map((row) => row.id);
    const facts = await caseFactsOf(db, ids, await countingBy(db, orgId, clock));
    const handlers = Map.groupBy(await handlersOf(db, ids), (each) => each.caseId);
    return rows.map(({ partyId, partyName, ...row }) => {
        const known = facts.get(row.id);
        // Of a case that has ended only what is owed all the same.
        const next = known === undefined ? undefined : pressing(known).find((each) => row.endedAt === null || each.outlives);
        return {
            ...row,
            party: partyId === null || partyName === null ? null : { id: partyId, name: partyName },
            handlers: (handlers.get(row.id) ?? []).map(({ caseId: _, ...person }) => person),
            next: next === undefined ? null : wireCountdown(next),
        };
    });
}

async function handlersOf(db: ReadDb, ids: readonly Id[]) {
    if (ids.length === 0) return [];
    return db
        .selectFrom('case_person as cp')
        .innerJoin('person as p', 'p.id', 'cp.person_id')
        .select(['cp.case_id as caseId', 'p.id', 'p.name', 'p.certificate_number as certificateNumber'])
        .where('cp.case_id', 'in', ids)
        .where('cp.removed_at', 'is', null)
        .where('cp.part', '=', 'handler')
        .orderBy('cp.id')
        .execute();
}

/** More cases than this are not looked through at once; how many were left out is said. */
const MOST_CASES = 3_000;

/** No term of a party is longer than this from the end of its case. */
const PARTY_TERMS_DAYS = 400;

/**
 * Cases in which a term may run: those that are open, and of those that have ended the ones that may still owe something or may still
 * be contested. Which terms there are is for the domain to say; here only what cannot have one is left out.
 */
const withTerms = (now: Instant) => sql<boolean>`(c.ended_at is null
    or (c.ended_at > ${now - PARTY_TERMS_DAYS * DAY} and c.procedure = any (${[...CONTESTABLE]}))
    or (exists (select from case_step s where s.case_id = c.id and s.step = any (${[...PUBLISHED_STEPS]}))
        and (not exists (select from case_step s where s.case_id = c.id and s.step = 'publish')
            or exists (select from case_step s where s.case_id = c.id and s.step = 'reopen')
            or exists (select from case_remedy r where r.case_id = c.id and r.result is not null))))`;

/**
 * Every term that runs, the one that ends first in front; what stands still or was never set comes last. Of a case that has ended only
 * those that outlive it.
 */
export async function listDeadlines(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['case.deadlines']>,
    clock: ServerTime,
): Promise<ResponseOf<Endpoints['case.deadlines']>> {
    const { procedure, personId } = query;
    const open = filteredCases(db, orgId, { limit: 1, procedure, personId }, []).where(withTerms(clock.now));
    const rows = await open
        .select(['c.id', 'c.number', 'c.procedure', 'c.state', 'c.title', 'c.ended_at as endedAt'])
        .orderBy('c.ended_at', (order) => order.desc().nullsFirst())
        .orderBy('c.opened_at')
        .orderBy('c.id')
        .limit(MOST_CASES + 1)
        .execute();
    const looked = rows.slice(0, MOST_CASES);
    const { total } = await open.select((of) => of.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
    const facts = await caseFactsOf(
        db,
        looked.map((row) => row.id),
        await countingBy(db, orgId, clock),
    );
    const all = looked.flatMap(({ endedAt, ...row }) => {
        const known = facts.get(row.id);
        const terms = known === undefined ? [] : pressing(known).filter((each) => endedAt === null || each.outlives);
        return terms.map((countdown) => ({ case: row, countdown: wireCountdown(countdown) }));
    });
    const ofKey = query.key === undefined ? all : all.filter(({ countdown }) => countdown.key === query.key);
    const count = (state: string): number => ofKey.filter(({ countdown }) => countdown.state === state).length;
    const shown = query.state === undefined ? ofKey : ofKey.filter(({ countdown }) => countdown.state === query.state);
    return {
        items: shown.sort((a, b) => (a.countdown.due ?? LAST) - (b.countdown.due ?? LAST)),
        counts: {
            late: count('late'),
            soon: count('soon'),
            unset: count('unset'),
            clockDoubted: count(CLOCK_DOUBTED),
            all: ofKey.length,
        },
        leftOut: total - looked.length,
    };
}
const LAST = Number.MAX_SAFE_INTEGER;
