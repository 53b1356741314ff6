import type { Endpoints, QueryOf, ResponseOf } from '@liuhen/contract';
import { DomainError, type Id, type Instant } from '@liuhen/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import type { ReadDb } from '../../platform/db/database.ts';
import { cursorKeys, pageOf } from '../../platform/page-cursor.ts';
import { containing, type Found, lookUp } from '../../platform/search.ts';
import { findingsOf, isPlayable } from '../recording/recording.queries.ts';
import {
    type ActParticipant,
    type ActRecording,
    participantsOf,
    participantsOfActs,
    recordingsOfActs,
} from './act-parts.queries.ts';
import { standingOf } from './standing.ts';

type Item = ResponseOf<Endpoints['act.list']>['items'][number];
type Detail = ResponseOf<Endpoints['act.get']>;

const cursorShape = z.tuple([z.int(), z.uuid()]);

const actsOf = (db: ReadDb, orgId: Id) =>
    db.selectFrom('act as a').leftJoin('party as y', 'y.id', 'a.party_id').where('a.org_id', '=', orgId);

const ITEM_COLUMNS = [
    'a.id',
    'a.number',
    'a.scenario',
    'a.place',
    'a.starts_at as startsAt',
    'a.ends_at as endsAt',
    'a.state',
    'y.id as partyId',
    'y.name as partyName',
] as const;

const selectItems = (db: ReadDb, orgId: Id) => actsOf(db, orgId).select(ITEM_COLUMNS);
type Row = Awaited<ReturnType<ReturnType<typeof selectItems>['executeTakeFirstOrThrow']>>;

/** One page of acts by their start. */
export async function listActs(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['act.list']>,
    now: Instant,
): Promise<ResponseOf<Endpoints['act.list']>> {
    const after = cursorKeys(cursorShape, query.cursor);
    const filtered = filteredActs(db, orgId, query, await lookUp(db, query.q, ['act', 'party', 'person']));
    const { total } = await filtered.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();

    const direction = query.order === 'oldest' ? 'asc' : 'desc';
    const [startsAt, id] = after ?? [];
    const beyond = sql.raw(direction === 'asc' ? '>' : '<');
    const rest =
        after === undefined
            ? filtered
            : filtered.where(sql<boolean>`(a.starts_at, a.id) ${beyond} (${startsAt}::bigint, ${id}::uuid)`);
    const found = await rest
        .select(ITEM_COLUMNS)
        .orderBy('a.starts_at', direction)
        .orderBy('a.id', direction)
        .limit(query.limit + 1)
        .execute();
    const { rows, next } = pageOf(found, query.limit, (row) => [row.startsAt, row.id]);
    const ids = rows.map((row) => row.id);
    const participants = await participantsOfActs(db, ids);
    const recordings = await recordingsOfActs(db, ids);
    const items = rows.map((row) => itemOf(row, participants.get(row.id) ?? [], recordings.get(row.id) ?? [], now));
    return { items, next, total };
}

/** An act is found by its own text, its party's, and that of those who take part. */
function foundBy({ word, ids }: Found<'act' | 'party' | 'person'>) {
    if (ids === undefined)
        return sql<boolean>`(${containing('a.search_text', word)} or ${containing('y.search_text', word)} or exists (
            select from act_participant ap join person p on p.id = ap.person_id
            where ap.act_id = a.id and ap.removed_at is null and ${containing('p.search_text', word)}))`;
    return sql<boolean>`a.id in (
        select unnest(${ids.act}::uuid[])
        union select id from act where party_id = any (${ids.party}::uuid[])
        union select act_id from act_participant where removed_at is null and person_id = any (${ids.person}::uuid[]))`;
}

