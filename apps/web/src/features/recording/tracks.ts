import type { Instant } from '@liuhen/domain';

/** An unbroken stretch of a file on the common axis: corrected time where it is known, else device time. */
export type Segment = {
    readonly recordingId: string;
    readonly name: string;
    readonly start: Instant;
    readonly end: Instant;
    /** Where in the file it begins: a file with pauses has several stretches. */
    readonly mediaStartMs: number;
    /** By the device's own clock, where its time is known; `start` may be corrected. */
    readonly deviceStart?: Instant | undefined;
    /** How long one picture of the file stands, as it was measured. */
    readonly frameMs?: number | undefined;
};

/** Where a file must stand, in seconds, to show what was recorded at `at`. */
export const mediaSecondsAt = (segment: Segment, at: Instant): number => (at - segment.start + segment.mediaStartMs) / 1_000;

export const frameMsOf = (frameRateMilli: number | null): number | undefined =>
    frameRateMilli === null || frameRateMilli <= 0 ? undefined : 1_000_000 / frameRateMilli;

/** The moment of the common axis at which a file stands. */
export const instantOf = (segment: Segment, mediaSeconds: number): Instant =>
    segment.start + mediaSeconds * 1_000 - segment.mediaStartMs;

/** When a moment of a file was, on the common axis; undefined where none of these tracks plays it. */
export function momentInTracks(
    tracks: readonly Track[],
    { recordingId, mediaMs }: { readonly recordingId: string; readonly mediaMs: number },
): Instant | undefined {
    const segment = tracks
        .flatMap((track) => track.segments)
        .findLast((each) => each.recordingId === recordingId && each.mediaStartMs <= mediaMs);
    const at = segment === undefined ? undefined : instantOf(segment, mediaMs / 1_000);
    return segment === undefined || at === undefined || at > segment.end ? undefined : at;
}

/** What one player shows: the files of one carrier in order of time. */
export type Track = { readonly id: string; readonly label: string; readonly segments: readonly Segment[] };

export const segmentAt = (track: Track, at: Instant): Segment | undefined =>
    track.segments.find((segment) => segment.start <= at && at < segment.end);

/** A moment of the common axis by the clock of the device that is shown then, and back again; the nearest one in a gap. */
export function toDevice(tracks: readonly Track[], at: Instant): Instant {
    const nearest = nearestSegment(tracks, (segment) => away(at, segment.start, segment.end));
    return nearest?.deviceStart === undefined ? at : at - nearest.start + nearest.deviceStart;
}
export function fromDevice(tracks: readonly Track[], at: Instant): Instant {
    const nearest = nearestSegment(tracks, ({ start, end, deviceStart = start }) =>
        away(at, deviceStart, deviceStart + end - start),
    );
    return nearest?.deviceStart === undefined ? at : at - nearest.deviceStart + nearest.start;
}
const away = (at: Instant, start: Instant, end: Instant): number => Math.max(0, start - at, at - end);
const nearestSegment = (tracks: readonly Track[], distance: (segment: Segment) => number): Segment | undefined =>
    tracks.flatMap((track) => track.segments).toSorted((a, b) => distance(a) - distance(b))[0];

/** What surrounds a moment at which a track shows nothing: the end of what came before, the start of what comes next. */
export function hollowAt(track: Track, at: Instant): { after: Instant | undefined; until: Instant | undefined } {
    const ends = track.segments.map((segment) => segment.end).filter((end) => end <= at);
    const starts = track.segments.map((segment) => segment.start).filter((start) => start > at);
    return {
        after: ends.length === 0 ? undefined : Math.max(...ends),
        until: starts.length === 0 ? undefined : Math.min(...starts),
    };
}

/** The next moment after `at` at which anything was recorded. */
export function nextStart(tracks: readonly Track[], at: Instant): Instant | undefined {
    const later = tracks.flatMap((track) => track.segments.map((segment) => segment.start)).filter((start) => start > at);
    return later.length === 0 ? undefined : Math.min(...later);
}

/** The moment `inside` the last stretch that ended before `at`. */
export function previousEnd(tracks: readonly Track[], at: Instant, inside: number): Instant | undefined {
    const earlier = tracks.flatMap((track) => track.segments.map((segment) => segment.end)).filter((end) => end <= at);
    return earlier.length === 0 ? undefined : Math.max(...earlier) - inside;
}

export function extentOf(tracks: readonly Track[]): { start: Instant; end: Instant } | undefined {
    const segments = tracks.flatMap((track) => track.segments);
    if (segments.length === 0) return undefined;
    return {
        start: Math.min(...segments.map((segment) => segment.start)),
        end: Math.max(...segments.map((segment) => segment.end)),
    };
}
