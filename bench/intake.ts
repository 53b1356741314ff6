import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, open, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { COMMAND_ID_HEADER } from '@liuhen/contract';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { endProcess, freePort, residentMiB, runProgram, untilReady } from './child.ts';
import { newId, prepareUploader, startServer } from './liuhen.ts';
import { CURL, changeLastByte, makeFile, secondsOf, sendTus, untilQuiet } from './sending.ts';
import { median, printTable, type Row } from './table.ts';

const GIB = 1 << 30;
const SIZE = Number(process.env.LIUHEN_BENCH_GIB ?? '4') * GIB;
const ROUNDS = 5;
const PARALLEL = 50;
const PARALLEL_SIZE = 64 << 20;

/** One way to take a file in; `take` gives the seconds from the first byte until it is durable. */
type Contender = { name: string; take(file: string): Promise<number>; stop(): Promise<void> };

/**
 * The same file over loopback into each contender, all sent by curl and all ending with fsync, in alternating order, on
 * space the disk has already allocated. The floor is `openssl dgst -sm3` of that file: no intake with SM3 can be faster.
 */
export async function benchIntake(folder: string): Promise<void> {
    const file = join(folder, 'recording.bin');
    await makeFile(file, SIZE);
    await allocateSpace(folder);
    const contenders = [await liuhen(folder), await nginxDav(folder), await plainTus(folder)];
    const seconds = new Map<string, number[]>();
    try {
        for (let round = 0; round < ROUNDS; round++) {
            const order = round % 2 === 0 ? contenders : [...contenders].reverse();
            for (const contender of order) note(seconds, contender.name, await contender.take(file));
            note(seconds, 'openssl', await secondsOf(() => runProgram('openssl', ['dgst', '-sm3', file])));
        }
    } finally {
        for (const contender of contenders) await contender.stop();
    }
    print(seconds);
    await benchMemory(folder);
}

function print(seconds: ReadonlyMap<string, number[]>): void {
    const of = (name: string) => median(seconds.get(name) ?? []);
    const slower = Math.max(of('nginx DAV PUT'), of('openssl'));
    const ratio = of('liuhen') / slower;
    const line = (name: string, what: string): Row => ({
        what,
        value: `${of(name).toFixed(1)} s`,
        against: `${slower.toFixed(1)} s`,
        ratio: of(name) / slower,
    });
    printTable(`Intake of a ${SIZE / GIB} GiB file over loopback, until durable (against the slower of nginx and SM3)`, [
        {
            ...line('liuhen', 'Liuhen: SHA-256 and SM3, chunk digests, fsync, read back, sealed'),
            wanted: '≤ 1.50',
            met: ratio <= 1.5,
        },
        line('nginx DAV PUT', 'nginx DAV PUT, fsync, no digest'),
        line('plain tus', 'plain @tus/server with file-store, fsync, no digest'),
        line('openssl', 'floor: openssl dgst -sm3 of the file, nothing stored'),
    ]);
}

function note(seconds: Map<string, number[]>, name: string, value: number): void {
    seconds.set(name, [...(seconds.get(name) ?? []), value]);
    console.error(`  ${name}: ${value.toFixed(1)} s`);
}

/** A virtual disk gives space slowly the first time: every contender shall write where somebody has written before. */
async function allocateSpace(folder: string): Promise<void> {
    const files = ['a', 'b'].map((name) => join(folder, `space-${name}`));
    for (const file of files) await makeFile(file, SIZE);
    await runProgram('sync', ['-f', folder]);
    for (const file of files) await rm(file);
    await runProgram('sync', ['-f', folder]);
}

async function fsync(path: string): Promise<void> {
    const handle = await open(path, 'r+');
    await handle.sync();
    await handle.close();
}

