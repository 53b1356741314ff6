import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
    CreateBucketCommand,
    CreateMultipartUploadCommand,
    ListMultipartUploadsCommand,
    ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { CHUNK_SIZE } from '@liuhen/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cephIsInstalled, type Gateway, startCephGateway } from '../../testing/ceph-gateway.ts';
import { type HashPool, hashPool } from '../hashing/hash-pool.ts';
import { type Bucket, openBucket } from './s3-bucket.ts';
import { canLock } from './s3-lock.ts';
import { initS3Store } from './s3-sentinel.ts';
import { s3Store } from './s3-store.ts';
import { abortStaleUploads, spansOf } from './s3-upload.ts';
import type { KeptPart, ObjectStore, StagedContent } from './store.ts';

const ORG = '018f0000-0000-7000-8000-000000000001';
const OTHER_ORG = '018f0000-0000-7000-8000-000000000002';
const STORE = '018f0000-0000-7000-8000-00000000aaaa';
const DAY = 86_400_000;
const cephThere = await cephIsInstalled();

let base = '';
let gateway: Gateway;
let hashes: HashPool;
let bucket: Bucket;
let store: ObjectStore;
let staging = '';

const stage = async (bytes: Uint8Array, orgId = ORG): Promise<StagedContent> => {
    const path = join(staging, randomUUID());
    await writeFile(path, bytes, { mode: 0o600 });
    return { orgId, path, digest: await hashes.hashFile(path) };
};
const read = async (stream: Readable): Promise<Buffer> => Buffer.concat(await stream.toArray());
const nameOf = (key: string): string => `objects/${key}`;
const flipped = (bytes: Uint8Array, at: number): Buffer => {
    const other = Buffer.from(bytes);
    other[at] = (other[at] ?? 0) ^ 1;
    return other;
};
const versionsOf = async (key: string): Promise<number> =>
    (await bucket.client.send(new ListObjectVersionsCommand({ Bucket: bucket.name, Prefix: key }))).Versions?.filter(
        ({ Key }) => Key === key,
    ).length ?? 0;

describe('parts', () => {
    const MIB = 1n << 20n;
    it.each([
        [MIB, 1],
        [16n * MIB, 1],
        [16n * MIB + 1n, 2],
        [160_000n * MIB, 10_000],
        [160_000n * MIB + 1n, 8_001],
        [5n * 1024n * 1024n * MIB, 9_930],
    ])('%i bytes are %i parts, without a hole, none too many', (size, count) => {
        const spans = spansOf(size);
        expect(spans).toHaveLength(count);
        expect(spans.every(({ number, start }, index) => number === index + 1 && start === (spans[index - 1]?.end ?? 0n))).toBe(
            true,
        );
        expect(spans.at(-1)?.end).toBe(size);
    });
});

