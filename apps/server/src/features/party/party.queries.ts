import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import {
    addDays,
    type Day,
    DomainError,
    dayOf,
    type Id,
    licenceStanding,
    needTrustedClock,
    type ServerTime,
    startOfDay,
} from '@liuhen/domain';
import { type ExpressionBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, idsBy, searchWords } from '../../platform/search.ts';
import type { DB } from '../../schema/db.generated.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';
import { changesOfParty, licencesOf, mergedWith, premisesOf } from './party-parts.queries.ts';

type Query = QueryOf<Endpoints['party.list']>;
type Item = ResponseOf<Endpoints['party.list']>['items'][number];
type Detail = ResponseOf<Endpoints['party.get']>;

/** Names in pinyin order; the id makes the order total. */
const BY_NAME = sql.raw('name collate "zh-Hans-CN-x-icu"');
const cursorShape = z.tuple([z.string(), z.uuid()]);

/** One page of parties in pinyin order. */
export async function listParties(
    db: ReadDb,
    orgId: Id,
    query: Query,
    time: ServerTime,
): Promise<ResponseOf<Endpoints['party.list']>> {
    const today = dayOf(time.now);
    if (query.licence !== undefined) needTrustedClock(time);
    const after = cursorKeys(cursorShape, query.cursor);
    let filtered = db.selectFrom('party').where('org_id', '=', orgId);
    const words = searchWords(query.q);
    const ids = words.length === 0 ? undefined : await idsBy(db, 'party', words);
    if (ids !== undefined) filtered = filtered.where('id', '=', sql<Id>`any (${ids}::uuid[])`);
    else for (const word of words) filtered = filtered.where(containing('search_text', word));
    if (query.kind !== undefined) filtered = filtered.where('kind', '=', query.kind);
    // What was merged into another party is found under that one.
    filtered = query.state === undefined ? filtered.where('state', '<>', 'merged') : filtered.where('state', '=', query.state);
    const dueDays = await licenceDueDays(db, orgId, today);
    const term = termOf(query.licence, today, dueDays);
    if (term !== undefined || query.speciality !== undefined)
        filtered = filtered.where((of) => of.exists(licencesIn(of, query.speciality, term)));
    const { total } =
        words.length > 0 && ids === undefined
            ? await countParties(db, orgId, words, query, term)
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
    return { items: await itemsOf(db, rows, time, dueDays), next, total, licenceDueDays: dueDays };
}

/** The organisation's own reminder, no figure of a law. */
async function licenceDueDays(db: ReadDb, orgId: Id, today: Day): Promise<number> {
    return (await parameterAt(db, orgId, 'work.licenceDueDays', startOfDay(today))).value ?? 0;
}

type Term = { from: Day; before: Day };

/** Last days of the licences a filter asks for, half-open. */
function termOf(filter: Query['licence'], today: Day, dueDays: number): Term | undefined {
    if (filter === 'due') return { from: today, before: addDays(today, dueDays) };
    return filter === 'expired' ? { from: '', before: today } : undefined;
}

function licencesIn(of: ExpressionBuilder<DB, 'party'>, speciality: Query['speciality'], term: Term | undefined) {
    let licences = of.selectFrom('licence').select('licence.id').whereRef('licence.party_id', '=', 'party.id');
    if (speciality !== undefined) licences = licences.where('licence.speciality', '=', speciality);
    if (term === undefined) return licences;
    return licences
        .where('licence.state', '=', 'valid')
        .where('licence.valid_to', '>=', term.from)
        .where('licence.valid_to', '<', term.before);
}

/** Of common words: through the index, where row-level security would compare every row. */
function countParties(db: ReadDb, orgId: Id, words: readonly string[], query: Query, term: Term | undefined) {
    const { kind = null, state = null, speciality = null } = query;
    const filters = sql`${kind}, ${state}, ${speciality}, ${term?.from ?? null}, ${term?.before ?? null}`;
    const count = sql<{ total: number }>`liuhen.count_parties(${words}::text[], ${orgId}, ${filters})`;
    return db.selectFrom(count.as<'count'>(sql`count(total)`)).select('count.total').executeTakeFirstOrThrow();
}

const ITEM_COLUMNS = ['id', 'name', 'kind', 'credit_code', 'address', 'state', 'version'] as const;

type ItemRow = Pick<Item, 'id' | 'name' | 'kind' | 'address' | 'state' | 'version'> & { credit_code: string | null };

