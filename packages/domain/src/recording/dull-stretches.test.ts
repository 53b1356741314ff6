import { expect, test } from 'vitest';
import { DARK_MOST, DARK_SECONDS, dullStretches, SILENT_MOST, SILENT_SECONDS } from './dull-stretches.ts';

const seconds = (count: number, level: number): number[] => Array.from({ length: count }, () => level);

test('dark pictures and silence are named from and to, to the second, and only when they last', () => {
    const pictures = [...seconds(30, 200), ...seconds(DARK_SECONDS, DARK_MOST), ...seconds(5, DARK_MOST + 1)];
    const sound = [...seconds(SILENT_SECONDS, SILENT_MOST), ...seconds(9, SILENT_MOST + 1)];
    expect(dullStretches({ pictures, sound })).toEqual({
        dark: [{ fromMs: 30_000, toMs: 40_000 }],
        silent: [{ fromMs: 0, toMs: 60_000 }],
        more: 0,
    });
    const short = { pictures: seconds(DARK_SECONDS - 1, 0), sound: seconds(SILENT_SECONDS - 1, 0) };
    expect(dullStretches(short)).toEqual({ dark: [], silent: [], more: 0 });
});

test('to the end of the file; of one without sound nothing is said of silence', () => {
    expect(dullStretches({ pictures: [255, ...seconds(12, 0)], sound: null })).toEqual({
        dark: [{ fromMs: 1_000, toMs: 13_000 }],
        silent: null,
        more: 0,
    });
    expect(dullStretches({ pictures: [], sound: [] })).toEqual({ dark: [], silent: [], more: 0 });
});

test('of very many the first are named and the others counted', () => {
    const pictures = Array.from({ length: 23 }, () => [...seconds(DARK_SECONDS, 0), 255]).flat();
    const { dark, more } = dullStretches({ pictures, sound: null });
    expect([dark.length, more, dark[19]?.fromMs]).toEqual([20, 3, 19 * 11_000]);
});
