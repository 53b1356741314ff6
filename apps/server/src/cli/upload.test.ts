import type { ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_PASSWORD } from '../testing/builders.ts';
import { type TestInstallation, testInstallation } from '../verify/installation.fixture.ts';
import { liuhen, type Ran } from './run.fixture.ts';

let here: TestInstallation;

beforeAll(async () => {
    here = await testInstallation();
}, 120_000);
afterAll(() => here?.close());

type Given = { server?: string; env?: Record<string, string>; input?: string; onStart?: (child: ChildProcess) => void };

/** As the officer, who is signed in by the environment. */
function upload(args: readonly string[], { server = here.app.url, env = {}, ...given }: Given = {}): Promise<Ran> {
    const environment = { LIUHEN_PASSWORD: TEST_PASSWORD, XDG_STATE_HOME: join(here.scratch, 'state'), ...env };
    return liuhen(['upload', '--server', server, '--login', here.officer.login, ...args], { env: environment, ...given });
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const idsIn = ({ out }: Ran): string[] => out.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0] ?? '']));

type Stored = { original_name: Buffer; sha256: Buffer; device_id: string; person_id: string; act_id: string; source: string };
async function stored(id: string | undefined): Promise<Stored | undefined> {
    const rows = await here.tamper<Stored>(
        `select r.original_name, b.sha256, r.device_id, r.person_id, r.act_id, r.source
         from liuhen.recording r join liuhen.blob b on b.id = r.blob_id where r.id = $1`,
        [id],
    );
    return rows[0];
}

/** Bytes of a real recording that no other test hands in. */
async function clip(name: string | Buffer, extra = 0): Promise<{ path: Buffer; bytes: Buffer }> {
    const free = randomBytes(Math.max(16, extra));
    free.writeUInt32BE(free.length, 0);
    free.write('free', 4, 'latin1');
    const bytes = Buffer.concat([await readFile(here.clips[0]), free]);
    const folder = join(here.scratch, randomBytes(4).toString('hex'));
    await mkdir(folder);
    const path = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name)]);
    await writeFile(path, bytes);
    return { path, bytes };
}

