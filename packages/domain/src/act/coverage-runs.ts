import { FIRST_RECORDERS } from '../device/clock.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { type BoundedInstant, type Clock, type ClockBasis, exactly, type RecordingFacts } from './coverage-facts.ts';

/** A segment put on the time axis by one clock. */
export type PlacedSegment = {
    readonly id: string;
    readonly recordingId: string;
    readonly deviceId: string;
    readonly deviceLabel: string;
    readonly start: BoundedInstant;
    readonly end: BoundedInstant;
    readonly clock: Clock;
    /** Its device's own limit; absent: the general one. */
    readonly joinWithinMs?: Duration;
};

/** A start put on the time axis; how far the footage goes from here is unknown. */
export type PlacedStart = Omit<PlacedSegment, 'id' | 'end'>;

/** Where one segment hands over to the next inside a run. `holeMs` is 0 when they touch or overlap. */
export type Joint = { readonly at: Instant; readonly holeMs: Duration };

/** Segments that continue each other within the join limit. Bounds are those of the first and the last edge. */
export type PlacedRun = {
    readonly start: BoundedInstant;
    readonly end: BoundedInstant;
    readonly firstDeviceId: string;
    readonly lastDeviceId: string;
    readonly segments: readonly PlacedSegment[];
    readonly joints: readonly Joint[];
    /** Number of this run's first segment among all of this carrier's, from 1. */
    readonly firstNumber: number;
};

/**
 * Puts segments on the axis, in order of time. By the corrected clock a segment without a fit stands at its device time
 * and says so, so that footage is never dropped from a picture because a clock was not checked. By the device's clock one
 * that had lost its setting would stand in another century: it keeps its corrected place, and says that too.
 */
export function placeSegments(
    recordings: readonly RecordingFacts[],
    clock: Clock,
): { readonly placed: readonly PlacedSegment[]; readonly starts: readonly PlacedStart[]; readonly basis: ClockBasis } {
    const placed: PlacedSegment[] = [];
    const starts: PlacedStart[] = [];
    let corrected = 0;
    for (const { id: recordingId, deviceId, deviceLabel, segments, openStart, joinWithinMs } of recordings) {
        const own = joinWithinMs === undefined ? {} : { joinWithinMs };
        if (openStart !== null && segments.length === 0) {
            const fitted = clock === 'corrected' ? openStart.corrected : null;
            if (fitted !== null) corrected += 1;
            const start = fitted ?? exactly(openStart.device);
            starts.push({ recordingId, deviceId, deviceLabel, start, clock: fitted === null ? 'device' : 'corrected', ...own });
        }
        for (const segment of segments) {
            const lost = segment.device.start < FIRST_RECORDERS;
            const span = clock === 'corrected' || lost ? segment.corrected : null;
            const by: Clock = span === null ? 'device' : 'corrected';
            const start = span === null ? exactly(segment.device.start) : span.start;
            const end = span === null ? exactly(segment.device.end) : span.end;
            // What has no length shows nothing, and parts no gap in two.
            if (end.at <= start.at) continue;
            if (by === 'corrected') corrected += 1;
            placed.push({ id: segment.id, recordingId, deviceId, deviceLabel, start, end, clock: by, ...own });
        }
    }
    placed.sort((a, b) => a.start.at - b.start.at || a.end.at - b.end.at);
    starts.sort((a, b) => a.start.at - b.start.at);
    const count = placed.length + starts.length;
    const basis = count === 0 ? 'none' : corrected === count ? 'corrected' : corrected === 0 ? 'device' : 'mixed';
    return { placed, starts, basis };
}

/** What a model was measured to need holds within one device; from one device to another somebody changed over. */
export const joinLimit = (
    lastDeviceId: string,
    next: Pick<PlacedSegment, 'deviceId' | 'joinWithinMs'>,
    joinWithinMs: Duration,
): Duration => (lastDeviceId === next.deviceId ? (next.joinWithinMs ?? joinWithinMs) : joinWithinMs);

type OpenRun = { start: BoundedInstant; end: BoundedInstant; segments: PlacedSegment[]; joints: Joint[]; lastDeviceId: string };

/** Joins segments, sorted by start, that continue within `joinWithinMs` (附件1 第10条: recorders cut files, not records). */
export function runsOf(placed: readonly PlacedSegment[], joinWithinMs: Duration): PlacedRun[] {
    const runs: OpenRun[] = [];
    for (const segment of placed) {
        const last = runs.at(-1);
        if (last === undefined || segment.start.at > last.end.at + joinLimit(last.lastDeviceId, segment, joinWithinMs)) {
            const { start, end, deviceId } = segment;
            runs.push({ start, end, segments: [segment], joints: [], lastDeviceId: deviceId });
            continue;
        }
        last.joints.push({ at: segment.start.at, holeMs: Math.max(0, segment.start.at - last.end.at) });
        last.segments.push(segment);
        if (segment.end.at > last.end.at) {
            last.end = segment.end;
            last.lastDeviceId = segment.deviceId;
        }
    }
    let firstNumber = 1;
    return runs.map((run) => {
        const numbered = { ...run, firstDeviceId: run.segments[0]?.deviceId ?? run.lastDeviceId, firstNumber };
        firstNumber += run.segments.length;
        return numbered;
    });
}
