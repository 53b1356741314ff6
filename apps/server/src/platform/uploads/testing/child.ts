import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ChildSettings } from './server-child.ts';

export type Child = {
    readonly url: string;
    readonly recovery: { readonly sealed: number; readonly resumable: number; readonly failed: string[] };
    readonly process: ChildProcess;
    /** Resolves with the signal or code that ended it. */
    readonly ended: Promise<NodeJS.Signals | number | null>;
    kill(): Promise<void>;
};

/** Starts a server process and waits until it listens; what it says on stderr goes to ours. */
export async function startChild(
    settings: ChildSettings,
    options: { failpoint?: string; fileLimit?: number } = {},
): Promise<Child> {
    const script = fileURLToPath(new URL('./server-child.ts', import.meta.url));
    const env = { ...process.env, LIUHEN_FAILPOINT: options.failpoint ?? '', NODE_OPTIONS: '' };
    const args = [script, JSON.stringify(settings)];
    const child =
        options.fileLimit === undefined
            ? spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
            : spawn('prlimit', [`--fsize=${options.fileLimit}:unlimited`, process.execPath, ...args], {
                  env,
                  stdio: ['ignore', 'pipe', 'inherit'],
              });
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
        child.once('exit', (code, signal) => resolve(signal ?? code)),
    );
    const lines = createInterface({ input: child.stdout });
    const first = await Promise.race([
        new Promise<string>((resolve) => lines.once('line', resolve)),
        ended.then((how) => Promise.reject(new Error(`server ended: ${how}`))),
    ]);
    const { port, ...recovery } = JSON.parse(first);
    return {
        url: `http://127.0.0.1:${port}`,
        recovery,
        process: child,
        ended,
        async kill() {
            child.kill('SIGKILL');
            await ended;
        },
    };
}
