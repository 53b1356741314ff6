import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import type { Id } from '@liuhen/domain';
import { setParameter } from '../../demo/stories/set-parameter.ts';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../../testing/server-process.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { liuhen, type Ran } from '../run.fixture.ts';

/** A docking computer beside a server, each a process of its own; the server may be killed and comes back at the same address. */
export type DockSystem = {
    readonly folder: string;
    readonly dataFolder: string;
    readonly media: string;
    readonly state: string;
    readonly url: string;
    readonly institute: Institute;
    server: ServerProcess;
    readonly manager: () => Promise<Remote>;
    start(failpoint?: string): Promise<void>;
    /** Runs the docking computer on all of `media`. */
    dock(args?: readonly string[], more?: Running): Promise<Ran>;
    /** A configuration file with what is given beside the usual. */
    configure(more: object): Promise<void>;
    close(): Promise<void>;
};
export type Running = NonNullable<Parameters<typeof liuhen>[1]>;

async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    return address.port;
}

export async function dockSystem(name: string): Promise<DockSystem> {
    const folder = await temporaryFolder(name);
    const dataFolder = join(folder.path, 'data');
    const media = join(folder.path, 'media');
    const state = join(folder.path, 'state');
    const credentials = join(folder.path, 'dock.credentials');
    const config = join(folder.path, 'dock.json');
    await mkdir(media);
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const begin = (failpoint?: string) =>
        startServerProcess(dataFolder, {
            env: { LIUHEN_PORT: String(port) },
            ...(failpoint === undefined ? {} : { failpoint }),
        });
    const server = await begin();
    const institute = await foundInstitute(url, [
        ...USUAL_PEOPLE,
        { login: 'caiji1', name: '采集终端一', kind: 'staff', roles: ['dockAgent'] },
        { login: 'caiji2', name: '采集终端二', kind: 'staff', roles: ['dockAgent'] },
        { login: 'kezhang', name: '科长', kind: 'officer', certificate: '210009', roles: ['sectionHead'] },
        { login: 'suozhang', name: '所长', kind: 'officer', certificate: '210010', roles: ['instituteHead'] },
    ]);
    const enrolled = await liuhen(['dock', 'enrol', '--server', url, '--login', 'caiji1', '--credentials', credentials], {
        env: { LIUHEN_PASSWORD: INSTITUTE_PASSWORD },
    });
    if (enrolled.code !== 0) throw new Error(enrolled.err);
    const usual = { server: url, credentials, state, station: 'dock-1', settleMs: 0, pollSeconds: 1 };
    const system: DockSystem = {
        folder: folder.path,
        dataFolder,
        media,
        state,
        url,
        institute,
        server,
        manager: () => remote(url).signIn('lumanager', INSTITUTE_PASSWORD),
        async start(failpoint) {
            system.server = await begin(failpoint);
        },
        dock: (args = ['--once', '--parent', media], more = {}) => liuhen(['dock', '--config', config, ...args], more),
        configure: (more) => writeFile(config, JSON.stringify({ ...usual, ...more })),
        async close() {
            await system.server.kill();
            await folder.remove();
        },
    };
    await system.configure({});
    return system;
}

/** Switches erasing on or off from today: a head of section proposes it, the head of the institute approves. */
export async function decideErasing(url: string, value: boolean): Promise<void> {
    const [head, chief] = [
        await remote(url).signIn('kezhang', INSTITUTE_PASSWORD),
        await remote(url).signIn('suozhang', INSTITUTE_PASSWORD),
    ];
    const from = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await setParameter(head, chief, { key: 'dock.erase', value, standing: 'own', basis: '本机构决定', from, reason: '试行' });
}

let base: Promise<Buffer> | undefined;

/** A second of real video with sound, small; made once. */
async function baseClip(folder: string): Promise<Buffer> {
    const file = join(folder, 'base.mp4');
    await ffmpeg(...picture('160x120', 10, 1), ...tone(1), ...H264, ...AAC, '-shortest', file);
    return readFile(file);
}

/** Bytes of a real recording that no other call gives. */
export async function video(system: Pick<DockSystem, 'folder'>): Promise<Buffer> {
    base ??= baseClip(system.folder);
    return Buffer.concat([await base, freeBox()]);
}

function freeBox(): Buffer {
    const free = randomBytes(24);
    free.writeUInt32BE(free.length, 0);
    free.write('free', 4, 'latin1');
    return free;
}

/** Writes a file of a recorder, with its folders. Its name may be any bytes. */
export async function put(root: string, path: string | Buffer, bytes: Uint8Array): Promise<Buffer> {
    const full = Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path)]);
    await mkdir(full.subarray(0, full.lastIndexOf(0x2f)), { recursive: true });
    await writeFile(full, bytes);
    return full;
}

export type Listed = {
    id: Id;
    name: string;
    state: string;
    source: string;
    device: string | null;
    act: Id | null;
    inspected: boolean;
    findings: string[];
    /** When it began, by the corrected clock. */
    began: number | null;
};

/** All recordings there are. */
export async function recordings(who: Remote): Promise<Listed[]> {
    const found: Listed[] = [];
    for (let cursor: string | undefined; ; ) {
        const page = await who.call('recording.list', { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } });
        found.push(
            ...page.items.map(({ id, name, state, source, device, act, inspected, findings, corrected }) => ({
                id,
                name,
                state,
                source,
                device: device?.number ?? null,
                act: act?.id ?? null,
                inspected,
                findings: findings.map((each) => each.code),
                began: corrected?.start.at ?? null,
            })),
        );
        if (page.next === null) return found;
        cursor = page.next;
    }
}

/**
 * A line to the server on which some requests wait, changes of a password unless said otherwise: `how` sends the request on when it likes,
 * and says whether the answer arrives or the line is cut. Everything else passes.
 */
export async function before(
    url: string,
    how: (send: () => Promise<Buffer>) => Promise<Buffer | 'cut'>,
    which = ' /api/session/password ',
): Promise<{ url: string; close(): Promise<void> }> {
    const { hostname, port } = new URL(url);
    const server = createServer((client) => {
        const upstream = connect(Number(port), hostname);
        upstream.on('error', () => client.destroy());
        client.on('error', () => upstream.destroy());
        let held: Buffer[] | undefined;
        client.on('data', (bytes: Buffer) => {
            // What comes after it on the same line, such as its body, waits with it.
            if (held !== undefined) held.push(bytes);
            else if (!bytes.includes(which)) upstream.write(bytes);
            else {
                held = [bytes];
                upstream.off('data', pass);
                void how(send).then((answer) => (answer === 'cut' ? client.destroy() : client.end(answer)));
            }
        });
        const send = async () => {
            const answered = once(upstream, 'data') as Promise<[Buffer]>;
            upstream.write(Buffer.concat(held ?? []));
            held = undefined;
            return (await answered)[0];
        };
        const pass = (bytes: Buffer) => void client.write(bytes);
        upstream.on('data', pass);
        client.on('close', () => upstream.destroy());
        upstream.on('close', () => client.end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no port');
    return {
        url: `http://127.0.0.1:${address.port}`,
        close: () => new Promise((resolve) => server.close(() => resolve())),
    };
}
