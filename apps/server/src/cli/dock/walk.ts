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
    readonly complete: boolean;
};

const MOST_FILES = 200_000;
const DEEPEST = 32;
const SLASH = Buffer.from('/');

/** Everything on a volume in the order of names. Links are not followed: they may lead out of it, or round and round. */
export async function walkVolume(root: string, signal: AbortSignal): Promise<Walked> {
    const entries: CardEntry[] = [];
    const folders: FolderState[] = [];
    let complete = true;
    const visit = async (folder: Buffer, depth: number): Promise<void> => {
        signal.throwIfAborted();
        if (depth > DEEPEST) {
            complete = false;
            return;
        }
        const own = await lstat(below(root, folder), { bigint: true });
        folders.push({ path: folder, device: own.dev, inode: own.ino, modifiedNs: own.mtimeNs });
        const names = (await readdir(below(root, folder), { encoding: 'buffer' })).sort(Buffer.compare);
        for (const name of names) {
            if (entries.length >= MOST_FILES) {
                complete = false;
                return;
            }
            const path = folder.length === 0 ? name : Buffer.concat([folder, SLASH, name]);
            const at = await lstat(below(root, path), { bigint: true }).catch(() => undefined);
            if (at?.isDirectory() === true) await visit(path, depth + 1).catch(unlessGone);
            else if (at?.isFile() === true) entries.push(entryOf(path, at));
        }
    };
    await visit(Buffer.alloc(0), 0);
    return { entries, folders, complete };
}

/** A folder that was just removed, or that nobody may read, holds nothing; the rest of the volume does. */
function unlessGone(error: unknown): void {
    const { code } = error as { code?: string };
    if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'ENOTDIR') throw error;
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
