import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { CHUNK_SIZE } from '@liuhen/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type HashPool, hashPool } from '../hashing/hash-pool.ts';
import { diskStore } from './disk-store.ts';
import { diskStoreId, initDiskStore } from './sentinel.ts';
import type { ObjectStore, StagedContent } from './store.ts';

const ORG = '018f0000-0000-7000-8000-000000000001';
const OTHER_ORG = '018f0000-0000-7000-8000-000000000002';
const STORE = '018f0000-0000-7000-8000-00000000aaaa';

let base = '';
let root = '';
let hashes: HashPool;
let store: ObjectStore;

const openStore = (floorBytes = 0n): ObjectStore => diskStore({ root, id: STORE, hashes, newId: randomUUID, floorBytes });
const stage = async (bytes: Uint8Array, orgId = ORG): Promise<StagedContent> => {
    const path = join(store.stagingFolder, randomUUID());
    await writeFile(path, bytes, { mode: 0o600 });
    return { orgId, path, digest: await hashes.hashFile(path) };
};
const read = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());
const filesIn = async (folder: string): Promise<string[]> =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile()).map((each) => each.name);
const flip = async (path: string, at: number): Promise<void> => {
    await chmod(path, 0o600);
    const file = await open(path, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    await file.write(Uint8Array.of((byte[0] ?? 0) ^ 1), 0, 1, at);
    await file.close();
};

beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'liuhen-store-'));
    hashes = hashPool({ workers: 2, blocks: 4 });
});
afterAll(async () => {
    await hashes.close();
    await rm(base, { recursive: true });
});
beforeEach(async () => {
    root = join(base, randomUUID());
    await initDiskStore(root, STORE);
    store = openStore();
});

describe('objects on disk', () => {
    it('keeps the bytes read-only under their digest and removes the staged file', async () => {
        const bytes = randomBytes(100_000);
        const put = await store.put(await stage(bytes));
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        expect(put).toMatchObject({ outcome: 'stored', size: 100_000n, encoding: 'plain', key: store.keyOf(ORG, sha256) });
        const path = join(root, 'objects', put.key);
        expect(path).toBe(join(root, 'objects', ORG, sha256.slice(0, 2), sha256.slice(2, 4), sha256));
        expect(await readFile(path)).toEqual(bytes);
        expect((await stat(path)).mode & 0o777).toBe(0o400);
        expect((await stat(join(root, 'objects', ORG))).mode & 0o777).toBe(0o700);
        expect(await filesIn(store.stagingFolder)).toEqual(['.writable']);
        expect(await store.stat(put.key)).toEqual({ key: put.key, size: 100_000n, encoding: 'plain' });
    });

    it('keeps the same bytes once per organisation', async () => {
        const bytes = randomBytes(5000);
        const first = await store.put(await stage(bytes));
        const again = await store.put(await stage(bytes));
        const other = await store.put(await stage(bytes, OTHER_ORG));
        expect(again).toEqual({ ...first, outcome: 'existed' });
        expect(other.outcome).toBe('stored');
        await store.delete(first.key);
        expect(await store.stat(first.key)).toBeUndefined();
        expect(await read(await store.open(other.key))).toEqual(bytes);
    });

    it('finishes a put that was cut off after the object had its name', async () => {
        const bytes = randomBytes(5000);
        const staged = await stage(bytes);
        const copy = `${staged.path}.copy`;
        await writeFile(copy, bytes);
        await store.put(staged);
        await rename(copy, staged.path);
        expect(await store.put(staged)).toMatchObject({ outcome: 'existed' });
        expect(await filesIn(store.stagingFolder)).toEqual(['.writable']);
    });

    it('does not let a rotten object swallow good bytes', async () => {
        const bytes = randomBytes(CHUNK_SIZE + 9);
        const { key } = await store.put(await stage(bytes));
        await flip(join(root, 'objects', key), CHUNK_SIZE + 3);
        expect(await store.put(await stage(bytes))).toMatchObject({ key, outcome: 'replacedDamaged' });
        expect(await read(await store.open(key))).toEqual(bytes);
        expect(await filesIn(join(root, 'damaged'))).toHaveLength(1);
    });

    it('takes no key but its own kind', async () => {
        for (const key of ['../x', '/etc/passwd', `${ORG}/ab/cd/../../../x`, 'a\0b', '']) {
            await expect(store.stat(key)).rejects.toMatchObject({ code: 'storage.badKey' });
            await expect(store.open(key)).rejects.toMatchObject({ code: 'storage.badKey' });
            await expect(store.delete(key)).rejects.toMatchObject({ code: 'storage.badKey' });
        }
        await expect(store.open(store.keyOf(ORG, '0'.repeat(64)))).rejects.toMatchObject({ code: 'storage.objectMissing' });
    });

    it('does not follow a link put in the place of an object or of a staged file', async () => {
        const staged = await stage(randomBytes(10));
        const { key } = await store.put(staged);
        await writeFile(join(base, 'secret'), 'secret', { mode: 0o600 });
        await rm(join(root, 'objects', key), { force: true });
        await symlink(join(base, 'secret'), join(root, 'objects', key));
        await expect(store.open(key)).rejects.toMatchObject({ code: 'storage.objectMissing' });
        await symlink(join(base, 'secret'), staged.path);
        await expect(store.put(staged)).rejects.toThrow();
        expect((await stat(join(base, 'secret'))).mode & 0o777).toBe(0o600);
    });
});

