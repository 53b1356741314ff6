import type { Instant } from '@liuhen/domain';

/** An unbroken stretch of a file on the common axis: device time of its first and last moment. */
export type Segment = {
    readonly recordingId: string;
    readonly name: string;
    readonly start: Instant;
    readonly end: Instant;
    /** Where in the file it begins: a file with pauses has several stretches. */
    readonly mediaStartMs: number;
};

/** Where a file must stand, in seconds, to show what was recorded at `at`. */
export const mediaSecondsAt = (segment: Segment, at: Instant): number => (at - segment.start + segment.mediaStartMs) / 1_000;

/** What one player shows: the files of one carrier in order of time. */
export type Track = { readonly id: string; readonly label: string; readonly segments: readonly Segment[] };

export const segmentAt = (track: Track, at: Instant): Segment | undefined =>
    track.segments.find((segment) => segment.start <= at && at < segment.end);

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

export function extentOf(tracks: readonly Track[]): { start: Instant; end: Instant } | undefined {
    const segments = tracks.flatMap((track) => track.segments);
    if (segments.length === 0) return undefined;
    return {
        start: Math.min(...segments.map((segment) => segment.start)),
        end: Math.max(...segments.map((segment) => segment.end)),
    };
}

/** What to do with a player that should stand at `desired` and stands at `actual` (seconds). */
export type Correction = { readonly kind: 'seek' } | { readonly kind: 'rate'; readonly factor: number };

/**
 * Small differences are made up by playing a little faster or slower, which nobody sees; large ones by a jump. 40 ms is
 * one picture at 25 frames per second.
 */
export function correctionOf(actual: number, desired: number): Correction {
    const ahead = actual - desired;
    if (Math.abs(ahead) > 0.4) return { kind: 'seek' };
    if (Math.abs(ahead) < 0.02) return { kind: 'rate', factor: 1 };
    return { kind: 'rate', factor: 1 - Math.max(-0.08, Math.min(0.08, ahead * 0.6)) };
}

export type PlayedRange = { startMs: number; endMs: number };

/** Sorted, joined where they touch within a tenth of a second, at most `most` of them (the shortest go first). */
export function joinRanges(ranges: readonly PlayedRange[], most = 500): PlayedRange[] {
    const joined: PlayedRange[] = [];
    for (const next of [...ranges].filter((range) => range.endMs > range.startMs).sort((a, b) => a.startMs - b.startMs)) {
        const last = joined.at(-1);
        if (last !== undefined && next.startMs <= last.endMs + 100) last.endMs = Math.max(last.endMs, next.endMs);
        else joined.push({ ...next });
    }
    if (joined.length <= most) return joined;
    const longest = joined.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs)).slice(0, most);
    return longest.sort((a, b) => a.startMs - b.startMs);
}
