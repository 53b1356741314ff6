import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorText, RequestError } from '@liuhen/contract';
import { type DockedFile, type DockFacts, type Id, readPositions, tellsApart } from '@liuhen/domain';
import { failpoint } from '../../platform/failpoint.ts';
import type { OpenedFile } from '../opened-file.ts';
import { contentKey, type DockContext } from './dock-context.ts';
import { type Card, type CardItem, digestOf } from './read-card.ts';
import { isAway } from './server-link.ts';
import { isTakenOut } from './volumes.ts';
import { below } from './walk.ts';
import { reasonText } from './words-dock.ts';

/** What became of a file on its turn; `left` says why it stays where it is. */
export type Outcome =
    | { readonly became: 'taken' | 'known' | 'spooled' | 'offline' | 'spoolFull' | 'changing' | 'vanished' | 'removed' }
    | { readonly became: 'unreadable' | 'spoolFailed' | 'refused'; readonly reason: string };

/** Positions are text; a file larger than this is none that a recorder wrote. */
const MOST_POSITIONS = 8 * 1024 * 1024;

/**
 * Takes one file as far as it gets now: to the server, into the spool, or not at all. Never twice what is known. `appeared`: the volume
 * was just put in, and a file whose time tells nothing is read again, since it may be another one.
 */
export async function dockFile(
    card: Card,
    item: CardItem,
    of: DockContext,
    signal: AbortSignal,
    appeared = false,
): Promise<Outcome> {
    const known = of.journal.book.files.get(item.file);
    const again = appeared && !tellsApart(item.entry.modifiedNs, of.now());
    if (known !== undefined && known.state !== 'read' && known.state !== 'erased' && !again) return { became: 'known' };
    const path = below(card.volume.path, item.entry.path);
    let handle: FileHandle;
    try {
        // A link put there meanwhile is not followed.
        handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    } catch (error) {
        return await unreadable(card, error, of);
    }
    try {
        if (!(await isAsWalked(handle, item))) return await changing(card);
        failpoint('dock.reading');
        const file = await readFacts(handle, item, of);
        if (file === undefined) return await changing(card);
        if (file.state !== 'read') return { became: 'known' };
        const outcome = await onward(handle, file, item, of, signal);
        // What was written to while it was sent is not what was announced, and comes in when it is still.
        return outcome.became === 'refused' && !(await isAsWalked(handle, item)) ? await changing(card) : outcome;
    } catch (error) {
        if (signal.aborted) throw error;
        return await unreadable(card, error, of);
    } finally {
        await handle.close();
    }
}

async function isAsWalked(handle: FileHandle, { entry }: CardItem): Promise<boolean> {
    const at = await handle.stat({ bigint: true });
    return (
        at.isFile() &&
        at.size === entry.size &&
        at.mtimeNs === entry.modifiedNs &&
        at.ino === entry.inode &&
        at.dev === entry.device
    );
}

/** Digest and facts of the file in the journal; `undefined` where it changed while it was read. */
async function readFacts(handle: FileHandle, item: CardItem, of: DockContext): Promise<DockedFile | undefined> {
    const { journal, hasher, contents } = of;
    const size = Number(item.entry.size);
    const facts = item.facts.kind === 'position' ? await withPositions(handle, size, item) : item.facts;
    const { sha256, read } = await hasher.hash(handle.fd, size);
    if (read !== size || !(await isAsWalked(handle, item))) return undefined;
    const at = of.now();
    const known = journal.book.files.get(item.file);
    // Another content by the same name, size and time, while the first is still on its way: each has its own place in the journal.
    const file = known !== undefined && known.sha256 !== sha256 && isOnItsWay(known) ? digestOf([item.file, sha256]) : item.file;
    const line = { of: 'file', file, at } as const;
    await journal.write({ ...line, step: 'read', sha256, facts });
    failpoint('dock.read');
    const same = journal.book.files.get(contents.get(contentKey(sha256, facts)) ?? '');
    const { recording } = same ?? {};
    const own = journal.book.files.get(file);
    if (own?.state === 'read' && same !== undefined && same.file !== file && recording !== undefined) {
        // Moved, renamed, or on a volume whose number nobody knows: it is in, and its receipt is as good for it here.
        await journal.write({ ...line, step: 'sent', recording });
        const { receipt, signature } = same;
        if (receipt !== undefined && signature !== undefined)
            await journal.write({ ...line, step: 'receipted', receipt, signature });
    }
    return journal.book.files.get(file);
}

