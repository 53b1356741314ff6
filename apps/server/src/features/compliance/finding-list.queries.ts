import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    DomainError,
    FINDING_STATES,
    type FindingState,
    type Id,
    type Instant,
    needTrustedClock,
    outcomeScope,
    type ServerTime,
    type Subject,
    type SubjectKind,
} from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { lookUp } from '../../platform/search.ts';
import { seesAct } from '../act/act-visibility.queries.ts';
import { isOfClause } from './clause-parts.queries.ts';
import { type FindingReader, findingsByIds, UNANSWERED } from './finding.queries.ts';
import { isAnsweredBy, isDecidedBy } from './finding-owner.queries.ts';
import { isOvertaken } from './finding-rulings.queries.ts';
import { type FindingWords, hasCommonWord, hasRareWord, isCommon, isRare, saidOfActs } from './finding-words.queries.ts';

type Query = QueryOf<Endpoints['finding.list']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

const isAbout = (kind: SubjectKind) =>
    kind === 'act'
        ? sql<SqlBool>`f.act_id is not null`
        : kind === 'device'
          ? sql<SqlBool>`f.device_id is not null`
          : sql<SqlBool>`f.act_id is null and f.device_id is null`;

/**
 * Of the own acts those that the reader may see (附件1 第12条); of an organisation below none that is secret. Few acts are secret and
 * stand in an index of their own, so that no other is read.
 */
const isSeenBy = (subject: Subject) =>
    sql<SqlBool>`not exists (select from act secret where secret.id = f.act_id and secret.secrecy is not null
        and not (secret.org_id = ${subject.organisationId} and ${seesAct(subject, 'secret')}))`;

/** When what it is about took place; of a unit or a device when it was found. */
function happened(from: Instant | undefined, to: Instant | undefined) {
    const within = (column: string) =>
        sql<SqlBool>`${sql.ref(column)} >= ${from ?? Number.MIN_SAFE_INTEGER} and ${sql.ref(column)} < ${to ?? Number.MAX_SAFE_INTEGER}`;
    return sql<SqlBool>`(f.act_id in (select a.id from act a where ${within('a.starts_at')}) or f.act_id is null and ${within('f.found_at')})`;
}

/** Which of them are asked for whatever their state; no table but that of acts for common words is joined, so that counting reads little. */
function chosenOf(
    db: ReadDb,
    { subject, organisations }: FindingReader,
    query: Query,
    words: readonly FindingWords[],
    clock: ServerTime,
) {
    const read = organisations.flatMap(({ id }) =>
        query.organisationId === undefined || id === query.organisationId ? [id] : [],
    );
    let chosen = db.selectFrom('finding as f').where('f.org_id', '=', (of) => of.fn.any(of.val(read)));
    chosen = chosen.where(isSeenBy(subject));
    const common = words.filter(isCommon);
    if (common.length > 0)
        chosen = chosen.$call((of) => of.leftJoin(saidOfActs(common).as('said'), 'said.actId', 'f.act_id')) as typeof chosen;
    for (const each of words.filter(isRare)) chosen = chosen.where(hasRareWord(each));
    for (const [at, each] of common.entries()) chosen = chosen.where(hasCommonWord(each, at));
    if (query.subject !== undefined) chosen = chosen.where(isAbout(query.subject));
    if (query.clause !== undefined) chosen = chosen.where(isOfClause(query.clause));
    if (query.rule !== undefined) chosen = chosen.where('f.rule', '=', query.rule);
    if (query.modal !== undefined) chosen = chosen.where('f.modal', '=', query.modal);
    if (query.ownerId !== undefined) chosen = chosen.where('f.owner_id', '=', query.ownerId);
    if (query.mine !== undefined) chosen = chosen.where(isAnsweredBy(subject));
    if (query.toDecide !== undefined) chosen = chosen.where(isDecidedBy(subject));
    if (query.from !== undefined || query.to !== undefined) chosen = chosen.where(happened(query.from, query.to));
    if (query.overdue !== undefined) {
        needTrustedClock(clock);
        chosen = chosen.where('f.due_at', '<=', clock.now).where('f.state', '=', 'open');
    }
    if (query.withoutOutcome !== undefined) {
        // Nobody else learns even that something followed.
        if (outcomeScope(subject.roles) !== 'all') throw new DomainError('access.denied');
        const followed = sql`select from outcome u where u.finding_id = f.id and u.ended_at is null`;
        chosen = chosen.where('f.state', '=', 'stands').where(sql<SqlBool>`not exists (${followed})`);
        // Whether anything is to follow is not asked while it is not settled whether it is one.
        chosen = chosen.where('f.gone_since', 'is', null);
    }
    if (query.overtaken !== undefined) chosen = chosen.where(isOvertaken(query.overtaken === 'mine' ? subject.personId : null));
    return chosen;
}

