import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHUNK_SIZE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkRoot } from './chunk-root.ts';
import { type HashPool, hashPool } from './hash-pool.ts';
import type { ChecksumAlgorithm } from './protocol.ts';

const digest = (algorithm: string, bytes: Uint8Array): string => createHash(algorithm).update(bytes).digest('hex');
const chunksOf = (bytes: Uint8Array): Uint8Array => {
    const out: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += CHUNK_SIZE) {
        out.push(
            createHash('sha256')
                .update(bytes.subarray(at, at + CHUNK_SIZE))
                .digest(),
        );
    }
    return new Uint8Array(Buffer.concat(out));
};
const expected = (bytes: Uint8Array) => ({
    sha256: digest('sha256', bytes),
    sm3: digest('sm3', bytes),
    size: BigInt(bytes.length),
    chunkDigests: chunksOf(bytes),
    chunkRoot: chunkRoot(chunksOf(bytes)),
});

let folder = '';
let pool: HashPool;
beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-hash-'));
    pool = hashPool({ workers: 2, blocks: 8 });
});
afterAll(async () => {
    await pool.close();
    await rm(folder, { recursive: true });
});

describe('hashing while bytes arrive', () => {
    it('gives the standard values of SHA-256, SM3 (GB/T 32905 A.1) and the chunk root', async () => {
        const stream = pool.openStream();
        await stream.update(Buffer.from('abc'));
        const leaf = createHash('sha256')
            .update(Uint8Array.of(0))
            .update(createHash('sha256').update('abc').digest())
            .digest('hex');
        expect(await stream.finish()).toMatchObject({
            sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
            sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
            size: 3n,
            chunkRoot: leaf,
        });
    });

    it('knows the digest of nothing', async () => {
        expect(await pool.openStream().finish()).toEqual({
            ...expected(new Uint8Array(0)),
            chunkRoot: digest('sha256', new Uint8Array(0)),
        });
    });

    it.each([1, 2, 3])('equals a plain computation whatever the pieces, with %i workers', async (workers) => {
        const own = hashPool({ workers, blocks: 4 });
        const bytes = randomBytes(2 * CHUNK_SIZE + 777_777);
        const seen: Uint8Array[] = [];
        const stream = own.openStream({ onChunk: (each) => seen.push(each) });
        for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7 + 13) % 900_000) {
            step = Math.max(1, step);
            await stream.update(bytes.subarray(at, at + step));
        }
        expect(await stream.finish()).toEqual(expected(bytes));
        expect(seen.length).toBe(3);
        await own.close();
    });

    it('keeps many streams apart in few buffers', async () => {
        const all = await Promise.all(
            Array.from({ length: 24 }, async (_, n) => {
                const bytes = randomBytes(1_500_000 + n * 1000);
                const stream = pool.openStream();
                for (let at = 0; at < bytes.length; at += 300_000) await stream.update(bytes.subarray(at, at + 300_000));
                return [await stream.finish(), expected(bytes)] as const;
            }),
        );
        for (const [got, want] of all) expect(got).toEqual(want);
    });

    it('makes the sender wait when the workers fall behind', async () => {
        const own = hashPool({ workers: 1, blocks: 2 });
        const stream = own.openStream();
        let handedOver = false;
        const bytes = new Uint8Array(64 * 1024 * 1024);
        const update = stream.update(bytes).then(() => {
            handedOver = true;
        });
        await new Promise((resolve) => setImmediate(resolve));
        expect(handedOver).toBe(false);
        await update;
        expect((await stream.finish()).size).toBe(BigInt(bytes.length));
        await own.close();
    });

    it('takes bytes back to the mark and gives their checksum', async () => {
        const [kept, wrong, right] = [randomBytes(CHUNK_SIZE - 10), randomBytes(CHUNK_SIZE), randomBytes(50)];
        const stream = pool.openStream();
        await stream.update(kept);
        stream.mark('sha1');
        await stream.update(wrong);
        expect(Buffer.from((await stream.position()).checksum).toString('hex')).toBe(digest('sha1', wrong));
        stream.rollback();
        stream.mark('md5');
        await stream.update(right);
        const position = await stream.position();
        expect(Buffer.from(position.checksum).toString('hex')).toBe(digest('md5', right));
        const whole = Buffer.concat([kept, right]);
        expect(Buffer.from(position.tail).toString('hex')).toBe(digest('sha256', whole.subarray(CHUNK_SIZE)));
        expect(await stream.finish()).toEqual(expected(whole));
    });

    it('says so when a worker is lost, frees its buffers and starts another', async () => {
        const own = hashPool({ workers: 2, blocks: 2 });
        // What a lost worker still says must not touch the next one's blocks; when it says it is chance.
        for (let round = 0; round < 12; round++) {
            const stream = own.openStream();
            await stream.update(randomBytes(1000));
            stream.mark('no-such-algorithm' as ChecksumAlgorithm);
            await expect(stream.update(randomBytes(60_000_000))).rejects.toMatchObject({ code: 'hashing.workerLost' });
            await expect(stream.finish()).rejects.toMatchObject({ code: 'hashing.workerLost' });
            stream.close();
            const bytes = randomBytes(5_000_000);
            const next = own.openStream();
            await next.update(bytes);
            expect(await next.finish()).toEqual(expected(bytes));
        }
        await own.close();
    });
});

describe('hashing files', () => {
    it('hashes a whole file and a range of it', async () => {
        const bytes = randomBytes(3 * CHUNK_SIZE + 5);
        const path = join(folder, 'file');
        await writeFile(path, bytes);
        expect(await pool.hashFile(path)).toEqual(expected(bytes));
        const range = { start: BigInt(CHUNK_SIZE), end: BigInt(2 * CHUNK_SIZE + 100) };
        expect(await pool.hashFile(path, range)).toEqual(expected(bytes.subarray(CHUNK_SIZE, 2 * CHUNK_SIZE + 100)));
        expect(await pool.chunkDigests(path)).toEqual(chunksOf(bytes));
    });

    it('refuses a missing file, a link and a file shorter than asked', async () => {
        const path = join(folder, 'short');
        await writeFile(path, 'abc');
        await symlink(path, join(folder, 'link'));
        await expect(pool.hashFile(join(folder, 'none'))).rejects.toMatchObject({ code: 'hashing.fileUnreadable' });
        await expect(pool.hashFile(join(folder, 'link'))).rejects.toMatchObject({ code: 'hashing.fileUnreadable' });
        await expect(pool.chunkDigests(path, { end: 4n })).rejects.toMatchObject({ code: 'hashing.fileTooShort' });
    });
});