describe.skipIf(!cephThere)('objects in a bucket', () => {
    beforeAll(async () => {
        base = await mkdtemp(join(tmpdir(), 'liuhen-s3-'));
        hashes = hashPool({ workers: 2, blocks: 4 });
        await mkdir(join(base, 'ceph'));
        gateway = await startCephGateway(join(base, 'ceph'));
    }, 180_000);
    afterAll(async () => {
        await gateway?.stop();
        await hashes?.close();
        await rm(base, { recursive: true, force: true });
    });
    beforeEach(async () => {
        const name = `liuhen-${randomUUID()}`;
        bucket = openBucket({ ...gateway.access, bucket: name });
        await bucket.client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: true }));
        await initS3Store(bucket, STORE);
        staging = join(base, randomUUID());
        await mkdir(staging);
        store = s3Store({ bucket, id: STORE, stagingFolder: staging });
    });

    it('keeps the bytes under their digest and removes the staged file', async () => {
        const bytes = randomBytes(100_000);
        const put = await store.put(await stage(bytes));
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        expect(put).toEqual({ outcome: 'stored', size: 100_000n, encoding: 'plain', key: store.keyOf(ORG, sha256) });
        expect(await readdir(staging)).toEqual([]);
        expect(await store.stat(put.key)).toEqual({ key: put.key, size: 100_000n, encoding: 'plain' });
        expect(await store.withLocalFile(put.key, (path) => readFile(path))).toEqual(bytes);
        expect(await readdir(staging)).toEqual([]);
        const empty = await store.put(await stage(new Uint8Array(0)));
        expect(await read(await store.open(empty.key))).toEqual(Buffer.alloc(0));
    });

    it('keeps the same bytes once per organisation, and forgets only what it is told to', async () => {
        const bytes = randomBytes(5000);
        const first = await store.put(await stage(bytes));
        expect(await store.put(await stage(bytes))).toEqual({ ...first, outcome: 'existed' });
        expect(await versionsOf(nameOf(first.key))).toBe(1);
        const other = await store.put(await stage(bytes, OTHER_ORG));
        expect(other.outcome).toBe('stored');
        await store.delete(first.key);
        expect(await store.stat(first.key)).toBeUndefined();
        await expect(store.open(first.key)).rejects.toMatchObject({ code: 'storage.objectMissing' });
        expect(await versionsOf(nameOf(first.key))).toBe(0);
        expect(await read(await store.open(other.key))).toEqual(bytes);
    });

    it('does not let a rotten object swallow good bytes; the rotten one stays as an earlier version', async () => {
        const bytes = randomBytes(CHUNK_SIZE + 9);
        const { key } = await store.put(await stage(bytes));
        await bucket.putBytes(nameOf(key), flipped(bytes, CHUNK_SIZE + 3));
        expect(await store.put(await stage(bytes))).toMatchObject({ key, outcome: 'replacedDamaged' });
        expect((await read(await store.open(key))).equals(bytes)).toBe(true);
        expect(await versionsOf(nameOf(key))).toBe(3);
    });

    it('gives exactly the range that is asked for, of an object that was put in parts', async () => {
        const bytes = randomBytes(9 * CHUNK_SIZE + 1000);
        const { key } = await store.put(await stage(bytes));
        for (const [start, end] of [
            [0, 0],
            [0, 1],
            [CHUNK_SIZE - 1, CHUNK_SIZE + 1],
            [4 * CHUNK_SIZE - 5, 5 * CHUNK_SIZE + 5],
            [bytes.length - 1, bytes.length],
            [bytes.length, bytes.length],
            [0, bytes.length],
        ] as const) {
            const stream = await store.open(key, { start: BigInt(start), end: BigInt(end) });
            expect((await read(stream)).equals(bytes.subarray(start, end))).toBe(true);
        }
        await expect(store.open(key, { end: BigInt(bytes.length) + 1n })).rejects.toMatchObject({ code: 'storage.badRange' });
        const { client, name } = bucket;
        expect((await client.send(new ListMultipartUploadsCommand({ Bucket: name }))).Uploads ?? []).toEqual([]);
    });

    it('serves no byte of a damaged chunk, names it, and takes no digests but those of the log', async () => {
        const bytes = randomBytes(2 * CHUNK_SIZE + 1000);
        const staged = await stage(bytes);
        const { key } = await store.put(staged);
        await bucket.putBytes(nameOf(key), flipped(bytes, CHUNK_SIZE + 5));
        expect((await read(await store.open(key, { end: BigInt(CHUNK_SIZE) }))).length).toBe(CHUNK_SIZE);
        await expect(read(await store.open(key))).rejects.toMatchObject({ code: 'storage.objectDamaged', params: { chunk: 1 } });
        await bucket.putBytes(nameOf(key), bytes.subarray(0, 2 * CHUNK_SIZE + 999));
        await expect(read(await store.open(key))).rejects.toMatchObject({ code: 'storage.objectDamaged', params: { chunk: 2 } });
        await bucket.putBytes(nameOf(key), bytes);
        const root = { chunkRoot: staged.digest.chunkRoot };
        expect((await read(await store.open(key, root))).equals(bytes)).toBe(true);
        await expect(store.open(key, { chunkRoot: '0'.repeat(64) })).rejects.toMatchObject({ code: 'storage.objectDamaged' });
        await bucket.putBytes(`${nameOf(key)}.chunks`, flipped(staged.digest.chunkDigests, 3));
        await expect(store.open(key, root)).rejects.toMatchObject({ code: 'storage.objectDamaged' });
    });

    it('takes no key but its own kind', async () => {
        for (const key of ['../x', '/etc/passwd', `${ORG}/ab/cd/../../../x`, 'a\0b', '']) {
            await expect(store.stat(key)).rejects.toMatchObject({ code: 'storage.badKey' });
            await expect(store.open(key)).rejects.toMatchObject({ code: 'storage.badKey' });
            await expect(store.delete(key)).rejects.toMatchObject({ code: 'storage.badKey' });
        }
    });

    it('writes nothing where its sign is missing, is that of another store, or where versions are not kept', async () => {
        const staged = await stage(randomBytes(10));
        const other = s3Store({ bucket, id: OTHER_ORG, stagingFolder: staging });
        await expect(other.put(staged)).rejects.toMatchObject({ code: 'storage.wrongStore' });
        expect(await other.health()).toEqual({ ok: false, code: 'storage.wrongStore' });
        await expect(initS3Store(bucket, OTHER_ORG)).rejects.toMatchObject({ code: 'storage.notEmpty' });
        const name = `liuhen-${randomUUID()}`;
        const plain = openBucket({ ...gateway.access, bucket: name });
        await plain.client.send(new CreateBucketCommand({ Bucket: name }));
        const bare = s3Store({ bucket: plain, id: STORE, stagingFolder: staging });
        expect(await bare.health()).toEqual({ ok: false, code: 'storage.notMounted' });
        await plain.putBytes('LIUHEN-STORE', Buffer.from(JSON.stringify({ store: STORE })));
        expect(await bare.health()).toEqual({ ok: false, code: 'storage.notVersioned' });
        await expect(bare.put(staged)).rejects.toMatchObject({ code: 'storage.notVersioned' });
        expect(await readdir(staging)).toHaveLength(1);
        expect(await store.health()).toMatchObject({ ok: true, reserved: 0n });
    });

    it('a lock is made longer and never shorter, and nothing that is locked or held goes', async () => {
        const { key } = await store.put(await stage(randomBytes(10)));
        const until = Date.now() + 30 * DAY;
        await store.lock?.(key, { until });
        await expect(store.delete(key)).rejects.toMatchObject({ code: 'storage.locked' });
        await expect(store.lock?.(key, { until: until - DAY })).rejects.toMatchObject({ code: 'storage.locked' });
        await store.lock?.(key, { until: until + DAY });
        expect(await store.stat(key)).toBeDefined();

        const held = await store.put(await stage(randomBytes(11)));
        await store.lock?.(held.key, { hold: true });
        await expect(store.delete(held.key)).rejects.toMatchObject({ code: 'storage.locked' });
        await store.lock?.(held.key, { hold: false });
        await store.delete(held.key);
        expect(await store.stat(held.key)).toBeUndefined();
    });

    it('a bucket that was made without locks keeps everything else, and says that it cannot lock', async () => {
        expect(await canLock(bucket)).toBe(true);
        const plain = openBucket({ ...gateway.access, bucket: `liuhen-${randomUUID()}` });
        await plain.client.send(new CreateBucketCommand({ Bucket: plain.name }));
        expect(await canLock(plain)).toBe(false);
        await initS3Store(plain, STORE);
        const bare = s3Store({ bucket: plain, id: STORE, stagingFolder: staging });
        const bytes = randomBytes(CHUNK_SIZE + 5);
        const { key } = await bare.put(await stage(bytes));
        await expect(bare.lock?.(key, { until: Date.now() + DAY })).rejects.toMatchObject({ code: 'storage.noLocks' });
        await expect(bare.lock?.(key, { hold: true })).rejects.toMatchObject({ code: 'storage.noLocks' });
        expect(await read(await bare.open(key))).toEqual(bytes);
        await bare.delete(key);
        expect(await bare.stat(key)).toBeUndefined();
        plain.close();
    });

    it('keeps parts of an upload, gives each back to its place, and makes an object of them without sending it again', async () => {
        const { parts } = store;
        if (parts === undefined) throw new Error('a bucket keeps parts');
        const bytes = randomBytes(9 * CHUNK_SIZE + 1000);
        const staged = await stage(bytes);
        const { digest } = staged;
        const of = { orgId: ORG, uploadId: randomUUID() };
        const kept: KeptPart[] = [];
        for (const { start, end } of parts.spans(BigInt(bytes.length))) {
            const [from, to] = [start, end].map((at) => Math.ceil(Number(at) / CHUNK_SIZE) * 32);
            const part = { start, end, digests: digest.chunkDigests.subarray(from, to) };
            kept.push({ ...part, key: await parts.keep(of, part, staged.path) });
        }
        expect(kept).toHaveLength(3);
        const [, second] = kept as [KeptPart, KeptPart];
        const there = join(staging, randomUUID());
        await writeFile(there, Buffer.alloc(bytes.length));
        await parts.fetch(second, there);
        const fetched = await readFile(there);
        expect(
            fetched
                .subarray(Number(second.start), Number(second.end))
                .equals(bytes.subarray(Number(second.start), Number(second.end))),
        ).toBe(true);
        expect(fetched.subarray(0, Number(second.start)).equals(Buffer.alloc(Number(second.start)))).toBe(true);

        expect(await parts.assemble(ORG, kept, digest)).toBe('stored');
        expect((await read(await store.open(store.keyOf(ORG, digest.sha256)))).equals(bytes)).toBe(true);
        const small = await stage(randomBytes(1000));
        const only = { start: 0n, end: 1000n, digests: small.digest.chunkDigests };
        const one = { ...only, key: await parts.keep(of, only, small.path) };
        expect(await parts.assemble(ORG, [one], small.digest)).toBe('stored');

        // What differs from its digests is not taken for the part, nor made an object.
        const rotten = { ...only, digests: flipped(only.digests, 0) };
        await expect(parts.keep(of, rotten, small.path)).rejects.toMatchObject({ code: 'storage.objectDamaged' });
        await bucket.putBytes(second.key, flipped(bytes.subarray(Number(second.start), Number(second.end)), 5));
        await expect(parts.fetch(second, there)).rejects.toMatchObject({ code: 'storage.objectDamaged' });
        await store.delete(store.keyOf(ORG, digest.sha256));
        await expect(parts.assemble(ORG, kept, digest)).rejects.toMatchObject({ code: 'storage.objectDamaged' });

        const listed = async () => {
            const keys: string[] = [];
            for await (const { key } of parts.list()) keys.push(key);
            return keys;
        };
        const strays = (await listed()).filter((key) => ![...kept, one].some((part) => part.key === key));
        expect(strays).toHaveLength(1);
        await parts.remove([...kept.map(({ key }) => key), one.key, ...strays]);
        expect(await listed()).toEqual([]);
        await expect(parts.remove([nameOf(store.keyOf(ORG, digest.sha256))])).rejects.toMatchObject({ code: 'storage.badKey' });
    });

    it('what another process left half uploaded is cleared after a day', async () => {
        const { client, name } = bucket;
        await client.send(new CreateMultipartUploadCommand({ Bucket: name, Key: 'objects/x' }));
        expect(await abortStaleUploads(bucket, Date.now())).toBe(0);
        expect(await abortStaleUploads(bucket, Date.now() + 2 * DAY)).toBe(1);
        expect((await client.send(new ListMultipartUploadsCommand({ Bucket: name }))).Uploads ?? []).toEqual([]);
    });

    describe('behind a bad line', () => {
        let line: { port: number; cutAfter: number; cuts: number; flipAt: number; close(): Promise<void> };
        let far: ObjectStore;
        beforeEach(async () => {
            line = await badLine(Number(new URL(gateway.access.endpoint ?? '').port));
            const endpoint = `http://127.0.0.1:${line.port}`;
            const through = openBucket({ ...gateway.access, endpoint, bucket: bucket.name });
            far = s3Store({ bucket: through, id: STORE, stagingFolder: staging });
            return async () => {
                through.close();
                await line.close();
            };
        });

        it('a read goes on where the connection broke, and is whole', async () => {
            const bytes = randomBytes(5 * CHUNK_SIZE);
            const { key } = await store.put(await stage(bytes));
            line.cutAfter = 2 * CHUNK_SIZE;
            expect((await read(await far.open(key))).equals(bytes)).toBe(true);
            expect(line.cuts).toBeGreaterThan(0);
        });

        it('what was changed on the way there is found when it is read back, and is not stored', async () => {
            const staged = await stage(randomBytes(400_000));
            line.flipAt = 200_000;
            await expect(far.put(staged)).rejects.toMatchObject({ code: 'storage.objectDamaged' });
            expect(await readdir(staging)).toHaveLength(1);
            expect(await store.put(staged)).toMatchObject({ outcome: 'replacedDamaged' });
        });

        it('while the service is away nothing is said to be stored or damaged, and the staged file stays', async () => {
            const staged = await stage(randomBytes(1000));
            const { key } = await store.put(await stage(randomBytes(10)));
            await line.close();
            await expect(far.put(staged)).rejects.toMatchObject({ code: 'storage.unavailable', params: {} });
            await expect(far.open(key)).rejects.toMatchObject({ code: 'storage.unavailable' });
            await expect(far.reserve(1n)).rejects.toMatchObject({ code: 'storage.unavailable' });
            expect(await far.health()).toEqual({ ok: false, code: 'storage.unavailable' });
            expect(await readdir(staging)).toHaveLength(1);
            expect(await store.put(staged)).toMatchObject({ outcome: 'stored' });
        });
    });
});

