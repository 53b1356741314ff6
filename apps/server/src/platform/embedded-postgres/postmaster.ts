import { execFile, spawn } from 'node:child_process';
import { close, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DomainError } from '@liuhen/domain';
import type { Account } from './account.ts';
import { type Binaries, programPath } from './binaries.ts';
import { dataFolderOf, serverEnvironment } from './cluster.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { findProcess, isRunning, type ProcessIdentity, sendSignal, serversOf, waitForEnd } from './processes.ts';
import { lastLogLines, startLogPath } from './server-log.ts';
import { type Settings, settingArguments } from './settings.ts';

const run = promisify(execFile);

/** A server process that accepts connections on the loopback port. */
export type Postmaster = { identity: ProcessIdentity; port: number; ended: Promise<void> };

/** How often a starting server is looked at, milliseconds. */
const READY_POLL = 5;

/** Crash recovery replays the log first and can take minutes on a large database; it must not be cut short. */
const READY_TIMEOUT = 15 * 60_000;

/** Fast shutdown writes a checkpoint; when that takes longer, the next start replays the log instead. Milliseconds. */
const FAST_SHUTDOWN_TIMEOUT = 20_000;
const IMMEDIATE_SHUTDOWN_TIMEOUT = 10_000;

/** Starts that failed for a passing reason (port taken meanwhile, leftovers of a killed server) are tried again. */
const ATTEMPTS = 5;

/** How often a server that is not our child is looked at, milliseconds. */
const WATCH_INTERVAL = 500;

/**
 * Starts a server on the folder's cluster and waits until it accepts connections: on `wantedPort`, or on any free one.
 * Throws `postgres.startFailed`.
 */
export async function launchPostmaster(
    folder: string,
    binaries: Binaries,
    account: Account,
    settings: Settings,
    log: (line: string) => void,
    wantedPort?: number,
): Promise<Postmaster> {
    for (let attempt = 1; ; attempt += 1) {
        const port = wantedPort ?? (await freePort());
        const started = spawnPostmaster(folder, binaries, account, settings, port);
        if (await becomesReady(folder, started, log)) {
            const identity = (await findProcess(started.pid)) ?? { pid: started.pid, startMark: '' };
            return { identity, port, ended: started.ended };
        }
        const reason = await lastLogLines(folder);
        const passing = /could not bind|Address already in use|shared memory block .* still in use/.test(reason);
        if (!passing || attempt === ATTEMPTS) throw new DomainError('postgres.startFailed', { reason: reason || 'no output' });
        log('the server did not start for a passing reason, trying again');
        await endLeftovers(dataFolderOf(folder));
    }
}

/** A server that already runs and is not our child. */
export function watchPostmaster(identity: ProcessIdentity, port: number): Postmaster {
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const timer = setInterval(() => {
        void isRunning(identity).then((runs) => {
            if (runs) return;
            clearInterval(timer);
            resolve();
        });
    }, WATCH_INTERVAL);
    timer.unref();
    return { identity, port, ended };
}

/** Fast shutdown, then immediate, then by force; each bounded. Returns when the process is gone. */
export async function stopPostmaster(identity: ProcessIdentity, binaries: Binaries, log: (line: string) => void): Promise<void> {
    if (!(await isRunning(identity))) return;
    await signalServer(identity.pid, 'SIGINT', binaries);
    if (await waitForEnd(identity, FAST_SHUTDOWN_TIMEOUT)) return;
    log('fast shutdown took too long, stopping immediately; the next start will recover');
    await signalServer(identity.pid, 'SIGQUIT', binaries);
    if (await waitForEnd(identity, IMMEDIATE_SHUTDOWN_TIMEOUT)) return;
    log('the server does not answer, ending it by force');
    sendSignal(identity.pid, 'SIGKILL');
    if (!(await waitForEnd(identity, IMMEDIATE_SHUTDOWN_TIMEOUT))) {
        throw new DomainError('postgres.stopFailed', { pid: identity.pid });
    }
}

type Started = { pid: number; ended: Promise<void>; hasEnded: () => boolean };

function spawnPostmaster(folder: string, binaries: Binaries, account: Account, settings: Settings, port: number): Started {
    const args = ['-D', dataFolderOf(folder), '-p', String(port), ...settingArguments(settings)];
    const output = openSync(startLogPath(folder), 'w', 0o600);
    const child = spawn(programPath(binaries.bin, 'postgres'), args, {
        ...account.drop,
        cwd: '/',
        env: serverEnvironment(),
        // A file, not a pipe: the server outlives a killed parent.
        stdio: ['ignore', output, output],
        // Its own session: Ctrl-C in the terminal reaches us first, and we stop the server when our work is done.
        detached: true,
        windowsHide: true,
    });
    close(output, () => {});
    let over = false;
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const end = (): void => {
        over = true;
        resolve();
    };
    child.once('exit', end);
    child.once('error', end);
    child.unref();
    return { pid: child.pid ?? 0, ended, hasEnded: () => over };
}

/** True when the server says so in its pid file, false when it ended before. Takes it down and throws after the time limit. */
async function becomesReady(folder: string, started: Started, log: (line: string) => void): Promise<boolean> {
    const begun = performance.now();
    let nextLine = 10_000;
    while (!started.hasEnded()) {
        const file = await readPostmasterFile(dataFolderOf(folder));
        if (file?.pid === started.pid && file.ready) return true;
        const waited = performance.now() - begun;
        if (waited > READY_TIMEOUT) {
            sendSignal(started.pid, 'SIGQUIT');
            throw new DomainError('postgres.startFailed', { reason: await lastLogLines(folder) });
        }
        if (waited > nextLine) {
            log(`the server is still recovering after ${Math.round(waited / 1_000)} s`);
            nextLine += 10_000;
        }
        await sleep(READY_POLL);
    }
    return false;
}

/** After `kill -9` of a server its busy sessions work on for a while and hold the shared memory; PostgreSQL then refuses to start. */
async function endLeftovers(dataFolder: string): Promise<void> {
    const found = await Promise.all((await serversOf(dataFolder)).map(findProcess));
    const leftovers = found.filter((identity) => identity !== null);
    // All at once: the log collector ignores the signal and ends only when the last of the others has.
    for (const { pid } of leftovers) sendSignal(pid, 'SIGQUIT');
    await Promise.all(leftovers.map((identity) => waitForEnd(identity, IMMEDIATE_SHUTDOWN_TIMEOUT)));
    await sleep(100);
}

/** Windows has no such signals; pg_ctl passes them through the server's own pipe. */
async function signalServer(pid: number, signal: 'SIGINT' | 'SIGQUIT', binaries: Binaries): Promise<void> {
    if (process.platform !== 'win32') return sendSignal(pid, signal);
    await run(programPath(binaries.bin, 'pg_ctl'), ['kill', signal === 'SIGINT' ? 'INT' : 'QUIT', String(pid)]).catch(() => {});
}

function freePort(): Promise<number> {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.once('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const address = probe.address();
            const port = typeof address === 'object' && address !== null ? address.port : 0;
            probe.close(() => resolve(port));
        });
    });
}
