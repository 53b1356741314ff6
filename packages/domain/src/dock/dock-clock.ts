import { FIRST_RECORDERS } from '../device/clock.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { SECOND } from '../kernel/instant.ts';
import type { StampedFix } from './dock-facts.ts';

/** A reading of a device's clock as the register takes it. */
export type ReadingToKeep = {
    readonly source: 'driver' | 'gnss' | 'dockFiles';
    readonly text: string;
    readonly device: Instant;
    readonly resolutionMs: Duration;
    readonly lower: Instant | null;
    readonly upper: Instant | null;
    readonly afterSet: boolean;
};

/**
 * Satellites beside a recording. A sentence is written at most `lagMs` after its moment, and between the recording's begin and
 * end: so the recording began before its first sentence was over, and ended after its last one. One reading comes of both; if
 * the two exclude each other the sentences are of more than this recording, and nothing is concluded.
 */
export function readingBeside(
    recording: { readonly text: string; readonly start: Instant; readonly end: Instant | null },
    positions: { readonly first: Instant; readonly last: Instant },
    lagMs: Duration,
): ReadingToKeep | undefined {
    if (recording.start < FIRST_RECORDERS) return undefined;
    const upper = positions.first + lagMs;
    // Device time of the end is as coarse as that of the start; the length between them is exact.
    const lower = recording.end === null ? null : positions.last - (recording.end - recording.start);
    if (lower !== null && lower > upper) return undefined;
    const text = recording.text;
    return { source: 'gnss', text, device: recording.start, resolutionMs: SECOND, lower, upper, afterSet: false };
}

/** A line that carries both times: the device stamped it after the satellites' moment, and soon. */
export const readingStamped = ({ text, wallClock, utc }: StampedFix, zoneMs: Duration, lagMs: Duration): ReadingToKeep => ({
    source: 'gnss',
    text,
    device: wallClock - zoneMs,
    resolutionMs: SECOND,
    lower: utc,
    upper: utc + lagMs,
    afterSet: false,
});

/**
 * Satellites inside a recording: its first place says when it was, and how far into the recording. A payload is of about a second,
 * and is written at most `lagMs` after its moment.
 */
export function readingOfTrack(
    recording: { readonly text: string; readonly start: Instant },
    track: { readonly firstUtc?: Instant; readonly points: readonly { readonly atMs: Duration }[] },
    lagMs: Duration,
): ReadingToKeep | undefined {
    const [first] = track.points;
    if (track.firstUtc === undefined || first === undefined || track.firstUtc < FIRST_RECORDERS) return undefined;
    if (recording.start < FIRST_RECORDERS) return undefined;
    const began = track.firstUtc - first.atMs;
    return {
        ...{ source: 'gnss', text: recording.text, device: recording.start, resolutionMs: SECOND, afterSet: false },
        ...{ lower: began - lagMs, upper: began + SECOND },
    };
}

/** The newest file was there when it was read: its device's clock was past that time by then. A reset clock says nothing. */
export function readingOfNewest(
    newest: { readonly text: string; readonly device: Instant },
    readAt: Instant,
): ReadingToKeep | undefined {
    if (newest.device < FIRST_RECORDERS) return undefined;
    return { source: 'dockFiles', ...newest, resolutionMs: SECOND, lower: null, upper: readAt, afterSet: false };
}
