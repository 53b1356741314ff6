import { constants } from 'node:fs';
import { access, lstat, open, realpath, unlink } from 'node:fs/promises';
import { fill } from '@liuhen/contract';
import {
    type DockedFile,
    decideErase,
    decideHalfErased,
    type EraseFacts,
    type FileState,
    type KeepReason,
    parseReceipt,
    receiptMessage,
} from '@liuhen/domain';
import { failpoint } from '../../platform/failpoint.ts';
import { verifyEd25519 } from '../../platform/signer.ts';
import { syncFolder } from '../../platform/storage/durable.ts';
import type { DockContext } from './dock-context.ts';
import { printable } from './printable.ts';
import { type Card, type CardItem, fileKey } from './read-card.ts';
import { isTakenOut } from './volumes.ts';
import { below } from './walk.ts';
import { reasonText } from './words-dock.ts';

/**
 * Erases from a recorder what the server has receipted, if the organisation wants that: each file by itself, after reading it
 * once more and finding it to be what came in. Whatever speaks against it keeps the file.
 */
export async function eraseFiles(card: Card, of: DockContext, signal: AbortSignal): Promise<void> {
    const { words, io } = of;
    const stay = stayOf(card, of);
    const kept = new Map<KeepReason, number>();
    let erased = 0;
    for (const item of card.items) {
        signal.throwIfAborted();
        const file = of.journal.book.files.get(item.file);
        if (file === undefined || (file.state !== 'receipted' && file.state !== 'erasing')) continue;
        // What was read again and stays is not read again at every look, only when the volume is put in anew.
        if (stay.files.has(item.file)) continue;
        try {
            const why = await eraseOne(card, item, file, of);
            if (why === undefined) erased += 1;
            else {
                kept.set(why, (kept.get(why) ?? 0) + 1);
                if (LASTING.has(why)) stay.files.add(item.file);
            }
        } catch (error) {
            const { code } = error as { code?: string };
            if (code === undefined) throw error;
            if (await isTakenOut(card, code)) {
                io.err(fill(words.removed, { volume: card.volume.name }));
                break;
            }
            stay.files.add(item.file);
            const name = printable(item.entry.text);
            io.err(fill(words.eraseFailed, { volume: card.volume.name, name, reason: reasonText(words, code) }));
        }
    }
    of.tally.erased += erased;
    if (erased > 0) io.err(fill(words.erased, { volume: card.volume.name, count: erased }));
    for (const [why, count] of kept) {
        const once = `${why} ${count}`;
        if (why === 'switchedOff' || stay.said.has(once)) continue;
        stay.said.add(once);
        io.err(fill(words.keptSummary, { volume: card.volume.name, count, why: words.keep[why] }));
    }
}

/** What is known of a volume for as long as it is there: files that stay, and what was said of it. */
type Stay = { readonly mounted: string; readonly files: Set<string>; readonly said: Set<string> };
const stays = new WeakMap<DockContext, Map<string, Stay>>();

function stayOf(card: Card, of: DockContext): Stay {
    const volumes = stays.get(of) ?? new Map<string, Stay>();
    stays.set(of, volumes);
    const known = volumes.get(card.volume.path);
    const mounted = mountedAs(card);
    if (known?.mounted === mounted) return known;
    const fresh = { mounted, files: new Set<string>(), said: new Set<string>() };
    volumes.set(card.volume.path, fresh);
    return fresh;
}

/** It was taken out: what stayed on it is tried anew when it is back, with its lock pushed over. Numbers of mounts are used again. */
export const forgetStays = (path: string, of: DockContext): void => void stays.get(of)?.delete(path);

const LASTING: ReadonlySet<KeepReason> = new Set(['changed', 'moved', 'readOnly', 'failed']);

const mountedAs = ({ volume, root }: Card): string => volume.mount ?? `${root?.device}:${root?.inode}`;

