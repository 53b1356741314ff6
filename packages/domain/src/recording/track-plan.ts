import type { FilePositions } from './inspection.ts';

/** A place, degrees × 10⁷. */
export type Place = { readonly latE7: number; readonly lonE7: number };

/** `unknown`: nobody says whether it is WGS-84 or the shifted GCJ-02 of maps in China; the two lie up to some 600 m apart. */
export type Datum = 'wgs84' | 'unknown';

/**
 * 附件2 asks for a position and names no datum; GPMF is WGS-84 by its own text, and so is NMEA 0183 unless a DTM sentence says otherwise; a
 * place in the user data states none.
 */
export const datumOf = (source: FilePositions['source']): Datum => (source === 'udta' ? 'unknown' : 'wgs84');

/** A plan in metres, north up: `x` to the east, `y` to the south of its north-western corner. */
export type TrackPlan = {
    readonly widthM: number;
    readonly heightM: number;
    readonly points: readonly { readonly atMs: number; readonly x: number; readonly y: number }[];
    readonly premises: { readonly x: number; readonly y: number } | null;
    /** Of the scale bar: a round length that is at most a third of the width. */
    readonly barM: number;
};

const METRES_PER_E7 = 40_007_863 / 360 / 1e7;
/** A recorder that stands still has a plan too. */
const LEAST_M = 20;
const BARS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];

/** Metres east and south of a corner; over the few kilometres of an act the earth is flat enough (under 1 in 1,000). */
export function planOf(positions: FilePositions['points'], premises: Place | null): TrackPlan | undefined {
    const all: readonly Place[] = premises === null ? positions : [...positions, premises];
    if (positions.length === 0) return undefined;
    const north = Math.max(...all.map((each) => each.latE7));
    const south = Math.min(...all.map((each) => each.latE7));
    const west = Math.min(...all.map((each) => each.lonE7));
    const east = Math.max(...all.map((each) => each.lonE7));
    const perLon = METRES_PER_E7 * Math.cos(((north + south) / 2e7) * (Math.PI / 180));
    const [spanX, spanY] = [(east - west) * perLon, (north - south) * METRES_PER_E7];
    const margin = Math.max(LEAST_M, spanX, spanY) * 0.1;
    const [widthM, heightM] = [Math.max(LEAST_M, spanX, spanY * 0.6) + 2 * margin, Math.max(LEAST_M, spanY) + 2 * margin];
    const place = ({ latE7, lonE7 }: Place) => ({
        x: (widthM - spanX) / 2 + (lonE7 - west) * perLon,
        y: (heightM - spanY) / 2 + (north - latE7) * METRES_PER_E7,
    });
    return {
        widthM,
        heightM,
        points: positions.map((each) => ({ atMs: each.atMs, ...place(each) })),
        premises: premises === null ? null : place(premises),
        barM: BARS.findLast((each) => each <= widthM / 3) ?? 1,
    };
}

/** Where the recorder was: the last position known at that moment of the file, or the first one before there was any. */
export const placeAt = <T extends { readonly atMs: number }>(points: readonly T[], mediaMs: number): T | undefined =>
    points.findLast((each) => each.atMs <= mediaMs) ?? points[0];

/** Metres between two places. */
export function metresBetween(a: Place, b: Place): number {
    const perLon = METRES_PER_E7 * Math.cos(((a.latE7 + b.latE7) / 2e7) * (Math.PI / 180));
    return Math.hypot((a.lonE7 - b.lonE7) * perLon, (a.latE7 - b.latE7) * METRES_PER_E7);
}

/**
 * A track that was kept beside a recording, by the recording's own time: what it says of the time the recording ran, and a little
 * before, since receivers count by the second. `undefined` where they do not meet.
 */
export function positionsBeside(track: FilePositions, start: number, durationMs: number | null): FilePositions | undefined {
    const { firstUtc } = track;
    if (firstUtc === undefined) return undefined;
    const points = track.points
        .map(({ atMs, ...place }) => ({ atMs: firstUtc + atMs - start, ...place }))
        .filter(({ atMs }) => atMs >= -BEFORE_MS && (durationMs === null || atMs <= durationMs + BEFORE_MS))
        .map(({ atMs, ...place }) => ({ atMs: Math.max(0, atMs), ...place }));
    return points.length === 0 ? undefined : { ...track, points };
}

const BEFORE_MS = 2_000;

/** How near a track came to a place, in metres; `undefined` without points. */
export const nearestMetres = (points: readonly Place[], place: Place): number | undefined =>
    points.length === 0 ? undefined : Math.min(...points.map((each) => metresBetween(each, place)));
