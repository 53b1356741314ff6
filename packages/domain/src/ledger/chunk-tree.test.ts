import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../kernel/hex.ts';
import { CHUNK_SIZE, chunkCount } from '../storage/content.ts';
import { chunkRoot } from './chunk-tree.ts';
import type { Digest } from './digest.ts';

const hash = (name: string) => (bytes: Uint8Array) => new Uint8Array(createHash(name).update(bytes).digest());
const digest: Digest = { sha256: hash('sha256'), sm3: hash('sm3') };
const sha = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const [LEAF, NODE] = [Uint8Array.of(0), Uint8Array.of(1)];

describe('chunk tree', () => {
    it('counts chunks of 4 MiB', () => {
        const size = BigInt(CHUNK_SIZE);
        expect(CHUNK_SIZE).toBe(4_194_304);
        expect([0n, 1n, size, size + 1n, 1024n * size].map(chunkCount)).toEqual([0, 1, 1, 2, 1024]);
    });

    it('has the empty root for empty content', () => {
        expect(toHex(chunkRoot(digest, new Uint8Array(0)))).toBe(sha().toString('hex'));
    });

    it('is a tree over the digests of the chunks', () => {
        const chunks = ['一', '二', '三'].map((each) => sha(Buffer.from(each)));
        const [a, b, c] = chunks.map((each) => sha(LEAF, each)) as [Buffer, Buffer, Buffer];
        expect(toHex(chunkRoot(digest, chunks[0] ?? new Uint8Array(0)))).toBe(a.toString('hex'));
        expect(toHex(chunkRoot(digest, Buffer.concat(chunks)))).toBe(sha(NODE, sha(NODE, a, b), c).toString('hex'));
    });

    it('refuses a list that is cut', () => {
        expect(() => chunkRoot(digest, new Uint8Array(33))).toThrow('chunk.digestLength');
    });
});