/** `undefined`: it is erased. */
async function eraseOne(card: Card, item: CardItem, file: DockedFile, of: DockContext): Promise<KeepReason | undefined> {
    const copied: FileState = { size: item.entry.size, modifiedNs: item.entry.modifiedNs, sha256: file.sha256 };
    const known = knownFacts(card, file, copied, of);
    // Nothing is read again in vain: what speaks against it without reading does so now.
    const before = decideErase({ ...known, found: copied, sameFile: true });
    if (!before.erase) {
        // Begun, and not to be ended any more: it lies there, and that is where it stays.
        if (file.state === 'erasing' && before.why !== 'switchUnknown') await keep(file, before.why, of);
        return before.why;
    }
    const path = below(card.volume.path, item.entry.path);
    const folder = path.subarray(0, path.lastIndexOf(0x2f));
    // A lock that was pushed over, or a service without the right to write: said once, and nothing is read in vain.
    if (await isLocked(folder)) {
        if (file.state === 'erasing') await keep(file, 'readOnly', of);
        return 'readOnly';
    }
    const found = await lookAgain(path, card, of);
    const decided = decideErase({ ...known, now: of.now(), ...found });
    const line = { of: 'file', file: file.file, at: of.now() } as const;
    if (!decided.erase) {
        // Another content by the same name, size and time never came in: from now on it is a file still to be taken.
        const { sha256 } = found.found ?? {};
        const isOther = decided.why === 'changed' && isSameFace(found.found, copied) && sha256 !== '' && sha256 !== file.sha256;
        if (isOther) await of.journal.write({ ...line, step: 'read', sha256: sha256 ?? '', facts: item.facts });
        // Where it is gone, the next look at the volume says what became of it.
        else if (file.state === 'erasing' && decided.why !== 'gone') await keep(file, decided.why, of);
        return decided.why;
    }
    const root = await rootOf(card);
    await of.journal.write({ ...line, step: 'erasing', ...(root === undefined ? {} : { root }) });
    failpoint('dock.erasing');
    try {
        // Syncing the journal took its time, and what lies there may have been written to meanwhile.
        if (!(await isStill(path, folder, card, item))) {
            await keep(file, 'changed', of);
            return 'changed';
        }
        failpoint('dock.unlinking');
        await unlink(path);
    } catch (error) {
        const { code } = error as { code?: string };
        // Taken out: when it is back, the half-done erasing is looked at.
        if (code === undefined || (await isTakenOut(card, code))) throw error;
        const why = code === 'EROFS' ? 'readOnly' : 'failed';
        await keep(file, why, of);
        if (why === 'readOnly') return why;
        throw error;
    }
    await syncFolder(folderOf(path, card)).catch(() => undefined);
    if ((await lstat(path).catch(() => undefined)) !== undefined) return 'changed';
    failpoint('dock.erased');
    await of.journal.write({ ...line, at: of.now(), step: 'erased' });
    return undefined;
}

const keep = (file: DockedFile, why: KeepReason, of: DockContext): Promise<void> =>
    of.journal.write({ of: 'file', file: file.file, at: of.now(), step: 'kept', why });

/** Nothing in the folder can be erased: asked before files are read in vain. */
const isLocked = (folder: Buffer): Promise<boolean> =>
    access(folder, constants.W_OK).then(
        () => false,
        ({ code }: { code?: string }) => code === 'EROFS' || code === 'EACCES' || code === 'EPERM',
    );

const isSameFace = (found: FileState | null, copied: FileState): boolean =>
    found !== null && found.size === copied.size && found.modifiedNs === copied.modifiedNs;

/** The very file that was walked, and its folder none that a link leads to. */
async function isStill(path: Buffer, folder: Buffer, card: Card, { entry }: CardItem): Promise<boolean> {
    const at = await lstat(path, { bigint: true });
    const same = at.isFile() && at.ino === entry.inode && at.dev === entry.device;
    return same && at.size === entry.size && at.mtimeNs === entry.modifiedNs && (await isWithin(folder, card));
}

/** A folder that was replaced by a link leads out of the volume, where nothing may ever be erased. */
async function isWithin(folder: Buffer, { volume }: Card): Promise<boolean> {
    const root = await realpath(Buffer.from(volume.path), { encoding: 'buffer' });
    const rest = folder.subarray(Buffer.byteLength(volume.path));
    return (await realpath(folder, { encoding: 'buffer' })).equals(Buffer.concat([root, rest]));
}

/** The folder a volume's files lie below, as its file system numbers it. */
async function rootOf({ volume }: Card): Promise<string | undefined> {
    const at = await lstat(volume.path, { bigint: true }).catch(() => undefined);
    return at === undefined ? undefined : `${at.dev}:${at.ino}`;
}

/**
 * Files that were about to be erased when the program was killed, and do not lie on their volume any more: they are erased, and
 * their receipt is kept. Looked for by the journal, since the volume has nothing left to find them by. Needs neither the server nor
 * its leave: nothing is done, only seen. One that still lies there is erased again by `eraseFiles`, with its receipt checked anew.
 */
