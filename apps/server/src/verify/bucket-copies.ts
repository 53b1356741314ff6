import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DomainError, type Id } from '@liuhen/domain';
import type { BucketConfig } from '../platform/config.ts';
import { reach } from '../platform/storage/open-store.ts';
import type { Bucket } from '../platform/storage/s3-bucket.ts';
import { s3StoreId } from '../platform/storage/s3-sentinel.ts';

/** Copies in a bucket, fetched into a folder of their own one by one, so that each is looked at as a file is. */
export type BucketCopies = {
    readonly id: Id;
    /** Runs `work` on what was fetched: the object and its list of chunks beside it, as far as they are there. */
    fetch<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;
    /** What lies there as an object, whoever named it. */
    list(): AsyncIterable<{ readonly key: string; readonly size: bigint }>;
    close(): void;
};

const OBJECTS = 'objects/';

/** Undefined where no bucket belongs here, none is named, or what is there is not ours or does not answer: then nothing is claimed of it. */
export async function openBucketCopies(id: Id | undefined, wanted: BucketConfig | undefined): Promise<BucketCopies | undefined> {
    if (id === undefined || wanted === undefined) return undefined;
    const bucket = await reach(wanted);
    const found = await s3StoreId(bucket).catch(() => undefined);
    if (found !== id) {
        bucket.close();
        return undefined;
    }
    return {
        id,
        async fetch(key, work) {
            const folder = await mkdtemp(join(tmpdir(), 'liuhen-verify-'));
            try {
                const path = join(folder, 'object');
                await fetchTo(bucket, `${OBJECTS}${key}`, path);
                await fetchTo(bucket, `${OBJECTS}${key}.chunks`, `${path}.chunks`);
                return await work(path);
            } finally {
                await rm(folder, { recursive: true, force: true });
            }
        },
        async *list() {
            for await (const { key, size } of bucket.list(OBJECTS)) {
                if (!key.endsWith('.chunks')) yield { key: key.slice(OBJECTS.length), size };
            }
        },
        close: bucket.close,
    };
}

/** What is missing there is missing here. */
async function fetchTo(bucket: Bucket, key: string, path: string): Promise<void> {
    try {
        await pipeline(await bucket.get(key), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
        if (!(error instanceof DomainError && error.code === 'storage.objectMissing')) throw error;
    }
}
