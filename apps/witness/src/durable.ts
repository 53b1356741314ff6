import { constants } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A name in a folder is durable only after the folder itself was synced. Windows cannot and need not. */
export async function syncFolder(path: string): Promise<void> {
    if (process.platform === 'win32') return;
    const folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
        await folder.sync();
    } finally {
        await folder.close();
    }
}

/** Makes one folder, 0700, and its name durable. */
export async function makeFolder(path: string): Promise<void> {
    try {
        await mkdir(path, { mode: 0o700 });
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        return;
    }
    await syncFolder(dirname(path));
}

/** After a crash the file is either what it was or what it becomes. */
export async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
    await writeSynced(`${path}.tmp`, bytes, 'w');
    await rename(`${path}.tmp`, path);
    await syncFolder(dirname(path));
}

/** `flags`: `a` goes on at the end, `wx` refuses where there is a file. */
export async function writeSynced(path: string, bytes: Uint8Array | string, flags: 'a' | 'w' | 'wx'): Promise<void> {
    const file = await open(path, flags, 0o600);
    try {
        await file.writeFile(bytes);
        await file.sync();
    } finally {
        await file.close();
    }
}

/** `undefined` where there is no such file. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
    try {
        return await readFile(path);
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
    }
}
