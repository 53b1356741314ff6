import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What the server wrote about itself in `postmaster.pid`. `port` and `ready` come a moment after `pid`. */
export type PostmasterFile = { pid: number; port: number | null; ready: boolean };

const pathIn = (dataFolder: string): string => join(dataFolder, 'postmaster.pid');

/** Reads `postmaster.pid`; null when there is none or it is not (yet) one. Lines: pid, folder, start, port, socket, address, shared memory, state. */
export async function readPostmasterFile(dataFolder: string): Promise<PostmasterFile | null> {
    const lines = (await readFile(pathIn(dataFolder), 'utf8').catch(() => '')).split('\n');
    const pid = Number(lines[0]);
    if (!Number.isSafeInteger(pid) || pid <= 0) return null;
    const port = Number(lines[3]);
    return { pid, port: port > 0 ? port : null, ready: lines[7]?.trim() === 'ready' };
}

/**
 * Removes a file whose process is gone or is somebody else's. PostgreSQL would refuse to start when the pid has been given
 * to another process meanwhile; against a server that really still works there, its shared memory check remains.
 */
export const removePostmasterFile = (dataFolder: string): Promise<void> => rm(pathIn(dataFolder), { force: true });
