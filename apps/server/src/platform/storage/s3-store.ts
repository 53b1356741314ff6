import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type ContentDigest, DomainError, type Id } from '@liuhen/domain';
import { syncFolder } from './durable.ts';
import { checkedKey, keyOf } from './object-key.ts';
import { Reservations } from './reservations.ts';
import type { Bucket } from './s3-bucket.ts';
import { lockObject } from './s3-lock.ts';
import { s3Parts } from './s3-parts.ts';
import { s3StoreProblem } from './s3-sentinel.ts';
import { s3Source } from './s3-source.ts';
import { abortStaleUploads, type ReadSpan, uploadObject } from './s3-upload.ts';
import type { ObjectStore, PutOutcome, StoredObject } from './store.ts';
import { openVerified, verifiedRead } from './verified-read.ts';

export type S3StoreOptions = {
    readonly bucket: Bucket;
    /** Must equal the id in the bucket's sentinel object. */
    readonly id: Id;
    /** Folder on this machine in which bytes wait until they are an object; it exists, and outlives the process. */
    readonly stagingFolder: string;
    /** Bytes of the volume of `stagingFolder` that are never promised to uploads. */
    readonly floorBytes?: bigint;
};

/**
 * Objects of a bucket (Amazon S3's interface) under `objects/<organisation>/ab/cd/<sha256>`, with their chunk digests beside
 * them. The bucket keeps versions: what is overwritten is not lost. An object counts as put only after it was read back
 * whole and every chunk compared. Errors: those of a store on disk, `storage.unavailable` and `storage.locked`.
 */
export function s3Store({ bucket, id, stagingFolder, floorBytes }: S3StoreOptions): ObjectStore {
    const reservations = new Reservations(stagingFolder, floorBytes ?? 0n);
    const nameOf = (key: string): string => `objects/${checkedKey(key)}`;
    const digestsOf = (key: string): string => `${nameOf(key)}.chunks`;

    const assertWritable = async (): Promise<void> => {
        const problem = await s3StoreProblem(bucket, id);
        if (problem !== undefined) throw new DomainError(problem);
    };
    const stat = async (key: string): Promise<StoredObject | undefined> => {
        const size = await bucket.head(nameOf(key));
        return size === undefined ? undefined : { key, size, encoding: 'plain' };
    };
    const chunkDigests = async (key: string): Promise<Uint8Array> => buffer(await bucket.get(digestsOf(key)));
    /** Whether what lies under the key is, chunk by chunk, what it is to be. */
    const isWhole = async (key: string, digest: ContentDigest): Promise<boolean> => {
        const size = await bucket.head(nameOf(key));
        if (size !== digest.size) return false;
        const pieces = verifiedRead(s3Source(bucket, nameOf(key), size), size, digest.chunkDigests, 0n, size);
        try {
            for await (const piece of pieces) void piece;
            return true;
        } catch (error) {
            if (error instanceof DomainError && error.code === 'storage.objectDamaged') return false;
            throw error;
        }
    };

    const hasDigests = async (key: string, digest: ContentDigest): Promise<boolean> => {
        const listed = await chunkDigests(key).catch((error: unknown) => {
            if (error instanceof DomainError && error.code === 'storage.objectMissing') return undefined;
            throw error;
        });
        return listed !== undefined && Buffer.compare(listed, digest.chunkDigests) === 0;
    };
    /** Makes content an object unless it is there whole, and reads back what came of it. */
    const place = (key: string, digest: ContentDigest, read: ReadSpan): Promise<PutOutcome> =>
        placed(key, digest, () => uploadObject(bucket, nameOf(key), digest.size, read));
    const placed = async (key: string, digest: ContentDigest, make: () => Promise<void>): Promise<PutOutcome> => {
        const there = (await bucket.head(nameOf(key))) !== undefined;
        // The digests first: an object without them could not be read. Not anew where they are: a lock is of one version.
        if (!there || !(await hasDigests(key, digest))) await bucket.putBytes(digestsOf(key), digest.chunkDigests);
        if (there && (await isWhole(key, digest))) return 'existed';
        await make();
        if (!(await isWhole(key, digest))) throw new DomainError('storage.objectDamaged', { chunk: -1 });
        return there ? 'replacedDamaged' : 'stored';
    };

    const { copyInto, ...parts } = s3Parts(bucket);

    return {
        id,
        stagingFolder,
        parts: {
            ...parts,
            assemble(orgId, kept, digest) {
                const key = keyOf(orgId, digest.sha256);
                return placed(key, digest, () => copyInto(nameOf(key), kept));
            },
        },
        assertWritable,
        keyOf,
        stat,
        chunkDigests,

        async put(staged) {
            await assertWritable();
            const key = keyOf(staged.orgId, staged.digest.sha256);
            const outcome = await place(key, staged.digest, (start, end) =>
                createReadStream(staged.path, { start: Number(start), end: Number(end) - 1 }),
            );
            await rm(staged.path, { force: true });
            await syncFolder(stagingFolder);
            return { key, size: staged.digest.size, encoding: 'plain', outcome };
        },

        endAbandoned: (now) => abortStaleUploads(bucket, now),

        copyFrom: (source, key, digest) =>
            place(key, digest, (start, end) => source.open(key, { start, end, chunkRoot: digest.chunkRoot })),

        async *keys(orgId) {
            for await (const { key } of bucket.list(`objects/${orgId}/`)) {
                if (!key.endsWith('.chunks')) yield key.slice('objects/'.length);
            }
        },

        async open(key, read = {}) {
            const object = await stat(key);
            if (object === undefined) throw new DomainError('storage.objectMissing');
            const source = () => s3Source(bucket, nameOf(key), object.size);
            return openVerified({ size: object.size, digests: () => chunkDigests(key), source }, read);
        },

        async withLocalFile(key, work) {
            const size = await bucket.head(nameOf(key));
            if (size === undefined) throw new DomainError('storage.objectMissing');
            const reservation = await reservations.reserve(size);
            const path = join(stagingFolder, `read-${randomUUID()}`);
            try {
                await pipeline(await bucket.get(nameOf(key)), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
                await chmod(path, 0o400);
                return await work(path);
            } finally {
                reservation.release();
                await rm(path, { force: true });
            }
        },

        async delete(key) {
            await assertWritable();
            await bucket.remove(nameOf(key));
            await bucket.remove(digestsOf(key));
        },

        async lock(key, wish) {
            for (const name of [nameOf(key), digestsOf(key)]) await lockObject(bucket, name, wish);
        },

        async reserve(bytes) {
            await assertWritable();
            return reservations.reserve(bytes);
        },

        async health() {
            const code = await s3StoreProblem(bucket, id).catch(() => 'storage.unavailable' as const);
            if (code !== undefined) return { ok: false, code };
            return { ok: true, free: await reservations.free(), reserved: reservations.reserved };
        },
    };
}
