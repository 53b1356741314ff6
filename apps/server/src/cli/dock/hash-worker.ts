import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { HashAsk } from './hash-files.ts';

const PIECE = 4 * 1024 * 1024;

/** Reads a file that the main thread holds open, and hashes it; where asked, a copy is written on the way and synced. */
function hash({ fd, size, copyTo }: HashAsk): { sha256: string; read: number } {
    const digest = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, size)));
    const copy = copyTo === undefined ? undefined : onCopy(() => openSync(copyTo, 'wx', 0o600));
    let read = 0;
    try {
        for (;;) {
            const count = readSync(fd, buffer, 0, buffer.length, read);
            if (count === 0) break;
            const piece = buffer.subarray(0, count);
            digest.update(piece);
            if (copy !== undefined)
                onCopy(() => {
                    for (let at = 0; at < count; ) at += writeSync(copy, piece, at, count - at);
                });
            read += count;
        }
        if (copy !== undefined) onCopy(() => fsyncSync(copy));
    } finally {
        if (copy !== undefined) closeSync(copy);
    }
    return { sha256: digest.digest('hex'), read };
}

/** A copy that fails says nothing of the file it is made of. */
function onCopy<T>(work: () => T): T {
    try {
        return work();
    } catch (error) {
        throw Object.assign(error as Error, { ofCopy: true });
    }
}

parentPort?.on('message', (ask: HashAsk) => {
    try {
        parentPort?.postMessage({ call: ask.call, ...hash(ask) });
    } catch (error) {
        const { code = 'EIO', ofCopy = false } = error as { code?: string; ofCopy?: boolean };
        parentPort?.postMessage({ call: ask.call, error: code, ofCopy });
    }
});
