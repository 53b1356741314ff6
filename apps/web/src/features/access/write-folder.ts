import { DomainError, readZip, windowAccess } from '@liuhen/domain';

/** Asked for at once. */
const WINDOW = 8 << 20;

type Picker = { showDirectoryPicker?: (options: { mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle> };

/** The folder that somebody chooses; undefined where the browser cannot write into one. */
export function folderPicker(): (() => Promise<FileSystemDirectoryHandle>) | undefined {
    const pick = (window as Picker).showDirectoryPicker;
    return pick === undefined ? undefined : () => pick.call(window, { mode: 'readwrite' });
}

export type FolderWish = {
    /** Where the bytes of the package are had by range. */
    readonly url: string;
    readonly size: number;
    /** Of the folder made within the chosen one, so that nothing else lies beside the files. */
    readonly name: string;
    readonly into: FileSystemDirectoryHandle;
    readonly signal: AbortSignal;
    readonly onBytes: (done: number, all: number) => void;
};

/**
 * Writes the files of a package into a folder, as they lie in the ZIP, with bounded memory. A file has its name once it is whole: what lies there
 * with its length is not written again. Gives how many there are. Throws `zip.*`, what the browser says of the folder, and `Error` for what the
 * server answers otherwise than asked.
 */
export async function writeFolder({ url, size, name, into, signal, onBytes }: FolderWish): Promise<number> {
    const files = await readZip(windowAccess(size, WINDOW, (start, end) => ranged(url, start, end, signal)));
    const folder = await into.getDirectoryHandle(name, { create: true });
    const all = files.paths.reduce((sum, path) => sum + Number(files.size(path) ?? 0n), 0);
    let done = 0;
    for (const path of files.paths) {
        const length = Number(files.size(path) ?? 0n);
        const file = await fileAt(folder, path);
        if (length > 0 && (await file.getFile()).size === length) done += length;
        else {
            const out = await file.createWritable();
            try {
                for await (const piece of files.read(path)) {
                    signal.throwIfAborted();
                    await out.write(piece.slice());
                    done += piece.length;
                    onBytes(done, all);
                }
            } catch (error) {
                await out.abort();
                throw error;
            }
            await out.close();
        }
        onBytes(done, all);
    }
    return files.paths.length;
}

async function fileAt(folder: FileSystemDirectoryHandle, path: string): Promise<FileSystemFileHandle> {
    const parts = path.split('/');
    let at = folder;
    for (const part of parts.slice(0, -1)) at = await at.getDirectoryHandle(part, { create: true });
    return at.getFileHandle(parts.at(-1) ?? '', { create: true });
}

async function ranged(url: string, start: number, end: number, signal: AbortSignal): Promise<Uint8Array> {
    const answer = await fetch(url, { headers: { range: `bytes=${start}-${end - 1}` }, signal });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 206 || bytes.length !== end - start) throw new DomainError('retrieval.packageDamaged');
    return bytes;
}