describe('upload', () => {
    it('hands in two recordings of a device and its officer, and the installation verifies', async () => {
        const { officer, device, clips } = here;
        const ran = await upload(['--device', 'a0173', '--officer', officer.certificateNumber, ...clips]);
        expect(ran).toMatchObject({ code: 0, err: '2 in, 0 failed\n' });
        const ids = idsIn(ran);
        expect(ids).toHaveLength(2);
        for (const [index, id] of ids.entries()) {
            const file = clips[index] ?? '';
            expect(ran.out).toContain(`${id}\t${basename(file)}\n`);
            const found = await stored(id);
            expect(found).toMatchObject({ device_id: device.id, person_id: officer.id, source: 'recorder' });
            expect(found?.sha256.toString('hex')).toBe(sha256(await readFile(file)));
        }
        await here.settled(2);
        const verified = await liuhen(['verify', '--data', here.dataFolder]);
        expect(verified.out).toContain('Everything agrees');
        expect(verified).toMatchObject({ code: 0, err: '' });
    });

    it('gives the same recording when the same file is handed in again', async () => {
        const { path } = await clip('again.mp4');
        const first = await upload([path.toString()]);
        const second = await upload([path.toString()]);
        expect(second).toMatchObject({ code: 0, out: first.out });
    });

    it('takes a folder whole and keeps names that are not UTF-8', async () => {
        // 执法.mp4 in GBK, as recorders write it.
        const name = Buffer.concat([Buffer.from([0xd6, 0xb4, 0xb7, 0xa8]), Buffer.from('.mp4')]);
        const { path } = await clip(name);
        const folder = path.subarray(0, path.lastIndexOf('/')).toString();
        await mkdir(join(folder, 'DCIM'));
        await copyFile(path, Buffer.from(join(folder, 'DCIM', 'plain.mp4')));
        const ran = await upload([folder]);
        expect(ran.code).toBe(0);
        expect(ran.out).toMatch(/\tplain\.mp4\n.*\t执法\.mp4\n/);
        // The same bytes twice from the same person are one item, under the name they came with first.
        expect(new Set(idsIn(ran)).size).toBe(1);
        const other = await clip(name);
        const alone = await upload([other.path.subarray(0, other.path.lastIndexOf('/')).toString()]);
        expect((await stored(idsIn(alone)[0]))?.original_name).toEqual(name);
    });

    it('finds a file whose name arrives as replacement characters', async () => {
        const name = Buffer.concat([Buffer.from([0xd6, 0xb4, 0xb7, 0xa8]), Buffer.from('-1.mp4')]);
        const { path } = await clip(name);
        const ran = await upload([path.toString('utf8')]);
        expect(ran.code).toBe(0);
        expect((await stored(idsIn(ran)[0]))?.original_name).toEqual(name);
    });

    it('hands in an empty file too', async () => {
        const path = join(here.scratch, 'empty.mp4');
        await writeFile(path, '');
        const ran = await upload([path]);
        expect(ran).toMatchObject({ code: 0 });
        expect((await stored(idsIn(ran)[0]))?.sha256.toString('hex')).toBe(sha256(Buffer.alloc(0)));
    });

    it('ends every session it opened', async () => {
        const open = await here.tamper('select from liuhen.session where ended_at is null');
        expect(open).toHaveLength(0);
    });

    it('goes on where it was interrupted by hand', async () => {
        const { path, bytes } = await clip('long.mp4', 70 * 1024 * 1024);
        const proxy = await troubledProxy(here.app.url, 40 * 1024 * 1024, 'stalls');
        const first = await upload([path.toString()], {
            server: proxy.url,
            onStart: (child) => void proxy.troubled.then(() => child.kill('SIGINT')),
        });
        expect(first).toMatchObject({ code: 1, out: '' });
        expect(first.err).toContain('the same command goes on');
        const second = await upload([path.toString()], { server: proxy.url });
        await proxy.close();
        expect(second.err).toMatch(/long\.mp4: going on at [34]\d\.\d MiB/);
        expect(second.code).toBe(0);
        expect((await stored(idsIn(second)[0]))?.sha256.toString('hex')).toBe(sha256(bytes));
        const state = JSON.parse(await readFile(join(here.scratch, 'state', 'liuhen', 'uploads.json'), 'utf8'));
        expect(state).toEqual({});
    }, 60_000);

    it('goes on by itself when the network breaks', async () => {
        const { path, bytes } = await clip('broken.mp4', 40 * 1024 * 1024);
        const proxy = await troubledProxy(here.app.url, 20 * 1024 * 1024, 'breaks');
        const ran = await upload([path.toString()], { server: proxy.url });
        await proxy.troubled;
        await proxy.close();
        expect(ran.code).toBe(0);
        expect((await stored(idsIn(ran)[0]))?.sha256.toString('hex')).toBe(sha256(bytes));
    }, 60_000);

    it('says in the contract’s words what is wrong, and exits with 1', async () => {
        const [file] = here.clips;
        expect(await upload([file], { env: { LIUHEN_PASSWORD: 'wrong' } })).toMatchObject({ code: 1, out: '' });
        expect((await upload([file], { env: { LIUHEN_PASSWORD: 'wrong', LANG: 'zh_CN.UTF-8' } })).err).toBe(
            '登录名或密码不正确\n',
        );
        expect(await upload(['--device', 'Z9', file], { env: { LANG: 'zh_CN.UTF-8' } })).toMatchObject({
            code: 1,
            err: '没有这个设备\n',
        });
        expect((await upload(['--act', 'none', file])).code).toBe(1);
        expect((await upload(['--officer', 'none', file])).code).toBe(1);
    });

    it('reads the password from standard input when told to', async () => {
        const { path } = await clip('stdin.mp4');
        const given = { env: { LIUHEN_PASSWORD: '' }, input: `${TEST_PASSWORD}\n` };
        expect(await upload(['--password-stdin', path.toString()], given)).toMatchObject({ code: 0 });
        expect(await upload([path.toString()], { env: { LIUHEN_PASSWORD: '' } })).toMatchObject({ code: 2, out: '' });
    });

    it('tells that no server answers', async () => {
        const [file] = here.clips;
        expect(await upload([file], { server: 'http://127.0.0.1:9' })).toMatchObject({
            code: 3,
            err: 'http://127.0.0.1:9 cannot be reached\n',
        });
        const other = await listening(createServer((_, answer) => answer.end('<html>')));
        expect(await upload([file], { server: other.url })).toMatchObject({
            code: 3,
            err: `${other.url} is not a Liuhen system\n`,
        });
        await other.close();
    });
});

