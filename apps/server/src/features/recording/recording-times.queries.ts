import type { BoundedInstant, DockFacts, Id, Inspection, Instant, Interval, TimeBasis } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';

/** A stretch of a file with its version, by both clocks. */
export type IntervalTimes = {
    id: Id;
    version: number;
    device: Interval;
    start: BoundedInstant | null;
    end: BoundedInstant | null;
};

/** When a recording ran: by its device's clock, and corrected as far as it is. */
export type RecordingTimes = {
    id: Id;
    name: string;
    receivedAt: Instant;
    /** When it began as read from where it lay on its recorder; read only with `inspection`. */
    placed: DockFacts['start'] | undefined;
    deviceStart: Instant | null;
    deviceEnd: Instant | null;
    /** Read only where the device's time is not kept as an instant. */
    inspection: Inspection | null;
    clockState: string | null;
    clockWidthMs: number | null;
    /** Null also where it was corrected before that was kept. */
    clockBasis: TimeBasis | null;
    start: BoundedInstant | null;
    end: BoundedInstant | null;
    intervals: readonly IntervalTimes[];
};

/** The columns of corrected time, of a recording and of its stretches. */
export const TRUE_TIME = [
    'true_start',
    'true_start_lower',
    'true_start_upper',
    'true_end',
    'true_end_lower',
    'true_end_upper',
] as const;
export type TrueTime = Record<(typeof TRUE_TIME)[number], Instant | null>;

const boundedOf = (at: Instant | null, lower: Instant | null, upper: Instant | null): BoundedInstant | null =>
    at === null || lower === null || upper === null ? null : { at, lower, upper };

/** The corrected time as kept in the columns of a recording or one of its stretches. */
export const trueTimeOf = (row: TrueTime): { start: BoundedInstant | null; end: BoundedInstant | null } => ({
    start: boundedOf(row.true_start, row.true_start_lower, row.true_start_upper),
    end: boundedOf(row.true_end, row.true_end_lower, row.true_end_upper),
});

const times = (db: ReadDb) =>
    db
        .selectFrom('recording as r')
        .select(['r.id', 'r.display_name as name', 'r.received_at', 'r.device_start', 'r.device_end'])
        .select(['r.clock_state', 'r.clock_width_ms', 'r.clock_basis', ...TRUE_TIME.map((column) => `r.${column}` as const)])
        .select((of) =>
            of.case().when('r.device_start', 'is', null).then(of.ref('r.inspection')).else(null).end().as('inspection'),
        )
        .select((of) =>
            of
                .selectFrom('dock_item as k')
                .select('k.facts')
                .whereRef('k.recording_id', '=', 'r.id')
                .where('r.device_start', 'is', null)
                .orderBy('k.docked_at')
                .orderBy('k.id')
                .limit(1)
                .as('dock_facts'),
        )
        // Before the inspection nothing is known of its time.
        .where('r.inspected_at', 'is not', null);

type Row = Awaited<ReturnType<ReturnType<typeof times>['executeTakeFirstOrThrow']>>;

/** Every original of a device that was inspected. */
export async function timesOfDevice(db: ReadDb, orgId: Id, deviceId: Id): Promise<RecordingTimes[]> {
    const rows = await times(db)
        .where('r.org_id', '=', orgId)
        .where('r.device_id', '=', deviceId)
        .where('r.role', '=', 'original')
        .orderBy('r.id')
        .execute();
    return withIntervals(db, rows);
}

export async function timesOfRecording(db: ReadDb, id: Id): Promise<RecordingTimes | undefined> {
    return (await withIntervals(db, await times(db).where('r.id', '=', id).execute()))[0];
}

async function withIntervals(db: ReadDb, rows: readonly Row[]): Promise<RecordingTimes[]> {
    if (rows.length === 0) return [];
    const intervals = await db
        .selectFrom('recording_interval')
        .select(['id', 'version', 'recording_id', 'device_start', 'device_end', ...TRUE_TIME])
        .where('recording_id', '=', (of) => of.fn.any(of.val(rows.map((row) => row.id))))
        .orderBy('device_start')
        .execute();
    const byRecording = Map.groupBy(intervals, (each) => each.recording_id);
    return rows.map((row) => ({
        id: row.id,
        name: row.name,
        receivedAt: row.received_at,
        placed: (row.dock_facts as DockFacts | null)?.start,
        deviceStart: row.device_start,
        deviceEnd: row.device_end,
        inspection: row.inspection as Inspection | null,
        clockState: row.clock_state,
        clockWidthMs: row.clock_width_ms,
        clockBasis: row.clock_basis as TimeBasis | null,
        ...trueTimeOf(row),
        intervals: (byRecording.get(row.id) ?? []).map((each) => ({
            id: each.id,
            version: each.version,
            device: { start: each.device_start, end: each.device_end },
            ...trueTimeOf(each),
        })),
    }));
}
