import { createHash } from 'node:crypto';
import { toHex, utf8Bytes } from '@liuhen/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Stream } from './sha256-stream.ts';

const digestOf = (...pieces: readonly Uint8Array[]): string => {
    const hasher = sha256Stream();
    for (const piece of pieces) hasher.update(piece);
    return toHex(hasher.digest());
};

describe('SHA-256 piece by piece', () => {
    it('gives the digests of FIPS 180-4', () => {
        expect(digestOf(utf8Bytes('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
        expect(digestOf(utf8Bytes('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
            '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
        );
    });

    it('gives what Node gives, at every length and in any pieces', () => {
        for (let length = 0; length < 300; length++) {
            const bytes = Uint8Array.from({ length }, (_, at) => at * 7 + length);
            expect(digestOf(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
        }
        fc.assert(
            fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (pieces) => {
                expect(digestOf(...pieces)).toBe(createHash('sha256').update(Buffer.concat(pieces)).digest('hex'));
            }),
        );
    });
});
