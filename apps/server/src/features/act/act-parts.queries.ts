import {
    type ActPresence,
    type BoundedInstant,
    COVERAGE_PARAMETERS,
    type Duration,
    type Id,
    type Inspection,
    type Instant,
    isMade,
    type Stretch,
    type TimeBasis,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { parametersOf } from '../parameter/parameter.queries.ts';
import { TRUE_TIME, type TrueTime, trueTimeOf } from '../recording/recording-times.queries.ts';
import { changeLimitsOf } from '../recording/run.queries.ts';
import { presenceOfActs, type SegmentOfAct } from './act-segments.queries.ts';

const selectParticipants = (db: ReadDb, acts: readonly Id[]) =>
    db
        .selectFrom('act_participant as ap')
        .leftJoin('person as p', 'p.id', 'ap.person_id')
        .select(['ap.id', 'ap.act_id as actId', 'ap.part', 'ap.person_id as personId', 'ap.version'])
        .select(['ap.agency', 'ap.relation', 'ap.id_shown as idShown', 'ap.certificate_shown_at as certificateShownAt'])
        .select((of) => of.fn.coalesce('p.name', 'ap.name', sql<string>`''`).as('name'))
        .select('p.certificate_number as certificateNumber')
        .where('ap.act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('ap.removed_at', 'is', null)
        // Officers first: they are the ones who count (附件1 第5条); then the others in the order of parts.
        .orderBy(
            sql`array_position(array['officer', 'assistant', 'partyPerson', 'witness', 'interpreter', 'otherAgency'], ap.part)`,
        )
        .orderBy('ap.id');

type ParticipantRow = Awaited<ReturnType<ReturnType<typeof selectParticipants>['executeTakeFirstOrThrow']>>;
export type ActParticipant = ParticipantRow & { readonly presence: readonly ActPresence[] };

/**
 * Who takes part in each act now and when, officers first. In an act without kept segments everybody is present throughout
 * (see `segmentsOrWhole`).
 */
export async function participantsOfActs(
    db: ReadDb,
    segments: ReadonlyMap<Id, readonly SegmentOfAct[]>,
): Promise<Map<Id, readonly ActParticipant[]>> {
    const acts = [...segments.keys()];
    if (acts.length === 0) return new Map();
    const rows = await selectParticipants(db, acts).execute();
    const stays = await presenceOfActs(db, acts);
    const presenceOf = ({ id, actId }: ParticipantRow): readonly ActPresence[] => {
        const unkept = segments.get(actId)?.find((segment) => segment.version === 0);
        return unkept === undefined ? (stays.get(id) ?? []) : [{ segmentId: unkept.id, from: null, to: null }];
    };
    return Map.groupBy(
        rows.map((row) => ({ ...row, presence: presenceOf(row) })),
        (row) => row.actId,
    );
}

const selectExemptions = (db: ReadDb, acts: readonly Id[]) =>
    db
        .selectFrom('act_exemption as x')
        .innerJoin('person as r', 'r.id', 'x.recorded_by')
        .leftJoin('person as d', 'd.id', 'x.decided_by')
        .leftJoin('person as p', 'p.id', 'x.person_id')
        .leftJoin('document as w', 'w.id', 'x.document_id')
        .select(['x.id', 'x.act_id as actId', 'x.segment_id as segmentId', 'x.person_id as personId', 'p.name as personName'])
        .select(['x.kind', 'x.ground', 'x.words', 'x.starts_at as startsAt', 'x.ends_at as endsAt', 'x.state'])
        .select(['x.recorded_by as recordedBy', 'r.name as recordedByName', 'x.recorded_at as recordedAt'])
        .select(['x.decided_by as decidedBy', 'd.name as decidedByName', 'x.decided_at as decidedAt'])
        .select(['x.decision', 'x.document_id as documentId', 'w.state as noteState'])
        .where('x.act_id', '=', (of) => of.fn.any(of.val(acts)))
        .orderBy('x.starts_at')
        .orderBy('x.id');

type ExemptionRow = Awaited<ReturnType<ReturnType<typeof selectExemptions>['executeTakeFirstOrThrow']>>;
export type ActExemption = Omit<ExemptionRow, 'noteState'> & { readonly noteDone: boolean };

/** Every exemption of the acts, refused and withdrawn ones too. */
export async function exemptionsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, ActExemption[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectExemptions(db, acts).execute();
    const exemptions = rows.map(({ noteState, ...row }) => ({ ...row, noteDone: noteState !== null && isMade(noteState) }));
    return Map.groupBy(exemptions, (row) => row.actId);
}

const selectRecordings = (db: ReadDb, acts: readonly Id[]) =>
    db
        .selectFrom('recording as r')
        .leftJoin('device as d', 'd.id', 'r.device_id')
        .select(['r.id', 'r.display_name as name', 'r.state', 'r.person_id as personId', 'r.received_at as receivedAt'])
        .select(['r.device_start as deviceStart', 'r.device_end as deviceEnd', 'r.inspected_at'])
        // Of what inspection found only what bears on the time that is shown: the whole is large.
        .select(sql<Inspection['findings'] | null>`r.inspection -> 'findings'`.as('findings'))
        .select(TRUE_TIME.map((column) => `r.${column}` as const))
        .select(['d.id as deviceId', 'd.number as deviceNumber', 'd.model', 'r.act_id', 'r.org_id', 'r.clock_basis'])
        .where('r.act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('r.role', '=', 'original')
        .orderBy('r.device_start')
        .orderBy('r.id');

type RecordingRow = Awaited<ReturnType<ReturnType<typeof selectRecordings>['executeTakeFirstOrThrow']>>;

type OwnColumns =
    | 'findings'
    | 'inspected_at'
    | 'act_id'
    | 'deviceId'
    | 'deviceNumber'
    | 'model'
    | 'org_id'
    | 'clock_basis'
    | keyof TrueTime;

export type ActRecording = Omit<RecordingRow, OwnColumns> & {
    findings: Inspection['findings'];
    correctedStart: BoundedInstant | null;
    inspected: boolean;
    /** How long its device may take to change files, as decided for its model. */
    joinWithinMs: Duration;
    device: { id: Id; number: string } | null;
    stretches: (Stretch & { mediaStartMs: number })[];
    /** What its corrected time rests on; null also where it was corrected before that was kept. */
    clockBasis: TimeBasis | null;
};

/** Originals filed under the acts, in the order of their own clocks. */
export async function recordingsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, ActRecording[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectRecordings(db, acts).execute();
    const intervals = await intervalsOf(db, acts);
    const limits = await changeLimits(db, rows);
    const found = new Map<Id, ActRecording[]>();
    for (const row of rows) {
        if (row.act_id === null) continue;
        // Member by member: this runs for hundreds of thousands of files in a night.
        const recording: ActRecording = {
            ...{ id: row.id, name: row.name, state: row.state, personId: row.personId, receivedAt: row.receivedAt },
            ...{ deviceStart: row.deviceStart, deviceEnd: row.deviceEnd },
            findings: row.findings ?? [],
            inspected: row.inspected_at !== null,
            joinWithinMs: limits(row.model, row.deviceStart ?? row.receivedAt),
            device: row.deviceId === null || row.deviceNumber === null ? null : { id: row.deviceId, number: row.deviceNumber },
            stretches: intervals.get(row.id) ?? wholeOf(row),
            correctedStart: trueTimeOf(row).start,
            clockBasis: row.clock_basis as TimeBasis | null,
        };
        const own = found.get(row.act_id);
        if (own === undefined) found.set(row.act_id, [recording]);
        else own.push(recording);
    }
    return found;
}

/** What inspection found out of each of the recordings, whole: written by the domain's `inspect`, and covered by the log. */
export async function inspectionsOf(db: ReadDb, recordings: readonly Id[]): Promise<Map<Id, Inspection | null>> {
    if (recordings.length === 0) return new Map();
    const rows = await db
        .selectFrom('recording')
        .select(['id', 'inspection'])
        .where('id', '=', (of) => of.fn.any(of.val(recordings)))
        .execute();
    return new Map(rows.map(({ id, inspection }) => [id, inspection as Inspection | null]));
}

/** By model and day. Acts are read for one organisation at a time. */
async function changeLimits(db: ReadDb, rows: readonly RecordingRow[]): Promise<(model: string | null, at: Instant) => Duration> {
    const orgId = rows[0]?.org_id;
    if (orgId === undefined) return () => COVERAGE_PARAMETERS.joinWithinMs;
    const of = changeLimitsOf(await parametersOf(db, orgId));
    return (model, at) => of(model, at).limitMs;
}

/** A file of which no intervals are kept is one stretch, where both its ends are known. */
function wholeOf({
    id,
    deviceStart,
    deviceEnd,
}: Pick<RecordingRow, 'id' | 'deviceStart' | 'deviceEnd'>): ActRecording['stretches'] {
    return deviceStart === null || deviceEnd === null ? [] : [{ id, mediaStartMs: 0, deviceStart, deviceEnd, corrected: null }];
}

async function intervalsOf(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, ActRecording['stretches']>> {
    const rows = await db
        .selectFrom('recording_interval as ri')
        .innerJoin('recording as r', 'r.id', 'ri.recording_id')
        .select(['ri.id', 'ri.recording_id', 'ri.device_start as deviceStart', 'ri.device_end as deviceEnd'])
        .select(['ri.media_start', 'ri.timescale', ...TRUE_TIME.map((column) => `ri.${column}` as const)])
        .where('r.act_id', '=', (of) => of.fn.any(of.val(acts)))
        .orderBy('ri.device_start')
        .execute();
    const stretches = rows.map((row) => {
        const { id, recording_id, media_start, timescale, deviceStart, deviceEnd } = row;
        const { start, end } = trueTimeOf(row);
        const corrected = start === null || end === null ? null : { start, end };
        const mediaStartMs = Math.round((media_start * 1_000) / timescale);
        return { recording_id, stretch: { id, deviceStart, deviceEnd, mediaStartMs, corrected } };
    });
    return new Map(
        [...Map.groupBy(stretches, (row) => row.recording_id)].map(([id, of]) => [id, of.map((each) => each.stretch)]),
    );
}
