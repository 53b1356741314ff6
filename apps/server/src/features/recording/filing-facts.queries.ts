import {
    type ActForFiling,
    type ActPresence,
    exactly,
    type FilingFacts,
    type Id,
    type Inspection,
    type Interval,
    interval,
    MINUTE,
    recogniseCard,
    SHIPPED_PROFILES,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { participantsOfActs } from '../act/act-parts.queries.ts';
import { segmentsOfActs } from '../act/act-segments.queries.ts';
import { officerOfDocked } from './docking.queries.ts';
import { positionsOf } from './positions.queries.ts';
import { TRUE_TIME, trueTimeOf } from './recording-times.queries.ts';

/** What a name says of device and officer, by the profiles of recorders. */
export function namedIn(name: string): { device?: string; officer?: string } {
    const file = { path: name, size: 0n, readOnly: false };
    const reading = recogniseCard([file], SHIPPED_PROFILES)?.readings[0];
    return {
        ...(reading?.device === undefined ? {} : { device: reading.device.toUpperCase() }),
        ...(reading?.officer === undefined ? {} : { officer: reading.officer }),
    };
}

/** Everything by which a recording finds its act; `undefined` where it is filed, is no original, or cannot be filed. */
export async function filingFactsOf(
    db: ReadDb,
    orgId: Id,
    recordingId: Id,
    reachMinutes: number,
): Promise<FilingFacts | undefined> {
    const row = await db
        .selectFrom('recording as r')
        .leftJoin('device as d', 'd.id', 'r.device_id')
        .select([
            'r.id',
            'r.device_id',
            'r.display_name',
            'r.device_start',
            'r.device_end',
            'r.inspection',
            'd.kind as device_kind',
        ])
        .select(TRUE_TIME.map((column) => `r.${column}` as const))
        .where('r.id', '=', recordingId)
        .where('r.org_id', '=', orgId)
        .where('r.act_id', 'is', null)
        .where('r.role', '=', 'original')
        .where('r.state', '<>', 'quarantined')
        .executeTakeFirst();
    if (row === undefined) return undefined;
    const { start, end } = trueTimeOf(row);
    const corrected = start !== null && end !== null;
    const when = corrected
        ? { start, end }
        : row.device_start === null
          ? null
          : { start: exactly(row.device_start), end: exactly(row.device_end ?? row.device_start + 1) };
    const reachMs = reachMinutes * MINUTE;
    const holdings = row.device_id === null ? [] : await holdingsOf(db, row.device_id);
    // What was docked was read by the organisation's own profiles, and its numbers by what was settled.
    const docked = await officerOfDocked(db, orgId, recordingId);
    const namedPersonId =
        docked === undefined ? await personWithCertificate(db, orgId, namedIn(row.display_name).officer) : docked;
    const during = when === null ? undefined : interval(when.start.lower - reachMs, when.end.upper + reachMs);
    const people = [...holdings.map((each) => each.personId), ...(namedPersonId === null ? [] : [namedPersonId])];
    return {
        deviceId: row.device_id,
        ofRoom: row.device_kind === 'roomCamera',
        when,
        clockCorrected: corrected,
        track:
            (
                await positionsOf(db, [{ id: row.id, inspection: row.inspection as Inspection | null, start: start?.at ?? null }])
            ).get(row.id)?.points ?? [],
        holdings,
        namedPersonId,
        otherDevices: when === null ? [] : await otherDevicesOf(db, row, holdings, { start: when.start.at, end: when.end.at }),
        acts: during === undefined ? [] : await actsDuring(db, orgId, during, people, row.device_id),
        reachMs,
    };
}

async function holdingsOf(db: ReadDb, deviceId: Id): Promise<FilingFacts['holdings']> {
    const rows = await db
        .selectFrom('device_issue')
        .select(['person_id as personId', 'issued_at as from', 'returned_at as until'])
        .where('device_id', '=', deviceId)
        .orderBy('issued_at')
        .execute();
    return rows;
}

async function personWithCertificate(db: ReadDb, orgId: Id, certificate: string | undefined): Promise<Id | null> {
    if (certificate === undefined) return null;
    const row = await db
        .selectFrom('person')
        .select('id')
        .where('org_id', '=', orgId)
        .where('certificate_number', '=', certificate)
        .executeTakeFirst();
    return row?.id ?? null;
}

/** Recorders that the same people held and that ran at the same time: one of the two was somebody else's hand. */
async function otherDevicesOf(
    db: ReadDb,
    own: { id: Id; device_id: Id | null },
    holdings: FilingFacts['holdings'],
    { start, end }: Interval,
): Promise<Id[]> {
    const people = holdings
        .filter(({ from, until }) => from < end && (until === null || until > start))
        .map((each) => each.personId);
    if (people.length === 0 || own.device_id === null) return [];
    const rows = await db
        .selectFrom('recording as r')
        .innerJoin('device as d', 'd.id', 'r.device_id')
        .innerJoin('device_issue as i', 'i.device_id', 'd.id')
        .select('d.id')
        .distinct()
        .where('d.id', '<>', own.device_id)
        .where('d.kind', '=', 'recorder')
        .where('i.person_id', 'in', people)
        .where('i.issued_at', '<', end)
        .where((of) => of.or([of('i.returned_at', 'is', null), of('i.returned_at', '>', start)]))
        .where(sql<boolean>`coalesce(r.true_start, r.device_start) < ${end}`)
        .where(sql<boolean>`coalesce(r.true_end, r.device_end) > ${start}`)
        .execute();
    return rows.map((row) => row.id);
}

/** Acts of that time in which one of these people took part, or whose room's camera it is; with who was where when. */
async function actsDuring(
    db: ReadDb,
    orgId: Id,
    during: Interval,
    people: readonly Id[],
    deviceId: Id | null,
): Promise<ActForFiling[]> {
    const acts = await db
        .selectFrom('act as a')
        .leftJoin('premises as m', 'm.id', 'a.premises_id')
        .select(['m.latitude_e7 as latE7', 'm.longitude_e7 as lonE7'])
        .select(['a.id', 'a.state', 'a.scenario', 'a.place', 'a.premises_id as premisesId'])
        .select(['a.starts_at as startsAt', 'a.ends_at as endsAt'])
        .where('a.org_id', '=', orgId)
        .where('a.starts_at', '<', during.end)
        .where('a.ends_at', '>', during.start)
        .where((of) =>
            of.or([
                of.exists(
                    of
                        .selectFrom('act_participant as p')
                        .select('p.id')
                        .whereRef('p.act_id', '=', 'a.id')
                        .where('p.removed_at', 'is', null)
                        .where('p.person_id', '=', (any) => any.fn.any(any.val([...people]))),
                ),
                of.exists(
                    of
                        .selectFrom('act_segment as s')
                        .select('s.id')
                        .whereRef('s.act_id', '=', 'a.id')
                        .where('s.removed_at', 'is', null)
                        .where('s.room_device_id', '=', deviceId),
                ),
            ]),
        )
        .execute();
    const segments = await segmentsOfActs(db, orgId, acts);
    const participants = await participantsOfActs(db, segments);
    return acts.map(({ id, state, latE7, lonE7 }) => {
        const own = segments.get(id) ?? [];
        const spanOf = ({ segmentId, from, to }: ActPresence): Interval[] => {
            const segment = own.find((each) => each.id === segmentId);
            const span = segment === undefined ? undefined : interval(from ?? segment.startsAt, to ?? segment.endsAt);
            return span === undefined ? [] : [span];
        };
        return {
            id,
            state,
            place: latE7 === null || lonE7 === null ? null : { latE7, lonE7 },
            people: (participants.get(id) ?? []).flatMap(({ personId, presence }) =>
                personId === null ? [] : [{ personId, during: presence.flatMap(spanOf) }],
            ),
            rooms: own.flatMap(({ roomDeviceId, startsAt, endsAt }) => {
                const span = interval(startsAt, endsAt);
                return roomDeviceId === null || span === undefined ? [] : [{ deviceId: roomDeviceId, during: [span] }];
            }),
        };
    });
}

/** Unfiled originals that ran around an act: for them it may be the one they wait for. */
export async function unfiledAround(db: ReadDb, orgId: Id, actId: Id, reachMs: number, most: number): Promise<Id[]> {
    const act = await db
        .selectFrom('act')
        .select(['starts_at', 'ends_at'])
        .where('id', '=', actId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (act === undefined) return [];
    const rows = await db
        .selectFrom('recording as r')
        .select('r.id')
        .where('r.org_id', '=', orgId)
        .where('r.act_id', 'is', null)
        .where('r.role', '=', 'original')
        .where('r.inspected_at', 'is not', null)
        .where(sql<boolean>`coalesce(r.true_start, r.device_start) < ${act.ends_at + reachMs}`)
        .where(sql<boolean>`coalesce(r.true_end, r.device_end, r.device_start) > ${act.starts_at - reachMs}`)
        .orderBy('r.id')
        .limit(most)
        .execute();
    return rows.map((row) => row.id);
}
