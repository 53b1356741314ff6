import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, sameBytes, utf8Bytes, utf8Text } from './bytes.ts';
import { fromHex, isHex, toHex } from './hex.ts';

describe('hex', () => {
    it('goes both ways and agrees with Node', () => {
        fc.assert(
            fc.property(fc.uint8Array(), (bytes) => {
                expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
                expect(fromHex(toHex(bytes))).toEqual(bytes);
            }),
        );
    });

    it.each(['A0', '0', '0g', ' 00', '00\n', '0x00'])('refuses %j', (text) => {
        expect(isHex(text)).toBe(false);
        expect(() => fromHex(text)).toThrow('hex.malformed');
    });

    it('knows the wanted length in bytes', () => {
        expect([isHex('ab', 1), isHex('ab', 2), isHex('', 0), isHex(12)]).toEqual([true, false, true, false]);
    });
});

describe('bytes', () => {
    it('joins and compares', () => {
        expect(concatBytes(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
        expect(sameBytes(Uint8Array.of(1, 2), Buffer.from([1, 2]))).toBe(true);
        expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false);
        expect(sameBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
        expect(sameBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    });

    it('keeps a byte order mark and repairs nothing', () => {
        expect(utf8Text(utf8Bytes('\ufeff留痕'))).toBe('\ufeff留痕');
        expect(utf8Text(Uint8Array.of(0xff))).toBeUndefined();
    });
});
