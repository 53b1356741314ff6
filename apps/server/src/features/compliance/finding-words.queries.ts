import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { containing, type Found } from '../../platform/search.ts';

export type FindingWords = Found<'act' | 'party' | 'person' | 'device'>;
type Ids = NonNullable<FindingWords['ids']>;

/** A word that more rows contain than are looked up by id. */
export type CommonWord = FindingWords & { readonly ids: undefined };
export const isCommon = (words: FindingWords): words is CommonWord => words.ids === undefined;
type RareWord = FindingWords & { readonly ids: Ids };
export const isRare = (words: FindingWords): words is RareWord => words.ids !== undefined;

/** With so many ids most findings are looked at anyway, and to go through them once is sooner than to find each. */
const MANY_IDS = 500;

/** The act, its party, whoever it is about or whoever answers, or the device. */
export const hasRareWord = ({ ids }: RareWord): RawBuilder<SqlBool> =>
    Object.values(ids).reduce((sum, each) => sum + each.length, 0) > MANY_IDS ? isAboutOneOf(ids) : isFoundBy(ids);

/** Found one by one through the indexes, so that a rare word costs little however many findings there are. */
const isFoundBy = ({ act, party, person, device }: Ids) =>
    sql<SqlBool>`f.id in (
        select id from finding where act_id = any (${act}::uuid[])
        union select of.id from finding of join act a on a.id = of.act_id where a.party_id = any (${party}::uuid[])
        union select id from finding where owner_id = any (${person}::uuid[])
        union select id from finding where person_id = any (${person}::uuid[])
        union select id from finding where device_id = any (${device}::uuid[]))`;

const isAboutOneOf = ({ act, party, person, device }: Ids) =>
    sql<SqlBool>`(f.owner_id = any (${person}::uuid[]) or f.person_id = any (${person}::uuid[]) or f.device_id = any (${device}::uuid[])
        or f.act_id = any (${act}::uuid[]) or f.act_id in (select id from act where party_id = any (${party}::uuid[])))`;

const rows = (table: 'party' | 'person' | 'device', word: string) =>
    sql`(select id from ${sql.table(table)} where ${containing('search_text', word)})`;

/**
 * Each act with the common words that it or its party contains, a bit for each (`said`): all acts are read once, whatever the number of
 * words. Joined to the findings, since a set of so many ids costs more to make and to look into than the join.
 */
export const saidOfActs = (words: readonly CommonWord[]): RawBuilder<{ actId: string; bits: number }> => {
    const bits = words.map(
        ({ word }, at) =>
            sql`(case when ${containing('search_text', word)} or party_id in ${rows('party', word)} then ${bitOf(at)}::bigint else 0 end)`,
    );
    // Without the offset the words would be looked for once more wherever a bit is asked for.
    return sql`(select "actId", bits from (select id as "actId", ${sql.join(bits, sql` | `)} as bits from act offset 0) as each where bits <> 0)`;
};

/** At its place among the common words: in the act as `saidOfActs` found it, or in those it is about. */
export const hasCommonWord = ({ word }: CommonWord, at: number): RawBuilder<SqlBool> =>
    sql<SqlBool>`(coalesce(said.bits, 0) & ${bitOf(at)}::bigint <> 0 or f.owner_id in ${rows('person', word)}
        or f.person_id in ${rows('person', word)} or f.device_id in ${rows('device', word)})`;

const bitOf = (at: number): number => 2 ** at;
