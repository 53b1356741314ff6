import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, type NumberState } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, searchWords } from '../../platform/search.ts';
import { likePattern } from '../../platform/search-text.ts';

type Blocks = ResponseOf<Endpoints['document.numberBlocks']>;

const SERIES = ['s.id', 's.numbering', 's.category', 's.nature', 's.year', 's.last'] as const;

export const listSeries = async (db: ReadDb, orgId: Id, year: number | undefined) => {
    let series = db.selectFrom('document_series as s').select(SERIES).where('s.org_id', '=', orgId);
    if (year !== undefined) series = series.where('s.year', '=', year);
    const ordered = series.orderBy('s.year', 'desc').orderBy('s.numbering').orderBy('s.category').orderBy('s.nature');
    return { items: await ordered.execute() };
};

const cursorShape = z.tuple([z.int()]);

export async function numberRegister(
    db: ReadDb,
    orgId: Id,
    id: Id,
    query: QueryOf<Endpoints['document.numberRegister']>,
): Promise<ResponseOf<Endpoints['document.numberRegister']>> {
    const series = await db
        .selectFrom('document_series as s')
        .select(SERIES)
        .where('s.id', '=', id)
        .where('s.org_id', '=', orgId)
        .executeTakeFirst();
    if (series === undefined) throw new DomainError('document.seriesNotFound');
    const [place] = cursorKeys(cursorShape, query.cursor) ?? [];
    let numbers = db
        .selectFrom('document_number as n')
        .leftJoin('document as d', 'd.id', 'n.document_id')
        .select(['n.id', 'n.place', 'n.text', 'n.state', 'n.block_id', 'n.given_at', 'n.ended_at', 'n.reason'])
        .select(['d.id as document_id', 'd.title', 'd.type'])
        .where('n.series_id', '=', id);
    if (query.state !== undefined) numbers = numbers.where('n.state', '=', query.state);
    for (const word of searchWords(query.q))
        numbers = numbers.where(({ or, eb }) =>
            or([
                containing('d.search_text', word),
                eb(sql<string>`lower(n.text)`, 'like', likePattern(word) ?? '%'),
                eb(sql<string>`lower(coalesce(n.reason, ''))`, 'like', likePattern(word) ?? '%'),
            ]),
        );
    const { total } = await numbers
        .clearSelect()
        .select((of) => of.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
    if (place !== undefined) numbers = numbers.where('n.place', '<', place);
    const found = await numbers
        .orderBy('n.place', 'desc')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.place]);
    return {
        series,
        next,
        total,
        ...(await completenessOf(db, series)),
        items: rows.map((row) => ({
            id: row.id,
            place: row.place,
            text: row.text,
            state: row.state,
            document:
                row.document_id === null || row.title === null || row.type === null
                    ? null
                    : { id: row.document_id, title: row.title, type: row.type },
            blockId: row.block_id,
            givenAt: row.given_at,
            endedAt: row.ended_at,
            reason: row.reason,
        })),
    };
}

/** How many places stand in which state, and which stand in none: a register without a hole has no such place. */
async function completenessOf(db: ReadDb, { id, last }: { id: Id; last: number }) {
    const states = await db
        .selectFrom('document_number')
        .select(['state', ({ fn }) => fn.countAll<number>().as('count')])
        .where('series_id', '=', id)
        .groupBy('state')
        .execute();
    const of = (state: NumberState) => states.find((each) => each.state === state)?.count ?? 0;
    const counts = { reserved: of('reserved'), given: of('given'), returned: of('returned'), voided: of('voided') };
    const there = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (there === last) return { counts, missing: [] };
    const holes = await db
        .selectFrom(sql<{ place: number }>`generate_series(1, ${last}::int)`.as<'hole'>(sql`hole(place)`))
        .select('hole.place')
        .where(({ not, exists, selectFrom }) =>
            not(
                exists(
                    selectFrom('document_number as n')
                        .select('n.id')
                        .where('n.series_id', '=', id)
                        .whereRef('n.place', '=', 'hole.place'),
                ),
            ),
        )
        .orderBy('hole.place')
        .limit(MOST_HOLES)
        .execute();
    return { counts, missing: holes.map((row) => row.place) };
}

/** So many are named; who sees one looks at the whole register. */
const MOST_HOLES = 50;

export async function listBlocks(db: ReadDb, orgId: Id, query: QueryOf<Endpoints['document.numberBlocks']>): Promise<Blocks> {
    let blocks = db
        .selectFrom('document_block as b')
        .innerJoin('document_series as s', 's.id', 'b.series_id')
        .innerJoin('person as p', 'p.id', 'b.person_id')
        .select(['b.id', 'b.first', 'b.last', 'b.terminal', 'b.person_id', 'p.name', 'b.reserved_at', 'b.state', 'b.returned_at'])
        .select(['b.reason', 's.id as series_id', 's.numbering', 's.category', 's.nature', 's.year', 's.last as series_last'])
        .where('b.org_id', '=', orgId);
    if (query.state !== undefined) blocks = blocks.where('b.state', '=', query.state);
    if (query.personId !== undefined) blocks = blocks.where('b.person_id', '=', query.personId);
    const rows = await blocks.orderBy('b.reserved_at', 'desc').orderBy('b.id', 'desc').limit(200).execute();
    const numbers = await numbersOf(
        db,
        rows.map((row) => row.id),
    );
    return {
        items: rows.map((row) => ({
            id: row.id,
            series: {
                id: row.series_id,
                numbering: row.numbering,
                category: row.category,
                nature: row.nature,
                year: row.year,
                last: row.series_last,
            },
            first: row.first,
            last: row.last,
            terminal: row.terminal,
            person: { id: row.person_id, name: row.name },
            reservedAt: row.reserved_at,
            state: row.state,
            returnedAt: row.returned_at,
            reason: row.reason,
            numbers: numbers.get(row.id) ?? [],
        })),
    };
}

async function numbersOf(db: ReadDb, blocks: readonly Id[]): Promise<Map<Id, Blocks['items'][number]['numbers']>> {
    if (blocks.length === 0) return new Map();
    const rows = await db
        .selectFrom('document_number')
        .select(['block_id', 'id', 'place', 'text', 'state'])
        .where('block_id', 'in', blocks)
        .orderBy('place')
        .execute();
    const byBlock = Map.groupBy(rows, (row) => row.block_id ?? '');
    return new Map([...byBlock].map(([block, of]) => [block, of.map(({ block_id: _, ...number }) => number)]));
}
