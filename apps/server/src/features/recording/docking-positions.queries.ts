import {
    DEVICE_ZONES,
    type DockFacts,
    type DockPositions,
    type Duration,
    type Id,
    type Instant,
    type StampedFix,
} from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/** A file of positions whose satellites' time was not compared yet, with the recording that it lay beside. */
export type PositionsToRead = {
    readonly itemId: Id;
    readonly itemVersion: number;
    readonly recordingId: Id;
    readonly positions: DockPositions;
    readonly stamped: readonly StampedFix[];
    readonly zoneMs: Duration;
    /** Its time was compared before it was kept what it lay beside; only that is missing. */
    readonly compared: boolean;
    /** The recording beside it; null: there is none. `start` null: its device's clock gives it no day. */
    readonly beside: {
        readonly id: Id;
        readonly filed: boolean;
        readonly text: string;
        readonly start: Instant | null;
        readonly end: Instant | null;
    } | null;
};

/** Those of a device that can be read now: without a recording beside them, or with one that was inspected. */
export async function positionsToRead(db: ReadDb, orgId: Id, deviceId: Id): Promise<PositionsToRead[]> {
    const rows = await db
        .selectFrom('dock_item as k')
        .innerJoin('recording as r', 'r.id', 'k.recording_id')
        .select(['k.id', 'k.version', 'k.recording_id', 'k.facts', 'k.docked_at', 'k.clock_done_at'])
        .where('k.org_id', '=', orgId)
        .where('r.device_id', '=', deviceId)
        .where((or) =>
            or.or([
                or('k.clock_done_at', 'is', null),
                or.and([or('k.beside_id', 'is', null), or('k.beside_sought_at', 'is', null), sql<boolean>`k.facts ? 'besides'`]),
            ]),
        )
        // Its places are read by the inspection, and are looked for as soon as it is known what it lay beside.
        .where('r.inspected_at', 'is not', null)
        .where(sql<boolean>`k.facts ? 'positions'`)
        .orderBy('k.id')
        .limit(50)
        .execute();
    const found: PositionsToRead[] = [];
    for (const row of rows) {
        const facts = row.facts as DockFacts;
        if (facts.positions === undefined) continue;
        const item = {
            itemId: row.id,
            itemVersion: row.version,
            recordingId: row.recording_id,
            positions: facts.positions,
            stamped: facts.stamped ?? [],
            zoneMs: DEVICE_ZONES[facts.zone],
            compared: row.clock_done_at !== null,
        };
        const beside = facts.besides === undefined ? null : await recordingBeside(db, deviceId, facts.besides, row.docked_at);
        if (beside === 'notInspected') continue;
        found.push({ ...item, beside });
    }
    return found;
}

/** The recording at that path of the device which was docked closest in time: numbers of a series begin anew some day. */
async function recordingBeside(db: ReadDb, deviceId: Id, path: string, at: Instant) {
    const rows = await db
        .selectFrom('dock_item as k')
        .innerJoin('recording as r', 'r.id', 'k.recording_id')
        .select(['r.id', 'r.act_id', 'k.docked_at', 'r.inspected_at', 'r.device_start', 'r.device_end', 'r.device_time_text'])
        .where('r.device_id', '=', deviceId)
        .where(sql<boolean>`k.facts ->> 'path' = ${path}`)
        .execute();
    const [nearest] = rows.sort((a, b) => Math.abs(a.docked_at - at) - Math.abs(b.docked_at - at));
    if (nearest === undefined) return null;
    if (nearest.inspected_at === null) return 'notInspected' as const;
    const { id, act_id, device_time_text: text, device_start: start, device_end: end } = nearest;
    return { id, filed: act_id !== null, text: text ?? '', start, end };
}

/** Devices with files of positions that were compared before it was kept what they lay beside. */
export async function devicesWithUnsought(db: ReadDb, orgId: Id): Promise<Id[]> {
    const rows = await db
        .selectFrom('dock_item as k')
        .innerJoin('recording as r', 'r.id', 'k.recording_id')
        .select('r.device_id')
        .distinct()
        .where('k.org_id', '=', orgId)
        .where('k.clock_done_at', 'is not', null)
        .where('k.beside_id', 'is', null)
        .where('k.beside_sought_at', 'is', null)
        .where(sql<boolean>`k.facts ? 'besides'`)
        .where('r.device_id', 'is not', null)
        .where('r.inspected_at', 'is not', null)
        .limit(20)
        .execute();
    return rows.flatMap((row) => row.device_id ?? []);
}

/** Whether a profile named it a log, at any place where it was docked. */
export async function isNamedLog(db: ReadDb, recordingId: Id): Promise<boolean> {
    const rows = await db.selectFrom('dock_item').select('facts').where('recording_id', '=', recordingId).limit(100).execute();
    return rows.some(({ facts }) => (facts as DockFacts | null)?.kind === 'log');
}
