import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Id } from '@liuhen/domain';
import { expect } from 'vitest';
import type { BucketConfig } from '../platform/config.ts';
import { type Bucket, openBucket } from '../platform/storage/s3-bucket.ts';
import { type Gateway, startCephGateway } from '../testing/ceph-gateway.ts';
import type { Remote } from '../testing/remote.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectSealed, SignedInUploader } from './uploader.ts';

/** An installation that runs on its disk, beside a gateway with an empty bucket that it can be started with. */
export type BucketSystem = {
    /** A folder for what else a test needs. */
    readonly folder: string;
    readonly gateway: Gateway;
    readonly bucket: Bucket;
    readonly system: FaultSystem;
    readonly config: BucketConfig;
    /** What the server needs to be told of the bucket. */
    readonly env: Readonly<Record<string, string>>;
    /** Uploads at the running server; gives the sealed recording. */
    handIn(content: Uint8Array, filename: string, at?: Remote): Promise<Id>;
    /** Names in the bucket that begin so. */
    names(prefix: string): Promise<string[]>;
    expectSound(): Promise<void>;
    close(): Promise<void>;
};

/** A gateway with an empty bucket, and what a server needs to be told of it. */
export type EmptyBucket = Pick<BucketSystem, 'gateway' | 'bucket' | 'config' | 'env' | 'names' | 'close'>;

/** `folder`: where the gateway keeps its data; it is made. */
export async function emptyBucket(folder: string): Promise<EmptyBucket> {
    await mkdir(folder);
    const gateway = await startCephGateway(folder);
    const name = `liuhen-${randomUUID()}`;
    const bucket = openBucket({ ...gateway.access, bucket: name });
    await bucket.client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: true }));
    const secretFile = join(folder, 'secret');
    await writeFile(secretFile, `${gateway.access.secretAccessKey}\n`, { mode: 0o600 });
    const { endpoint, region, accessKeyId } = gateway.access;
    return {
        gateway,
        bucket,
        config: { endpoint, region, bucket: name, accessKeyId, secretFile },
        env: {
            LIUHEN_S3_ENDPOINT: endpoint ?? '',
            LIUHEN_S3_REGION: region,
            LIUHEN_S3_BUCKET: name,
            LIUHEN_S3_ACCESS_KEY_ID: accessKeyId,
            LIUHEN_S3_SECRET_FILE: secretFile,
        },
        async names(prefix) {
            const found = await bucket.client.send(new ListObjectsV2Command({ Bucket: name, Prefix: prefix }));
            return (found.Contents ?? []).map(({ Key }) => Key ?? '');
        },
        async close() {
            bucket.close();
            await gateway.stop();
        },
    };
}

export async function bucketSystem(what: string): Promise<BucketSystem> {
    const folder = await temporaryFolder(what);
    const [store, system] = await Promise.all([emptyBucket(join(folder.path, 'ceph')), faultSystem(`${what}-system`)]);
    const { config, env } = store;
    return {
        ...store,
        folder: folder.path,
        system,
        async handIn(content, filename, at = system.officer()) {
            const client = new SignedInUploader(at);
            const path = await client.create(content.length, { filename });
            expect((await client.patch(path, 0, content)).status).toBe(204);
            const id = await client.recording(path);
            await expectSealed(client.officer, id, content);
            return id;
        },
        async expectSound() {
            const { findings, gaps } = await verifyInstallation({ dataFolder: system.dataFolder, bucket: config });
            expect({ findings, gaps }).toEqual({ findings: [], gaps: [] });
        },
        async close() {
            // Its own end starts the server once more, which needs the bucket no longer.
            await system.close(env);
            await store.close();
            await folder.remove();
        },
    };
}

/** Opens a viewing of it and asks for all of it. */
export async function play(officer: Remote, id: Id): Promise<Response> {
    const { contentUrl } = await officer.call('recording.openViewing', { params: { id }, body: { purpose: '复核' } });
    return fetch(officer.url + contentUrl, { headers: { cookie: officer.cookie ?? '' } });
}
