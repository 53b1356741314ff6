import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../platform/uploads/testing/fixture.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectSealed, SignedInUploader, uploadWhole } from './uploader.ts';

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('upload');
}, 120_000);
afterAll(() => system?.close());

const MIB = 1 << 20;
/** Acknowledged before the fault, in the middle of a chunk. */
const ACKNOWLEDGED = 5 * MIB + 3;
const content = () => randomBytes(9 * MIB + 777);

describe('kill -9 of the server during an upload', () => {
    it('keeps every acknowledged byte; the upload goes on at the new server and becomes one sealed recording', async () => {
        const bytes = content();
        const server = await system.start();
        const client = new SignedInUploader(system.officer());
        const path = await client.create(bytes.length, { filename: 'killed.mp4', sha256: sha256(bytes) });
        expect((await client.patch(path, 0, bytes.subarray(0, ACKNOWLEDGED))).status).toBe(204);
        const sending = client.send(
            'PATCH',
            path,
            { 'Upload-Offset': String(ACKNOWLEDGED), 'Content-Type': 'application/offset+octet-stream' },
            // Never complete: the server dies with this request open.
            [bytes.subarray(ACKNOWLEDGED, 8 * MIB)],
        );
        const broken = expect(sending).rejects.toThrow();
        await server.kill();
        await broken;

        await system.start();
        const again = new SignedInUploader(system.officer());
        expect(await again.resume(path, bytes)).toBeGreaterThanOrEqual(ACKNOWLEDGED);
        await expectSealed(again.officer, await again.recording(path), bytes);
        await system.expectSound();
    });

    it.each(['upload.committed:kill'])(
        'at %s, all bytes received: it is sealed although the client never comes back, and once',
        async (failpoint) => {
            const bytes = content();
            const server = await system.start({ failpoint });
            const client = new SignedInUploader(system.officer());
            const path = await client.create(bytes.length, { filename: `${failpoint}.mp4` });
            await expect(client.patch(path, 0, bytes)).rejects.toThrow();
            expect(await server.ended).toBe('SIGKILL');

            await system.start();
            const officer = system.officer();
            const named = async () =>
                (await officer.call('recording.list', { query: { q: failpoint } })).items.map((item) => item.id);
            await expect.poll(named, { timeout: 20_000 }).toHaveLength(1);
            await expectSealed(officer, (await named())[0] ?? '', bytes);
            expect(await new SignedInUploader(officer).recording(path)).toBe((await named())[0]);
            await system.expectSound();
        },
    );
});

describe('kill -9 of the server during a job', () => {
    it('has the job done soon after the next start, not when the dead server would be given up', async () => {
        const bytes = randomBytes(300_000);
        const server = await system.start({ failpoint: 'job.begun:kill' });
        const client = new SignedInUploader(system.officer());
        const path = await client.create(bytes.length, { filename: 'job.mp4' });
        await client.patch(path, 0, bytes).catch(() => undefined);
        expect(await server.ended).toBe('SIGKILL');

        await system.start();
        const again = new SignedInUploader(system.officer());
        await expectSealed(again.officer, await again.recording(path), bytes);
        await system.expectSound();
    });
});

describe('a database that stops during an upload', () => {
    it('lets nothing acknowledged be lost; the client goes on where it was and jobs run again', async () => {
        const bytes = content();
        await system.start();
        const client = new SignedInUploader(system.officer());
        const path = await client.create(bytes.length, { filename: 'database.mp4', sha256: sha256(bytes) });
        expect((await client.patch(path, 0, bytes.subarray(0, ACKNOWLEDGED))).status).toBe(204);
        const pid = await system.databasePid();
        process.kill(pid, 'SIGQUIT');
        const during = await client.patch(path, ACKNOWLEDGED, bytes.subarray(ACKNOWLEDGED, 8 * MIB)).catch(() => undefined);
        expect([undefined, 204, 423, 503]).toContain(during?.status);
        const ready = async () => (await fetch(`${client.officer.url}/readyz`)).status;
        await expect.poll(ready, { timeout: 20_000 }).toBe(200);
        expect(await system.databasePid()).not.toBe(pid);
        const offset = await client.offset(path);
        expect(offset).toBeGreaterThanOrEqual(during?.status === 204 ? 8 * MIB : ACKNOWLEDGED);
        await client.resume(path, bytes);
        await expectSealed(client.officer, await client.recording(path), bytes);
        await uploadWhole(client.officer);
        await system.expectSound();
    });
});
