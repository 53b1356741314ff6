import { describe, expect, it } from 'vitest';
import { trackOf } from './recording-track.ts';

type Recording = Parameters<typeof trackOf>[0];
const copy = { kind: 'repaired', state: 'made', durationMs: 40_000 } as Recording['derivedItems'][number];
const recording = (over: Partial<Recording>): Recording => ({
    id: '00000000-0000-7000-8000-000000000001',
    name: 'a.mp4',
    deviceStart: 1_000,
    corrected: null,
    durationMs: null,
    officer: null,
    device: null,
    frameRateMilli: null,
    shownAs: 'repaired',
    derivedItems: [copy],
    ...over,
});
const ends = (over: Partial<Recording>) => trackOf(recording(over)).map(({ segments }) => segments[0]?.end);

describe('the camera of a recording', () => {
    it('without a length of its own is as long as the copy that is shown in its place', () => {
        expect(ends({})).toEqual([41_000]);
        expect(ends({ durationMs: 60_000 })).toEqual([61_000]);
    });

    it('is none where nothing says how long it is', () => {
        expect(ends({ shownAs: null })).toEqual([]);
        expect(ends({ derivedItems: [{ ...copy, state: 'failed' } as typeof copy] })).toEqual([]);
    });
});
