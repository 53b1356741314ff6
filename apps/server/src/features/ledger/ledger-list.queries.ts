import type { Endpoints, QueryOf } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import type { DB } from '../../schema/db.generated.ts';
import { entriesOf, headOf, ITEM_COLUMNS, itemsOf, type List, type Row } from './ledger.queries.ts';

type Query = QueryOf<Endpoints['ledger.list']>;

/** One log, what is asked of it, and the index after its last full block: everything before that is tallied. */
type Asked = { db: ReadDb; orgId: Id; query: Query; tallied: number };

/** Indexes of the log, half-open. */
type Range = { lo: number; hi: number };

/** Entries per line of `ledger.tally`, as `ledger.append` counts them. */
const BLOCK = 256;
const END = Number.MAX_SAFE_INTEGER;

const cursorShape = z.tuple([z.int()]);

/** One page of the own log, newest first, with its head. */
export async function listEntries(db: ReadDb, orgId: Id, query: Query): Promise<List> {
    const [before = END] = cursorKeys(cursorShape, query.cursor) ?? [];
    const head = await headOf(db, orgId);
    const size = Number(head.size);
    const asked = { db, orgId, query, tallied: size - (size % BLOCK) };
    const { found, total } = await findIn(asked, size, before);
    const { rows, next } = pageOf(found, query.limit, (row) => [row.idx]);
    return { items: await itemsOf(db, orgId, rows), next, total, head };
}

/** The newest entries before an index, one more than the page holds, and the number of all that match. */
async function findIn(asked: Asked, size: number, before: number): Promise<{ found: Row[]; total: number }> {
    const { query } = asked;
    if (query.objectId !== undefined) {
        const { total } = await ofObject(asked, query.objectId)
            .select((count) => count.fn.countAll<number>().as('total'))
            .executeTakeFirstOrThrow();
        return { found: await newest(ofObject(asked, query.objectId), query, before), total };
    }
    const filtered = [query.kind, query.actorId, query.from, query.to].some((each) => each !== undefined);
    if (!filtered) return { found: await newest(entriesOf(asked.db, asked.orgId), query, before), total: size };
    return { found: await newestMatching(asked, before), total: await countMatching(asked) };
}

const newest = (entries: ReturnType<typeof entriesOf>, query: Query, before: number): Promise<Row[]> =>
    entries
        .where('e.idx', '<', before)
        .select(ITEM_COLUMNS)
        .orderBy('e.idx', 'desc')
        .limit(query.limit + 1)
        .execute();

const ofObject = ({ db, orgId, query }: Asked, objectId: Id) =>
    entriesOf(db, orgId)
        .where('e.idx', 'in', (any) =>
            any
                .selectFrom('ledger.object as o')
                .select('o.idx')
                .where('o.org_id', '=', orgId)
                .where('o.object_id', '=', objectId),
        )
        .where((e) => matches(e, query));

/** Whether an entry is of the kind, by the person and in the time that are asked for. */
function matches(e: ExpressionBuilder<DB & { e: DB['ledger.entry'] }, 'e'>, { kind, actorId, from, to }: Query) {
    return e.and([
        ...(kind === undefined ? [] : [e('e.kind', '=', kind)]),
        ...(actorId === undefined ? [] : [e('e.actor', '=', actorId)]),
        ...(from === undefined ? [] : [e('e.at', '>=', from)]),
        ...(to === undefined ? [] : [e('e.at', '<', to)]),
    ]);
}

/**
 * The newest matching entries: those after the last full block as they stand, then the blocks that the tally names, until
 * there are enough. Blocks that lie only partly in the time asked for may hold none, so it may take more than one round.
 */
async function newestMatching(asked: Asked, before: number): Promise<Row[]> {
    const wanted = asked.query.limit + 1;
    const found = await entriesIn(asked, [{ lo: asked.tallied, hi: before }], wanted);
    let below = Math.ceil(Math.min(asked.tallied, before) / BLOCK);
    while (found.length < wanted) {
        const missing = wanted - found.length;
        const blocks = await newestBlocks(asked, below, before, missing);
        below = blocks.at(-1) ?? 0;
        if (blocks.length === 0) break;
        const ranges = blocks.map((block) => ({ lo: block * BLOCK, hi: Math.min((block + 1) * BLOCK, before) }));
        found.push(...(await entriesIn(asked, ranges, missing)));
    }
    return found;
}

