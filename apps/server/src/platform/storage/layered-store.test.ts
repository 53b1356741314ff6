import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CHUNK_SIZE, DomainError } from '@liuhen/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HashPool, hashPool } from '../hashing/hash-pool.ts';
import { diskStore } from './disk-store.ts';
import { layeredStore } from './layered-store.ts';
import { initDiskStore } from './sentinel.ts';
import type { ObjectStore } from './store.ts';

const ORG = '018f0000-0000-7000-8000-000000000001';
const BYTES = randomBytes(3 * CHUNK_SIZE + 100);

let base = '';
let hashes: HashPool;
let roots: string[];
let stores: ObjectStore[];
let both: ObjectStore;
let key = '';

beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'liuhen-layers-'));
    hashes = hashPool({ workers: 1, blocks: 4 });
});
afterAll(async () => {
    await hashes.close();
    await rm(base, { recursive: true });
});
beforeEach(async () => {
    roots = [join(base, randomUUID()), join(base, randomUUID())];
    stores = await Promise.all(
        roots.map(async (root) => {
            const id = randomUUID();
            await initDiskStore(root, id);
            return diskStore({ root, id, hashes, newId: randomUUID });
        }),
    );
    const [first, second] = stores as [ObjectStore, ObjectStore];
    both = layeredStore(first, [second]);
});

/** Puts the bytes into some of the stores, by number. */
async function keep(...numbers: number[]): Promise<void> {
    for (const number of numbers) {
        const store = stores[number] as ObjectStore;
        const path = join(store.stagingFolder, randomUUID());
        await writeFile(path, BYTES);
        ({ key } = await store.put({ orgId: ORG, path, digest: await hashes.hashFile(path) }));
    }
}
async function damage(number: number, at: number): Promise<void> {
    const path = join(roots[number] ?? '', 'objects', key);
    await chmod(path, 0o600);
    const file = await open(path, 'r+');
    await file.write(Uint8Array.of((BYTES[at] ?? 0) ^ 1), 0, 1, at);
    await file.close();
}
const read = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());
const whole = async (): Promise<boolean> => (await read(await both.open(key))).equals(BYTES);

describe('stores that are read as one', () => {
    it('gives what only the second has, and puts what is new into the first', async () => {
        await keep(1);
        expect(await whole()).toBe(true);
        expect(await both.stat(key)).toMatchObject({ size: BigInt(BYTES.length) });
        expect((await both.withLocalFile(key, (path) => readFile(path))).equals(BYTES)).toBe(true);
        expect((await both.chunkDigests(key)).length).toBe(4 * 32);
        const path = join(both.stagingFolder, randomUUID());
        await writeFile(path, 'new');
        const put = await both.put({ orgId: ORG, path, digest: await hashes.hashFile(path) });
        expect(await stores[0]?.stat(put.key)).toBeDefined();
        expect(await stores[1]?.stat(put.key)).toBeUndefined();
    });

    it('goes on in the second where the first is damaged, without a byte twice or missing', async () => {
        await keep(0, 1);
        await damage(0, 2 * CHUNK_SIZE + 7);
        expect(await whole()).toBe(true);
        // Each is damaged, neither where the other is.
        await damage(1, 5);
        expect(await whole()).toBe(true);
        const range = { start: BigInt(CHUNK_SIZE) - 3n, end: BigInt(3 * CHUNK_SIZE) };
        expect((await read(await both.open(key, range))).equals(BYTES.subarray(CHUNK_SIZE - 3, 3 * CHUNK_SIZE))).toBe(true);
        await damage(1, 2 * CHUNK_SIZE + 8);
        await expect(read(await both.open(key))).rejects.toMatchObject({ code: 'storage.objectDamaged', params: { chunk: 2 } });
    });

    it('crosses damage both ways: early in one, late in the other, and back again', async () => {
        await keep(0, 1);
        const last = 3 * CHUNK_SIZE + 1;
        for (const [store, at] of [
            [1, 5],
            [0, CHUNK_SIZE + 5],
            [1, 2 * CHUNK_SIZE + 5],
            [0, last],
        ] as const)
            await damage(store, at);
        expect(await whole()).toBe(true);
        const range = { start: BigInt(2 * CHUNK_SIZE) - 3n, end: BigInt(BYTES.length) };
        expect((await read(await both.open(key, range))).equals(BYTES.subarray(2 * CHUNK_SIZE - 3))).toBe(true);
        await damage(1, last);
        await expect(read(await both.open(key))).rejects.toMatchObject({ code: 'storage.objectDamaged', params: { chunk: 3 } });
    });

    it('a first that is cut short, or lacks its list of chunks, is made good', async () => {
        await keep(0, 1);
        const path = join(roots[0] ?? '', 'objects', key);
        await chmod(path, 0o600);
        await truncate(path, CHUNK_SIZE + 1);
        expect(await whole()).toBe(true);
        const all = { start: 0n, end: BigInt(BYTES.length) };
        expect((await read(await both.open(key, all))).equals(BYTES)).toBe(true);
        await rm(`${path}.chunks`);
        expect(await whole()).toBe(true);
        await expect(both.open(key, { end: BigInt(BYTES.length) + 1n })).rejects.toThrow(DomainError);
    });

    it('gives programs a whole file wherever the damage is, of one that is away too, and no file of what nobody has', async () => {
        const local = async (of = both) => (await of.withLocalFile(key, (path) => readFile(path))).equals(BYTES);
        await keep(0, 1);
        await damage(0, 7);
        expect(await local()).toBe(true);
        // Each is damaged, neither where the other is.
        await damage(1, CHUNK_SIZE + 7);
        expect(await local()).toBe(true);
        const [first, second] = stores as [ObjectStore, ObjectStore];
        expect((await readdir(second.stagingFolder)).filter((name) => name !== '.writable')).toEqual([]);
        await damage(1, 8);
        await expect(local()).rejects.toMatchObject({ code: 'storage.objectDamaged', params: { chunk: 0 } });
        const away = () => Promise.reject(new DomainError('storage.unavailable'));
        const half = layeredStore({ ...first, open: away, stat: away }, [second]);
        await expect(local(half)).rejects.toMatchObject({ code: 'storage.unavailable' });
        await both.delete(key);
        await keep(1);
        expect(await local(half)).toBe(true);
    });

    it('what nobody has is missing, and what one could not say is not called missing', async () => {
        await keep(1);
        await both.delete(key);
        await expect(both.open(key)).rejects.toMatchObject({ code: 'storage.objectMissing' });
        expect(await both.stat(key)).toBeUndefined();
        const away = () => Promise.reject(new DomainError('storage.unavailable'));
        const [first, second] = stores as [ObjectStore, ObjectStore];
        const half = layeredStore({ ...first, open: away, stat: away, chunkDigests: away }, [second]);
        await expect(half.open(key)).rejects.toMatchObject({ code: 'storage.unavailable' });
        await expect(half.stat(key)).rejects.toMatchObject({ code: 'storage.unavailable' });
        await keep(1);
        expect((await read(await half.open(key))).equals(BYTES)).toBe(true);
        expect(await half.stat(key)).toBeDefined();
    });
});
