import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import { isFull, isMissing, syncFolder } from '../platform/storage/durable.ts';

/** A content as the pool has it. */
export type Pooled = { readonly sha256: string; readonly size: bigint; readonly isNew: boolean };

const PIECE = 1 << 20;

/**
 * Contents named by their SHA-256, each once whatever number of backups holds it: what did not change since the last backup takes no
 * room. A content has its name only when all of it is on disk.
 */
export class Pool {
    readonly #root: string;
    readonly #unsynced = new Set<string>();
    #count = 0;

    constructor(root: string) {
        this.#root = root;
    }

    /** Makes the folders, and takes away what an interrupted backup left. */
    async prepare(): Promise<void> {
        await rm(this.#incoming(), { recursive: true, force: true });
        await mkdir(this.#incoming(), { recursive: true, mode: 0o700 });
    }

    pathOf(sha256: string): string {
        return join(this.#root, sha256.slice(0, 2), sha256);
    }

    /** The content of this name where it is there with this length; what is in it is looked at by `check`. */
    async has(sha256: string, size: bigint): Promise<boolean> {
        try {
            return (await stat(this.pathOf(sha256), { bigint: true })).size === size;
        } catch (error) {
            if (isMissing(error)) return false;
            throw error;
        }
    }

    /** Takes a file in as it is read now, once through; undefined when there is none any more. Throws `backup.noSpace`. */
    async add(file: string): Promise<Pooled | undefined> {
        const temp = join(this.#incoming(), String(this.#count++));
        try {
            const copied = await copyHashing(file, temp);
            if (copied === undefined) return undefined;
            if (await this.has(copied.sha256, copied.size)) {
                await rm(temp);
                return { ...copied, isNew: false };
            }
            const path = this.pathOf(copied.sha256);
            await mkdir(dirname(path), { recursive: true, mode: 0o700 });
            await rename(temp, path);
            this.#unsynced.add(dirname(path));
            return { ...copied, isNew: true };
        } catch (error) {
            await rm(temp, { force: true });
            throw isFull(error) ? new DomainError('backup.noSpace', { folder: this.#root }, { cause: error }) : error;
        }
    }

    /** Names are durable once their folders are. */
    async sync(): Promise<void> {
        for (const folder of this.#unsynced) await syncFolder(folder);
        this.#unsynced.clear();
        await syncFolder(this.#root);
    }

    /** Reads a content through. */
    async check(sha256: string, size: bigint): Promise<'whole' | 'missing' | 'damaged'> {
        const read = await hashFile(this.pathOf(sha256));
        if (read === undefined) return 'missing';
        return read.sha256 === sha256 && read.size === size ? 'whole' : 'damaged';
    }

    /** Takes away what is not among `wanted`; gives how many bytes that freed. */
    async keepOnly(wanted: ReadonlySet<string>): Promise<bigint> {
        let freed = 0n;
        for (const folder of await readdir(this.#root)) {
            if (!/^[0-9a-f]{2}$/.test(folder)) continue;
            for (const name of await readdir(join(this.#root, folder))) {
                if (wanted.has(name)) continue;
                const path = join(this.#root, folder, name);
                freed += (await stat(path, { bigint: true })).size;
                await rm(path);
            }
        }
        return freed;
    }

    #incoming(): string {
        return join(this.#root, 'incoming');
    }
}

/** Copies a file and gives the SHA-256 of what was copied; the copy is on disk and read-only. Undefined when the source is not there. */
export async function copyHashing(from: string, to: string): Promise<{ sha256: string; size: bigint } | undefined> {
    const source = await openIfThere(from);
    if (source === undefined) return undefined;
    try {
        const target = await open(to, 'wx', 0o600);
        try {
            const copied = await readThrough(source, (bytes) => target.writeFile(bytes));
            await target.sync();
            await chmod(to, 0o400);
            return copied;
        } finally {
            await target.close();
        }
    } finally {
        await source.close();
    }
}

async function hashFile(path: string): Promise<{ sha256: string; size: bigint } | undefined> {
    const file = await openIfThere(path);
    if (file === undefined) return undefined;
    try {
        return await readThrough(file);
    } finally {
        await file.close();
    }
}

/** Reads a file from its beginning, once; each piece is given before the next is read. */
async function readThrough(file: FileHandle, each?: (bytes: Uint8Array) => Promise<void>) {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(PIECE);
    let size = 0n;
    for (;;) {
        const { bytesRead } = await file.read(piece, 0, PIECE);
        if (bytesRead === 0) return { sha256: hash.digest('hex'), size };
        const bytes = piece.subarray(0, bytesRead);
        hash.update(bytes);
        await each?.(bytes);
        size += BigInt(bytesRead);
    }
}

async function openIfThere(path: string) {
    try {
        return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
    }
}
