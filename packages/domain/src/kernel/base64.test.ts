import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('base 64', () => {
    // RFC 4648 section 10.
    it.each([
        ['', ''],
        ['f', 'Zg=='],
        ['fo', 'Zm8='],
        ['foo', 'Zm9v'],
        ['foob', 'Zm9vYg=='],
        ['fooba', 'Zm9vYmE='],
        ['foobar', 'Zm9vYmFy'],
    ])('of %j is %j', (plain, encoded) => {
        expect(toBase64(bytesOf(plain))).toBe(encoded);
        expect(fromBase64(encoded)).toEqual(bytesOf(plain));
    });

    it('is that of Node, both ways', () => {
        fc.assert(
            fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
                expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
                expect(fromBase64(toBase64(bytes))).toEqual(new Uint8Array(bytes));
            }),
        );
    });

    it.each(['Zg', 'Zg=', 'Zh==', 'Zm9=', 'Zm8', 'Zm9v=', '====', '=', 'Zm9v\n', ' Zm9v', 'Zm-_', 'Zm9vZg==Zg==', 'Zm9\u00e9'])(
        'refuses %j',
        (text) => {
            expect(fromBase64(text)).toBeUndefined();
        },
    );

    it('has one text for some bytes: what is read is what would be written', () => {
        fc.assert(
            fc.property(fc.string({ unit: fc.constantFrom(...'ABab01+/=='), maxLength: 12 }), (text) => {
                const bytes = fromBase64(text);
                if (bytes !== undefined) expect(toBase64(bytes)).toBe(text);
            }),
            { numRuns: 2000 },
        );
    });
});
