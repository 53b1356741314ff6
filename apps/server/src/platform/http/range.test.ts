import { describe, expect, it } from 'vitest';
import { parseRange } from './range.ts';

describe('byte ranges of RFC 9110 section 14.2', () => {
    it.each([
        ['bytes=0-499', 0n, 500n],
        ['bytes=500-', 500n, 10_000n],
        ['bytes=-500', 9_500n, 10_000n],
        ['bytes=9500-99999', 9_500n, 10_000n],
        ['bytes=-99999', 0n, 10_000n],
        ['bytes=0-0', 0n, 1n],
    ])('%s', (header, start, end) => expect(parseRange(header, 10_000n)).toEqual({ start, end }));

    it.each(['bytes=10000-', 'bytes=20000-30000', 'bytes=-0'])('%s cannot be satisfied', (header) =>
        expect(parseRange(header, 10_000n)).toBe('unsatisfiable'),
    );

    it.each([undefined, '', 'items=0-1', 'bytes=5-1', 'bytes=-', 'bytes=0-1,5-6', 'bytes=a-b'])('%s is ignored', (header) =>
        expect(parseRange(header, 10_000n)).toBeUndefined(),
    );

    it('is exact in a file of 100 GB', () => {
        expect(parseRange('bytes=-10', 100_000_000_000n)).toEqual({ start: 99_999_999_990n, end: 100_000_000_000n });
        expect(parseRange('bytes=4294967295-4294967296', 100_000_000_000n)).toEqual({
            start: 2n ** 32n - 1n,
            end: 2n ** 32n + 1n,
        });
        expect(parseRange(`bytes=${2n ** 53n}-`, 2n ** 53n + 1n)).toEqual({ start: 2n ** 53n, end: 2n ** 53n + 1n });
    });

    it('has nothing of an empty file', () => {
        expect(parseRange('bytes=0-', 0n)).toBe('unsatisfiable');
    });
});
