import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CHUNK_SIZE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Child } from './testing/child.ts';
import { base64, RawClient } from './testing/client.ts';
import { Fixture, idOf, sha256 } from './testing/fixture.ts';

let fixture: Fixture;
let child: Child;
let client: RawClient;

const checksum = (algorithm: string, bytes: Uint8Array): string =>
    `${algorithm} ${createHash(algorithm).update(bytes).digest('base64')}`;
const code = (reply: { body: string }): { code: string; params: Record<string, unknown> } => JSON.parse(reply.body);

beforeAll(async () => {
    fixture = await Fixture.start();
    child = await fixture.startServer();
    client = new RawClient(child.url);
});
afterAll(() => fixture.close());

describe('an upload', () => {
    it('ends as one registered object with the bytes that were sent, and says so ever after', async () => {
        const bytes = randomBytes(2 * CHUNK_SIZE + 12_345);
        const path = await client.create(bytes.length, { filename: 'a.mp4', sha256: sha256(bytes).toUpperCase() });
        expect(await client.offset(path)).toBe(0);
        const first = await client.patch(path, 0, bytes.subarray(0, 5_000_000));
        expect(first).toMatchObject({ status: 204, headers: { 'upload-offset': '5000000', 'liuhen-state': 'receiving' } });
        expect(Date.parse(String(first.headers['upload-expires']))).toBeGreaterThan(Date.now());
        const last = await client.patch(path, 5_000_000, bytes.subarray(5_000_000));
        const item = await fixture.item(path);
        expect(last).toMatchObject({ status: 204, headers: { 'liuhen-state': 'sealed', 'liuhen-recording': item?.id } });
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
        expect(await fixture.staged(path)).toEqual([]);
        const again = await client.patch(path, 5_000_000, bytes.subarray(5_000_000));
        expect(again).toMatchObject({
            status: 204,
            headers: { 'upload-offset': String(bytes.length), 'liuhen-recording': item?.id },
        });
        expect(await client.head(path)).toMatchObject({
            status: 200,
            headers: { 'upload-offset': String(bytes.length), 'liuhen-state': 'sealed', 'liuhen-recording': item?.id },
        });
    });

    it('of nothing is accepted and passed on', async () => {
        const reply = await client.post(0, { filename: 'empty.mp4' });
        const path = reply.headers.location ?? '';
        expect(reply).toMatchObject({ status: 201, headers: { 'liuhen-state': 'sealed' } });
        expect(await fixture.storedSha256(path)).toBe(sha256(new Uint8Array(0)));
    });

    it('may bring its bytes with the creation', async () => {
        const bytes = randomBytes(70_000);
        const headers = { 'Content-Type': 'application/offset+octet-stream', 'Content-Length': String(bytes.length) };
        const reply = await client.post(bytes.length, { filename: 'b.mp4' }, headers, bytes);
        expect(reply).toMatchObject({ status: 201, headers: { 'upload-offset': '70000', 'liuhen-state': 'sealed' } });
        expect(await fixture.storedSha256(reply.headers.location ?? '')).toBe(sha256(bytes));
    });

    it('is created once per request id', async () => {
        const requestId = randomUUID();
        const path = await client.create(10, { requestId });
        await client.patch(path, 0, randomBytes(4));
        expect(await client.create(10, { requestId })).toBe(path);
        expect(await client.offset(path)).toBe(4);
        expect(code(await client.post(11, { requestId })).code).toBe('request.commandIdReused');
        expect(await new RawClient(child.url).create(10, { requestId })).not.toBe(path);
    });

    it('works with a body of unknown length', async () => {
        const bytes = randomBytes(3_000_000);
        const path = await client.create(bytes.length);
        const headers = { 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream' };
        const reply = await client.send('PATCH', path, headers, [bytes.subarray(0, 1_000_000), bytes.subarray(1_000_000)]);
        expect(reply).toMatchObject({ status: 204, headers: { 'liuhen-state': 'sealed' } });
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });

    it('of the same bytes twice keeps one blob', async () => {
        const bytes = randomBytes(100_000);
        const paths = [await client.create(bytes.length), await new RawClient(child.url, client.person).create(bytes.length)];
        for (const path of paths) expect((await client.patch(path, 0, bytes)).status).toBe(204);
        const [one, two] = [await fixture.item(paths[0] ?? ''), await fixture.item(paths[1] ?? '')];
        expect(one?.key).toBe(two?.key);
    });
});

describe('bad input', () => {
    it('is refused in the catalogue’s words, whoever refuses it', async () => {
        const path = await client.create(10);
        const type = { 'Content-Type': 'application/offset+octet-stream' };
        const wrong: [string, string, Record<string, string>, string][] = [
            ['POST', '/api/uploads', { 'Upload-Length': 'many' }, 'Upload-Length'],
            ['POST', '/api/uploads', { 'Upload-Length': '-1' }, 'Upload-Length'],
            ['POST', '/api/uploads', { 'Upload-Length': '5', 'Upload-Concat': 'partial' }, 'Upload-Concat'],
            ['POST', '/api/uploads', { 'Upload-Length': '5', 'Tus-Resumable': '0.2' }, 'Tus-Resumable'],
            ['PATCH', path, { ...type, 'Upload-Offset': 'x', 'Content-Length': '0' }, 'Upload-Offset'],
            ['PATCH', path, { ...type, 'Content-Length': '0' }, 'Upload-Offset'],
            ['PATCH', path, { 'Upload-Offset': '0', 'Content-Length': '0' }, 'Content-Type'],
            ['PUT', path, {}, 'method'],
        ];
        for (const [method, where, headers, named] of wrong) {
            const reply = await client.send(method, where, headers);
            expect([method, headers, reply.status >= 400 && reply.status < 600]).toEqual([method, headers, true]);
            expect(reply.headers['content-type']).toMatch(/^application\/json/);
            expect([headers, code(reply)]).toEqual([
                headers,
                { code: 'request.invalid', params: { path: named }, requestId: '' },
            ]);
        }
        const without = code(await client.send('POST', '/api/uploads', {}));
        expect(without).toMatchObject({ code: 'upload.lengthMissing' });
    });

    it('at a wrong offset, repeated or overlapping, changes nothing and says where to go on', async () => {
        const bytes = randomBytes(1000);
        const path = await client.create(bytes.length);
        await client.patch(path, 0, bytes.subarray(0, 600));
        for (const [offset, part] of [
            [0, bytes.subarray(0, 600)],
            [500, bytes.subarray(500)],
            [700, bytes.subarray(700)],
        ] as const) {
            const reply = await client.patch(path, offset, part);
            expect(reply.status).toBe(409);
            expect(code(reply)).toMatchObject({ code: 'upload.offsetWrong', params: { offset: 600 } });
        }
        expect((await client.patch(path, 600, bytes.subarray(600))).status).toBe(204);
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });

    it('longer than announced is refused and not stored', async () => {
        const bytes = randomBytes(CHUNK_SIZE + 100);
        const path = await client.create(bytes.length);
        await client.patch(path, 0, bytes.subarray(0, 50));
        const long = await client.patch(path, 50, randomBytes(bytes.length));
        expect(code(long)).toMatchObject({ code: 'upload.lengthExceeded', params: { length: bytes.length } });
        expect(long.status).toBe(413);
        // Of unknown length: found out only when it is too late to refuse at once.
        const headers = { 'Upload-Offset': '50', 'Content-Type': 'application/offset+octet-stream' };
        const endless = Array.from({ length: 12 }, () => randomBytes(512 * 1024));
        const unknown = await client.send('PATCH', path, headers, endless);
        expect(unknown.status).toBe(413);
        expect(await client.offset(path)).toBe(50);
        expect((await client.patch(path, 50, bytes.subarray(50))).headers['liuhen-state']).toBe('sealed');
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });

    it('that goes on sending after the refusal can read it: nothing resets the connection', async () => {
        const path = await client.create(1000);
        const { hostname, port } = new URL(client.base);
        const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
        const errors: string[] = [];
        socket.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code ?? error.message));
        const piece = randomBytes(256 * 1024);
        socket.write(
            [
                `PATCH ${path} HTTP/1.1`,
                `Host: ${hostname}:${port}`,
                'Tus-Resumable: 1.0.0',
                `X-Person: ${client.person}`,
                'Upload-Offset: 0',
                'Content-Type: application/offset+octet-stream',
                `Content-Length: ${20 * piece.length}`,
                '',
                '',
            ].join('\r\n'),
        );
        socket.write(piece);
        let answer = '';
        socket.setEncoding('utf8').on('data', (part) => {
            answer += part;
        });
        await once(socket, 'end');
        // The other side has said all it says, and closed only that side.
        expect(answer).toMatch(/^HTTP\/1\.1 413 /);
        expect(answer).toContain('upload.lengthExceeded');
        for (let sent = 0; sent < 8; sent += 1) {
            socket.write(piece);
            await sleep(20);
        }
        expect(errors).toEqual([]);
        socket.destroy();
    });

    it.each(['sha1', 'sha256', 'md5'])('with a wrong %s checksum is not kept', async (algorithm) => {
        const bytes = randomBytes(CHUNK_SIZE + 500_000);
        const path = await client.create(bytes.length);
        const [a, b] = [bytes.subarray(0, 300_000), bytes.subarray(300_000)];
        expect((await client.patch(path, 0, a, { 'Upload-Checksum': checksum(algorithm, a) })).status).toBe(204);
        const damaged = Buffer.from(b);
        damaged[CHUNK_SIZE] = (damaged[CHUNK_SIZE] ?? 0) ^ 1;
        const wrong = await client.patch(path, 300_000, damaged, { 'Upload-Checksum': checksum(algorithm, b) });
        expect(wrong.status).toBe(460);
        expect(code(wrong).code).toBe('upload.checksumWrong');
        expect(await client.offset(path)).toBe(300_000);
        expect(
            (await client.patch(path, 300_000, b, { 'Upload-Checksum': checksum(algorithm, b) })).headers['liuhen-state'],
        ).toBe('sealed');
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });

    it('whose digest is not the declared one is kept apart and nobody registers it', async () => {
        const bytes = randomBytes(5000);
        const path = await client.create(bytes.length, { sha256: sha256(randomBytes(8)) });
        for (let times = 0; times < 2; times += 1) {
            const reply = await client.patch(path, 0, bytes);
            expect(reply).toMatchObject({ status: 422, headers: { 'liuhen-state': 'quarantined' } });
            expect(code(reply).code).toBe('upload.hashMismatch');
        }
        expect(await client.head(path)).toMatchObject({ status: 200, headers: { 'liuhen-state': 'quarantined' } });
        expect(await fixture.item(path)).toBeUndefined();
        expect(await fixture.told(path)).toEqual(['quarantined']);
        expect(await readFile(join(fixture.root, 'quarantine', idOf(path)))).toEqual(bytes);
    });

    it.each([
        ['../../../etc/passwd'],
        ['a\0b.mp4'],
        ['evidence\u202e4pm.exe'],
        ['长'.repeat(296).concat('.mp4')],
        [Buffer.from([0xd6, 0xb4, 0xb7, 0xa8])],
    ])('as the name %j never becomes a path, and comes back byte for byte', async (name) => {
        const bytes = randomBytes(10);
        const path = await client.create(bytes.length, { filename: name });
        expect((await client.head(path)).headers['upload-metadata']).toBe(`filename ${base64(name)}`);
        expect((await client.patch(path, 0, bytes)).status).toBe(204);
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
    });

    it('in the protocol is told apart', async () => {
        expect(code(await client.send('POST', '/api/uploads', {})).code).toBe('upload.lengthMissing');
        expect((await client.send('POST', '/api/uploads', { 'Upload-Length': '-1' })).status).toBe(400);
        expect(code(await client.post(5, { sha256: 'zz' })).code).toBe('upload.metadataInvalid');
        expect((await client.send('GET', '/api/uploads/x', {})).status).toBe(405);
        expect((await client.send('HEAD', '/api/uploads/..%2f..%2fetc', {})).status).toBe(404);
        expect((await client.send('HEAD', `/api/uploads/${randomUUID()}`, {})).status).toBe(404);
        expect((await client.send('POST', '/api/uploads', { 'Tus-Resumable': '0.2.2', 'Upload-Length': '5' })).status).toBe(412);
        const path = await client.create(5);
        expect(
            (await client.send('PATCH', path, { 'Content-Type': 'application/offset+octet-stream' }, randomBytes(5))).status,
        ).toBe(403);
        expect((await client.patch(path, 0, randomBytes(5), { 'Upload-Checksum': 'crc32 AAAA' })).status).toBe(400);
        expect(await client.offset(path)).toBe(0);
    });
});