/** Blocks before `below` that may hold matches, newest first: as many as surely hold enough, or as may be looked at at once. */
async function newestBlocks(asked: Asked, below: number, before: number, wanted: number): Promise<number[]> {
    const lines = await tallies(asked)
        .where('t.block', '<', below)
        .groupBy('t.block')
        .select(['t.block', sql<number>`coalesce(sum(t.entries) filter (where ${inside(asked.query)}), 0)`.as('sure')])
        .orderBy('t.block', 'desc')
        .limit(wanted)
        .execute();
    const blocks: number[] = [];
    let sure = 0;
    for (const { block, sure: more } of lines) {
        if (sure >= wanted) break;
        blocks.push(block);
        // Of the block in which the last page ended, some are shown already.
        if ((block + 1) * BLOCK <= before) sure += more;
    }
    return blocks;
}

/** Lines of the tally that can stand for a matching entry. */
function tallies({ db, orgId, query: { kind, actorId, from, to }, tallied }: Asked) {
    let lines = db
        .selectFrom('ledger.tally as t')
        .where('t.org_id', '=', orgId)
        .where('t.block', '<', tallied / BLOCK);
    if (kind !== undefined) lines = lines.where('t.kind', '=', kind);
    if (actorId !== undefined) lines = lines.where('t.actor', '=', actorId);
    if (from !== undefined) lines = lines.where('t.last_at', '>=', from);
    if (to !== undefined) lines = lines.where('t.first_at', '<', to);
    return lines;
}

/** Whether all entries of a line are in the time asked for. */
const inside = ({ from, to }: Query) =>
    sql<boolean>`${from === undefined ? sql`true` : sql`t.first_at >= ${from}`} and ${to === undefined ? sql`true` : sql`t.last_at < ${to}`}`;

/** Blocks wholly in the time asked for count by their tally; the others, and what is not tallied yet, entry by entry. */
async function countMatching(asked: Asked): Promise<number> {
    const blocks = tallies(asked)
        .groupBy('t.block')
        .select([
            't.block',
            sql<number>`sum(t.entries)`.as('entries'),
            sql<boolean>`bool_and(${inside(asked.query)})`.as('whole'),
        ]);
    const { whole, partly } = await asked.db
        .selectFrom(blocks.as('b'))
        .select([
            sql<number>`coalesce(sum(b.entries) filter (where b.whole), 0)::bigint`.as('whole'),
            sql<number[]>`coalesce(array_agg(b.block) filter (where not b.whole), '{}')`.as('partly'),
        ])
        .executeTakeFirstOrThrow();
    const ranges = partly.map((block) => ({ lo: block * BLOCK, hi: (block + 1) * BLOCK }));
    const { count } = await matchingIn(asked, [...ranges, { lo: asked.tallied, hi: END }], undefined)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
    return whole + count;
}

async function entriesIn(asked: Asked, ranges: readonly Range[], most: number): Promise<Row[]> {
    return matchingIn(asked, ranges, most)
        .leftJoin('person as p', (join) => join.onRef('p.id', '=', 'e.actor').on('p.org_id', '=', asked.orgId))
        .select(ITEM_COLUMNS)
        .orderBy('e.idx', 'desc')
        .limit(most)
        .execute();
}

/** Matching entries of the ranges, newest first in each and at most so many of each; each range is a walk along the key. */
function matchingIn({ db, orgId, query }: Asked, ranges: readonly Range[], most: number | undefined) {
    const bounds = sql<Range>`(select * from unnest(${ranges.map(({ lo }) => lo)}::bigint[], ${ranges.map(({ hi }) => hi)}::bigint[]) as u (lo, hi))`;
    return db.selectFrom(bounds.as('range')).innerJoinLateral(
        (from) => {
            const entries = from
                .selectFrom('ledger.entry as e')
                .selectAll('e')
                .where('e.org_id', '=', orgId)
                .whereRef('e.idx', '>=', 'range.lo')
                .whereRef('e.idx', '<', 'range.hi')
                .where((e) => matches(e, query))
                .orderBy('e.idx', 'desc');
            return (most === undefined ? entries : entries.limit(most)).as('e');
        },
        (join) => join.onTrue(),
    );
}
