import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port nobody listens on at this moment, on loopback. */
export function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
            const address = server.address();
            server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
        });
    });
}

/** Runs a program to its end; rejects unless it exits with 0. Gives its standard output. */
export function runProgram(command: string, args: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
        const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '';
        let err = '';
        child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
        child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
        child.once('error', reject);
        child.once('exit', (code) =>
            code === 0 ? resolve(out) : reject(new Error(`${command} ended with ${code}: ${err.slice(0, 500)}`)),
        );
    });
}

/** Waits until `url` answers 2xx. */
export async function untilReady(url: string, seconds = 30): Promise<void> {
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(10)) {
        const ok = await fetch(url).then(
            (answer) => answer.ok,
            () => false,
        );
        if (ok) return;
    }
    throw new Error(`${url} did not become ready`);
}

/** Ends a process started here and waits for its end. */
export async function endProcess(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
}

/** Resident memory of a process in MiB, now. */
export async function residentMiB(pid: number): Promise<number> {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}
