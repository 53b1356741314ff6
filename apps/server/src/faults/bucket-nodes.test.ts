import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liuhen } from '../cli/run.fixture.ts';
import type { Bucket } from '../platform/storage/s3-bucket.ts';
import { idOf } from '../platform/uploads/testing/fixture.ts';
import { cephIsInstalled } from '../testing/ceph-gateway.ts';
import { type Remote, remote } from '../testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { openEmbedded } from '../verify/open-database.ts';
import { type BucketSystem, bucketSystem, play } from './bucket-system.ts';
import type { FaultSystem } from './fault-system.ts';
import { expectSealed, SignedInUploader } from './uploader.ts';

const cephThere = await cephIsInstalled();
/** Many processes are started and ended on the way. */
const PATIENCE = 180_000;
const checksumOf = (content: Uint8Array): string => `sha256 ${createHash('sha256').update(content).digest('base64')}`;

describe.skipIf(!cephThere)('two nodes on one bucket', () => {
    let world: BucketSystem;
    let system: FaultSystem;
    let bucket: Bucket;
    let far: ServerProcess;
    let there: Remote;
    let other: string;
    let databaseUrl: string;
    const disk = randomBytes(5_000_000);
    let onDisk: Id;
    beforeAll(async () => {
        world = await bucketSystem('nodes');
        ({ bucket, system } = world);
        other = join(world.folder, 'node-b');
        await mkdir(other, { mode: 0o711 });
        await cp(join(system.dataFolder, 'keys'), join(other, 'keys'), { recursive: true });
        databaseUrl = (await openEmbedded(join(system.dataFolder, 'postgres'), () => undefined, undefined)).url;
        const client = new SignedInUploader(system.officer());
        const path = await client.create(disk.length, { filename: 'disk.bin' });
        expect((await client.patch(path, 0, disk)).status).toBe(204);
        onDisk = await client.recording(path);
        // What lies on a disk only its own node can read: the other one comes when that is done.
        const look = () => client.officer.call('recording.get', { params: { id: onDisk } });
        for (let { state, inspected } = await look(); state !== 'sealed' || !inspected; { state, inspected } = await look())
            await sleep(50);
        await system.start({ env: world.env });
        far = await startServerProcess(other, { env: { ...world.env, DATABASE_URL: databaseUrl } });
        there = remote(far.url, system.officer().cookie);
    }, 240_000);
    afterAll(async () => {
        await far?.stop();
        await world?.close();
    });

    const parts = () => world.names('uploads/');
    async function expectWhole(id: Id, content: Buffer): Promise<void> {
        await expectSealed(there, id, content);
        expect(Buffer.from(await (await play(there, id)).arrayBuffer()).equals(content)).toBe(true);
    }

    it(
        'what the disk of one holds moves into it by way of an external database, and every node reads it then',
        async () => {
            const settings = { ...world.env, DATABASE_URL: databaseUrl, LIUHEN_STORAGE_FLOOR_MIB: '0' };
            const move = (folder: string, ...args: string[]) =>
                liuhen(['move-objects', ...args], { env: { ...settings, LIUHEN_DATA: folder } });
            // A node that does not have it on its disk moves nothing, and says so.
            const elsewhere = await move(other);
            expect(elsewhere.out).toContain('0 moved into the bucket');
            const here = await move(system.dataFolder);
            expect(here).toMatchObject({ code: 0, err: '', out: expect.stringContaining('1 moved into the bucket') });
            expect(await move(system.dataFolder, '--erase')).toMatchObject({ code: 0, out: expect.stringContaining('1 erased') });
            await expectSealed(system.officer(), onDisk, disk);
            await expectWhole(onDisk, disk);
        },
        PATIENCE,
    );

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
            for (let at = await beyond.offset(path); at < content.length && tries.length < 4; at = await beyond.offset(path)) {
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
            await system.start({ env: world.env });
            expect(await new SignedInUploader(system.officer()).recording(path)).toBe(id);
            await world.expectSound();
        },
        PATIENCE,
    );
});