describe('whose upload it is', () => {
    it('is hidden from everybody else and from nobody signed in', async () => {
        const path = await client.create(10);
        const other = new RawClient(child.url);
        for (const reply of [await other.head(path), await other.patch(path, 0, randomBytes(10)), await other.delete(path)]) {
            expect(reply.status).toBe(404);
        }
        expect(await client.send('HEAD', path, { 'X-Person': '' })).toMatchObject({ status: 404 });
        expect(await client.offset(path)).toBe(0);
    });
});

describe('ending early', () => {
    it('is possible until the upload is complete', async () => {
        const bytes = randomBytes(100);
        const open = await client.create(bytes.length);
        await client.patch(open, 0, bytes.subarray(0, 10));
        expect((await client.delete(open)).status).toBe(204);
        expect(await fixture.staged(open)).toEqual([]);
        expect((await client.head(open)).status).toBe(404);
        expect(await fixture.told(open)).toEqual(['terminated']);
        const done = await client.create(bytes.length);
        await client.patch(done, 0, bytes);
        const refused = await client.delete(done);
        expect(refused.status).toBe(403);
        expect(code(refused).code).toBe('upload.completed');
        expect(await fixture.storedSha256(done)).toBe(sha256(bytes));
    });

    it('happens by itself when nothing comes, never to an object', async () => {
        const bytes = randomBytes(100);
        const [open, done] = [await client.create(bytes.length), await client.create(bytes.length)];
        await client.patch(open, 0, bytes.subarray(0, 10));
        await client.patch(done, 0, bytes);
        const stray = join(fixture.store.stagingFolder, randomUUID());
        await writeFile(stray, 'x');
        await utimes(stray, 1, 1);
        const later = await fixture.startServer({ clockOffset: 8 * 24 * 3_600_000 });
        const late = new RawClient(later.url, client.person);
        expect((await late.patch(open, 10, bytes.subarray(10))).status).toBe(410);
        const swept = JSON.parse((await late.send('GET', '/sweep', {})).body);
        expect(swept.expired).toBeGreaterThanOrEqual(1);
        expect(swept.strays).toBe(1);
        expect(await fixture.staged(open)).toEqual([]);
        expect(await fixture.told(open)).toEqual(['expired']);
        expect((await late.head(open)).status).toBe(410);
        expect((await late.head(done)).status).toBe(200);
        expect(await fixture.storedSha256(done)).toBe(sha256(bytes));
        await expect(stat(stray)).rejects.toThrow();
        expect(await readdir(join(fixture.root, 'quarantine'))).not.toContain(idOf(open));
    });
});
