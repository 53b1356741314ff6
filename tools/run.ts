import { spawn } from 'node:child_process';

export const ROOT = new URL('..', import.meta.url).pathname;

/** Runs a program with its output shown; resolves to the exit code. */
export function run(
    command: string,
    args: readonly string[],
    options: { env?: Record<string, string>; cwd?: string } = {},
): Promise<number> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, [...args], {
            cwd: options.cwd ?? ROOT,
            stdio: ['ignore', 'inherit', 'inherit'],
            env: { ...process.env, PATH: `${ROOT}node_modules/.bin:${process.env.PATH ?? ''}`, ...options.env },
        });
        child.on('error', reject);
        child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
    });
}
