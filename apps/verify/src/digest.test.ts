import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifierDigest } from './digest.ts';
import { sm3 } from './sm3.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const byNode = (name: string, bytes: Uint8Array): string => createHash(name).update(bytes).digest('hex');

describe('SM3', () => {
    it('gives the digests of GB/T 32905-2016, appendix A', () => {
        expect(hex(sm3(Buffer.from('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
        expect(hex(sm3(Buffer.from('abcd'.repeat(16))))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
    });

    it('agrees with OpenSSL at every length around the blocks', () => {
        for (let length = 0; length <= 200; length++) {
            const bytes = randomBytes(length);
            expect(hex(sm3(bytes))).toBe(byNode('sm3', bytes));
        }
    });

    it('agrees with OpenSSL on a long message, and on a view into a larger one', () => {
        const bytes = randomBytes(1_000_003);
        expect(hex(sm3(bytes))).toBe(byNode('sm3', bytes));
        expect(hex(sm3(bytes.subarray(13, 70_000)))).toBe(byNode('sm3', bytes.subarray(13, 70_000)));
    });
});

describe.each(['sha256', 'sm3'] as const)('%s', (name) => {
    it('agrees with OpenSSL on anything', () => {
        fc.assert(
            fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => hex(verifierDigest[name](bytes)) === byNode(name, bytes)),
            { numRuns: 300 },
        );
    });
});
