import { expect, test } from 'vitest';
import { placeMarks, type RecordingMark } from './marks.ts';
import type { Track } from './tracks.ts';

const segment = (start: number, end: number, mediaStartMs: number) => ({
    recordingId: 'r',
    name: 'r.mp4',
    start,
    end,
    mediaStartMs,
});
/** A file with a pause: ten seconds, a minute of nothing, ten more. */
const tracks: Track[] = [{ id: 'a', label: 'A', segments: [segment(0, 10_000, 0), segment(70_000, 80_000, 10_000)] }];
const mark = (mediaMs: number, over: Partial<RecordingMark> = {}): RecordingMark => ({
    id: String(mediaMs),
    recordingId: 'r',
    kind: 'note',
    mediaMs,
    deviceAt: null,
    corrected: null,
    words: null,
    madeBy: { id: 'p', name: 'P' },
    madeAt: 0,
    withdrawn: null,
    ...over,
});

test('marks stand where their place in the file is on the common axis; withdrawn ones and those outside do not', () => {
    const gone = { by: { id: 'p', name: 'P' }, at: 1, reason: '' };
    const placed = placeMarks(
        [mark(4_000), mark(12_000), mark(20_001), mark(1, { withdrawn: gone }), mark(1, { recordingId: 'other' })],
        tracks,
    );
    expect(placed.map(({ at }) => at)).toEqual([4_000, 72_000]);
});
