import type { Id, Inspection, Stretch } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

const selectParticipants = (db: ReadDb) =>
    db
        .selectFrom('act_participant as ap')
        .innerJoin('person as p', 'p.id', 'ap.person_id')
        .select(['ap.id', 'ap.act_id as actId', 'ap.part', 'p.id as personId', 'p.name'])
        .select('p.certificate_number as certificateNumber')
        .where('ap.removed_at', 'is', null)
        // Officers first: they are the ones who count (附件1 第5条).
        .orderBy(sql`ap.part = 'assistant'`)
        .orderBy('ap.id');

export type ActParticipant = Awaited<ReturnType<typeof participantsOf>>[number];

/** Who takes part in an act now, officers first. */
export const participantsOf = (db: ReadDb, actId: Id) => selectParticipants(db).where('ap.act_id', '=', actId).execute();

/** The same for many acts at once. */
export async function participantsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, ActParticipant[]>> {
    if (acts.length === 0) return new Map();
    return Map.groupBy(await selectParticipants(db).where('ap.act_id', 'in', acts).execute(), (row) => row.actId);
}

const selectRecordings = (db: ReadDb, acts: readonly Id[]) =>
    db
        .selectFrom('recording as r')
        .leftJoin('device as d', 'd.id', 'r.device_id')
        .select(['r.id', 'r.display_name as name', 'r.state', 'r.person_id as personId', 'r.received_at as receivedAt'])
        .select(['r.device_start as deviceStart', 'r.device_end as deviceEnd', 'r.inspection', 'r.inspected_at'])
        .select(['d.id as deviceId', 'd.number as deviceNumber', 'r.act_id'])
        .where('r.act_id', 'in', acts)
        .where('r.role', '=', 'original')
        .orderBy('r.device_start')
        .orderBy('r.id');

type RecordingRow = Awaited<ReturnType<ReturnType<typeof selectRecordings>['executeTakeFirstOrThrow']>>;

export type ActRecording = Omit<RecordingRow, 'inspection' | 'inspected_at' | 'act_id' | 'deviceId' | 'deviceNumber'> & {
    inspection: Inspection | null;
    inspected: boolean;
    device: { id: Id; number: string } | null;
    stretches: (Stretch & { mediaStartMs: number })[];
};

/** Originals filed under the acts, in the order of their own clocks. */
export async function recordingsOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, ActRecording[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectRecordings(db, acts).execute();
    const intervals = await intervalsOf(db, acts);
    const found = new Map<Id, ActRecording[]>();
    for (const { act_id, inspected_at, inspection, deviceId, deviceNumber, ...row } of rows) {
        if (act_id === null) continue;
        const recording: ActRecording = {
            ...row,
            // Written by the domain's `inspect`, and covered by the log.
            inspection: inspection as Inspection | null,
            inspected: inspected_at !== null,
            device: deviceId === null || deviceNumber === null ? null : { id: deviceId, number: deviceNumber },
            stretches: intervals.get(row.id) ?? wholeOf(row),
        };
        found.set(act_id, [...(found.get(act_id) ?? []), recording]);
    }
    return found;
}

/** A file of which no intervals are kept is one stretch, where both its ends are known. */
function wholeOf({
    id,
    deviceStart,
    deviceEnd,
}: Pick<RecordingRow, 'id' | 'deviceStart' | 'deviceEnd'>): ActRecording['stretches'] {
    return deviceStart === null || deviceEnd === null ? [] : [{ id, mediaStartMs: 0, deviceStart, deviceEnd }];
}

async function intervalsOf(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, ActRecording['stretches']>> {
    const rows = await db
        .selectFrom('recording_interval as ri')
        .innerJoin('recording as r', 'r.id', 'ri.recording_id')
        .select(['ri.id', 'ri.recording_id', 'ri.device_start as deviceStart', 'ri.device_end as deviceEnd'])
        .select(['ri.media_start', 'ri.timescale'])
        .where('r.act_id', 'in', acts)
        .orderBy('ri.device_start')
        .execute();
    const stretches = rows.map(({ recording_id, media_start, timescale, ...row }) => {
        return { recording_id, stretch: { ...row, mediaStartMs: Math.round((media_start * 1_000) / timescale) } };
    });
    return new Map(
        [...Map.groupBy(stretches, (row) => row.recording_id)].map(([id, of]) => [id, of.map((each) => each.stretch)]),
    );
}