/** What the server does not have for sure yet, or has not heard of yet: its line must not be written over. */
const isOnItsWay = ({ state, recording, erasureTold }: DockedFile): boolean =>
    state === 'spooled' || state === 'sent' || (state === 'erased' && recording !== undefined && erasureTold !== true);

/** What satellites say in a file of positions, read before it is sent: the facts go with it. */
async function withPositions(handle: FileHandle, size: number, { facts, reading }: CardItem): Promise<DockFacts> {
    if (size === 0 || size > MOST_POSITIONS) return facts;
    const bytes = Buffer.alloc(size);
    await handle.read(bytes, 0, size, 0);
    const found = readPositions(bytes.toString('latin1').split('\n'), reading?.clock);
    if (found === undefined) return facts;
    return { ...facts, positions: found.positions, ...(found.stamped.length === 0 ? {} : { stamped: found.stamped }) };
}

async function onward(
    handle: FileHandle,
    file: DockedFile,
    item: CardItem,
    of: DockContext,
    signal: AbortSignal,
): Promise<Outcome> {
    const size = Number(item.entry.size);
    if (await of.link.ready()) {
        const sent = await sendDocked(handle, file, size, of, signal);
        if (sent !== 'away') return sent;
    }
    const { spool, journal } = of;
    if (spool === undefined) return { became: 'offline' };
    if (!(await spool.hasRoom(size))) return { became: 'spoolFull' };
    try {
        if (!(await spool.keep(handle.fd, size, file.sha256))) return { became: 'changing' };
    } catch (error) {
        const { code, ofSpool } = error as { code?: string; ofSpool?: boolean };
        if (code === undefined || ofSpool !== true) throw error;
        if (code === 'ENOSPC' || code === 'EDQUOT') return { became: 'spoolFull' };
        return { became: 'spoolFailed', reason: reasonText(of.words, code) };
    }
    failpoint('dock.spooled');
    await journal.write({ of: 'file', step: 'spooled', file: file.file, at: of.now() });
    return { became: 'spooled' };
}

/** Sends from an open file, of the recorder or of the spool. `away`: the server is not there. */
export async function sendDocked(
    handle: FileHandle,
    file: DockedFile,
    size: number,
    of: DockContext,
    signal: AbortSignal,
): Promise<Outcome | 'away'> {
    const path = Buffer.from(file.facts.path, 'base64');
    const name = path.subarray(path.lastIndexOf(0x2f) + 1);
    try {
        const recording = await of.link.send(
            {
                file: openedFrom(handle, size),
                name,
                sha256: file.sha256,
                source: file.facts.source,
                dock: { facts: JSON.stringify(file.facts), key: file.file },
            },
            { signal, onProgress: () => undefined, onResumed: () => undefined, onSealing: () => undefined },
        );
        await noteSent(file, recording, of);
        return { became: 'taken' };
    } catch (error) {
        if (signal.aborted) throw error;
        if (isAway(error)) {
            of.link.failed(error);
            return 'away';
        }
        if (!(error instanceof RequestError)) throw error;
        return {
            became: 'refused',
            reason: errorText(of.io.language, error.code, { requestId: error.requestId, ...error.params }),
        };
    }
}

async function noteSent(file: DockedFile, recording: Id, of: DockContext): Promise<void> {
    failpoint('dock.sent');
    await of.journal.write({ of: 'file', step: 'sent', file: file.file, at: of.now(), recording });
    of.contents.set(contentKey(file.sha256, file.facts), file.file);
}

/** The file as the upload reads it: the same open handle from its hashing on, whatever its name leads to. */
function openedFrom(handle: FileHandle, size: number): OpenedFile {
    return {
        size,
        sha256: () => Promise.reject(new Error('it was hashed before')),
        async read(start, end) {
            const buffer = Buffer.allocUnsafe(end - start);
            let filled = 0;
            while (filled < buffer.length) {
                const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, start + filled);
                if (bytesRead === 0) break;
                filled += bytesRead;
            }
            return buffer.subarray(0, filled);
        },
        hasChanged: async () => false,
        close: async () => undefined,
    };
}

/** A file that cannot be read stays; a volume that is gone was taken out, and then it is no fault of the file. */
async function unreadable(card: Card, error: unknown, of: DockContext): Promise<Outcome> {
    const { code } = error as { code?: string };
    if (code === undefined) throw error;
    if (await isTakenOut(card, code)) return { became: 'removed' };
    return code === 'ENOENT' ? { became: 'vanished' } : { became: 'unreadable', reason: reasonText(of.words, code) };
}

/** Not as it was walked: still being written, unless it is another volume by now. */
const changing = async (card: Card): Promise<Outcome> => ({ became: (await isTakenOut(card)) ? 'removed' : 'changing' });
