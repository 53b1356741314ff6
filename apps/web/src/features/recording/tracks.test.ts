import { expect, test } from 'vitest';
import { extentOf, fromDevice, hollowAt, mediaSecondsAt, nextStart, segmentAt, type Track, toDevice } from './tracks.ts';

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
test('a moment by the clock of the device that is shown, and back', () => {
    const apart: Track[] = [
        { id: 'a', label: 'A', segments: [{ ...segment(1_000, 2_000), deviceStart: 900 }] },
        { id: 'b', label: 'B', segments: [{ ...segment(5_000, 6_000), deviceStart: 5_300 }] },
    ];
    expect([1_500, 2_100, 5_500].map((at) => toDevice(apart, at))).toEqual([1_400, 2_000, 5_800]);
    expect([1_400, 5_800].map((at) => fromDevice(apart, at))).toEqual([1_500, 5_500]);
    expect(toDevice(tracks, 120)).toBe(120);
});