async function itemsOf(db: ReadDb, rows: readonly ItemRow[], time: ServerTime, dueDays: number): Promise<Item[]> {
    const ids = rows.map((row) => row.id);
    const acts = await actsByParty(db, ids);
    const licences = await nextLicences(db, ids, time, dueDays);
    return rows.map(({ credit_code, ...row }) => ({
        ...row,
        creditCode: credit_code,
        actCount: acts.get(row.id)?.acts ?? 0,
        lastActAt: acts.get(row.id)?.last ?? null,
        nextLicence: licences.get(row.id) ?? null,
    }));
}

/** Acts that took place: cancelled ones say they did not. */
async function actsByParty(db: ReadDb, parties: readonly Id[]): Promise<Map<Id, { acts: number; last: number | null }>> {
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

/** Of each party the valid licence that ends, or ended, first. */
async function nextLicences(
    db: ReadDb,
    parties: readonly Id[],
    time: ServerTime,
    dueDays: number,
): Promise<Map<Id, NonNullable<Item['nextLicence']>>> {
    if (parties.length === 0) return new Map();
    const rows = await db
        .selectFrom('licence')
        .distinctOn('party_id')
        .select(['party_id', 'speciality', 'speciality_other', 'valid_from as validFrom', 'valid_to as validTo', 'state'])
        .where('party_id', 'in', parties)
        .where('state', '=', 'valid')
        .where('valid_to', 'is not', null)
        .orderBy('party_id')
        .orderBy('valid_to')
        .orderBy('id')
        .execute();
    return new Map(
        rows.flatMap(({ party_id, speciality, speciality_other: specialityOther, validTo, ...rest }) => {
            if (validTo === null) return [];
            const { standing, daysLeft } = licenceStanding({ ...rest, validTo }, time, dueDays);
            return [[party_id, { speciality, specialityOther, validTo, standing, daysLeft }]];
        }),
    );
}

/** One party, one file: names over time, premises, licences, and the figures of what else is about it. */
export async function getParty(db: ReadDb, orgId: Id, id: Id, time: ServerTime): Promise<Detail> {
    const row = await db
        .selectFrom('party')
        .select([...ITEM_COLUMNS, 'legal_representative', 'phone', 'merged_into'])
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('party.notFound');
    const { legal_representative: legalRepresentative, phone, merged_into, ...item } = row;
    const dueDays = await licenceDueDays(db, orgId, dayOf(time.now));
    const [first] = await itemsOf(db, [item], time, dueDays);
    if (first === undefined) throw new DomainError('party.notFound');
    return {
        ...first,
        legalRepresentative,
        phone,
        ...(await mergedWith(db, id, merged_into)),
        changes: await changesOfParty(db, id),
        premises: await premisesOf(db, id),
        licences: await licencesOf(db, id, time, dueDays),
        recordingCount: await recordingsOf(db, id),
    };
}

async function recordingsOf(db: ReadDb, partyId: Id): Promise<number> {
    const { count } = await db
        .selectFrom('recording as r')
        .innerJoin('act as a', 'a.id', 'r.act_id')
        .where('a.party_id', '=', partyId)
        .where('r.role', '=', 'original')
        .select((of) => of.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
    return count;
}

const MOST_LIKE = 10;

/** Parties that may be the same. An equal credit code is impossible: the register has each once. */
export async function likeParty(db: ReadDb, orgId: Id, id: Id): Promise<ResponseOf<Endpoints['party.duplicates']>> {
    const party = await db
        .selectFrom('party')
        .select(['name', 'phone', 'address', 'state'])
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (party === undefined) throw new DomainError('party.notFound');
    if (party.state === 'merged') return { items: [] };
    const earlier = (await changesOfParty(db, id)).flatMap((each) => (each.subject === 'name' ? (each.earlier ?? []) : []));
    const like = sql<{ party_id: Id; same_name: boolean; same_contact: boolean }>`liuhen.like_parties(
        ${orgId}, ${[party.name, ...earlier]}::text[], ${party.phone}, ${party.address}, ${MOST_LIKE + 1})`;
    const items = await db
        .selectFrom(like.as('like_'))
        .innerJoin('party as p', 'p.id', 'like_.party_id')
        .select(['p.id', 'p.name', 'p.kind', 'p.credit_code as creditCode', 'p.address'])
        .select(['like_.same_name as sameName', 'like_.same_contact as sameContact'])
        .where('p.id', '<>', id)
        .limit(MOST_LIKE)
        .execute();
    return { items };
}
