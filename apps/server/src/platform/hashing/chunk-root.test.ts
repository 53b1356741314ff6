import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chunkRoot } from './chunk-root.ts';

const h = (...parts: (Uint8Array | number)[]): Buffer =>
    createHash('sha256')
        .update(Buffer.concat(parts.map((each) => (typeof each === 'number' ? Uint8Array.of(each) : each))))
        .digest();
const digests = ['a', 'b', 'c', 'd', 'e'].map((each) => h(Buffer.from(each)));
const [a, b, c, d, e] = digests.map((each) => h(0, each)) as [Buffer, Buffer, Buffer, Buffer, Buffer];

describe('chunk root', () => {
    it.each([
        [0, h()],
        [1, a],
        [2, h(1, a, b)],
        [3, h(1, h(1, a, b), c)],
        [5, h(1, h(1, h(1, a, b), h(1, c, d)), e)],
    ])('of %i chunks is the RFC 6962 tree', (count, root) => {
        expect(chunkRoot(Buffer.concat(digests.slice(0, count)))).toBe(root.toString('hex'));
    });

    it('refuses digests of a wrong length', () => {
        expect(() => chunkRoot(new Uint8Array(33))).toThrowError('chunk.digestLength');
    });
});