/** Stands after every due time. */
const NEVER = Number.MAX_SAFE_INTEGER;
const ORDERS = {
    newest: { by: sql<number>`f.found_at`, direction: 'desc' },
    oldest: { by: sql<number>`f.found_at`, direction: 'asc' },
    due: { by: sql<number>`coalesce(f.due_at, ${NEVER})`, direction: 'asc' },
} as const;

/** Findings of acts that the reader may see, with how many stand in each state whatever state is chosen. */
export async function listFindings(
    db: ReadDb,
    reader: FindingReader,
    query: Query,
    clock: ServerTime,
): Promise<ResponseOf<Endpoints['finding.list']>> {
    const words = await lookUp(db, query.q, ['act', 'party', 'person', 'device']);
    const chosen = chosenOf(db, reader, query, words, clock);
    const { counted, found } = words.some(isCommon)
        ? await inOnePass(db, chosen, query)
        : { counted: await countsOf(chosen), found: await pageRows(chosen, query) };
    const counts = FINDING_STATES.map((state) => ({ state, count: counted.find((each) => each.state === state)?.count ?? 0 }));
    const states = statesOf(query.state);
    const total = counts.filter(({ state }) => states?.includes(state) ?? true).reduce((sum, { count }) => sum + count, 0);
    const { rows, next } = pageOf(found, query.limit, (row) => [row.place, row.id]);
    const items = await findingsByIds(
        db,
        reader,
        rows.map((row): Id => row.id),
        clock,
    );
    const organisations = reader.organisations.map(({ id: organisationId, name }) => ({ id: organisationId, name }));
    return { items, next, total, counts, organisations, now: clock.now };
}

const statesOf = (state: Query['state']): readonly FindingState[] | undefined =>
    state === undefined ? undefined : state === 'unanswered' ? UNANSWERED : [state];

type Chosen = ReturnType<typeof chosenOf>;
type Counted = { readonly state: string; readonly count: number };
type Placed = { readonly id: Id; readonly place: number };

const countsOf = (chosen: Chosen): Promise<Counted[]> =>
    chosen
        .select(['f.state', (of) => of.fn.countAll<number>().as('count')])
        .groupBy('f.state')
        .execute();

function pageRows(chosen: Chosen, query: Query): Promise<Placed[]> {
    const states = statesOf(query.state);
    const shown = states === undefined ? chosen : chosen.where('f.state', 'in', states);
    const [at, id] = cursorKeys(cursorShape, query.cursor) ?? [];
    const { by, direction } = ORDERS[query.order];
    const beyond = sql.raw(direction === 'asc' ? '>' : '<');
    const rest = at === undefined ? shown : shown.where(sql<SqlBool>`(${by}, f.id) ${beyond} (${at}::bigint, ${id}::uuid)`);
    return rest
        .select(['f.id', by.as('place')])
        .orderBy(by, direction)
        .orderBy('f.id', direction)
        .limit(query.limit + 1)
        .execute();
}

/** Counts and page of what is chosen by a word that many contain: to find these once takes longer than all the rest. */
async function inOnePass(db: ReadDb, chosen: Chosen, query: Query): Promise<{ counted: Counted[]; found: Placed[] }> {
    const states = statesOf(query.state) ?? FINDING_STATES;
    const [at, id] = cursorKeys(cursorShape, query.cursor) ?? [];
    const { by, direction } = ORDERS[query.order];
    const beyond =
        at === undefined ? sql`true` : sql`(place, id) ${sql.raw(direction === 'asc' ? '>' : '<')} (${at}::bigint, ${id}::uuid)`;
    const order = sql.raw(direction);
    type Line = { state: string | null; count: number | null; id: Id | null; place: number | null };
    const lines = sql<Line>`(with chosen as materialized (${chosen.select(['f.id', 'f.state', by.as('place')])}),
            page as (select id, place from chosen where state = any (${states}::text[]) and ${beyond}
                order by place ${order}, id ${order} limit ${query.limit + 1})
        select state, count(*), null::uuid as id, null::bigint as place from chosen group by state
        union all (select null, null, id, place from page order by place ${order}, id ${order}))`;
    const rows = await db.selectFrom(lines.as('line')).selectAll().execute();
    return {
        counted: rows.flatMap(({ state, count }) => (state === null || count === null ? [] : [{ state, count }])),
        found: rows.flatMap((row) => (row.id === null || row.place === null ? [] : [{ id: row.id, place: row.place }])),
    };
}
