import { createHash } from 'node:crypto';
import { fill, RequestError } from '@liuhen/contract';
import { DAY, type DockedFile, parseReceipt, placeText, receiptMessage } from '@liuhen/domain';
import { failpoint } from '../../platform/failpoint.ts';
import { verifyEd25519 } from '../../platform/signer.ts';
import type { DockContext } from './dock-context.ts';
import { sendDocked } from './dock-file.ts';
import { printable } from './printable.ts';
import { isAway } from './server-link.ts';

const AT_ONCE = 100;
/** A device that nobody enters into the register in this time is no recorder of the organisation. */
const REPORT_FOR = 60 * DAY;

/** What waits for the server and not for a recorder; done whenever it is there. Gives how much still waits. */
export async function serverWork(of: DockContext, signal: AbortSignal): Promise<{ receipts: number; spooled: number }> {
    let receipts = 0;
    if (await of.link.ready()) {
        try {
            await sendSpooled(of, signal);
            receipts = await askReceipts(of);
            await reportDockings(of);
            await reportErasures(of);
        } catch (error) {
            if (signal.aborted) throw error;
            of.link.failed(error);
        }
    }
    const files = [...of.journal.book.files.values()];
    return {
        receipts,
        spooled: files.filter((each) => each.state === 'spooled').length,
    };
}

async function sendSpooled(of: DockContext, signal: AbortSignal): Promise<void> {
    const { spool, journal, io, words } = of;
    if (spool === undefined) return;
    for (const file of [...journal.book.files.values()].filter((each) => each.state === 'spooled')) {
        signal.throwIfAborted();
        const handle = await spool.open(file.sha256);
        const line = { of: 'file', file: file.file, at: of.now() } as const;
        if (handle === undefined) {
            await journal.write({ ...line, step: 'unspooled' });
            continue;
        }
        try {
            const { size } = await handle.stat();
            const { sha256, read } = await of.hasher.hash(handle.fd, size);
            if (sha256 !== file.sha256 || String(read) !== file.facts.size) {
                io.err(fill(words.spoolDamaged, { name: nameOf(file) }));
                await journal.write({ ...line, step: 'unspooled' });
                await spool.drop(file.sha256);
                continue;
            }
            const sent = await sendDocked(handle, file, size, of, signal);
            if (sent === 'away') return;
            if (sent.became === 'taken') {
                of.tally.taken += 1;
                io.out(
                    fill(words.taken, {
                        recording: journal.book.files.get(file.file)?.recording ?? '',
                        volume: '',
                        name: nameOf(file),
                    }),
                );
            } else if (sent.became === 'refused') {
                io.err(fill(words.leftRefused, { volume: file.facts.station, name: nameOf(file), reason: sent.reason }));
                return;
            }
        } finally {
            await handle.close();
        }
    }
}

const nameOf = ({ facts }: DockedFile): string =>
    printable(Buffer.from(facts.path, 'base64').toString('utf8').split('/').at(-1) ?? '');

/** Gives how many the server is still reading back. */
async function askReceipts(of: DockContext): Promise<number> {
    const { journal, link, spool } = of;
    let pending = 0;
    const waiting = [...journal.book.files.values()].filter((each) => each.state === 'sent' && each.recording !== undefined);
    for (let at = 0; at < waiting.length; at += AT_ONCE) {
        const part = waiting.slice(at, at + AT_ONCE);
        const recordings = distinct(part.map((each) => ({ recordingId: each.recording ?? '', sha256: each.sha256 })));
        const { receipts } = await link.call('dock.receipts', { body: { recordings } });
        const byRecording = new Map(receipts.map((each) => [each.recordingId, each]));
        for (const file of part) {
            const answer = byRecording.get(file.recording ?? '');
            const line = { of: 'file', file: file.file, at: of.now() } as const;
            // Restored from an older backup, or damaged there: it is sent again from wherever it is left.
            if (answer?.state === 'refused') {
                of.contents.clear();
                await journal.write({ ...line, step: 'refused' });
            }
            if (answer?.state === 'pending') pending += 1;
            const { receipt, signature } = answer ?? {};
            if (answer?.state !== 'issued' || receipt === undefined || signature === undefined) continue;
            if (!isOurs(file, receipt, signature, of)) continue;
            await journal.write({ ...line, step: 'receipted', receipt, signature });
            failpoint('dock.receipted');
        }
    }
    if (spool === undefined) return pending;
    const files = [...journal.book.files.values()];
    const wanted = new Set(files.filter((each) => !DONE.has(each.state)).map((each) => each.sha256));
    for (const each of waiting) if (!wanted.has(each.sha256)) await spool.drop(each.sha256);
    return pending;
}

const DONE: ReadonlySet<DockedFile['state']> = new Set(['receipted', 'erasing', 'erased']);

const distinct = (asked: readonly { recordingId: string; sha256: string }[]) => [
    ...new Map(asked.map((each) => [each.recordingId, each])).values(),
];

/** Whether a receipt is of this file, and signed by the key that was given by hand. Without such a key it is kept and proves nothing. */
function isOurs(file: DockedFile, text: string, signature: string, of: DockContext): boolean {
    const { config, io, words, link } = of;
    const receipt = parseReceipt(text);
    if (receipt === undefined || receipt.recording !== file.recording || receipt.sha256 !== file.sha256) return false;
    if (receipt.size !== file.facts.size) return false;
    if (config.serverKey === undefined) return true;
    const right = verifyEd25519(config.serverKey, receiptMessage(receipt), Buffer.from(signature, 'hex'));
    if (!right) io.err(fill(words.wrongKey, { key: link.settings?.publicKey ?? '' }));
    return right;
}

type Report = Parameters<DockContext['link']['call']>[1];

async function reportDockings({ journal, link, io, words, now }: DockContext): Promise<void> {
    for (const { docking, at, report } of [...journal.book.dockings.values()]) {
        const told = await link
            .call('device.noteDocking', { body: { ...report, sentAt: now() } } as never as Report & never)
            .catch((error: unknown) => {
                // One that the server cannot read would stop all that come after it.
                if (error instanceof RequestError && !isAway(error) && error.status === 400) return { known: true };
                throw error;
            });
        if (told.known || now() - at > REPORT_FOR) await journal.write({ of: 'docking', step: 'reported', docking, at: now() });
        else if (!said.has(docking)) {
            said.add(docking);
            io.err(fill(words.deviceUnknown, { device: printable(String(report?.device ?? report?.serial ?? '?')) }));
        }
    }
}
/** Said once a run, not each time it is tried. */
const said = new Set<string>();

async function reportErasures({ journal, link, now }: DockContext): Promise<void> {
    const waiting = [...journal.book.files.values()].filter(
        (each) => each.state === 'erased' && each.erasureTold !== true && each.recording !== undefined,
    );
    for (let at = 0; at < waiting.length; at += AT_ONCE) {
        const part = waiting.slice(at, at + AT_ONCE);
        const erased = part.map((each) => ({
            recordingId: each.recording ?? '',
            place: createHash('sha256').update(placeText(each.facts)).digest('hex'),
            path: each.facts.path,
            at: each.changedAt,
        }));
        await link.call('dock.erasures', { body: { erased } });
        for (const each of part) await journal.write({ of: 'erasure', file: each.file, at: now() });
    }
}
