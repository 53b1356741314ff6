import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BucketConfig } from '../platform/config.ts';
import { type Bucket, openBucket } from '../platform/storage/s3-bucket.ts';
import { cephIsInstalled, type Gateway, startCephGateway } from '../testing/ceph-gateway.ts';
import type { Remote } from '../testing/remote.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectSealed, SignedInUploader } from './uploader.ts';

const cephThere = await cephIsInstalled();
const SIZE = 5_000_000;

/** One after the other in the life of one installation: it begins on its disk and goes on in a bucket. */
describe.skipIf(!cephThere)('content in a bucket', () => {
    let folder: TemporaryFolder;
    let gateway: Gateway;
    let bucket: Bucket;
    let system: FaultSystem;
    let config: BucketConfig;
    let env: Record<string, string>;
    const [onDisk, inBucket] = [randomBytes(SIZE), randomBytes(SIZE)];
    let first: Id;
    let second: Id;

    beforeAll(async () => {
        folder = await temporaryFolder('bucket');
        await mkdir(join(folder.path, 'ceph'));
        [gateway, system] = await Promise.all([startCephGateway(join(folder.path, 'ceph')), faultSystem('bucket-system')]);
        const name = `liuhen-${randomUUID()}`;
        bucket = openBucket({ ...gateway.access, bucket: name });
        await bucket.client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: true }));
        const secretFile = join(folder.path, 'secret');
        await writeFile(secretFile, `${gateway.access.secretAccessKey}\n`, { mode: 0o600 });
        const { endpoint, region, accessKeyId } = gateway.access;
        config = { endpoint, region, bucket: name, accessKeyId, secretFile };
        env = {
            LIUHEN_S3_ENDPOINT: endpoint ?? '',
            LIUHEN_S3_REGION: region,
            LIUHEN_S3_BUCKET: name,
            LIUHEN_S3_ACCESS_KEY_ID: accessKeyId,
            LIUHEN_S3_SECRET_FILE: secretFile,
        };
    }, 240_000);
    afterAll(async () => {
        // Its own end starts the server once more, which needs the bucket no longer.
        await system?.close(env);
        bucket?.close();
        await gateway?.stop();
        await folder?.remove();
    });

    async function handIn(content: Uint8Array, filename: string): Promise<Id> {
        const client = new SignedInUploader(system.officer());
        const path = await client.create(content.length, { filename });
        expect((await client.patch(path, 0, content)).status).toBe(204);
        const id = await client.recording(path);
        await expectSealed(client.officer, id, content);
        return id;
    }
    const verify = (given: BucketConfig | undefined) => verifyInstallation({ dataFolder: system.dataFolder, bucket: given });
    const objects = async () => {
        const found = await bucket.client.send(new ListObjectsV2Command({ Bucket: bucket.name, Prefix: 'objects/' }));
        return (found.Contents ?? []).map(({ Key }) => Key ?? '').filter((key) => !key.endsWith('.chunks'));
    };
    const play = async (officer: Remote, id: Id) => {
        const { contentUrl } = await officer.call('recording.openViewing', { params: { id }, body: { purpose: '复核' } });
        return fetch(officer.url + contentUrl, { headers: { cookie: officer.cookie ?? '' } });
    };

    it('a secret that others can read is refused, in words and without it', async () => {
        await chmod(config.secretFile, 0o644);
        const started = system.start({ env });
        await expect(started).rejects.toThrow(/with the secret key cannot be read, or others can read it/);
        await expect(started).rejects.not.toThrow(gateway.access.secretAccessKey);
        await chmod(config.secretFile, 0o600);
    });

    it('new content goes there, what was on the disk stays readable, and everything is verified', async () => {
        await system.start();
        first = await handIn(onDisk, 'disk.bin');
        await system.start({ env });
        expect(await objects()).toEqual([]);
        second = await handIn(inBucket, 'bucket.bin');
        expect(await objects()).toHaveLength(1);
        await expectSealed(system.officer(), first, onDisk);
        const report = await verify(config);
        expect({ findings: report.findings, gaps: report.gaps }).toEqual({ findings: [], gaps: [] });
    });

    it('without its settings it is not said to be sound, and does not start', async () => {
        expect((await verify(undefined)).gaps.map(({ code }) => code)).toEqual(['gap.unknownStore']);
        await expect(system.start()).rejects.toThrow(/LIUHEN_S3_BUCKET/);
    });

    it('while the service is away, what lies there is not called damaged, and nothing is taken in', async () => {
        await system.start({ env: { ...env, LIUHEN_S3_ENDPOINT: gateway.access.endpoint ?? '' } });
        const officer = system.officer();
        await gateway.pause();
        expect((await fetch(`${officer.url}/readyz`)).status).toBe(503);
        expect((await play(officer, second)).status).toBe(503);
        await expect(handIn(randomBytes(1000), 'away.bin')).rejects.toThrow();
        await gateway.resume();
        await expectSealed(officer, second, inBucket);
        await expectSealed(officer, first, onDisk);
    });

    it('damage there is never played, and named by chunk', async () => {
        const [name = ''] = await objects();
        const damaged = Buffer.from(inBucket);
        damaged[4_500_000] = (damaged[4_500_000] ?? 0) ^ 1;
        await bucket.putBytes(name, damaged);
        const officer = system.officer();
        const answer = await play(officer, second);
        await expect(answer.arrayBuffer()).rejects.toThrow();
        const state = async () => (await officer.call('recording.get', { params: { id: second } })).state;
        await expect.poll(state).toBe('damaged');
        const { findings } = await verify(config);
        expect(JSON.stringify(findings)).toContain(name);
        await bucket.putBytes(name, inBucket);
        expect((await verify(config)).findings).toEqual([]);
    });
});
