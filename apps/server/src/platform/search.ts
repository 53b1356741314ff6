import type { Id } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from './db/database.ts';
import { foldForSearch, likePattern } from './search-text.ts';

/**
 * Up to so many rows are looked up by id; of a word that more rows contain, a page is found sooner by walking the list in
 * its order, and counting needs most of the table anyway.
 */
export const MOST_IDS = 5_000;

/**
 * Of so many rows, whichever the database comes upon first, it is looked how many contain a word before an index is asked: the index
 * goes through all that contain it before it gives the first.
 */
const SAMPLE = 2_000;
/** A word that so many of the sample contain is taken to be in more than `MOST_IDS` rows. Where it is not, the list is as right. */
const MANY_OF_SAMPLE = 50;

/** More words than anybody types on purpose are compared without an index. */
const MOST_LOOK_UPS = 8;

/** The words of a query, all of which must be found; NUL, which no text contains, is left out. */
export const searchWords = (typed: string | undefined): string[] => [
    ...new Set(
        foldForSearch((typed ?? '').replaceAll('\0', ''))
            .split(' ')
            .filter((word) => word !== ''),
    ),
];

/** `search_text` under row-level security, row by row. */
export const containing = (column: string, word: string) => sql<SqlBool>`${sql.ref(column)} like ${likePattern(word) ?? '%'}`;

export type Indexed = 'party' | 'act' | 'recording' | 'document' | 'case' | 'task' | 'complaint';
export type Searched = Indexed | 'person' | 'device';

/**
 * Ids of the visible rows that contain all the words, through the index (definer functions of 0005_search.sql);
 * `undefined` when there are more than `MOST_IDS`.
 */
export async function idsBy(db: ReadDb, table: Indexed, words: readonly string[]): Promise<Id[] | undefined> {
    const found = sql<{ id: Id }>`${sql.raw(`liuhen.search_${table}`)}(${words}::text[], ${MOST_IDS + 1})`;
    return fewEnough(await db.selectFrom(found.as<'found'>(sql`found(id)`)).select('found.id').execute());
}

/** The same of tables so small that no index is needed. */
async function idsLike(db: ReadDb, table: Exclude<Searched, Indexed>, word: string): Promise<Id[] | undefined> {
    const rows = await db
        .selectFrom(table)
        .select('id')
        .where(containing('search_text', word))
        .limit(MOST_IDS + 1)
        .execute();
    return fewEnough(rows);
}

const fewEnough = (rows: readonly { id: Id }[]): Id[] | undefined =>
    rows.length > MOST_IDS ? undefined : rows.map((row) => row.id);

export type Found<Table extends Searched> = {
    word: string;
    /** Rows of each table that contain the word; `undefined` when they are too many to be listed. */
    ids: Readonly<Record<Table, readonly Id[]>> | undefined;
};

/** For a list that is searched in several tables: which rows of each contain which word. */
export async function lookUp<Table extends Searched>(
    db: ReadDb,
    typed: string | undefined,
    tables: readonly Table[],
): Promise<Found<Table>[]> {
    const found: Found<Table>[] = [];
    for (const [place, word] of searchWords(typed).entries())
        found.push({ word, ids: place < MOST_LOOK_UPS ? await idsOfEach(db, tables, word) : undefined });
    return found;
}

async function idsOfEach<Table extends Searched>(db: ReadDb, tables: readonly Table[], word: string) {
    const found: Partial<Record<Table, readonly Id[]>> = {};
    for (const table of tables) {
        if (isIndexed(table) && (await isInMany(db, table, word))) return undefined;
        const ids = isIndexed(table) ? await idsBy(db, table, [word]) : await idsLike(db, table, word);
        if (ids === undefined) return undefined;
        found[table] = ids;
    }
    return found as Record<Table, readonly Id[]>;
}

/** False too where there are fewer rows than a sample: an index gives these soon. */
async function isInMany(db: ReadDb, table: Indexed, word: string): Promise<boolean> {
    const sample = db.selectFrom(table).select('search_text').limit(SAMPLE).as('sample');
    const { rows, hits } = await db
        .selectFrom(sample)
        .select((of) => [
            of.fn.countAll<number>().as('rows'),
            of.fn.countAll<number>().filterWhere(containing('search_text', word)).as('hits'),
        ])
        .executeTakeFirstOrThrow();
    return rows === SAMPLE && hits >= MANY_OF_SAMPLE;
}

const isIndexed = (table: Searched): table is Indexed => table !== 'person' && table !== 'device';