/** A line to the gateway that breaks each connection after so many bytes have come back, or changes one on the way there. */
async function badLine(port: number) {
    const sockets = new Set<Socket>();
    const state = { port: 0, cutAfter: Number.POSITIVE_INFINITY, cuts: 0, flipAt: Number.POSITIVE_INFINITY, close };
    const server: Server = createServer((near) => {
        const distant = dial(port, '127.0.0.1');
        let [passed, sent] = [0, 0];
        for (const socket of [near, distant]) {
            sockets.add(socket);
            socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
        }
        near.on('data', (piece) => {
            sent += piece.length;
            if (piece.length > 1_000 && state.flipAt < sent) {
                piece[0] = (piece[0] ?? 0) ^ 1;
                state.flipAt = Number.POSITIVE_INFINITY;
            }
            if (!distant.write(piece)) {
                near.pause();
                distant.once('drain', () => near.resume());
            }
        });
        near.on('end', () => distant.end());
        distant.on('data', (piece) => {
            passed += piece.length;
            if (passed > state.cutAfter) {
                state.cuts += 1;
                near.destroy();
                distant.destroy();
            } else if (!near.write(piece)) {
                distant.pause();
                near.once('drain', () => distant.resume());
            }
        });
        distant.on('close', () => near.destroy());
        near.on('close', () => distant.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    state.port = (server.address() as AddressInfo).port;
    return state;

    async function close(): Promise<void> {
        for (const socket of sockets) socket.destroy();
        await new Promise<void>((resolve) => server.close(() => resolve()));
    }
}
