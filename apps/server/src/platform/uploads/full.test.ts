import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RawClient } from './testing/client.ts';
import { Fixture, sha256 } from './testing/fixture.ts';

const MIB = 1024 * 1024;
let fixture: Fixture;
beforeAll(async () => {
    fixture = await Fixture.start();
});
afterAll(() => fixture.close());

it('refuses an upload for which there is no room before a byte comes', async () => {
    const child = await fixture.startServer({ floorBytes: String(2n ** 60n) });
    const client = new RawClient(child.url);
    const reply = await client.post(1000);
    expect(reply.status).toBe(507);
    expect(JSON.parse(reply.body)).toMatchObject({ code: 'storage.full', params: { needed: 1000, free: 0 } });
    await child.kill();
});

it('resumes an upload that met a full disk, when there is room again', async () => {
    const bytes = randomBytes(44 * MIB);
    const open = await fixture.startServer();
    const person = new RawClient(open.url).person;
    const path = await new RawClient(open.url, person).create(bytes.length);
    expect((await new RawClient(open.url, person).patch(path, 0, bytes.subarray(0, MIB))).status).toBe(204);
    await open.kill();

    const promised = await fixture.startServer({ floorBytes: String(2n ** 60n) });
    const refused = await new RawClient(promised.url, person).patch(path, MIB, bytes.subarray(MIB));
    expect(refused.status).toBe(507);
    expect(await new RawClient(promised.url, person).offset(path)).toBe(MIB);
    await promised.kill();

    // The limit on file size makes the write itself fail, as a disk does that others have filled meanwhile.
    const limited = await fixture.startServer({}, { fileLimit: 40 * MIB });
    const client = new RawClient(limited.url, person);
    const full = await client.patch(path, MIB, bytes.subarray(MIB));
    expect(full.status).toBe(507);
    expect(JSON.parse(full.body).code).toBe('storage.full');
    const kept = await client.offset(path);
    expect(kept).toBeGreaterThanOrEqual(32 * MIB);
    execFileSync('prlimit', ['--pid', String(limited.process.pid), '--fsize=unlimited:unlimited']);
    expect((await client.patch(path, kept, bytes.subarray(kept))).status).toBe(204);
    expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    await limited.kill();
});

it('writes nothing where the volume is not mounted, and goes on when it is back', async () => {
    const child = await fixture.startServer();
    const client = new RawClient(child.url);
    const bytes = randomBytes(1000);
    const path = await client.create(bytes.length);
    await client.patch(path, 0, bytes.subarray(0, 400));
    const away = `${fixture.root}-away`;
    await rename(fixture.root, away);
    await mkdir(fixture.root);
    expect(JSON.parse((await client.patch(path, 400, bytes.subarray(400))).body).code).toBe('storage.unavailable');
    expect((await client.post(10)).status).toBe(503);
    await rm(fixture.root, { recursive: true });
    await rename(away, fixture.root);
    expect((await client.patch(path, 400, bytes.subarray(400))).status).toBe(204);
    expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    await child.kill();
});
