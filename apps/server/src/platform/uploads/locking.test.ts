import { randomBytes } from 'node:crypto';
import { type ClientRequest, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Child } from './testing/child.ts';
import { RawClient } from './testing/client.ts';
import { Fixture, sha256 } from './testing/fixture.ts';

let fixture: Fixture;
let nodes: [Child, Child];
beforeAll(async () => {
    fixture = await Fixture.start();
    const settings = { takeOverAfterMs: 700, patienceMs: 2_500 };
    nodes = [await fixture.startServer(settings), await fixture.startServer(settings)];
});
afterAll(() => fixture.close());

/** A PATCH whose body its client sends bit by bit, or stops sending. */
function openPatch(
    client: RawClient,
    path: string,
    offset: number,
    length: number,
): { body: ClientRequest; ended: Promise<number | string> } {
    const body = request(new URL(path, client.base), {
        method: 'PATCH',
        headers: {
            'Tus-Resumable': '1.0.0',
            'X-Person': client.person,
            'Upload-Offset': String(offset),
            'Content-Type': 'application/offset+octet-stream',
            'Content-Length': String(length),
        },
    });
    const ended = new Promise<number | string>((resolve) => {
        body.on('response', (response) => {
            response.resume();
            resolve(response.statusCode ?? 0);
        });
        body.on('error', (error) => resolve(error.message));
    });
    return { body, ended };
}

describe.each([
    ['on one node', 0],
    ['on two nodes', 1],
])('two clients on one upload, %s', (_name, second) => {
    it('of which one still sends: the other is told to wait and no bytes mix', async () => {
        const bytes = randomBytes(600_000);
        const client = new RawClient(nodes[0].url);
        const other = new RawClient(nodes[second]?.url ?? '', client.person);
        const path = await client.create(bytes.length);
        const first = openPatch(client, path, 0, bytes.length);
        let sent = 0;
        const dripping = setInterval(() => {
            first.body.write(bytes.subarray(sent, sent + 10_000));
            sent += 10_000;
            if (sent >= bytes.length) {
                clearInterval(dripping);
                first.body.end();
            }
        }, 80);
        await sleep(300);
        const refused = await other.patch(path, 0, randomBytes(bytes.length));
        expect(refused.status).toBe(423);
        expect(JSON.parse(refused.body).code).toBe('upload.busy');
        expect(await first.ended).toBe(204);
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });

    it('at the same moment: one writes, the other does not', async () => {
        const [a, b] = [randomBytes(9_000_000), randomBytes(9_000_000)];
        const client = new RawClient(nodes[0].url);
        const other = new RawClient(nodes[second]?.url ?? '', client.person);
        const path = await client.create(a.length);
        const answers = await Promise.all([client.patch(path, 0, a), other.patch(path, 0, b)]);
        const stored = await fixture.storedSha256(path);
        expect([sha256(a), sha256(b)]).toContain(stored);
        const winner = stored === sha256(a) ? 0 : 1;
        expect(answers[winner]?.status).toBe(204);
        // A repeat of the request that completed it is told what that one was told, whoever asks.
        expect([204, 409, 423]).toContain(answers[1 - winner]?.status);
    });

    it('where the first is silent: the client that comes back takes over its own dead request', async () => {
        const bytes = randomBytes(500_000);
        const client = new RawClient(nodes[0].url);
        const again = new RawClient(nodes[second]?.url ?? '', client.person);
        const path = await client.create(bytes.length);
        const dead = openPatch(client, path, 0, bytes.length);
        dead.body.write(bytes.subarray(0, 150_000));
        await sleep(200);
        // Less than is taken from a busy client at once, after the server had nothing left to take.
        dead.body.write(bytes.subarray(150_000, 200_000));
        expect(await again.offset(path)).toBe(200_000);
        expect(await dead.ended).toBe(423);
        expect((await again.patch(path, 200_000, bytes.subarray(200_000))).status).toBe(204);
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });
});

describe('a request that waited for the one that completed the upload', () => {
    it('is told what that one was told, and touches nothing that is being sealed', async () => {
        // Each stands still in its own process, so that the second finds all bytes received and the object not made yet.
        const settings = { takeOverAfterMs: 700, patienceMs: 5_000 };
        const first = await fixture.startServer(settings, { failpoint: 'upload.sealing:pause:1000' });
        const second = await fixture.startServer(settings, { failpoint: 'upload.opening:pause:2500' });
        const bytes = randomBytes(3_000_000);
        const client = new RawClient(first.url);
        const path = await client.create(bytes.length);
        const slow = openPatch(client, path, 0, bytes.length);
        slow.body.write(bytes.subarray(0, 1_000_000));
        await sleep(200);
        const waiting = new RawClient(second.url, client.person).patch(path, 0, randomBytes(bytes.length));
        await sleep(200);
        slow.body.end(bytes.subarray(1_000_000));
        expect(await slow.ended).toBe(204);
        expect((await waiting).status).toBe(204);
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
        expect(await fixture.staged(path)).toEqual([]);
        await Promise.all([first.kill(), second.kill()]);
    });
});

describe('a client that', () => {
    it('breaks off continues where its bytes ended', async () => {
        const bytes = randomBytes(1_000_000);
        const client = new RawClient(nodes[0].url);
        const path = await client.create(bytes.length);
        const broken = openPatch(client, path, 0, bytes.length);
        broken.body.write(bytes.subarray(0, 400_000));
        await sleep(200);
        broken.body.destroy();
        const offset = await client.offset(path);
        expect(offset).toBe(400_000);
        expect((await new RawClient(nodes[1].url, client.person).patch(path, offset, bytes.subarray(offset))).status).toBe(204);
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });
});

describe('a lock connection that is lost', () => {
    it('stops who held a lock through it, and the upload goes on', async () => {
        const bytes = randomBytes(400_000);
        const client = new RawClient(nodes[0].url);
        const path = await client.create(bytes.length);
        const holder = openPatch(client, path, 0, bytes.length);
        holder.body.write(bytes.subarray(0, 100_000));
        await sleep(200);
        // Of this test's database only: the tests of other files hold locks in the same cluster.
        const { rows } = await fixture.pool.query(
            `select count(pg_terminate_backend(pid))::int as ended from pg_stat_activity
             where datname = current_database() and application_name = 'liuhen-upload-locks'`,
        );
        expect(rows[0].ended).toBe(2);
        expect(await holder.ended).toBe(423);
        const other = new RawClient(nodes[1].url, client.person);
        const offset = await other.offset(path);
        expect((await other.patch(path, offset, bytes.subarray(offset))).status).toBe(204);
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });
});
