import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { smallDisk } from '../../testing/small-disk.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
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

    // The limit on file size makes the write itself fail, where it is known beforehand.
    const limited = await fixture.startServer({}, { fileLimit: 40 * MIB });
    const client = new RawClient(limited.url, person);
    const full = await client.patch(path, MIB, bytes.subarray(MIB));
    expect(full.status).toBe(507);
    expect(JSON.parse(full.body).code).toBe('storage.full');
    const kept = await client.offset(path);
    // What was synced at 32 MiB, less the chunks that were still being hashed at that moment.
    expect(kept).toBeGreaterThanOrEqual(24 * MIB);
    execFileSync('prlimit', ['--pid', String(limited.process.pid), '--fsize=unlimited:unlimited']);
    expect((await client.patch(path, kept, bytes.subarray(kept))).status).toBe(204);
    expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    await limited.kill();
});

/** Fills what is left of the disk, as somebody else's program may do while bytes arrive. */
async function fill(folder: string): Promise<{ empty(): Promise<void> }> {
    const path = join(folder, 'somebody-elses-file');
    const file = await open(path, 'w');
    const write = async (piece: Buffer) => {
        for (;;) await file.write(piece);
    };
    // First in large pieces, then the rest byte by byte.
    for (const size of [MIB, 4096, 1]) await expect(write(Buffer.alloc(size))).rejects.toMatchObject({ code: 'ENOSPC' });
    await file.close();
    return { empty: () => rm(path) };
}

/** A body of which one part is sent, then something happens, then the rest. */
function patchInTwo(
    { base, person }: RawClient,
    path: string,
    offset: number,
    parts: readonly [Uint8Array, Uint8Array],
    between: () => Promise<void>,
): Promise<{ status: number; code: string }> {
    return new Promise((resolve, reject) => {
        const outgoing = request(
            new URL(path, base),
            {
                method: 'PATCH',
                agent: false,
                headers: {
                    'Tus-Resumable': '1.0.0',
                    'X-Person': person,
                    'Upload-Offset': String(offset),
                    'Content-Type': 'application/offset+octet-stream',
                    'Content-Length': String(parts[0].length + parts[1].length),
                },
            },
            (incoming) => {
                const pieces: Buffer[] = [];
                incoming.on('data', (piece: Buffer) => pieces.push(piece));
                incoming.on('end', () =>
                    resolve({ status: incoming.statusCode ?? 0, code: JSON.parse(Buffer.concat(pieces).toString()).code }),
                );
            },
        );
        outgoing.on('error', reject);
        outgoing.write(parts[0]);
        between().then(() => outgoing.end(parts[1]), reject);
    });
}

it('keeps what it has acknowledged when others fill the disk in the middle of a request, and a kill -9 on top of it', async () => {
    const folder = await temporaryFolder('small-disk');
    const disk = await smallDisk(folder.path, 64);
    const store = join(disk.path, 'store');
    await mkdir(store);
    const small = await Fixture.start(store);
    const { person } = new RawClient('http://nowhere.invalid');
    const [first, second] = [randomBytes(12 * MIB), randomBytes(32 * MIB)];
    try {
        let client = new RawClient((await small.startServer()).url, person);
        const sealed = await client.create(first.length);
        expect((await client.patch(sealed, 0, first)).status).toBe(204);
        const path = await client.create(second.length);
        expect((await client.patch(path, 0, second.subarray(0, 5 * MIB))).status).toBe(204);

        const arrived = async () => (await stat(join(store, 'staging', (await small.staged(path))[0] ?? ''))).size;
        let others = { empty: async () => {} };
        const parts = [second.subarray(5 * MIB, 14 * MIB), second.subarray(14 * MIB)] as const;
        const full = await patchInTwo(client, path, 5 * MIB, parts, async () => {
            while ((await arrived()) < 9 * MIB) await sleep(10);
            others = await fill(disk.path);
        });
        expect(full).toEqual({ status: 507, code: 'storage.full' });
        const kept = await client.offset(path);
        expect(kept).toBeGreaterThanOrEqual(5 * MIB);
        const refused = await client.post(1000);
        expect([refused.status, JSON.parse(refused.body)]).toMatchObject([507, { code: 'storage.full', params: { free: 0 } }]);

        await small.killServers();
        client = new RawClient((await small.startServer()).url, person);
        expect(await client.offset(path)).toBe(kept);
        expect((await client.patch(path, kept, second.subarray(kept))).status).toBe(507);
        expect(await client.offset(path)).toBe(kept);
        expect(await small.storedSha256(sealed)).toBe(sha256(first));

        await others.empty();
        expect((await client.patch(path, kept, second.subarray(kept))).status).toBe(204);
        expect(await small.storedSha256(path)).toBe(sha256(second));
        expect(await small.storedSha256(sealed)).toBe(sha256(first));
    } finally {
        await small.close();
        await disk.end();
        await folder.remove();
    }
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
