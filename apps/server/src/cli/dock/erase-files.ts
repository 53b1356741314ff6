import { constants } from 'node:fs';
import { lstat, open, unlink } from 'node:fs/promises';
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
import { type Card, type CardItem, fileKey } from './read-card.ts';
import { below } from './walk.ts';

/**
 * Erases from a recorder what the server has receipted, if the organisation wants that: each file by itself, after reading it
 * once more and finding it to be what came in. Whatever speaks against it keeps the file.
 */
export async function eraseFiles(card: Card, of: DockContext, signal: AbortSignal): Promise<void> {
    const { words, io } = of;
    const kept = new Map<KeepReason, number>();
    let erased = 0;
    for (const item of card.items) {
        signal.throwIfAborted();
        const file = of.journal.book.files.get(item.file);
        if (file === undefined || (file.state !== 'receipted' && file.state !== 'erasing')) continue;
        // What was read again and found to be another is not read again at every look.
        if (others.has(item.file)) continue;
        try {
            const why = await eraseOne(card, item, file, of);
            if (why === undefined) erased += 1;
            else {
                kept.set(why, (kept.get(why) ?? 0) + 1);
                if (why === 'changed' || why === 'moved') others.add(item.file);
            }
        } catch (error) {
            const { code } = error as { code?: string };
            if (code === undefined) throw error;
            io.err(fill(words.eraseFailed, { volume: card.volume.name, name: item.entry.text, reason: code }));
        }
    }
    of.tally.erased += erased;
    if (erased > 0) io.err(fill(words.erased, { volume: card.volume.name, count: erased }));
    for (const [why, count] of kept) {
        const once = `${card.volume.path} ${why} ${count}`;
        if (why === 'switchedOff' || said.has(once)) continue;
        said.add(once);
        io.err(fill(words.keptSummary, { volume: card.volume.name, count, why: words.keep[why] }));
    }
}

/** Of this run: files that are not what came in, and what was said of each volume. */
const others = new Set<string>();
const said = new Set<string>();

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
    const found = await lookAgain(path, of);
    const decided = decideErase({ ...known, now: of.now(), ...found });
    const line = { of: 'file', file: file.file, at: of.now() } as const;
    if (!decided.erase) {
        // Where it is gone, the next look at the volume says what became of it.
        if (file.state === 'erasing' && decided.why !== 'gone') await keep(file, decided.why, of);
        return decided.why;
    }
    const root = await rootOf(card);
    await of.journal.write({ ...line, step: 'erasing', ...(root === undefined ? {} : { root }) });
    failpoint('dock.erasing');
    await unlink(path);
    await syncFolder(folderOf(path, card)).catch(() => undefined);
    if ((await lstat(path).catch(() => undefined)) !== undefined) return 'changed';
    failpoint('dock.erased');
    await of.journal.write({ ...line, at: of.now(), step: 'erased' });
    return undefined;
}

const keep = (file: DockedFile, why: KeepReason, of: DockContext): Promise<void> =>
    of.journal.write({ of: 'file', file: file.file, at: of.now(), step: 'kept', why });

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
async function lookAgain(path: Buffer, of: DockContext): Promise<{ found: FileState | null; sameFile: boolean }> {
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
            sameFile: named?.isFile() === true && named.ino === at.ino && named.dev === at.dev,
        };
    } finally {
        await handle.close();
    }
}
