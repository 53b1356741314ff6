import { spawn } from 'node:child_process';
import { setPriority, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline, type Readable, type Writable } from 'node:stream';

/** What a process that reads hostile input may use. */
export type ProcessLimits = {
    readonly wallMs: number;
    readonly cpuSeconds: number;
    /** V8 heap in MiB. */
    readonly heapMiB: number;
    /** Address space in MiB, Linux only. Node reserves about 1.2 GiB at start, WebAssembly included. */
    readonly addressSpaceMiB: number;
    /** Answer and diagnostics are cut here. */
    readonly outputBytes: number;
    /** Into each of its files; none by default. */
    readonly writtenBytes?: number;
};

export type LimitedOutcome = {
    /** What was written to descriptor 4, at most `outputBytes`. */
    readonly answer: string;
    readonly ended: 'well' | 'timedOut' | 'memory' | 'crashed' | 'output';
};

export type LimitedProcess = {
    /** TypeScript or JavaScript file to run. */
    readonly script: string;
    /** Folders and files the script may read; nothing may be written, no process, thread or addon started. */
    readonly readable: readonly string[];
    /** Open descriptor that the script finds as 3, or what it reads there. */
    readonly fd: number | Readable;
    readonly args?: readonly string[];
    /** Open files that it may write to, or further ones to read, found as 5 and onwards. */
    readonly outputs?: readonly number[];
    /** Switches of Node that the script needs. */
    readonly nodeFlags?: readonly string[];
    readonly limits: ProcessLimits;
    readonly signal?: AbortSignal | undefined;
};

/** Diagnostics are looked at for the cause of an end and never kept: they may quote the file. */
const DIAGNOSTICS_BYTES = 64 * 1024;
const OUT_OF_MEMORY = /heap out of memory|allocation failed|ENOMEM|failed to allocate|Cannot allocate memory|Failed to reserve/i;

/**
 * Runs a script in a process of its own: empty environment, the permission model of Node, limits of the system where it
 * has them, low priority. Resolves however the process ends; rejects with the signal's reason, and when it cannot start.
 */
export function runLimited({
    script,
    readable,
    fd,
    limits,
    signal,
    args = [],
    outputs = [],
    nodeFlags = [],
}: LimitedProcess): Promise<LimitedOutcome> {
    signal?.throwIfAborted();
    const node = [
        process.execPath,
        '--no-warnings',
        '--permission',
        ...readable.map((path) => `--allow-fs-read=${path}`),
        `--max-old-space-size=${limits.heapMiB}`,
        ...nodeFlags,
        script,
        ...args,
    ];
    const [file = '', ...rest] = process.platform === 'linux' ? withSystemLimits(node, limits) : node;
    const child = spawn(file, rest, {
        cwd: tmpdir(),
        env: {},
        stdio: ['ignore', 'ignore', 'pipe', typeof fd === 'number' ? fd : 'pipe', 'pipe', ...outputs],
        windowsHide: true,
    });
    // A script that ends before its input is an answer, and its end is seen below.
    if (typeof fd !== 'number') pipeline(fd, child.stdio[3] as Writable, () => {});
    return new Promise((resolve, reject) => {
        let stopped: 'timedOut' | 'output' | 'aborted' | undefined;
        const stop = (why: typeof stopped) => {
            stopped ??= why;
            child.kill('SIGKILL');
        };
        const abort = () => stop('aborted');
        const timer = setTimeout(() => stop('timedOut'), limits.wallMs);
        signal?.addEventListener('abort', abort, { once: true });
        const answer = collect(child.stdio[4] as Readable, limits.outputBytes, () => stop('output'));
        const diagnostics = collect(child.stdio[2] as Readable, DIAGNOSTICS_BYTES, () => {});
        const settled = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', abort);
        };
        child.once('error', (cause) => {
            settled();
            reject(cause);
        });
        child.once('spawn', () => lowerPriority(child.pid));
        child.once('close', (code, killedBy) => {
            settled();
            if (stopped === 'aborted') return reject(signal?.reason);
            resolve({ answer: answer(), ended: stopped ?? endOf(code, killedBy, diagnostics()) });
        });
    });
}

/** `ulimit` of the shell, which then becomes the program: no core file, processor time, address space, and no file written but so much. */
export const withSystemLimits = (
    command: readonly string[],
    limits: Pick<ProcessLimits, 'cpuSeconds' | 'addressSpaceMiB'> & { readonly writtenBytes?: number },
): string[] => [
    '/bin/sh',
    '-c',
    'ulimit -c 0; ulimit -f "$3"; ulimit -S -t "$1"; ulimit -v "$2"; shift 3; exec "$@"',
    'sh',
    String(limits.cpuSeconds),
    String(limits.addressSpaceMiB * 1024),
    // Blocks of 512 bytes; dash and POSIX agree on that.
    String(Math.ceil((limits.writtenBytes ?? 0) / 512)),
    ...command,
];

/** The entry script and what it may read: its own folder, the package files that say how to load it, one library. */
export const besides = (script: string, packageFolder: string, libraries: readonly string[]): string[] => [
    join(dirname(script), '*'),
    join(packageFolder, 'package.json'),
    ...libraries.map((folder) => join(folder, '*')),
];

function collect(stream: Readable, limit: number, full: () => void): () => string {
    const chunks: Buffer[] = [];
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
        if (length + chunk.length > limit) return full();
        chunks.push(chunk);
        length += chunk.length;
    });
    // A broken pipe is seen as the end of the process.
    stream.on('error', () => {});
    return () => Buffer.concat(chunks).toString('utf8');
}

function endOf(code: number | null, killedBy: NodeJS.Signals | null, diagnostics: string): LimitedOutcome['ended'] {
    if (code === 0) return 'well';
    if (killedBy === 'SIGXCPU') return 'timedOut';
    // SIGKILL that we did not send is the kernel's when memory ran out.
    return killedBy === 'SIGKILL' || OUT_OF_MEMORY.test(diagnostics) ? 'memory' : 'crashed';
}

/** Intake must not slow the people at work; where the system refuses, it runs as it is. */
export function lowerPriority(pid: number | undefined): void {
    if (pid === undefined) return;
    try {
        setPriority(pid, 10);
    } catch {}
}
