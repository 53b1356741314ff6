import {
    type ActPresence,
    type ActSegment,
    type ActWhole,
    type Id,
    type Modal,
    type ScenarioKey,
    segmentsOrWhole,
} from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { actSettingsOf, recordingModal } from './act-settings.queries.ts';

const selectSegments = (db: ReadDb, acts: readonly Id[]) =>
    db
        .selectFrom('act_segment as s')
        .leftJoin('premises as m', 'm.id', 's.premises_id')
        .leftJoin('device as d', 'd.id', 's.room_device_id')
        .leftJoin('site as i', 'i.id', 's.site_id')
        .select(['s.id', 's.act_id', 's.scenario', 's.site_kind as siteKind', 's.place', 's.note', 's.version'])
        .select(['s.premises_id as premisesId', 'm.name as premisesName', 's.substitute_reason as substituteReason'])
        .select(['s.room_device_id as roomDeviceId', 'd.number as roomNumber', 's.site_id as siteId', 'i.name as siteName'])
        .select(['s.starts_at as startsAt', 's.ends_at as endsAt'])
        .where('s.act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('s.removed_at', 'is', null)
        .orderBy('s.starts_at')
        .orderBy('s.id');

export type SegmentOfAct = ActSegment & {
    readonly premisesName: string | null;
    readonly siteName: string | null;
    readonly roomNumber: string | null;
    readonly note: string | null;
    readonly recording: Modal;
    /** 0: made from the act's own columns, no row is kept. */
    readonly version: number;
};

/** The segments of each act; of an act from before they were kept, the one that its own columns make. */
export async function segmentsOfActs(
    db: ReadDb,
    orgId: Id,
    acts: readonly (ActWhole & { readonly premisesName?: string | null })[],
): Promise<Map<Id, readonly SegmentOfAct[]>> {
    if (acts.length === 0) return new Map();
    const rows = await selectSegments(
        db,
        acts.map((act) => act.id),
    ).execute();
    const kept = Map.groupBy(rows, (row) => row.act_id);
    const settings = await actSettingsOf(db, orgId);
    const found = new Map<Id, readonly SegmentOfAct[]>();
    for (const act of acts) {
        const own = kept.get(act.id) ?? [];
        const more = new Map(own.map((row) => [row.id, row]));
        const segments = segmentsOrWhole(act, own).map(({ id, ...segment }): SegmentOfAct => {
            const row = more.get(id);
            return {
                id,
                scenario: segment.scenario,
                siteKind: segment.siteKind,
                place: segment.place,
                premisesId: segment.premisesId,
                siteId: row?.siteId ?? null,
                siteName: row?.siteName ?? null,
                premisesName: row === undefined ? (act.premisesName ?? null) : row.premisesName,
                roomDeviceId: segment.roomDeviceId,
                roomNumber: row?.roomNumber ?? null,
                substituteReason: segment.substituteReason,
                startsAt: segment.startsAt,
                endsAt: segment.endsAt,
                note: row?.note ?? null,
                version: row?.version ?? 0,
                recording: recordingModal(settings(segment.startsAt), segment.scenario),
            };
        });
        found.set(act.id, segments);
    }
    return found;
}

/** Every scenario of an act: a check that became preservation of evidence is both. */
export async function scenariosOfAct(db: ReadDb, actId: Id | null): Promise<ScenarioKey[]> {
    if (actId === null) return [];
    const rows = await db
        .selectFrom('act')
        .select('scenario')
        .where('id', '=', actId)
        .union(db.selectFrom('act_segment').select('scenario').where('act_id', '=', actId).where('removed_at', 'is', null))
        .execute();
    return rows.map((row) => row.scenario);
}

/** Who was where when, by participant. */
export async function presenceOfActs(db: ReadDb, acts: readonly Id[]): Promise<Map<Id, readonly ActPresence[]>> {
    if (acts.length === 0) return new Map();
    const rows = await db
        .selectFrom('act_presence')
        .select(['participant_id', 'segment_id as segmentId', 'from_at as from', 'to_at as to'])
        .where('act_id', '=', (of) => of.fn.any(of.val(acts)))
        .where('removed_at', 'is', null)
        .orderBy('id')
        .execute();
    const grouped = Map.groupBy(rows, (row) => row.participant_id);
    return new Map([...grouped].map(([id, of]) => [id, of.map(({ participant_id: _, ...stay }) => stay)]));
}