describe('reading', () => {
    const bytes = randomBytes(2 * CHUNK_SIZE + 1000);
    it.each([
        [0, 0],
        [0, 1],
        [10, 300_000],
        [CHUNK_SIZE - 1, CHUNK_SIZE + 1],
        [CHUNK_SIZE, 2 * CHUNK_SIZE],
        [0, bytes.length],
        [bytes.length - 1, bytes.length],
        [bytes.length, bytes.length],
    ])('gives exactly the range [%i, %i)', async (start, end) => {
        const { key } = await store.put(await stage(bytes));
        const stream = await store.open(key, { start: BigInt(start), end: BigInt(end) });
        expect((await read(stream)).equals(bytes.subarray(start, end))).toBe(true);
    });

    it('refuses ranges outside the object', async () => {
        const { key } = await store.put(await stage(bytes));
        const size = BigInt(bytes.length);
        for (const range of [{ start: -1n }, { start: 2n, end: 1n }, { end: size + 1n }, { start: size + 1n }]) {
            await expect(store.open(key, range)).rejects.toMatchObject({
                code: 'storage.badRange',
                params: { size: bytes.length },
            });
        }
    });

    it('serves no byte of a damaged chunk, names it, and still serves the others', async () => {
        const { key } = await store.put(await stage(bytes));
        await flip(join(root, 'objects', key), CHUNK_SIZE + 5);
        expect((await read(await store.open(key, { end: BigInt(CHUNK_SIZE) }))).equals(bytes.subarray(0, CHUNK_SIZE))).toBe(true);
        const seen: Buffer[] = [];
        const reading = async (): Promise<void> => {
            for await (const piece of await store.open(key)) seen.push(piece);
        };
        await expect(reading()).rejects.toMatchObject({ code: 'storage.objectDamaged', params: { chunk: 1 } });
        expect(Buffer.concat(seen).length).toBeLessThanOrEqual(CHUNK_SIZE);
    });

    it('finds a cut-off object and digests that are not those of the log', async () => {
        const staged = await stage(bytes);
        const { key } = await store.put(staged);
        await expect(store.open(key, { chunkRoot: staged.digest.chunkRoot })).resolves.toBeDefined();
        await expect(store.open(key, { chunkRoot: '0'.repeat(64) })).rejects.toMatchObject({ code: 'storage.objectDamaged' });
        const path = join(root, 'objects', key);
        await chmod(path, 0o600);
        await truncate(path, 2 * CHUNK_SIZE + 999);
        await expect(read(await store.open(key))).rejects.toMatchObject({ code: 'storage.objectDamaged', params: { chunk: 2 } });
    });
});

describe('the volume', () => {
    it('writes nothing to an empty mount point', async () => {
        const staged = await stage(randomBytes(10));
        await rename(root, `${root}-elsewhere`);
        await mkdir(root);
        await expect(store.put(staged)).rejects.toMatchObject({ code: 'storage.notMounted' });
        await expect(store.reserve(1n)).rejects.toMatchObject({ code: 'storage.notMounted' });
        expect(await store.health()).toEqual({ ok: false, code: 'storage.notMounted' });
        expect(await readdir(root)).toEqual([]);
        await rm(root, { recursive: true });
        await expect(store.put(staged)).rejects.toMatchObject({ code: 'storage.notMounted' });
    });

    it('knows another store and one it cannot write', async () => {
        const other = diskStore({ root, id: OTHER_ORG, hashes, newId: randomUUID });
        await expect(other.assertWritable()).rejects.toMatchObject({ code: 'storage.wrongStore' });
        expect(await diskStoreId(root)).toBe(STORE);
        await rm(store.stagingFolder, { recursive: true });
        expect(await store.health()).toEqual({ ok: false, code: 'storage.readOnly' });
    });

    it('makes a store of an empty folder only', async () => {
        const full = join(base, randomUUID());
        await mkdir(full);
        await writeFile(join(full, 'x'), 'x');
        await expect(initDiskStore(full, STORE)).rejects.toMatchObject({ code: 'storage.notEmpty' });
        expect(await diskStoreId(full)).toBeUndefined();
    });

    it('promises no byte twice and none of the floor', async () => {
        const health = await store.health();
        if (!health.ok) throw new Error(health.code);
        // The rest of the machine writes too: keep a margin far larger than that.
        const margin = health.free / 4n;
        const most = await store.reserve(health.free - margin);
        await expect(store.reserve(2n * margin)).rejects.toMatchObject({
            code: 'storage.full',
            params: { needed: Number(2n * margin) },
        });
        most.used(10n);
        expect(await store.health()).toMatchObject({ reserved: health.free - margin - 10n });
        most.release();
        most.release();
        (await store.reserve(2n * margin)).release();
        expect(await store.health()).toMatchObject({ ok: true, reserved: 0n });
        await expect(openStore(health.free * 2n).reserve(1n)).rejects.toMatchObject({
            code: 'storage.full',
            params: { needed: 1, free: 0 },
        });
    });
});
