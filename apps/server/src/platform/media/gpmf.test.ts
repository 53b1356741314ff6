import { expect, test } from 'vitest';
import { bufferSource } from './byte-source.ts';
import { positionsInGpmf } from './gpmf.ts';
import { positionsIn } from './positions.ts';

const klv = (key: string, type: string | 0, size: number, data: Buffer): Buffer => {
    const header = Buffer.alloc(8);
    header.write(key, 0, 'latin1');
    header.writeUInt8(type === 0 ? 0 : type.charCodeAt(0), 4);
    header.writeUInt8(size, 5);
    header.writeUInt16BE(Math.ceil(data.length / size), 6);
    return Buffer.concat([header, data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
};
const longs = (...of: number[]) => {
    const bytes = Buffer.alloc(of.length * 4);
    for (const [index, value] of of.entries()) bytes.writeInt32BE(value, index * 4);
    return bytes;
};
const nest = (key: string, ...of: Buffer[]) => klv(key, 0, 1, Buffer.concat(of));
const SCALE = klv('SCAL', 'l', 4, longs(10_000_000, 10_000_000, 1_000, 1_000, 100));
const FIX = [312_304_000, 1_214_737_000, 12_000, 1_500, 150];
const payload = (fix: number, ...values: number[][]) =>
    nest('DEVC', nest('STRM', klv('GPSF', 'L', 4, longs(fix)), SCALE, klv('GPS5', 'l', 20, longs(...values.flat()))));

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
    const timed = (text: string, fix = 3) =>
        nest(
            'DEVC',
            nest(
                'STRM',
                ...[klv('GPSF', 'L', 4, longs(fix)), klv('GPSU', 'U', 16, Buffer.from(text, 'latin1'))],
                ...[SCALE, klv('GPS5', 'l', 20, longs(...FIX))],
            ),
        );
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
    const box = (type: string, ...of: Buffer[]) => {
        const content = Buffer.concat(of);
        const header = Buffer.alloc(8);
        header.writeUInt32BE(content.length + 8);
        header.write(type, 4, 'latin1');
        return Buffer.concat([header, content]);
    };
    const numbers = (...of: number[]) => longs(...of);
    const stbl = box(
        'stbl',
        box('stsd', numbers(0, 1), box('gpmd', Buffer.alloc(8))),
        box('stts', numbers(0, 1, 3, 1_000)),
        box('stsc', numbers(0, 1, 1, 3, 1)),
        box('stsz', numbers(0, 0, 3, one.length, one.length, media.length - 2 * one.length)),
        box('stco', numbers(0, 1, 8)),
    );
    const mdhd = box('mdhd', numbers(0, 0, 0, 1_000, 3_000, 0));
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
