import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Id, licenceStanding, type ServerTime } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { survivorOf } from './party-usable.queries.ts';

type Detail = ResponseOf<Endpoints['party.get']>;

/** Names and representatives over time, newest first. */
export const changesOfParty = (db: ReadDb, partyId: Id): Promise<Detail['changes']> =>
    db
        .selectFrom('party_change')
        .select(['id', 'subject', 'earlier', 'value', 'from_day as fromDay', 'reason', 'at'])
        .where('party_id', '=', partyId)
        .orderBy('from_day', 'desc')
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .execute();

/** Premises with their sites; those in use first, each in pinyin order. */
export async function premisesOf(db: ReadDb, partyId: Id): Promise<Detail['premises']> {
    const rows = await db
        .selectFrom('premises')
        .select(['id', 'version', 'name', 'address', 'latitude_e7 as latitudeE7', 'longitude_e7 as longitudeE7'])
        .select(['closed_day as closedDay', 'closed_reason as closedReason'])
        .where('party_id', '=', partyId)
        .orderBy(sql`closed_day is not null`)
        .orderBy(sql`name collate "zh-Hans-CN-x-icu"`)
        .orderBy('id')
        .execute();
    const sites = await db
        .selectFrom('site as s')
        .innerJoin('premises as p', 'p.id', 's.premises_id')
        .select(['s.id', 's.version', 's.premises_id', 's.name', 's.note'])
        .select(['s.closed_day as closedDay', 's.closed_reason as closedReason'])
        .where('p.party_id', '=', partyId)
        .orderBy(sql`s.closed_day is not null`)
        .orderBy(sql`s.name collate "zh-Hans-CN-x-icu"`)
        .orderBy('s.id')
        .execute();
    const inside = Map.groupBy(sites, (site) => site.premises_id);
    return rows.map((row) => ({ ...row, sites: (inside.get(row.id) ?? []).map(({ premises_id: _, ...site }) => site) }));
}

/** Licences by their last day, those without one last. */
export async function licencesOf(db: ReadDb, partyId: Id, time: ServerTime, dueDays: number): Promise<Detail['licences']> {
    const rows = await db
        .selectFrom('licence')
        .select(['id', 'version', 'premises_id as premisesId', 'speciality', 'speciality_other as specialityOther', 'number'])
        .select(['authority', 'valid_from as validFrom', 'valid_to as validTo', 'state', 'note'])
        .where('party_id', '=', partyId)
        .orderBy(sql`state not in ('valid', 'suspended')`)
        .orderBy('valid_to')
        .orderBy('id')
        .execute();
    return rows.map((row) => ({ ...row, ...licenceStanding(row, time, dueDays) }));
}

/** The survivor at the end of all mergers, and the duplicates merged into this party. */
export async function mergedWith(db: ReadDb, id: Id, into: Id | null): Promise<Pick<Detail, 'mergedInto' | 'mergedFrom'>> {
    const mergedFrom = await db.selectFrom('party').select(['id', 'name']).where('merged_into', '=', id).orderBy('id').execute();
    return { mergedInto: await survivorOf(db, into), mergedFrom };
}