export async function settleHalfErased(card: Card, of: DockContext): Promise<void> {
    const { journal, io, words } = of;
    const half: DockedFile[] = [];
    for (const each of journal.book.files.values()) if (each.state === 'erasing') half.push(each);
    if (half.length === 0) return;
    const there = new Set(card.items.map((each) => each.file));
    const root = await rootOf(card);
    let settled = 0;
    for (const file of half) {
        const { facts } = file;
        // A path that was too long to be kept whole names no place to look at.
        if (facts.pathSha256 !== undefined) continue;
        const path = Buffer.from(facts.path, 'base64');
        if (fileKey(card.key, path, facts.size, facts.modifiedNs) !== file.file) continue;
        // Without a serial: the same folder of the same file system, or beside a file that lay there before.
        const gone = !there.has(file.file) && (await isGone(below(card.volume.path, path)));
        const sameVolume =
            card.volume.serial !== undefined ||
            (root !== undefined && root === file.root) ||
            card.items.some((each) => (journal.book.files.get(each.file)?.facts.seenAt ?? of.now()) < file.changedAt);
        if (decideHalfErased({ gone, sameVolume }) !== 'erased') continue;
        await journal.write({ of: 'file', file: file.file, at: of.now(), step: 'erased' });
        settled += 1;
    }
    of.tally.erased += settled;
    if (settled > 0) io.err(fill(words.halfErased, { volume: card.volume.name, count: settled }));
}

/** Only that nothing has this name counts: what cannot be looked at may be there. */
async function isGone(path: Buffer): Promise<boolean> {
    return await lstat(path).then(
        () => false,
        ({ code }: { code?: string }) => code === 'ENOENT' || code === 'ENOTDIR',
    );
}

/** Folders with names that are no text cannot be named here; then the volume's root is synced, which recorders' file systems share. */
function folderOf(path: Buffer, card: Card): string {
    const folder = path.subarray(0, path.lastIndexOf(0x2f));
    const text = folder.toString('utf8');
    return Buffer.from(text).equals(folder) ? text : card.volume.path;
}

function knownFacts(card: Card, file: DockedFile, copied: FileState, of: DockContext): Omit<EraseFacts, 'found' | 'sameFile'> {
    const { serverKey } = of.config;
    const receipt = file.receipt === undefined ? null : (parseReceipt(file.receipt) ?? null);
    const { settings } = of.link;
    return {
        source: card.source === file.facts.source ? card.source : 'upload',
        switchedOn: settings === undefined ? null : { value: settings.erase, heardAt: settings.heardAt },
        now: of.now(),
        keyPinned: serverKey !== undefined,
        receipt,
        // Checked again each time, from the journal's own text: a journal is a file that others may have written to.
        signed:
            serverKey !== undefined &&
            receipt !== null &&
            file.signature !== undefined &&
            receipt.recording === file.recording &&
            verifyEd25519(serverKey, receiptMessage(receipt), Buffer.from(file.signature, 'hex')),
        copied,
    };
}

/** Reads the file through one handle, and looks whether its name still leads there. */
async function lookAgain(path: Buffer, card: Card, of: DockContext): Promise<{ found: FileState | null; sameFile: boolean }> {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
        (error: { code?: string }) => {
            if (error.code === 'ENOENT' || error.code === 'ELOOP') return undefined;
            throw error;
        },
    );
    if (handle === undefined) return { found: null, sameFile: false };
    try {
        const at = await handle.stat({ bigint: true });
        if (!at.isFile()) return { found: null, sameFile: false };
        const { sha256, read } = await of.hasher.hash(handle.fd, Number(at.size));
        const after = await handle.stat({ bigint: true });
        const named = await lstat(path, { bigint: true }).catch(() => undefined);
        const steady = after.size === at.size && after.mtimeNs === at.mtimeNs && BigInt(read) === at.size;
        return {
            found: { size: after.size, modifiedNs: after.mtimeNs, sha256: steady ? sha256 : '' },
            sameFile:
                named?.isFile() === true &&
                named.ino === at.ino &&
                named.dev === at.dev &&
                (await isWithin(path.subarray(0, path.lastIndexOf(0x2f)), card)),
        };
    } finally {
        await handle.close();
    }
}
