import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { COMPILE_CACHE } from '../testing/compile-cache.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

export type Ran = { code: number | null; out: string; err: string };
type RunOptions = {
    env?: Readonly<Record<string, string>>;
    input?: string;
    onStart?: (child: ChildProcess) => void;
    /** A command that runs it, such as in another network. */
    inside?: readonly string[];
};

/** Runs `npm run liuhen -- …` as a process of its own, in English unless asked otherwise. */
export function liuhen(args: readonly string[], { env = {}, input, onStart, inside = [] }: RunOptions = {}): Promise<Ran> {
    const [command = process.execPath, ...before] = [...inside, process.execPath, MAIN];
    const child = spawn(command, [...before, ...args], {
        env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', ...COMPILE_CACHE, ...env },
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    onStart?.(child);
    const ran: Ran = { code: null, out: '', err: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        ran.out += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        ran.err += text;
    });
    child.stdin?.end(input);
    return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('close', (code) => resolve({ ...ran, code }));
    });
}
