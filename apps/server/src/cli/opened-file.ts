import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import type { LocalFile } from './local-files.ts';

const PIECE = 4 * 1024 * 1024;

/** A file held open from its hashing to the end of its upload: both read the same one, whatever its name points to. */
export type OpenedFile = {
    readonly size: number;
    /** Hex. Reads all of it. */
    sha256(onRead: (bytes: number) => void, signal: AbortSignal): Promise<string>;
    read(start: number, end: number): Promise<Buffer>;
    /** Whether size or time of the last change are no longer those at opening. */
    hasChanged(): Promise<boolean>;
    close(): Promise<void>;
};

export async function openFile({ path }: LocalFile): Promise<OpenedFile> {
    const file = await open(path, 'r');
    const at = await file.stat({ bigint: true });
    const size = Number(at.size);
    return {
        size,
        async sha256(onRead, signal) {
            const hash = createHash('sha256');
            for (let start = 0; start < size; start += PIECE) {
                signal.throwIfAborted();
                hash.update(await readRange(file, start, Math.min(start + PIECE, size)));
                onRead(Math.min(start + PIECE, size));
            }
            return hash.digest('hex');
        },
        read: (start, end) => readRange(file, start, end),
        async hasChanged() {
            const now = await file.stat({ bigint: true });
            return now.size !== at.size || now.mtimeNs !== at.mtimeNs;
        },
        close: () => file.close(),
    };
}

/** The bytes of the range; fewer where the file has become shorter. */
async function readRange(file: FileHandle, start: number, end: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(end - start);
    let filled = 0;
    while (filled < buffer.length) {
        const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
    }
    return buffer.subarray(0, filled);
}
