import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, idsBy, searchWords } from '../../platform/search.ts';

type Item = ResponseOf<Endpoints['party.list']>['items'][number];
type Detail = ResponseOf<Endpoints['party.get']>;

/** Names in pinyin order; the id makes the order total. */
const BY_NAME = sql.raw('name collate "zh-Hans-CN-x-icu"');
const cursorShape = z.tuple([z.string(), z.uuid()]);

/** One page of parties in pinyin order. */
export async function listParties(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['party.list']>,
): Promise<ResponseOf<Endpoints['party.list']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    let filtered = db.selectFrom('party').where('org_id', '=', orgId);
    const words = searchWords(query.q);
    const ids = words.length === 0 ? undefined : await idsBy(db, 'party', words);
    if (ids !== undefined) filtered = filtered.where('id', '=', sql<Id>`any (${ids}::uuid[])`);
    else for (const word of words) filtered = filtered.where(containing('search_text', word));
    if (query.kind !== undefined) filtered = filtered.where('kind', '=', query.kind);
    if (query.state !== undefined) filtered = filtered.where('state', '=', query.state);
    const { total } =
        words.length > 0 && ids === undefined
            ? await countParties(db, orgId, words, query)
            : await filtered.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();

    const [name, id] = after ?? [];
    const rest =
        after === undefined
            ? filtered
            : filtered.where(sql<boolean>`(${BY_NAME}, id) > (${name} collate "zh-Hans-CN-x-icu", ${id}::uuid)`);
    const found = await rest
        .select(ITEM_COLUMNS)
        .orderBy(sql`${BY_NAME}`)
        .orderBy('id')
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.name, row.id]);
    const acts = await actsByParty(
        db,
        rows.map((row) => row.id),
    );
    return { items: rows.map((row) => itemOf(row, acts.get(row.id))), next, total };
}

/** Of common words: through the index, where row-level security would compare every row. */
function countParties(db: ReadDb, orgId: Id, words: readonly string[], { kind, state }: QueryOf<Endpoints['party.list']>) {
    const count = sql<{ total: number }>`liuhen.count_parties(${words}::text[], ${orgId}, ${kind ?? null}, ${state ?? null})`;
    return db.selectFrom(count.as<'count'>(sql`count(total)`)).select('count.total').executeTakeFirstOrThrow();
}

const ITEM_COLUMNS = ['id', 'name', 'kind', 'credit_code', 'address', 'state', 'version'] as const;

type ItemRow = Pick<Item, 'id' | 'name' | 'kind' | 'address' | 'state' | 'version'> & { credit_code: string | null };
type ActFigures = { acts: number; last: number | null };

const itemOf = ({ credit_code, ...row }: ItemRow, figures: ActFigures | undefined): Item => ({
    ...row,
    creditCode: credit_code,
    actCount: figures?.acts ?? 0,
    lastActAt: figures?.last ?? null,
});

/** Acts that took place: cancelled ones say they did not. */
async function actsByParty(db: ReadDb, parties: readonly Id[]): Promise<Map<Id, ActFigures>> {
    if (parties.length === 0) return new Map();
    const rows = await db
        .selectFrom('act')
        .where('party_id', 'in', parties)
        .where('state', '<>', 'cancelled')
        .groupBy('party_id')
        .select((of) => ['party_id', of.fn.countAll<number>().as('acts'), of.fn.max('starts_at').as('last')])
        .execute();
    return new Map(rows.flatMap(({ party_id, acts, last }) => (party_id === null ? [] : [[party_id, { acts, last }]])));
}

/** One party, one file: premises, acts and what was recorded in them. */
export async function getParty(db: ReadDb, orgId: Id, id: Id): Promise<Detail> {
    const row = await db
        .selectFrom('party')
        .select([...ITEM_COLUMNS, 'legal_representative', 'phone'])
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('party.notFound');
    const { legal_representative: legalRepresentative, phone, ...item } = row;
    const figures = await actsByParty(db, [id]);
    const acts = await actsOf(db, id);
    return {
        ...itemOf(item, figures.get(id)),
        legalRepresentative,
        phone,
        premises: await premisesOf(db, id),
        acts,
        recordingCount: acts.reduce((sum, act) => sum + act.recordingCount, 0),
    };
}

async function premisesOf(db: ReadDb, partyId: Id): Promise<Detail['premises']> {
    const rows = await db
        .selectFrom('premises')
        .select(['id', 'name', 'address', 'latitude_e7 as latitudeE7', 'longitude_e7 as longitudeE7'])
        .where('party_id', '=', partyId)
        .orderBy(sql`${BY_NAME}`)
        .orderBy('id')
        .execute();
    return rows;
}

async function actsOf(db: ReadDb, partyId: Id): Promise<Detail['acts']> {
    const rows = await db
        .selectFrom('act')
        .select(['id', 'scenario', 'place', 'starts_at as startsAt', 'ends_at as endsAt'])
        .where('party_id', '=', partyId)
        .where('state', '<>', 'cancelled')
        .orderBy('starts_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
    const officers = await officersOf(db, partyId);
    const recordings = await recordingsOf(db, partyId);
    return rows.map((row) => ({ ...row, officers: officers.get(row.id) ?? [], recordingCount: recordings.get(row.id) ?? 0 }));
}

async function officersOf(db: ReadDb, partyId: Id): Promise<Map<Id, string[]>> {
    const rows = await db
        .selectFrom('act_participant as ap')
        .innerJoin('act as a', 'a.id', 'ap.act_id')
        .innerJoin('person as p', 'p.id', 'ap.person_id')
        .select(['ap.act_id', 'p.name'])
        .where('a.party_id', '=', partyId)
        .where('ap.removed_at', 'is', null)
        .where('ap.part', '=', 'officer')
        .orderBy('ap.id')
        .execute();
    const names = new Map<Id, string[]>();
    for (const { act_id, name } of rows) names.set(act_id, [...(names.get(act_id) ?? []), name]);
    return names;
}

async function recordingsOf(db: ReadDb, partyId: Id): Promise<Map<Id, number>> {
    const rows = await db
        .selectFrom('recording as r')
        .innerJoin('act as a', 'a.id', 'r.act_id')
        .where('a.party_id', '=', partyId)
        .where('r.role', '=', 'original')
        .groupBy('a.id')
        .select((of) => ['a.id', of.fn.countAll<number>().as('recordings')])
        .execute();
    return new Map(rows.map(({ id, recordings }) => [id, recordings]));
}
