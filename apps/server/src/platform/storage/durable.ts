import { constants } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const hasCode = (error: unknown, ...codes: string[]): boolean =>
    error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);

export const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR');
export const isExisting = (error: unknown): boolean => hasCode(error, 'EEXIST');
export const isUnsupportedLink = (error: unknown): boolean => hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP');
/** No space, a quota, or a limit on file size: all mean that the bytes cannot be kept now. */
export const isFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT', 'EFBIG');

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

/** Makes `path` below the existing folder `root`, 0700, every new level synced into its parent. */
export async function ensureFolder(root: string, path: string): Promise<void> {
    if (path === root) return;
    try {
        await mkdir(path, { mode: 0o700 });
    } catch (error) {
        if (isExisting(error)) return;
        if (!isMissing(error) || dirname(path) === path) throw error;
        await ensureFolder(root, dirname(path));
        return ensureFolder(root, path);
    }
    await syncFolder(dirname(path));
}

/** Writes a small file so that after a crash it is either whole or absent. `temp` lies in the same file system. */
export async function writeDurable(path: string, temp: string, bytes: Uint8Array, mode: number): Promise<void> {
    const file = await open(temp, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW, mode);
    try {
        await file.writeFile(bytes);
        await file.sync();
    } finally {
        await file.close();
    }
    await rename(temp, path);
    await syncFolder(dirname(path));
}