function filteredActs(
    db: ReadDb,
    orgId: Id,
    query: QueryOf<Endpoints['act.list']>,
    words: readonly Found<'act' | 'party' | 'person'>[],
) {
    let filtered = actsOf(db, orgId);
    for (const found of words) filtered = filtered.where(foundBy(found));
    const { personId } = query;
    if (personId !== undefined)
        filtered = filtered.where((any) =>
            any.exists(
                any
                    .selectFrom('act_participant as ap')
                    .select('ap.id')
                    .whereRef('ap.act_id', '=', 'a.id')
                    .where('ap.removed_at', 'is', null)
                    .where('ap.person_id', '=', personId),
            ),
        );
    if (query.scenario !== undefined) filtered = filtered.where('a.scenario', '=', query.scenario);
    if (query.state !== undefined) filtered = filtered.where('a.state', '=', query.state);
    if (query.partyId !== undefined) filtered = filtered.where('a.party_id', '=', query.partyId);
    if (query.from !== undefined) filtered = filtered.where('a.starts_at', '>=', query.from);
    if (query.to !== undefined) filtered = filtered.where('a.starts_at', '<', query.to);
    return filtered;
}

function itemOf(row: Row, participants: readonly ActParticipant[], recordings: readonly ActRecording[], now: Instant): Item {
    const { partyId, partyName, ...act } = row;
    return {
        ...act,
        party: partyId === null || partyName === null ? null : { id: partyId, name: partyName },
        participants: participants.map(({ name, part }) => ({ name, part })),
        recordingCount: recordings.length,
        standing: standingOf({ ...act, participants, recordings }, now),
    };
}

/** One act with participants and recordings: the facts of the strip chart. */
export async function getAct(db: ReadDb, orgId: Id, id: Id, now: Instant): Promise<Detail> {
    const row = await selectItems(db, orgId)
        .innerJoin('organisation as o', 'o.id', 'a.org_id')
        .leftJoin('premises as s', 's.id', 'a.premises_id')
        .select(['s.id as premisesId', 's.name as premisesName'])
        .select(['a.note', 'a.version', 'o.id as organisationId', 'o.name as organisationName'])
        .where('a.id', '=', id)
        .executeTakeFirst();
    if (row === undefined) throw new DomainError('act.notFound');
    const { note, version, organisationId, organisationName, premisesId, premisesName, ...item } = row;
    const participants = await participantsOf(db, id);
    const recordings = (await recordingsOfActs(db, [id])).get(id) ?? [];
    const devices = await devicesDuring(db, participants, item);
    return {
        ...itemOf(item, participants, recordings, now),
        organisation: { id: organisationId, name: organisationName },
        premises: premisesId === null || premisesName === null ? null : { id: premisesId, name: premisesName },
        note,
        version,
        participants: participants.map(({ id: participantId, personId, name, certificateNumber, part }) => ({
            id: participantId,
            person: { id: personId, name, certificateNumber },
            part,
            device: devices.get(personId) ?? null,
        })),
        recordings: recordings.map((each) => ({
            id: each.id,
            name: each.name,
            personId: each.personId,
            device: each.device,
            deviceStart: each.deviceStart,
            deviceEnd: each.deviceEnd,
            durationMs: each.inspection?.durationMs ?? null,
            stretches: each.stretches,
            state: each.state,
            playable: isPlayable(each.state, each.inspection),
            inspected: each.inspected,
            findings: findingsOf(each.inspection),
            receivedAt: each.receivedAt,
        })),
    };
}

/** What each participant had in hand at the time: a recorder before anything else, the one held last before an earlier one. */
async function devicesDuring(
    db: ReadDb,
    participants: readonly ActParticipant[],
    { startsAt, endsAt }: { startsAt: Instant; endsAt: Instant },
): Promise<Map<Id, { id: Id; number: string }>> {
    if (participants.length === 0) return new Map();
    const people = participants.map((each) => each.personId);
    const rows = await db
        .selectFrom('device_issue as i')
        .innerJoin('device as d', 'd.id', 'i.device_id')
        .select(['i.person_id', 'd.id', 'd.number'])
        .where('i.person_id', 'in', people)
        .where('i.issued_at', '<', endsAt)
        .where((any) => any.or([any('i.returned_at', 'is', null), any('i.returned_at', '>', startsAt)]))
        .orderBy(sql`d.kind = 'recorder'`)
        .orderBy('i.issued_at')
        .orderBy('i.id')
        .execute();
    return new Map(rows.map(({ person_id, id, number }) => [person_id, { id, number }]));
}
