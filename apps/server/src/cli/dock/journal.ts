import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DockLedger, type JournalLine, journalLine, readJournal } from '@liuhen/domain';
import { failpoint } from '../../platform/failpoint.ts';
import { isMissing, syncFolder } from '../../platform/storage/durable.ts';

/** A journal beyond this is written anew without what was overtaken, if that halves it. */
const COMPACT_FROM = 16 * 1024 * 1024;

/** So much has to fit on the disk before work goes on after it was full. */
const PROBE = 256 * 1024;

const checkOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

export type Journal = {
    readonly book: DockLedger;
    readonly tornBytes: number;
    readonly badLines: number;
    /**
     * Resolves when the line is on disk. Lines that come together share one sync. A line that fits no state is refused. Where the disk
     * is full or fails it rejects with `JournalUnwritable`, and the book is as it was at the last line that is on disk.
     */
    write(line: JournalLine): Promise<void>;
    /** Whether the disk takes lines (again). */
    isWritable(): Promise<boolean>;
    close(): Promise<void>;
};

/** The docking computer's own disk is at fault, and no recorder. */
export class JournalUnwritable extends Error {
    readonly reason: string;

    constructor(cause: unknown) {
        super('the journal cannot be written', { cause });
        this.reason = (cause as { code?: string }).code ?? 'EIO';
    }
}

export const journalFile = (folder: string): string => join(folder, 'journal');

/** Reads a journal without the right to write it. */
export async function readBook(folder: string): Promise<{ book: DockLedger; tornBytes: number; badLines: number }> {
    const bytes = await readFile(journalFile(folder)).catch((error: unknown) => {
        if (isMissing(error)) return Buffer.alloc(0);
        throw error;
    });
    const { lines, tornBytes, badLines } = readJournal(bytes, checkOf);
    const book = new DockLedger();
    for (const line of lines) book.enter(line);
    return { book, tornBytes, badLines };
}

/** Opens the journal for the one process that holds the folder. An unfinished line at its end is cut off before anything is added. */
export async function openJournal(folder: string, compactFrom = COMPACT_FROM): Promise<Journal> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await syncFolder(dirname(folder));
    const file = journalFile(folder);
    const { book, tornBytes, badLines } = await readBook(folder);
    let handle = await open(file, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
    const { size } = await handle.stat();
    let end = size - tornBytes;
    if (tornBytes > 0) {
        await handle.truncate(end);
        await handle.datasync();
    }
    await syncFolder(folder);
    const compacted = end > compactFrom ? await compact(folder, book, end) : undefined;
    if (compacted !== undefined) {
        await handle.close();
        handle = compacted.handle;
        end = compacted.size;
    }
    const pending: { text: string; undo: () => void; done: () => void; failed: (error: unknown) => void }[] = [];
    let writing: Promise<void> = Promise.resolve();
    let busy = false;

    const drain = async (): Promise<void> => {
        busy = true;
        while (pending.length > 0) {
            const together = pending.splice(0);
            const bytes = Buffer.from(together.map((each) => each.text).join(''));
            try {
                await writeAll(handle, bytes, end);
                failpoint('dock.journalWritten');
                await handle.datasync();
                end += bytes.length;
                for (const each of together) each.done();
            } catch (error) {
                // What came meanwhile may build on it. Whatever was half written must not be read as said by a later start.
                const lost = [...together, ...pending.splice(0)];
                for (const each of lost.toReversed()) each.undo();
                await handle.truncate(end).catch(() => undefined);
                for (const each of lost) each.failed(new JournalUnwritable(error));
            }
        }
        // In the same breath as the look at what is pending: a line that comes now starts another round.
        busy = false;
    };
    return {
        book,
        tornBytes,
        badLines,
        write(line) {
            const undo = book.undoOf(line);
            if (!book.enter(line)) return Promise.reject(new Error(`the journal has no place for ${JSON.stringify(line.of)}`));
            const { promise, resolve, reject } = Promise.withResolvers<void>();
            pending.push({ text: journalLine(line, checkOf), undo, done: resolve, failed: reject });
            if (!busy) writing = drain();
            return promise;
        },
        async isWritable() {
            const probe = `${file}.probe`;
            try {
                await writeFile(probe, Buffer.alloc(PROBE, 0x20), { mode: 0o600, flush: true });
                return true;
            } catch {
                return false;
            } finally {
                await rm(probe, { force: true }).catch(() => undefined);
            }
        },
        async close() {
            await writing;
            await handle.close();
        },
    };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
    for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at, bytes.length - at, from + at)).bytesWritten;
}

/** Writes what still counts beside the old file, and takes its place in one step. */
async function compact(
    folder: string,
    book: DockLedger,
    before: number,
): Promise<{ handle: FileHandle; size: number } | undefined> {
    const bytes = Buffer.from([...book.lines()].map((line) => journalLine(line, checkOf)).join(''));
    if (bytes.length * 2 > before) return undefined;
    const temp = `${journalFile(folder)}.new`;
    const handle = await open(temp, constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW, 0o600);
    try {
        await writeAll(handle, bytes, 0);
        await handle.sync();
        failpoint('dock.compacted');
        await rename(temp, journalFile(folder));
    } catch (error) {
        // A full disk: the journal is as good as it was, only long.
        await handle.close();
        await rm(temp, { force: true });
        if ((error as { code?: string }).code === 'ENOSPC' || (error as { code?: string }).code === 'EDQUOT') return undefined;
        throw error;
    }
    failpoint('dock.compactionNamed');
    await syncFolder(folder);
    return { handle, size: bytes.length };
}
