import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE } from './compile-cache.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const READY = /^留痕 Liuhen {2}(http\S+)$/;

/** The real server as a process of its own. */
export type ServerProcess = {
    readonly url: string;
    readonly process: ChildProcess;
    /** The signal or code that ended it. */
    readonly ended: Promise<NodeJS.Signals | number | null>;
    /** What it has printed so far, both streams. */
    output(): string;
    /** As a power cut would: nothing is finished. */
    kill(): Promise<void>;
    /** As an operator would; gives how it ended. */
    stop(): Promise<NodeJS.Signals | number | null>;
};

export type ProcessOptions = { failpoint?: string; env?: Readonly<Record<string, string>>; command?: 'start' | 'demo' };

/** Starts `main.ts start`, or `demo`, on the data folder, on a free port of the loopback address, and waits until it says its address. */
export async function startServerProcess(dataFolder: string, options: ProcessOptions = {}): Promise<ServerProcess> {
    const child = spawn(process.execPath, [MAIN, options.command ?? 'start'], {
        env: {
            PATH: process.env.PATH,
            ...COMPILE_CACHE,
            LIUHEN_DATA: dataFolder,
            LIUHEN_PORT: '0',
            LIUHEN_REQUESTS_PER_MINUTE: '1000000',
            LIUHEN_STORAGE_FLOOR_MIB: '0',
            // The signer's own commands would be counted by failpoints; tests of the signer say how often.
            LIUHEN_CHECKPOINT_SECONDS: '3600',
            LIUHEN_FAILPOINT: options.failpoint ?? '',
            ...options.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
        child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
    const ready = new Promise<string>((resolve) => {
        createInterface({ input: child.stdout }).on('line', (line) => {
            lines.push(line);
            const address = READY.exec(line)?.[1];
            if (address !== undefined) resolve(address);
        });
    });
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    const output = () => lines.join('\n');
    const url = await Promise.race([
        ready,
        ended.then((how) => Promise.reject(new Error(`the server ended (${how}) before it was ready:\n${output()}`))),
    ]);
    const end = (signal: NodeJS.Signals) => {
        child.kill(signal);
        return ended;
    };
    return {
        url,
        process: child,
        ended,
        output,
        kill: async () => void (await end('SIGKILL')),
        stop: () => end('SIGTERM'),
    };
}