async function liuhen(folder: string): Promise<Contender> {
    const data = join(folder, 'data');
    const server = await startServer(data);
    const cookie = await prepareUploader(server.url);
    const objects = join(data, 'objects/objects');
    let round = 0;
    return {
        name: 'liuhen',
        async take(file) {
            await changeLastByte(file, ++round, SIZE);
            const seconds = await secondsOf(() =>
                sendTus(`${server.url}/api/uploads`, file, SIZE, [`cookie: ${cookie}`, `${COMMAND_ID_HEADER}: ${newId()}`]),
            );
            await untilQuiet(server, cookie);
            await rm(objects, { recursive: true, force: true });
            await mkdir(objects, { mode: 0o700 });
            return seconds;
        },
        stop: () => endProcess(server.child),
    };
}

async function nginxDav(folder: string): Promise<Contender> {
    const root = join(folder, 'nginx');
    const temp = join(folder, 'nginx-temp');
    for (const each of [root, temp]) {
        await mkdir(each, { recursive: true });
        await chmod(each, 0o777);
    }
    const port = await freePort();
    const config = join(folder, 'nginx.conf');
    await writeFile(
        config,
        `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log; ${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http { access_log off; client_body_temp_path ${temp}; client_max_body_size 0; sendfile on;
server { listen 127.0.0.1:${port}; location / { root ${root}; dav_methods PUT; } } }
`,
    );
    const child = spawn('nginx', ['-c', config], { stdio: 'ignore' });
    await untilListening(port, child);
    return {
        name: 'nginx DAV PUT',
        async take(file) {
            const seconds = await secondsOf(async () => {
                await runProgram('curl', [...CURL, '-T', file, `http://127.0.0.1:${port}/recording.bin`]);
                await fsync(join(root, 'recording.bin'));
            });
            await rm(join(root, 'recording.bin'));
            return seconds;
        },
        stop: () => endProcess(child),
    };
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
    await untilReady(`http://127.0.0.1:${port}/`, 5).catch(async (error: unknown) => {
        // nginx answers 403 for the empty folder: that is an answer too.
        const answered = await fetch(`http://127.0.0.1:${port}/`).then(
            () => true,
            () => false,
        );
        if (!answered) {
            child.kill();
            throw error;
        }
    });
}

async function plainTus(folder: string): Promise<Contender> {
    const directory = join(folder, 'plain-tus');
    await mkdir(directory, { recursive: true });
    const port = await freePort();
    const tus = new Server({ path: '/files', datastore: new FileStore({ directory }), relativeLocation: true });
    const server = createServer({ requestTimeout: 0 }, (request, response) => void tus.handle(request, response));
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return {
        name: 'plain tus',
        async take(file) {
            const seconds = await secondsOf(async () => {
                await sendTus(`http://127.0.0.1:${port}/files`, file, SIZE, []);
                for (const name of await readdir(directory)) if (!name.endsWith('.json')) await fsync(join(directory, name));
            });
            for (const name of await readdir(directory)) await rm(join(directory, name));
            return seconds;
        },
        stop: () => new Promise((resolve) => server.close(() => resolve())),
    };
}

/** Resident memory of the server process while fifty clients upload at once. */
async function benchMemory(folder: string): Promise<void> {
    const server = await startServer(join(folder, 'data-memory'));
    const cookie = await prepareUploader(server.url);
    let most = 0;
    const pid = server.child.pid ?? 0;
    const timer = setInterval(() => void residentMiB(pid).then((now) => (most = Math.max(most, now))), 100);
    const files = Array.from({ length: PARALLEL }, (_, index) => join(folder, `parallel-${index}`));
    await makeFile(files[0] ?? '', PARALLEL_SIZE);
    const seconds = await secondsOf(() =>
        Promise.all(
            files.map(() =>
                sendTus(`${server.url}/api/uploads`, files[0] ?? '', PARALLEL_SIZE, [
                    `cookie: ${cookie}`,
                    `${COMMAND_ID_HEADER}: ${newId()}`,
                ]),
            ),
        ),
    );
    clearInterval(timer);
    await endProcess(server.child);
    printTable(`Memory at ${PARALLEL} parallel uploads of ${PARALLEL_SIZE >> 20} MiB`, [
        { what: 'largest resident memory of the server', value: `${Math.round(most)} MiB`, wanted: '< 300 MiB', met: most < 300 },
        { what: 'all in after', value: `${seconds.toFixed(1)} s` },
    ]);
}
