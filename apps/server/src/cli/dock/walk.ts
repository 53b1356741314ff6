import type { BigIntStats } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { decodeName } from '../../platform/uploads/metadata.ts';

/** A plain file on a volume, named by bytes: recorders write GBK, and worse. */
export type CardEntry = {
    /** Below the volume. */
    readonly path: Buffer;
    /** The path as text for expressions and people; never for opening. */
    readonly text: string;
    readonly size: bigint;
    readonly modifiedNs: bigint;
    readonly createdNs: bigint;
    readonly mode: number;
    readonly device: bigint;
    readonly inode: bigint;
};

/** A folder as it was before its names were read. */
export type FolderState = { readonly path: Buffer; readonly device: bigint; readonly inode: bigint; readonly modifiedNs: bigint };

export type Walked = {
    readonly entries: readonly CardEntry[];
    readonly folders: readonly FolderState[];
    /** False where there were too many files, or folders too deep. */
    readonly complete: boolean;
    /** Folders and files that are there and could not be looked at: a damaged medium, or no right to. Also a folder that holds itself. */
    readonly unread: number;
    /** Links, pipes, sockets and devices: no recording, left alone. */
    readonly odd: number;
};

/** How names are read; a test has a medium that fails. */
export type WalkFiles = {
    readonly lstat: (path: Buffer, options: { bigint: true }) => Promise<BigIntStats>;
    readonly readdir: (path: Buffer, options: { encoding: 'buffer' }) => Promise<Buffer[]>;
};

const MOST_FILES = 200_000;
const DEEPEST = 32;
const SLASH = Buffer.from('/');

/**
 * Everything on a volume in the order of names. Links are not followed: they may lead out of it, or round and round. A
 * folder or file that cannot be looked at is counted and costs itself only; only where the volume itself cannot be read is that thrown.
 */
export async function walkVolume(root: string, signal: AbortSignal, files: WalkFiles = { lstat, readdir }): Promise<Walked> {
    const entries: CardEntry[] = [];
    const folders: FolderState[] = [];
    let complete = true;
    let [unread, odd] = [0, 0];
    const unlessGone = (error: unknown): undefined => {
        const { code } = error as { code?: string };
        if (code === undefined) throw error;
        if (code !== 'ENOENT' && code !== 'ENOTDIR') unread += 1;
    };
    const visit = async (folder: Buffer, own: BigIntStats, above: ReadonlySet<string>): Promise<void> => {
        signal.throwIfAborted();
        if (above.size > DEEPEST) {
            complete = false;
            return;
        }
        folders.push({ path: folder, device: own.dev, inode: own.ino, modifiedNs: own.mtimeNs });
        const names = (await files.readdir(below(root, folder), { encoding: 'buffer' })).sort(Buffer.compare);
        // Some file systems of other makers number nothing.
        const within = new Set(above).add(own.ino === 0n ? `depth ${above.size}` : `${own.dev}:${own.ino}`);
        for (const name of names) {
            if (entries.length >= MOST_FILES) {
                complete = false;
                return;
            }
            const path = folder.length === 0 ? name : Buffer.concat([folder, SLASH, name]);
            const at = await files.lstat(below(root, path), { bigint: true }).catch(unlessGone);
            if (at === undefined) continue;
            if (at.isFile()) entries.push(entryOf(path, at));
            else if (!at.isDirectory()) odd += 1;
            // A damaged medium may show a folder inside itself, for ever.
            else if (within.has(`${at.dev}:${at.ino}`)) unread += 1;
            else await visit(path, at, within).catch(unlessGone);
        }
    };
    await visit(Buffer.alloc(0), await files.lstat(below(root, Buffer.alloc(0)), { bigint: true }), new Set());
    return { entries, folders, complete, unread, odd };
}

type Stat = { size: bigint; mtimeNs: bigint; birthtimeNs: bigint; mode: bigint; dev: bigint; ino: bigint };

export const entryOf = (path: Buffer, at: Stat): CardEntry => ({
    path,
    text: textOf(path),
    size: at.size,
    modifiedNs: at.mtimeNs,
    createdNs: at.birthtimeNs,
    mode: Number(at.mode),
    device: at.dev,
    inode: at.ino,
});

export const below = (root: string, path: Buffer): Buffer =>
    path.length === 0 ? Buffer.from(root) : Buffer.concat([Buffer.from(root), SLASH, path]);

function textOf(path: Buffer): string {
    const part = (bytes: Buffer) => decodeName(bytes, 'utf-8') ?? decodeName(bytes, 'gb18030') ?? bytes.toString('latin1');
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at <= path.length; at += 1) {
        if (at < path.length && path[at] !== 0x2f) continue;
        parts.push(part(path.subarray(from, at)));
        from = at + 1;
    }
    return parts.join('/').normalize('NFC');
}
