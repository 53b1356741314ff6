import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { chmod, cp, mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
    CreateBucketCommand,
    CreateMultipartUploadCommand,
    GetObjectLegalHoldCommand,
    GetObjectRetentionCommand,
    ListObjectsV2Command,
    PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { CHUNK_SIZE, DAY, type EventKind, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liuhen } from '../cli/run.fixture.ts';
import { clearLeftovers } from '../features/storage/clearing.jobs.ts';
import { lockKept } from '../features/storage/lock.jobs.ts';
import type { MoveTools } from '../features/storage/move.commands.ts';
import { beside } from '../open-beside.ts';
import { type BucketConfig, readConfig } from '../platform/config.ts';
import { type Bucket, openBucket } from '../platform/storage/s3-bucket.ts';
import { idOf, sha256 } from '../platform/uploads/testing/fixture.ts';
import { cephIsInstalled, type Gateway, startCephGateway } from '../testing/ceph-gateway.ts';
import { type Remote, remote } from '../testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { openEmbedded } from '../verify/open-database.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectSealed, SignedInUploader } from './uploader.ts';

const cephThere = await cephIsInstalled();
const SIZE = 5_000_000;
/** Many processes are started and ended on the way. */
const PATIENCE = 180_000;
const checksumOf = (content: Uint8Array): string => `sha256 ${createHash('sha256').update(content).digest('base64')}`;

