import { spawn } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endProcess, runProgram } from './child.ts';
import { PASSWORD, prepareUploader, startServer } from './liuhen.ts';
import { median, printTable, type Row } from './table.ts';

const RECORDERS = 4;
const FILES = 25;
const FILE_SIZE = Number(process.env.LIUHEN_BENCH_DOCK_MIB ?? '16') << 20;
const ROUNDS = 3;
const MAIN = new URL('../apps/server/src/cli/main.ts', import.meta.url).pathname;

/** Seconds on the clock and of processors. */
type Cost = { wall: number; cpu: number };

/**
 * The same tree docked, and copied by rsync with a checksum of it taken twice: by rsync comparing and by sha256sum. In processor
 * seconds, since a docking computer has few cores and a server serves many.
 */
export async function benchDock(folder: string): Promise<void> {
    const media = join(folder, 'media');
    await makeRecorders(media);
    const gib = (RECORDERS * FILES * FILE_SIZE) / 2 ** 30;
    const sums: Cost[] = [];
    const copies: Cost[] = [];
    const dockings: (Cost & { server: number })[] = [];
    const rsync = await runProgram('rsync', ['--version']).then(
        () => true,
        () => false,
    );
    if (!rsync) console.log('rsync is missing and is not compared with: apt-get install rsync');
    for (let round = 0; round < ROUNDS; round += 1) {
        sums.push(await costOf('bash', ['-c', 'find "$1" -type f -print0 | xargs -0 sha256sum', 'x', media]));
        if (rsync) {
            const to = join(folder, 'copy');
            await rm(to, { recursive: true, force: true });
            const first = await costOf('rsync', ['-a', '--checksum', `${media}/`, to]);
            // A second run compares what arrived, which is what a careful operator does before erasing.
            const again = await costOf('rsync', ['-a', '--checksum', `${media}/`, to]);
            await costOf('sync', ['-f', folder]);
            copies.push({ wall: first.wall + again.wall, cpu: first.cpu + again.cpu });
        }
        dockings.push(await dockOnce(join(folder, `round${round}`), media));
    }
    const of = (all: readonly Cost[], what: keyof Cost) => median(all.map((each) => each[what]));
    const sum = of(sums, 'cpu');
    const against = rsync ? of(copies, 'cpu') + sum : undefined;
    const server = median(dockings.map((each) => each.server));
    const perCore = (cpu: number) => `${((gib * 1024) / cpu).toFixed(0)} MiB/s per core`;
    const row = (what: string, cpu: number): Row => ({
        what,
        value: `${cpu.toFixed(2)} s, ${perCore(cpu)}`,
        ...(against === undefined ? {} : { against: `${against.toFixed(2)} s`, ratio: cpu / against }),
    });
    printTable(`Docking ${RECORDERS * FILES} files, ${gib.toFixed(2)} GiB, in processor seconds`, [
        row('docking computer: read, hashed, journalled, sent, receipted', of(dockings, 'cpu')),
        row('server: SHA-256, SM3, chunk digests, fsync, read back', server),
        row('sha256sum of the tree', sum),
        rsync
            ? row('rsync --checksum twice', of(copies, 'cpu'))
            : { what: 'rsync --checksum', value: 'not measured: rsync is missing (apt-get install rsync)' },
        { what: 'docking, on the clock', value: `${of(dockings, 'wall').toFixed(1)} s` },
    ]);
}

async function makeRecorders(media: string): Promise<void> {
    const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
    const zeros = Buffer.alloc(FILE_SIZE);
    for (let recorder = 0; recorder < RECORDERS; recorder += 1) {
        const folder = join(media, `rec${recorder}`);
        await mkdir(folder, { recursive: true });
        for (let file = 0; file < FILES; file += 1) {
            const name = `BENCH0${recorder}_110207_202610${String(file + 1).padStart(2, '0')}090000.MP4`;
            await writeFile(join(folder, name), cipher.update(zeros));
        }
    }
}

async function dockOnce(folder: string, media: string): Promise<Cost & { server: number }> {
    await mkdir(folder);
    const server = await startServer(join(folder, 'data'));
    try {
        await prepareUploader(server.url, 'dockAgent');
        const credentials = join(folder, 'credentials');
        await writeFile(credentials, JSON.stringify({ login: 'bench-uploader', password: PASSWORD }), { mode: 0o600 });
        const config = join(folder, 'dock.json');
        await writeFile(config, JSON.stringify({ server: server.url, credentials, state: join(folder, 'state'), settleMs: 0 }));
        const before = await cpuOf(server.child.pid ?? 0);
        const cost = await costOf(process.execPath, [MAIN, 'dock', '--once', '--config', config, '--parent', media]);
        return { ...cost, server: (await cpuOf(server.child.pid ?? 0)) - before };
    } finally {
        await endProcess(server.child);
        await rm(folder, { recursive: true, force: true });
    }
}

/** Processor time of a process and its threads so far (proc_pid_stat(5): fields 14 and 15, in hundredths). */
async function cpuOf(pid: number): Promise<number> {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** What a program costs to its end, with its children; the shell's `times` says so. */
function costOf(command: string, args: readonly string[]): Promise<Cost> {
    const begun = performance.now();
    const child = spawn('bash', ['-c', '"$@" >/dev/null 2>&1; code=$?; times; exit $code', 'x', command, ...args], {
        stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (piece: Buffer) => {
        out += piece.toString();
    });
    return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => {
            const times = out.trim().split('\n').at(-1) ?? '';
            const seconds = [...times.matchAll(/(\d+)m([\d.]+)s/g)].map(
                ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
            );
            if (code !== 0) reject(new Error(`${command} ended with ${code}`));
            else resolve({ wall: (performance.now() - begun) / 1000, cpu: seconds.reduce((sum, each) => sum + each, 0) });
        });
    });
}
