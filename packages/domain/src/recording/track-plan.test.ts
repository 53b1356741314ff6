import { expect, test } from 'vitest';
import { datumOf, metresBetween, placeAt, planOf, positionsBeside } from './track-plan.ts';

const at = (atMs: number, lat: number, lon: number) => ({ atMs, latE7: Math.round(lat * 1e7), lonE7: Math.round(lon * 1e7) });
/** 0.001° of latitude are 111.1 m; of longitude at 31° north 95.3 m. */
const points = [at(0, 31.0, 121.0), at(1_000, 31.001, 121.0), at(2_000, 31.001, 121.001)];

test('a plan is in metres, north up', () => {
    const plan = planOf(points, null);
    const [a, b, c] = plan?.points ?? [];
    expect(a?.x).toBeCloseTo(b?.x ?? 0, 6);
    expect((a?.y ?? 0) - (b?.y ?? 0)).toBeCloseTo(111.1, 0);
    expect((c?.x ?? 0) - (b?.x ?? 0)).toBeCloseTo(95.3, 0);
    expect(plan?.barM).toBe(20);
    expect(plan?.premises).toBeNull();
});
test('the premises widen it, and stand still has a size', () => {
    const far = planOf(points.slice(0, 1), { latE7: 310_000_000, lonE7: 1_210_100_000 });
    expect(far?.widthM).toBeGreaterThan(950);
    expect(far?.premises?.x).toBeGreaterThan(far?.points[0]?.x ?? 0);
    expect(planOf(points.slice(0, 1), null)?.widthM).toBeGreaterThan(20);
    expect(planOf([], null)).toBeUndefined();
});
test('the place of a moment is the last one known', () => {
    expect(placeAt(points, 1_999)?.atMs).toBe(1_000);
    expect(placeAt(points.slice(1), 0)?.atMs).toBe(1_000);
    expect(placeAt([], 0)).toBeUndefined();
});
test('distances and what they rest on', () => {
    const [a, b] = points;
    expect(a === undefined || b === undefined ? 0 : metresBetween(a, b)).toBeCloseTo(111.1, 0);
    expect([datumOf('gpmf'), datumOf('udta')]).toEqual(['wgs84', 'unknown']);
});

test('a track beside a recording is told by its time, where the two meet', () => {
    const place = { latE7: 312_316_667, lonE7: 1_214_666_667 };
    const track = {
        ...{ source: 'nmea' as const, fixes: 3, noFix: 0, fastestMmPerS: 0, firstUtc: 1_000_000 },
        points: [0, 5_000, 60_000].map((atMs) => ({ atMs, ...place })),
    };
    const times = (start: number, durationMs: number | null) =>
        positionsBeside(track, start, durationMs)?.points.map((each) => each.atMs);
    expect(times(1_001_000, 10_000)).toEqual([0, 4_000]);
    expect(times(1_001_000, null)).toEqual([0, 4_000, 59_000]);
    expect(times(2_000_000, 10_000)).toBeUndefined();
    const { firstUtc: _, ...undated } = track;
    expect(positionsBeside(undated, 1_000_000, 10_000)).toBeUndefined();
});