/** One after the other in the life of one installation: it begins on its disk and goes on in a bucket. */
describe.skipIf(!cephThere)('content in a bucket', () => {
    let folder: TemporaryFolder;
    let gateway: Gateway;
    let bucket: Bucket;
    let system: FaultSystem;
    let config: BucketConfig;
    let env: Record<string, string>;
    const [onDisk, inBucket] = [randomBytes(SIZE), randomBytes(SIZE)];
    /** Put in parts, and with a chunk that rots on the disk before it is moved. */
    const [large, rotten] = [randomBytes(18_000_000), randomBytes(2 * CHUNK_SIZE)];
    let first: Id;
    let second: Id;
    let moving: readonly Id[];

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
        moving = [first, await handIn(large, 'large.bin'), await handIn(rotten, 'rotten.bin')];
        // Begun before there was a bucket, it goes on from what lies on the disk.
        const begun = await new SignedInUploader(system.officer()).create(SIZE, { filename: 'bucket.bin' });
        expect((await new SignedInUploader(system.officer()).patch(begun, 0, inBucket.subarray(0, 4_500_000))).status).toBe(204);
        await system.start({ env });
        expect(await objects()).toEqual([]);
        const client = new SignedInUploader(system.officer());
        expect(await client.resume(begun, inBucket)).toBe(4_500_000);
        second = await client.recording(begun);
        await expectSealed(client.officer, second, inBucket);
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

    const move = (args: readonly string[] = [], failpoint = '') =>
        liuhen(['move-objects', ...args], {
            env: { ...env, LIUHEN_DATA: system.dataFolder, LIUHEN_STORAGE_FLOOR_MIB: '0', LIUHEN_FAILPOINT: failpoint },
        });
    const entries = async (kind: EventKind) => (await system.officer().call('ledger.list', { query: { kind } })).items;
    const onTheDisk = async () => {
        const found = await readdir(join(system.dataFolder, 'objects/objects'), { recursive: true, withFileTypes: true });
        return found
            .filter((each) => each.isFile() && !each.name.endsWith('.chunks'))
            .map((each) => join(each.parentPath, each.name));
    };
    const flip = async (path: string, at: number) => {
        await chmod(path, 0o600);
        const file = await open(path, 'r+');
        const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
        await file.write(Uint8Array.of((buffer[0] ?? 0) ^ 1), 0, 1, at);
        await file.close();
    };
    const rottenPath = async () => (await onTheDisk()).find((path) => path.endsWith(sha256(rotten))) ?? '';

    it(
        'what lies on the disk moves there: killed anywhere it goes on, and what is damaged is named and stays',
        async () => {
            await flip(await rottenPath(), CHUNK_SIZE + 9);
            expect(await move(['--dry-run'])).toMatchObject({
                code: 0,
                err: '',
                out: expect.stringContaining('3 would be moved'),
            });
            for (const place of ['storage.partSent', 'move.copied:kill:2', 'command.beforeCommit', 'move.noted']) {
                expect((await move([], place.includes(':') ? place : `${place}:kill`)).code, place).toBeNull();
            }
            expect(await objects()).toHaveLength(3);
            const ended = await move();
            expect(ended).toMatchObject({ code: 1, out: expect.stringContaining('0 moved into the bucket') });
            expect(ended.err).toMatch(/rotten\.bin\): chunk 1 in the data folder .* stays there and was not moved/);
            expect(await objects()).toHaveLength(3);
            expect(await entries('storage.moved')).toHaveLength(1);
            const { findings } = await verify(config);
            expect(findings).toMatchObject([{ code: 'file.changed', params: { chunk: 1 } }]);
            await flip(await rottenPath(), CHUNK_SIZE + 9);
            expect(await move()).toMatchObject({
                code: 0,
                err: '',
                out: expect.stringContaining('1 moved into the bucket (8.0 MiB)'),
            });
            expect(await entries('storage.moved')).toHaveLength(2);
            expect(await onTheDisk()).toHaveLength(3);
            expect((await verify(config)).findings).toEqual([]);
        },
        PATIENCE,
    );

    it(
        'what was moved goes from the disk only after the log was told, once, and only while the bucket has it whole',
        async () => {
            const name = (await objects()).find((key) => key.endsWith(sha256(rotten))) ?? '';
            const damaged = Buffer.from(rotten);
            damaged[7] = (damaged[7] ?? 0) ^ 1;
            await bucket.putBytes(name, damaged);
            for (const place of ['command.beforeCommit', 'move.eraseNoted', 'move.erased']) {
                expect((await move(['--erase'], `${place}:kill`)).code, place).toBeNull();
            }
            expect(await move(['--erase', '--dry-run'])).toMatchObject({
                code: 0,
                out: expect.stringContaining('2 would be erased'),
            });
            const kept = await move(['--erase']);
            expect(kept).toMatchObject({ code: 1, out: expect.stringContaining('1 erased from the data folder') });
            expect(kept.err).toMatch(/rotten\.bin\): chunk 0 in the bucket .* not erased/);
            expect(await onTheDisk()).toEqual([await rottenPath()]);
            expect(await entries('storage.formerErased')).toHaveLength(1);
            await bucket.putBytes(name, rotten);
            expect(await move(['--erase'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('1 erased') });
            expect([await onTheDisk(), (await entries('storage.formerErased')).length]).toEqual([[], 2]);
            const contents = [onDisk, large, rotten];
            for (const [index, id] of moving.entries()) {
                const played = Buffer.from(await (await play(system.officer(), id)).arrayBuffer());
                expect(played.equals(contents[index] ?? Buffer.alloc(0))).toBe(true);
            }
            const report = await verify(config);
            expect({ findings: report.findings, gaps: report.gaps }).toEqual({ findings: [], gaps: [] });
        },
        PATIENCE,
    );

    const parts = async () => {
        const found = await bucket.client.send(new ListObjectsV2Command({ Bucket: bucket.name, Prefix: 'uploads/' }));
        return (found.Contents ?? []).map(({ Key }) => Key ?? '');
    };

    describe('two nodes', () => {
        let far: ServerProcess;
        let there: Remote;
        beforeAll(async () => {
            await system.start({ env });
            const other = join(folder.path, 'node-b');
            await mkdir(other, { mode: 0o711 });
            await cp(join(system.dataFolder, 'keys'), join(other, 'keys'), { recursive: true });
            const database = await openEmbedded(join(system.dataFolder, 'postgres'), () => undefined, undefined);
            far = await startServerProcess(other, { env: { ...env, DATABASE_URL: database.url } });
            there = remote(far.url, system.officer().cookie);
        });
        afterAll(() => far?.stop());

        async function expectWhole(id: Id, content: Buffer): Promise<void> {
            await expectSealed(there, id, content);
            expect(Buffer.from(await (await play(there, id)).arrayBuffer()).equals(content)).toBe(true);
        }

        it(
            'take the bytes of one upload by turns, at places that fit no part',
            async () => {
                const content = randomBytes(41_000_000);
                const [here, beyond] = [new SignedInUploader(system.officer()), new SignedInUploader(there)];
                const path = await here.create(content.length, { filename: 'turns.bin' });
                let at = 0;
                for (const [client, to] of [
                    [here, 5_000_000],
                    [beyond, 6_000_000],
                    [here, 23_000_001],
                    [beyond, 2 * 16_777_216],
                ] as const) {
                    expect(await client.offset(path)).toBe(at);
                    expect((await client.patch(path, at, content.subarray(at, to))).status).toBe(204);
                    at = to;
                }
                const wrong = await here.patch(path, at, content.subarray(0, 1_000_000), {
                    'Upload-Checksum': checksumOf(content),
                });
                expect(wrong.status).toBe(460);
                await here.resume(path, content);
                const id = await here.recording(path);
                expect(await beyond.recording(path)).toBe(id);
                await expectWhole(id, content);
                await expect.poll(parts).toEqual([]);
            },
            PATIENCE,
        );

        it(
            'what a request brought beyond the end is taken back, there as well, to what was acknowledged before it',
            async () => {
                const content = randomBytes(50_000_000);
                const here = new SignedInUploader(system.officer());
                const path = await here.create(content.length, { filename: 'beyond.bin' });
                expect((await here.patch(path, 0, content.subarray(0, 5_000_000))).status).toBe(204);
                // Without a length beforehand: only what comes says that it is too much.
                const pieces = [content.subarray(5_000_000), Buffer.alloc(10)];
                const headers = { 'Upload-Offset': '5000000', 'Content-Type': 'application/offset+octet-stream' };
                expect((await here.send('PATCH', path, headers, pieces)).status).toBe(413);
                const beyond = new SignedInUploader(there);
                expect(await beyond.resume(path, content)).toBe(5_000_000);
                const id = await beyond.recording(path);
                await expectWhole(id, content);
                await expect.poll(async () => (await parts()).filter((name) => name.includes(idOf(path)))).toEqual([]);
            },
            PATIENCE,
        );

        it.each([
            ['a full one', 0],
            ['the begun one', 1],
        ])(
            'a part that rots before its upload ends comes again from the client, and is never sealed as it is: %s',
            async (what, index) => {
                const content = randomBytes(41_000_000);
                const [here, beyond] = [new SignedInUploader(system.officer()), new SignedInUploader(there)];
                const path = await here.create(content.length, { filename: `rots-${index}.bin` });
                expect((await here.patch(path, 0, content.subarray(0, 20_000_000))).status, what).toBe(204);
                const names = (await parts()).filter((name) => name.includes(idOf(path))).toSorted();
                expect(names).toHaveLength(2);
                const name = names.find((each) => each.includes(index === 0 ? '/0-' : '/16777216-')) ?? '';
                const bytes = Buffer.from(content.subarray(...(index === 0 ? [0, 16_777_216] : [16_777_216, 20_000_000])));
                bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1;
                await bucket.putBytes(name, bytes);
                // What the node finds at the end or at the first byte it takes: the client is told from where to send again.
                const tries: number[] = [];
                for (
                    let at = await beyond.offset(path);
                    at < content.length && tries.length < 4;
                    at = await beyond.offset(path)
                ) {
                    tries.push(at);
                    await beyond.patch(path, at, content.subarray(at));
                }
                const id = await beyond.recording(path);
                await expectWhole(id, content);
                expect(tries.length).toBeGreaterThan(1);
                expect(Math.min(...tries.slice(1))).toBeLessThanOrEqual(index === 0 ? 0 : 16_777_216);
            },
            PATIENCE,
        );

        it(
            'an upload begun at one goes on at the other after the first was killed in the middle of a request',
            async () => {
                const content = randomBytes(90_000_000);
                const here = new SignedInUploader(system.officer());
                const path = await here.create(content.length, { filename: 'killed.bin' });
                expect((await here.patch(path, 0, content.subarray(0, 10_000_000))).status).toBe(204);
                const server = system.server();
                const broken = here.patch(path, 10_000_000, content.subarray(10_000_000)).catch((error: Error) => error);
                const own = async () => (await parts()).filter((name) => name.includes(idOf(path))).length;
                await expect.poll(own, { interval: 5, timeout: 20_000 }).toBeGreaterThan(2);
                await server.kill();
                expect(await broken).toBeInstanceOf(Error);
                const beyond = new SignedInUploader(there);
                const from = await beyond.resume(path, content);
                expect(from).toBeGreaterThanOrEqual(16_777_216);
                const id = await beyond.recording(path);
                await expectWhole(id, content);
                // What it had put and not named yet is nobody's; it goes at night.
                await expect.poll(own).toBeLessThan(2);
                await system.start({ env });
                expect(await new SignedInUploader(system.officer()).recording(path)).toBe(id);
                const report = await verify(config);
                expect({ findings: report.findings, gaps: report.gaps }).toEqual({ findings: [], gaps: [] });
            },
            PATIENCE,
        );
    });

    const atNight = <T>(
        work: (tools: MoveTools & { log: { warn: (about: object) => void } }) => Promise<T>,
        said: object[] = [],
    ) => {
        const settings = readConfig({ ...env, LIUHEN_STORAGE_FLOOR_MIB: '0' }, { dataFolder: system.dataFolder });
        const outside = { log: () => undefined, signal: new AbortController().signal };
        return beside(settings, outside, (tools) => work({ ...tools, log: { warn: (about) => void said.push(about) } }));
    };

    it(
        'at night what processes left goes, and objects that no row names are found and stay',
        async () => {
            const organisation = system.institute.organisationId;
            const key = `${organisation}/ab/cd/${'abcd'.repeat(16)}`;
            await bucket.putBytes(`objects/${key}`, Buffer.from('nobody'));
            const part = `uploads/${organisation}/${randomUUID()}/0-6-${randomUUID()}`;
            await bucket.putBytes(part, Buffer.from('nobody'));
            await bucket.client.send(new CreateMultipartUploadCommand({ Bucket: bucket.name, Key: 'objects/left' }));
            const content = randomBytes(6_000_000);
            const client = new SignedInUploader(system.officer());
            const open = await client.create(content.length, { filename: 'open.bin' });
            expect((await client.patch(open, 0, content.subarray(0, 5_000_000))).status).toBe(204);

            const left = (await parts()).filter((name) => !name.includes(idOf(open)));
            const said: object[] = [];
            const clear = (ahead: number) =>
                atNight((tools) => {
                    const clock = { ...tools.clock, now: () => tools.clock.now() + ahead };
                    return clearLeftovers({ ...tools, clock }, [organisation]);
                }, said);
            const strays = [{ store: expect.any(String), keys: [key], more: 0 }];
            // What is younger than a day may belong to something under way.
            expect(await clear(0)).toEqual({ multiparts: 0, parts: 0, unreferenced: strays });
            const { multiparts, ...others } = await clear(2 * DAY);
            expect(others).toEqual({ parts: left.length, unreferenced: strays });
            // The ones that were killed left theirs, too.
            expect(multiparts).toBeGreaterThan(1);
            expect(await clear(2 * DAY)).toEqual({ multiparts: 0, parts: 0, unreferenced: strays });
            expect(said).toHaveLength(3);
            expect(await bucket.head(part)).toBeUndefined();
            expect(await client.resume(open, content)).toBe(5_000_000);
            await expectSealed(client.officer, await client.recording(open), content);

            const { files, findings } = await verify(config);
            expect(findings).toEqual([]);
            expect(files.unreferenced).toEqual({ count: 1, bytes: 6n, first: [`s3:objects/${key}`] });
            await bucket.remove(`objects/${key}`);
        },
        PATIENCE,
    );

    it(
        'what is kept is locked there to its day, and held while it is evidence in an open case (附件1 第18条)',
        async () => {
            const organisation = system.institute.organisationId;
            const officer = system.officer();
            const lock = () => atNight((tools) => lockKept(tools, organisation));
            const [kept] = moving as [Id];
            const { retention } = await officer.call('recording.get', { params: { id: kept } });
            const name = `objects/${organisation}/${sha256(onDisk).slice(0, 2)}/${sha256(onDisk).slice(2, 4)}/${sha256(onDisk)}`;
            const at = { Bucket: bucket.name, Key: name };
            const hold = async () => (await bucket.client.send(new GetObjectLegalHoldCommand(at))).LegalHold?.Status;

            const first = await lock();
            expect(first).toMatchObject({ held: 0, lifted: 0, refused: [] });
            expect(first.locked).toBe((await officer.call('recording.list', { query: {} })).total);
            const { Retention } = await bucket.client.send(new GetObjectRetentionCommand(at));
            expect(Retention).toMatchObject({ Mode: 'COMPLIANCE', RetainUntilDate: new Date(retention.due ?? 0) });
            await expect(bucket.remove(name)).rejects.toMatchObject({ code: 'storage.locked' });
            expect(await lock()).toEqual({ locked: 0, held: 0, lifted: 0, refused: [] });
            expect(await entries('storage.contentLocked')).toHaveLength(1);

            const { id: caseId } = await officer.call('case.open', {
                body: {
                    procedure: 'penalty',
                    title: '示范口腔门诊部未取得放射诊疗许可案',
                    source: 'inspection',
                    openedAt: Date.now() - 60_000,
                    handlerIds: [system.institute.people.zhouqing?.id ?? ''],
                },
            });
            const body = { kind: 'recording', targetId: kept, title: '执法记录仪录像' } as const;
            const evidence = await officer.call('case.addEvidence', { params: { id: caseId }, body });
            expect(await lock()).toEqual({ locked: 0, held: 1, lifted: 0, refused: [] });
            expect(await hold()).toBe('ON');
            await officer.call('case.withdrawEvidence', { params: { id: evidence.id }, body: { reason: '与本案无关' } });
            expect(await lock()).toEqual({ locked: 0, held: 0, lifted: 1, refused: [] });
            expect(await hold()).toBe('OFF');

            // Somebody locked it for longer by hand: a shorter day is refused, said, and tried again.
            const until = new Date((retention.due ?? 0) + 400 * DAY);
            const longer = { Mode: 'COMPLIANCE' as const, RetainUntilDate: until };
            await bucket.client.send(new PutObjectRetentionCommand({ ...at, Retention: longer }));
            await system.asSuperuser((client) => client.query('delete from liuhen.object_lock where key = $1', [name.slice(8)]));
            expect(await lock()).toEqual({ locked: 0, held: 0, lifted: 0, refused: [kept] });
            const [refused] = await entries('storage.lockRefused');
            expect(refused?.objects.map(({ id }) => id)).toEqual([kept]);
            expect((await bucket.client.send(new GetObjectRetentionCommand(at))).Retention?.RetainUntilDate).toEqual(until);
        },
        PATIENCE,
    );

    it('says why it cannot go on', async () => {
        expect(await move(['--organisation', 'XX99'])).toMatchObject({ code: 2, err: expect.stringContaining('code "XX99"') });
        const bare = await liuhen(['move-objects'], { env: { LIUHEN_DATA: system.dataFolder } });
        expect(bare).toMatchObject({ code: 3, err: expect.stringContaining('LIUHEN_S3_BUCKET') });
    });
});
