import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
    CompleteMultipartUploadCommand,
    CreateBucketCommand,
    CreateMultipartUploadCommand,
    UploadPartCommand,
} from '@aws-sdk/client-s3';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { type Bucket, openBucket } from '../apps/server/src/platform/storage/s3-bucket.ts';
import { cephIsInstalled, startCephGateway } from '../apps/server/src/testing/ceph-gateway.ts';
import { endProcess, runProgram } from './child.ts';
import { newId, prepareUploader, startServer } from './liuhen.ts';
import { changeLastByte, makeFile, secondsOf, sendTus, untilQuiet } from './sending.ts';
import { median, printTable } from './table.ts';

/** The gateway's one disk is a file of 8 GiB and keeps every version: so much of all rounds together fits. */
const SIZE = Number(process.env.LIUHEN_BENCH_BUCKET_MIB ?? '512') << 20;
const ROUNDS = 3;
const PART = 16 << 20;
const AT_ONCE = 4;

type Contender = { name: string; take(round: number): Promise<number> };

/**
 * The same file into one Ceph gateway on loopback: by the server, which is asked to have it sealed and read back; and by the
 * same library, in parts of the same size, four at a time, once with reading back and one digest, once without anything.
 * All share two processors with the gateway and its disk.
 */
export async function benchBucket(folder: string): Promise<void> {
    if (!(await cephIsInstalled())) {
        console.log('No S3 gateway to measure with (as root: apt-get install ceph-mon ceph-osd ceph-mgr ceph-common radosgw)');
        return;
    }
    const ceph = join(folder, 'ceph');
    await mkdir(ceph);
    const gateway = await startCephGateway(ceph);
    const bucket = openBucket({ ...gateway.access, bucket: `bench-${randomUUID()}` });
    const own = openBucket({ ...gateway.access, bucket: `bench-${randomUUID()}` });
    const file = join(folder, 'recording.bin');
    try {
        for (const each of [bucket, own]) await each.client.send(new CreateBucketCommand({ Bucket: each.name }));
        await makeFile(file, SIZE);
        const server = await startServer(join(folder, 'data'), await settingsFor(folder, own.name, gateway.access));
        try {
            const cookie = await prepareUploader(server.url);
            const headers = () => [`cookie: ${cookie}`, `${COMMAND_ID_HEADER}: ${newId()}`];
            const contenders: Contender[] = [
                {
                    name: 'liuhen',
                    async take() {
                        const seconds = await secondsOf(() => sendTus(`${server.url}/api/uploads`, file, SIZE, headers()));
                        await untilQuiet(server, cookie);
                        return seconds;
                    },
                },
                { name: 'put and read back', take: (round) => secondsOf(() => putAndCompare(bucket, file, `back-${round}`)) },
                { name: 'put', take: (round) => secondsOf(() => put(bucket, file, `put-${round}`)) },
            ];
            print(await rounds(contenders, file));
        } finally {
            await endProcess(server.child);
        }
    } finally {
        bucket.close();
        own.close();
        await gateway.stop();
    }
}

async function rounds(contenders: readonly Contender[], file: string): Promise<ReadonlyMap<string, number[]>> {
    const seconds = new Map<string, number[]>();
    for (let round = 0; round < ROUNDS; round++) {
        for (const { name, take } of round % 2 === 0 ? contenders : [...contenders].reverse()) {
            await changeLastByte(file, round, SIZE);
            const value = await take(round);
            seconds.set(name, [...(seconds.get(name) ?? []), value]);
            console.error(`  ${name}: ${value.toFixed(1)} s`);
        }
        const floor = await secondsOf(() => runProgram('openssl', ['dgst', '-sm3', file]));
        seconds.set('openssl', [...(seconds.get('openssl') ?? []), floor]);
    }
    return seconds;
}

async function settingsFor(
    folder: string,
    name: string,
    access: { endpoint?: string | undefined; region: string; accessKeyId: string; secretAccessKey: string },
) {
    const secretFile = join(folder, 'secret');
    await writeFile(secretFile, access.secretAccessKey, { mode: 0o600 });
    return {
        LIUHEN_S3_ENDPOINT: access.endpoint ?? '',
        LIUHEN_S3_REGION: access.region,
        LIUHEN_S3_BUCKET: name,
        LIUHEN_S3_ACCESS_KEY_ID: access.accessKeyId,
        LIUHEN_S3_SECRET_FILE: secretFile,
    };
}

async function put({ client, name }: Bucket, path: string, key: string): Promise<void> {
    const at = { Bucket: name, Key: key };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at));
    const file = await open(path);
    const numbers = Array.from({ length: Math.ceil(SIZE / PART) }, (_, index) => index + 1);
    const tags = new Map<number, string | undefined>();
    const next = numbers.values();
    const send = async () => {
        for (const number of next) {
            const length = Math.min(PART, SIZE - (number - 1) * PART);
            const { buffer } = await file.read(Buffer.alloc(length), 0, length, (number - 1) * PART);
            const part = new UploadPartCommand({ ...at, UploadId, PartNumber: number, Body: buffer, ContentLength: length });
            tags.set(number, (await client.send(part)).ETag);
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, send));
    await file.close();
    const Parts = numbers.map((PartNumber) => ({ PartNumber, ETag: tags.get(PartNumber) }));
    await client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
}

async function putAndCompare(bucket: Bucket, path: string, key: string): Promise<void> {
    await put(bucket, path, key);
    const [there, here] = [createHash('sha256'), createHash('sha256')];
    for await (const chunk of await bucket.get(key)) there.update(chunk as Buffer);
    const file = await open(path);
    for await (const chunk of file.createReadStream({ highWaterMark: 1 << 20 })) here.update(chunk as Buffer);
    if (!there.digest().equals(here.digest())) throw new Error('the gateway gave other bytes back');
}

function print(seconds: ReadonlyMap<string, number[]>): void {
    const of = (name: string) => median(seconds.get(name) ?? []);
    const against = of('put and read back');
    const line = (name: string, what: string) => ({
        what,
        value: `${of(name).toFixed(1)} s`,
        against: `${against.toFixed(1)} s`,
        ratio: of(name) / against,
    });
    printTable(
        `Intake of ${SIZE >> 20} MiB into a bucket, until sealed (against the same library: put in parts, read back, one digest)`,
        [
            line('liuhen', 'Liuhen: parts put and read back, SHA-256 and SM3, object made of them and read back, sealed'),
            line('put and read back', 'the library alone, read back, SHA-256'),
            line('put', 'the library alone, put only'),
            line('openssl', 'openssl dgst -sm3 of the file, nothing stored'),
        ],
    );
}
