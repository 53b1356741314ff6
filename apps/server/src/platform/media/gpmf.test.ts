import { expect, test } from 'vitest';
import { bufferSource } from './byte-source.ts';
import { box, FIX, gpmdTable, klv, longs, nest, payload, timed } from './gpmf.fixture.ts';
import { positionsInGpmf } from './gpmf.ts';
import { positionsIn } from './positions.ts';

test('fixes are read by their scale; a payload without a fix says nothing of the place', () => {
    expect(positionsInGpmf(payload(3, FIX, FIX))).toEqual({
        fixes: [
            { latE7: 312_304_000, lonE7: 1_214_737_000, speedMm: 1_500 },
            { latE7: 312_304_000, lonE7: 1_214_737_000, speedMm: 1_500 },
        ],
        noFix: 0,
    });
    expect(positionsInGpmf(payload(0, FIX))).toEqual({ fixes: [], noFix: 1 });
});

test('the satellites’ own time stands with the places, where there was a fix', () => {
    expect(positionsInGpmf(timed('261005013007.250')).utc).toBe(Date.UTC(2026, 9, 5, 1, 30, 7, 250));
    expect(positionsInGpmf(timed('261005013007.250', 0)).utc).toBeUndefined();
    for (const none of ['261305013007.250', '261005253007.250', 'xxxxxxxxxxxxxxxx'])
        expect(positionsInGpmf(timed(none)).utc).toBeUndefined();
});

test('what lies outside the globe is no fix, whatever the receiver says', () => {
    expect(positionsInGpmf(payload(3, [912_304_000, 0, 0, 0, 0]))).toEqual({ fixes: [], noFix: 1 });
});

test('hostile payloads give an answer: cut short, nested without end, sizes of nothing', () => {
    const whole = payload(3, FIX);
    for (let length = 0; length < whole.length; length += 3) expect(positionsInGpmf(whole.subarray(0, length)).noFix).toBe(0);
    let deep = payload(3, FIX);
    for (let level = 0; level < 40; level++) deep = nest('DEVC', deep);
    expect(positionsInGpmf(deep).fixes).toEqual([]);
    expect(positionsInGpmf(Buffer.alloc(80_000))).toEqual({ fixes: [], noFix: 0 });
    expect(positionsInGpmf(nest('STRM', klv('SCAL', 'l', 4, longs(0)), klv('GPS5', 'l', 20, longs(...FIX)))).fixes).toEqual([]);
});

test('a track of them in a movie is read sample by sample', () => {
    const one = payload(3, FIX);
    const media = Buffer.concat([one, one, payload(0, FIX)]);
    const stbl = gpmdTable([one, one, media.subarray(2 * one.length)], 8);
    const mdhd = box('mdhd', longs(0, 0, 0, 1_000, 3_000, 0));
    const moov = box('trak', box('mdia', mdhd, box('minf', stbl)));
    const file = Buffer.concat([box('mdat', media), box('moov', moov)]);
    expect(positionsIn(bufferSource(file), moov)).toEqual({
        ...{ source: 'gpmf', fixes: 2, noFix: 1, fastestMmPerS: 1_500 },
        points: [
            { atMs: 0, latE7: 312_304_000, lonE7: 1_214_737_000 },
            { atMs: 1_000, latE7: 312_304_000, lonE7: 1_214_737_000 },
        ],
    });
});
