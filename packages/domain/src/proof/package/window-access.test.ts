import fc from 'fast-check';
import { expect, it } from 'vitest';
import { windowAccess } from './window-access.ts';

const BYTES = Uint8Array.from({ length: 1000 }, (_, at) => at % 251);

it('reads what is there, anywhere, and asks once for what lies beside each other', async () => {
    const asked: [number, number][] = [];
    const access = windowAccess(BYTES.length, 64, async (start, end) => {
        asked.push([start, end]);
        return BYTES.slice(start, end);
    });
    for (let at = 0; at < 64; at += 8) expect(await access.read(at, 8)).toEqual(BYTES.slice(at, at + 8));
    expect(asked).toEqual([[0, 64]]);
    await fc.assert(
        fc.asyncProperty(fc.nat(BYTES.length), fc.nat(300), async (at, length) => {
            const most = Math.min(length, BYTES.length - at);
            expect(await access.read(at, most)).toEqual(BYTES.slice(at, at + most));
        }),
    );
    await expect(access.read(999, 2)).rejects.toThrow(RangeError);
    expect(asked.every(([start, end]) => end - start <= 64 && end <= BYTES.length)).toBe(true);
});

it('asks again after a failure, and does not take less for the whole', async () => {
    let left = 1;
    const access = windowAccess(100, 64, async (start, end) => {
        if (left-- > 0) throw new Error('not now');
        return BYTES.slice(start, end);
    });
    await expect(access.read(0, 10)).rejects.toThrow('not now');
    expect(await access.read(60, 10)).toEqual(BYTES.slice(60, 70));
    const short = windowAccess(100, 64, async (start) => BYTES.slice(start, start + 5));
    await expect(short.read(0, 10)).rejects.toThrow('fewer bytes');
});
