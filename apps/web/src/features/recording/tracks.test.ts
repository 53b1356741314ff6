import { describe, expect, test } from 'vitest';
import { correctionOf, extentOf, hollowAt, joinRanges, mediaSecondsAt, nextStart, segmentAt, type Track } from './tracks.ts';

const segment = (start: number, end: number) => ({
    recordingId: `${start}`,
    name: `${start}.mp4`,
    start,
    end,
    mediaStartMs: 0,
});
const tracks: Track[] = [
    { id: 'a', label: 'A', segments: [segment(0, 100), segment(150, 200)] },
    { id: 'b', label: 'B', segments: [segment(20, 90)] },
];

test('the end of a file is outside it', () => {
    expect(segmentAt({ id: 'a', label: '', segments: [segment(0, 100)] }, 99)?.recordingId).toBe('0');
    expect(segmentAt({ id: 'a', label: '', segments: [segment(0, 100)] }, 100)).toBeUndefined();
});
test('after a pause the file goes on where it stopped', () => {
    const second = { ...segment(60_000, 90_000), mediaStartMs: 20_000 };
    expect(mediaSecondsAt(second, 60_000)).toBe(20);
    expect(mediaSecondsAt(second, 65_500)).toBe(25.5);
});
test('gaps and ends', () => {
    expect(nextStart(tracks, 110)).toBe(150);
    expect(nextStart(tracks, 150)).toBeUndefined();
    expect(extentOf(tracks)).toEqual({ start: 0, end: 200 });
    expect(extentOf([])).toBeUndefined();
});
test('what surrounds a moment without footage', () => {
    const [a = { id: '', label: '', segments: [] }] = tracks;
    expect(hollowAt(a, 100)).toEqual({ after: 100, until: 150 });
    expect(hollowAt(a, -1)).toEqual({ after: undefined, until: 0 });
    expect(hollowAt(a, 200)).toEqual({ after: 200, until: undefined });
});
describe('synchrony', () => {
    test('a large difference jumps, a small one drifts back', () => {
        expect(correctionOf(1.5, 1)).toEqual({ kind: 'seek' });
        expect(correctionOf(1.01, 1)).toEqual({ kind: 'rate', factor: 1 });
        const ahead = correctionOf(1.1, 1);
        expect(ahead.kind === 'rate' && ahead.factor < 1 && ahead.factor >= 0.92).toBe(true);
        const behind = correctionOf(0.7, 1);
        expect(behind.kind === 'rate' && behind.factor === 1.08).toBe(true);
    });
});
test('what was played is joined and bounded', () => {
    const ranges = [
        { startMs: 500, endMs: 900 },
        { startMs: 0, endMs: 450 },
        { startMs: 5_000, endMs: 5_000 },
        { startMs: 3_000, endMs: 4_000 },
    ];
    expect(joinRanges(ranges)).toEqual([
        { startMs: 0, endMs: 900 },
        { startMs: 3_000, endMs: 4_000 },
    ]);
    expect(joinRanges(ranges, 1)).toEqual([{ startMs: 3_000, endMs: 4_000 }]);
});
