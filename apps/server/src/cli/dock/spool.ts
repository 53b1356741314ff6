import { constants } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { failpoint } from '../../platform/failpoint.ts';
import { isExisting, syncFolder } from '../../platform/storage/durable.ts';
import type { DockConfig } from './dock-config.ts';
import type { FileHasher } from './hash-files.ts';

/** Copies of files that wait for the server, named by their digest; bounded in bytes and by what the disk has left. */
export type Spool = {
    /** False where there is no room for it. */
    hasRoom(size: number): Promise<boolean>;
    /**
     * Takes a copy from an open file; it is synced, read back and named. False when it is not what it should be; an error with
     * `ofSpool` says that it is this folder that fails, and not the file.
     */
    keep(from: number, size: number, sha256: string): Promise<boolean>;
    open(sha256: string): Promise<Awaited<ReturnType<typeof open>> | undefined>;
    drop(sha256: string): Promise<void>;
    /** Takes away copies that nothing waits for any more. */
    sweep(wanted: ReadonlySet<string>): Promise<{ foreign: boolean }>;
    usage(): { bytes: number; count: number };
};

const NAME = /^[0-9a-f]{64}$/;
const TEMP = /^\.[0-9a-f]{64}\.\d+\.tmp$/;

export async function openSpool(of: NonNullable<DockConfig['spool']>, hasher: FileHasher): Promise<Spool> {
    const { folder, mostBytes, keepFreeBytes } = of;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    let temps = 0;
    /** Room that copies under way will take. */
    let reserved = 0;
    /** What lies here, by name: counted once and kept, since there may be a hundred thousand. */
    const sizes = new Map<string, number>();
    let bytes = 0;
    const note = (name: string, size: number | undefined) => {
        bytes += (size ?? 0) - (sizes.get(name) ?? 0);
        if (size === undefined) sizes.delete(name);
        else sizes.set(name, size);
    };
    for (const name of await readdir(folder)) {
        const at = NAME.test(name) ? await stat(join(folder, name)).catch(() => undefined) : undefined;
        if (at !== undefined) note(name, at.size);
    }
    return {
        usage: () => ({ bytes, count: sizes.size }),
        async hasRoom(size) {
            const { bavail, bsize } = await statfs(folder);
            return bytes + reserved + size <= mostBytes && bavail * bsize - reserved - size >= keepFreeBytes;
        },
        async keep(from, size, sha256) {
            const temp = join(folder, `.${sha256}.${process.pid}${temps++}.tmp`);
            reserved += size;
            try {
                failpoint('dock.spooling');
                const copied = await hasher.hash(from, size, temp);
                if (
                    copied.sha256 !== sha256 ||
                    copied.read !== size ||
                    !(await isWhole(temp, size, sha256, hasher).catch(ofCopy))
                )
                    return false;
                await link(temp, join(folder, sha256)).catch((error: unknown) => {
                    if (!isExisting(error)) throw error;
                });
                await syncFolder(folder);
                note(sha256, size);
                return true;
            } catch (error) {
                throw Object.assign(error as Error, { ofSpool: (error as { ofCopy?: boolean }).ofCopy !== false });
            } finally {
                reserved -= size;
                await rm(temp, { force: true });
            }
        },
        open: (sha256) => open(join(folder, sha256), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined),
        async drop(sha256) {
            await rm(join(folder, sha256), { force: true });
            note(sha256, undefined);
        },
        async sweep(wanted) {
            let foreign = false;
            for (const name of await readdir(folder)) {
                if (TEMP.test(name) || (NAME.test(name) && !wanted.has(name))) {
                    await unlink(join(folder, name)).catch(() => undefined);
                    note(name, undefined);
                } else if (!NAME.test(name)) foreign = true;
            }
            return { foreign };
        },
    };
}

const ofCopy = (error: Error): never => {
    throw Object.assign(error, { ofCopy: true });
};

/** What was written, read once more. */
async function isWhole(path: string, size: number, sha256: string, hasher: FileHasher): Promise<boolean> {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
        const back = await hasher.hash(file.fd, size);
        return back.sha256 === sha256 && back.read === size;
    } finally {
        await file.close();
    }
}
