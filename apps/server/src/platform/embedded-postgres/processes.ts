import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How often a process that is not our child is looked at, milliseconds. */
const POLL_INTERVAL = 20;

/**
 * Identity of a process: a pid alone is used again by the system, pid and start mark together are not. `startMark` is the
 * start time in clock ticks since boot on Linux, empty elsewhere.
 */
export type ProcessIdentity = { pid: number; startMark: string };

/** The process that has this pid now, or null. A zombie (ended, not yet collected by its parent) counts as gone. */
export async function findProcess(pid: number): Promise<ProcessIdentity | null> {
    if (process.platform === 'linux') {
        const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
        // The command name stands in brackets and may itself contain spaces and brackets: count from the last one.
        const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (stat === '' || state === 'Z' || state === 'X') return null;
        return { pid, startMark: fields[18] ?? '' };
    }
    return answersSignal(pid) ? { pid, startMark: '' } : null;
}

/** Whether exactly this process still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
    const found = await findProcess(identity.pid);
    return found !== null && found.startMark === identity.startMark;
}

/** Waits until the process has ended, looking every 20 ms; false when `timeout` milliseconds were not enough. */
export async function waitForEnd(identity: ProcessIdentity, timeout: number): Promise<boolean> {
    const deadline = performance.now() + timeout;
    while (await isRunning(identity)) {
        if (performance.now() > deadline) return false;
        await sleep(POLL_INTERVAL);
    }
    return true;
}

/**
 * Whether the process is a PostgreSQL server program at work in this data folder. PostgreSQL changes into its data folder
 * when it starts, so on Linux program and working folder prove it. Null where the system does not tell (Windows).
 */
export async function isServerOf(pid: number, dataFolder: string): Promise<boolean | null> {
    if (process.platform === 'linux') {
        const program = await readlink(`/proc/${pid}/exe`).catch(() => '');
        const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
        // After an update the program file on disk has been replaced and the kernel adds this mark.
        return basename(program.replace(/ \(deleted\)$/, '')) === 'postgres' && workingFolder === dataFolder;
    }
    if (process.platform === 'win32') return null;
    const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return stdout.includes('postgres') && stdout.includes(dataFolder);
}

/** Pids of every PostgreSQL process at work in this data folder (Linux; elsewhere empty). */
export async function serversOf(dataFolder: string): Promise<number[]> {
    if (process.platform !== 'linux') return [];
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const ours = await Promise.all(pids.map((pid) => isServerOf(pid, dataFolder)));
    return pids.filter((_, index) => ours[index] === true);
}

/** Sends a signal; a process that has already ended is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
    try {
        process.kill(pid, signal);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
}

function answersSignal(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
}