describe('status', () => {
    it('says whether the system is ready', async () => {
        expect(await liuhen(['status', '--server', here.app.url])).toMatchObject({ code: 0 });
        expect(await liuhen(['status', '--server', 'http://127.0.0.1:9'])).toMatchObject({ code: 3 });
    });
});

describe('verify', () => {
    it('gives JSON with exit code 1 for a changed row, and 2 for an absent store', async () => {
        const sentinel = join(here.dataFolder, 'objects', 'LIUHEN-STORE');
        await rename(sentinel, `${sentinel}.away`);
        const incomplete = await liuhen(['verify', '--data', here.dataFolder, '--lang', 'zh-CN']);
        await rename(`${sentinel}.away`, sentinel);
        expect(incomplete).toMatchObject({ code: 2 });
        expect(incomplete.out).toContain('未能核验');
        await here.tamper(`update liuhen.device set number = 'A0999'`);
        const wrong = await liuhen(['verify', '--json'], { env: { LIUHEN_DATA: here.dataFolder } });
        await here.tamper(`update liuhen.device set number = 'A0173'`);
        expect(wrong.code).toBe(1);
        expect(JSON.parse(wrong.out)).toMatchObject({
            outcome: 'wrong',
            findings: [{ about: 'row', code: 'state.rowChanged', table: 'device', id: here.device.id }],
        });
    });
});

describe('filing at intake', () => {
    it('is asked for by the number of the act', async () => {
        const { path } = await clip('filed.mp4');
        const ran = await upload(['--device', 'A0173', '--act', here.act.number, path.toString()]);
        expect(await stored(idsIn(ran)[0])).toMatchObject({ act_id: here.act.id, person_id: here.officer.id });
    });

    // The command writes the recording twice, and its entry states the second version only.
    it('leaves a log that verifies', async () => {
        expect(await liuhen(['verify', '--data', here.dataFolder])).toMatchObject({ code: 0 });
    });
});

type Listening = { url: string; close(): Promise<void> };

async function listening(server: Server): Promise<Listening> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const close = () =>
        new Promise<void>((resolve) => {
            server.closeAllConnections();
            server.close(() => resolve());
        });
    return { url: `http://127.0.0.1:${port}`, close };
}

/** A network in which one request stalls or breaks once `most` bytes of uploads went through. */
async function troubledProxy(
    target: string,
    most: number,
    trouble: 'stalls' | 'breaks',
): Promise<Listening & { troubled: Promise<void> }> {
    let passed = 0;
    const { promise: troubled, resolve } = Promise.withResolvers<void>();
    const server = createServer((incoming: IncomingMessage, answer) => {
        const { method = 'GET', url, headers } = incoming;
        const outgoing = httpRequest(`${target}${url}`, { method, headers }, (received) => {
            answer.writeHead(received.statusCode ?? 502, received.headers);
            received.pipe(answer);
        });
        outgoing.on('error', () => incoming.socket.destroy());
        incoming.socket.once('close', () => outgoing.destroy());
        incoming.on('data', (piece: Buffer) => {
            const before = passed;
            passed += piece.length;
            if (before >= most || passed < most) return;
            if (trouble === 'breaks') incoming.socket.destroy();
            else incoming.unpipe(outgoing).pause();
            resolve();
        });
        incoming.pipe(outgoing);
    });
    return { ...(await listening(server)), troubled };
}
