import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
    CreateBucketCommand,
    CreateMultipartUploadCommand,
    GetObjectLegalHoldCommand,
    GetObjectRetentionCommand,
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
import { cephIsInstalled, type Gateway } from '../testing/ceph-gateway.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { type BucketSystem, bucketSystem, play } from './bucket-system.ts';
import type { FaultSystem } from './fault-system.ts';
import { expectSealed, SignedInUploader } from './uploader.ts';

const cephThere = await cephIsInstalled();
const SIZE = 5_000_000;
/** Many processes are started and ended on the way. */
const PATIENCE = 180_000;

/** One after the other in the life of one installation: it begins on its disk and goes on in a bucket. */
describe.skipIf(!cephThere)('content in a bucket', () => {
    let world: BucketSystem;
    let gateway: Gateway;
    let bucket: Bucket;
    let system: FaultSystem;
    let config: BucketConfig;
    let env: BucketSystem['env'];
    let handIn: BucketSystem['handIn'];
    const [onDisk, inBucket] = [randomBytes(SIZE), randomBytes(SIZE)];
    /** Put in parts, and with a chunk that rots on the disk before it is moved. */
    const [large, rotten] = [randomBytes(18_000_000), randomBytes(2 * CHUNK_SIZE)];
    let first: Id;
    let second: Id;
    let moving: readonly Id[];

    beforeAll(async () => {
        world = await bucketSystem('bucket');
        ({ gateway, bucket, system, config, env, handIn } = world);
    }, 240_000);
    afterAll(() => world?.close());

    const verify = (given: BucketConfig | undefined) => verifyInstallation({ dataFolder: system.dataFolder, bucket: given });
    const objects = async () => (await world.names('objects/')).filter((key) => !key.endsWith('.chunks'));

    it('a secret that others can read is refused, in words and without it', async () => {
        await chmod(config.secretFile, 0o644);
        const started = system.start({ env });
        await expect(started).rejects.toThrow(/with the secret key cannot be read, or others can read it/);
        await expect(started).rejects.not.toThrow(gateway.access.secretAccessKey);
        await chmod(config.secretFile, 0o600);
    });

    it('locks are not promised where the bucket cannot keep them: it does not start, and nothing is written there', async () => {
        const plain = openBucket({ ...gateway.access, bucket: `liuhen-${randomUUID()}` });
        await plain.client.send(new CreateBucketCommand({ Bucket: plain.name }));
        const started = system.start({ env: { ...env, LIUHEN_S3_BUCKET: plain.name, LIUHEN_S3_LOCK: '1' } });
        await expect(started).rejects.toThrow(/LIUHEN_S3_LOCK=1 is set, but the bucket was made without object lock/);
        expect(await plain.isEmpty()).toBe(true);
        plain.close();
        await expect(system.start({ env: { LIUHEN_S3_LOCK: '1' } })).rejects.toThrow(/The setting LIUHEN_S3_LOCK has a value/);
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
        await world.expectSound();
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
            await world.expectSound();
        },
        PATIENCE,
    );

    const parts = () => world.names('uploads/');

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
