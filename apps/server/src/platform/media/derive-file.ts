import { execFile, spawn } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { Derivation, DerivedReason, Levels } from '@liuhen/domain';
import { readLevels } from './level-meter.ts';
import { lowerPriority, withSystemLimits } from './limited-process.ts';
import { writtenMs } from './making.ts';
import { programOf } from './page-pictures.ts';

/** The program that makes pictures and copies; installed by whoever runs the server, or not. */
export type MediaProgram = { readonly path: string; readonly version: string };

const run = promisify(execFile);
let found: Promise<MediaProgram | undefined> | undefined;

/** Looked for once. */
export function installedFfmpeg(): Promise<MediaProgram | undefined> {
    found ??= (async () => {
        const path = await programOf('ffmpeg');
        if (path === undefined) return undefined;
        const told = await run(path, ['-version'], { timeout: 10_000, env: {} }).catch(() => undefined);
        const version = /^ffmpeg version (\S{1,60})/.exec(told?.stdout ?? '')?.[1];
        return version === undefined ? undefined : { path, version };
    })();
    return found;
}

export type DeriveLimits = {
    readonly wallMs: number;
    readonly cpuSeconds: number;
    readonly addressSpaceMiB: number;
    readonly writtenBytes: number;
};

const [IN, OUT, SECOND] = [3, 4, 5];
/** Where it says what is watched; nothing that is watched has a second file. */
const [PICTURES, SOUND] = [5, 6];
/** libx264 at 1080p reserves about a gigabyte with one thread. */
const ADDRESS_SPACE_MIB = 3_072;
/** Larger pictures are no recording of a body-worn recorder, and a small file may claim one. */
const MOST_PIXELS = 40_000_000;

export const deriveLimits = (derivation: Derivation, writtenBytes: number): DeriveLimits => ({
    cpuSeconds: Math.ceil(derivation.workMs / 1_000),
    // It runs after everything else, so much longer than its own work.
    wallMs: derivation.workMs * 2,
    addressSpaceMiB: ADDRESS_SPACE_MIB,
    writtenBytes,
});

/** As it is kept with what came of it: `in`, `in2` and `out` stand for the files. */
export const argumentsOf = ({ input, second, output, watch }: Derivation): string[] => [
    ...input,
    ...['-i', 'in'],
    ...(second === undefined ? [] : [...second, '-i', 'in2']),
    ...output,
    'out',
    ...(watch === undefined ? [] : [...watch.pictures, 'pictures', ...(watch.sound === null ? [] : [...watch.sound, 'sound'])]),
];

/** What is heard of the program: up to which moment it has written, and, once it ended, the levels of what is watched. */
type Heard = { readonly onWritten?: (ms: number) => void; readonly onLevels?: (levels: Levels) => void };

/**
 * Makes one item of a file of unknown origin. The program is C, and gets the open files and nothing else of ours: no
 * environment, no protocol by which it could reach another file or machine, no choice of how to read the file, one thread, and
 * limits of the system on time, memory and what it writes. `undefined`: it said that all went well.
 */
export async function deriveFile(
    program: MediaProgram,
    derivation: Derivation,
    paths: { readonly from: string; readonly second?: string; readonly to: string },
    limits: DeriveLimits,
    { onWritten = () => undefined, onLevels = () => undefined }: Heard = {},
): Promise<DerivedReason | undefined> {
    const opened: FileHandle[] = [];
    const opens = async (path: string, flags: string): Promise<number> => {
        const file = await open(path, flags);
        opened.push(file);
        return file.fd;
    };
    try {
        const [from, to] = [await opens(paths.from, 'r'), await opens(paths.to, 'r+')];
        const second = derivation.second === undefined ? undefined : await opens(paths.second ?? '', 'r');
        return await runProgram(program, derivation, { from, second, to }, limits, { onWritten, onLevels });
    } finally {
        await Promise.all(opened.map((file) => file.close()));
    }
}

function runProgram(
    program: MediaProgram,
    { input, second, output, watch }: Derivation,
    fds: { readonly from: number; readonly second: number | undefined; readonly to: number },
    limits: DeriveLimits,
    { onWritten, onLevels }: Required<Heard>,
): Promise<DerivedReason | undefined> {
    const command = [
        program.path,
        ...['-v', 'quiet', '-progress', 'pipe:1', '-nostdin', '-y', '-threads', '1', '-filter_threads', '1'],
        ...['-protocol_whitelist', 'file', '-max_pixels', String(MOST_PIXELS)],
        ...input,
        ...['-i', `/dev/fd/${IN}`],
        ...(second === undefined ? [] : [...second, '-i', `/dev/fd/${SECOND}`]),
        ...output,
        ...['-threads', '1', `/dev/fd/${OUT}`],
        ...(watch === undefined ? [] : [...watch.pictures, `pipe:${PICTURES}`]),
        ...(watch?.sound == null ? [] : [...watch.sound, `pipe:${SOUND}`]),
    ];
    const [file = '', ...args] = process.platform === 'linux' ? withSystemLimits(command, limits) : command;
    const child = spawn(file, args, {
        cwd: tmpdir(),
        env: {},
        stdio: ['ignore', 'pipe', 'ignore', fds.from, fds.to, ...beside(fds.second, watch)],
        windowsHide: true,
    });
    child.once('spawn', () => lowerPriority(child.pid));
    child.stdout?.setEncoding('latin1').on('data', (report: string) => {
        const ms = writtenMs(report);
        if (ms !== undefined) onWritten(ms);
    });
    const levels =
        watch === undefined
            ? undefined
            : readLevels(outputOf(child, PICTURES), watch.sound === null ? null : outputOf(child, SOUND));
    const ended = new Promise<DerivedReason | undefined>((resolve) => {
        let late = false;
        const timer = setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
        }, limits.wallMs);
        child.once('error', () => {
            clearTimeout(timer);
            resolve('program');
        });
        child.once('close', (code, signal) => {
            clearTimeout(timer);
            resolve(late || signal === 'SIGXCPU' ? 'timedOut' : code === 0 ? undefined : 'program');
        });
    });
    return ended.then(async (reason) => {
        if (reason === undefined && levels !== undefined) onLevels(await levels);
        return reason;
    });
}

const beside = (second: number | undefined, watch: Derivation['watch']): (number | 'pipe')[] => {
    if (watch !== undefined) return watch.sound === null ? ['pipe'] : ['pipe', 'pipe'];
    return second === undefined ? [] : [second];
};

function outputOf({ stdio }: { readonly stdio: readonly unknown[] }, at: number): Readable {
    const stream = stdio[at];
    if (stream === null || stream === undefined) throw new Error('the program has no such output');
    return stream as Readable;
}
