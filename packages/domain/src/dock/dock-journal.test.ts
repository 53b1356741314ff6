import { describe, expect, it } from 'vitest';
import type { DockFacts } from './dock-facts.ts';
import { DOCK_STATES, DOCK_STEPS, DockLedger, type FileLine, type JournalLine, nextDockState } from './dock-journal.ts';
import { journalLine, readJournal } from './journal-lines.ts';

const facts: DockFacts = {
    v: 1,
    station: 'dock-1',
    source: 'recorder',
    volume: { serial: '1A2B-3C4D' },
    path: 'QQ==',
    size: '3',
    modifiedNs: '1',
    mode: 0o644,
    readOnly: false,
    zone: 'Asia/Shanghai',
    kind: 'video',
    marks: [],
    seenAt: 1,
};
const checkOf = (bytes: Uint8Array) =>
    bytes
        .reduce((sum, byte) => (sum * 31 + byte) % 0xffff_ffff, 7)
        .toString(16)
        .padStart(16, '0');
const step = (of: FileLine['step'], more: Partial<FileLine> = {}): FileLine => ({
    of: 'file',
    step: of,
    file: 'f',
    at: 1,
    ...more,
});
const read = step('read', { sha256: 'aa', facts });

describe('the way of a docked file', () => {
    // Rows: from; columns: step; what is not named here is refused.
    const table: Record<string, Partial<Record<FileLine['step'], string>>> = {
        new: { read: 'read' },
        read: { read: 'read', spooled: 'spooled', sent: 'sent' },
        spooled: { read: 'spooled', spooled: 'spooled', unspooled: 'read', sent: 'sent' },
        sent: { read: 'sent', sent: 'sent', refused: 'read', receipted: 'receipted' },
        receipted: { read: 'receipted', receipted: 'receipted', refused: 'read', erasing: 'erasing' },
        erasing: { read: 'receipted', erasing: 'erasing', kept: 'receipted', erased: 'erased' },
        erased: { read: 'receipted', erased: 'erased' },
    };
    it.each(['new', ...DOCK_STATES] as const)('from %s', (from) => {
        for (const each of DOCK_STEPS)
            expect([from, each, nextDockState(from === 'new' ? undefined : from, each)]).toEqual([
                from,
                each,
                table[from]?.[each],
            ]);
    });

    it('never erases what has no receipt, whatever order lines come in', () => {
        for (const from of ['read', 'spooled', 'sent'] as const)
            for (const each of ['erasing', 'erased', 'kept'] as const) expect(nextDockState(from, each)).toBeUndefined();
    });

    it('keeps what was known, and nothing of another content under the same name', () => {
        const book = new DockLedger();
        for (const each of [read, step('sent', { recording: 'r' }), step('receipted', { receipt: 't', signature: 's' })])
            expect(book.enter(each)).toBe(true);
        expect(book.files.get('f')).toMatchObject({ state: 'receipted', recording: 'r', receipt: 't', signature: 's' });
        expect(book.enter(step('erased'))).toBe(false);
        expect(book.odd).toBe(1);
        book.enter(step('read', { sha256: 'bb', facts }));
        expect(book.files.get('f')).toEqual({ file: 'f', state: 'read', sha256: 'bb', facts, changedAt: 1 });
        // A line about other bytes than those known leads nowhere.
        expect(book.enter(step('sent', { sha256: 'aa' }))).toBe(false);
    });

    it('forgets a number that the server does not know', () => {
        const book = new DockLedger();
        for (const each of [read, step('sent', { recording: 'r' }), step('refused')]) book.enter(each);
        expect(book.files.get('f')).toEqual({ file: 'f', state: 'read', sha256: 'aa', facts, changedAt: 1 });
    });

    it('comes again from its own lines, in every state', () => {
        const ways: FileLine[][] = [
            [],
            [step('spooled')],
            [step('sent', { recording: 'r' })],
            [step('sent', { recording: 'r' }), step('receipted', { receipt: 't', signature: 's' })],
            [step('sent', { recording: 'r' }), step('receipted', { receipt: 't', signature: 's' }), step('erasing')],
            [step('sent', { recording: 'r' }), step('receipted', { receipt: 't' }), step('erasing', { root: '1:2' })],
            [step('sent'), step('receipted', { receipt: 't' }), step('erasing'), step('erased')],
        ];
        for (const way of ways) {
            const book = new DockLedger();
            const docking: JournalLine = { of: 'docking', step: 'noted', docking: 'd', at: 1, report: {} };
            for (const each of [read, ...way, docking]) expect(book.enter(each)).toBe(true);
            const again = new DockLedger();
            for (const each of book.lines()) expect(again.enter(each)).toBe(true);
            expect(again.files).toEqual(book.files);
            expect(again.dockings).toEqual(book.dockings);
        }
    });
});

describe('lines of a journal', () => {
    const whole = [read, step('sent', { recording: '执法' })].map((each) => journalLine(each, checkOf)).join('');
    const bytes = new TextEncoder().encode(whole);

    it('come back as they were written', () => {
        expect(readJournal(bytes, checkOf)).toEqual({
            lines: [read, step('sent', { recording: '执法' })],
            tornBytes: 0,
            badLines: 0,
        });
        expect(readJournal(new Uint8Array(0), checkOf)).toEqual({ lines: [], tornBytes: 0, badLines: 0 });
    });

    it('lose nothing but an unfinished end, wherever it was cut', () => {
        const first = bytes.indexOf(10) + 1;
        for (let cut = 0; cut < bytes.length; cut += 1) {
            const { lines, badLines, tornBytes } = readJournal(bytes.subarray(0, cut), checkOf);
            expect([lines.length, badLines, tornBytes]).toEqual([cut < first ? 0 : 1, 0, cut < first ? cut : cut - first]);
        }
    });

    it('count a line that is not what was written, and go on behind it', () => {
        for (const at of [0, 3, 16, 40]) {
            const damaged = bytes.slice();
            damaged[at] = (damaged[at] ?? 0) ^ 1;
            expect(readJournal(damaged, checkOf)).toMatchObject({ badLines: 1, lines: [{ step: 'sent' }] });
        }
    });
});

describe('a line that proves not to be on disk', () => {
    it('is taken back, with what was built on it', () => {
        const book = new DockLedger();
        const enter = (line: JournalLine) => {
            const undo = book.undoOf(line);
            book.enter(line);
            return undo;
        };
        enter({ of: 'file', step: 'read', file: 'f', at: 1, sha256: 'a', facts });
        enter({ of: 'docking', step: 'noted', docking: 'd', at: 1, report: {} });
        const before = [structuredClone(book.files), structuredClone(book.dockings), book.odd];
        const undone = [
            enter({ of: 'file', step: 'sent', file: 'f', at: 2, recording: 'r' }),
            enter({ of: 'file', step: 'erased', file: 'f', at: 3 }),
            enter({ of: 'file', step: 'read', file: 'g', at: 3, sha256: 'b', facts }),
            enter({ of: 'docking', step: 'reported', docking: 'd', at: 3 }),
            enter({ of: 'docking', step: 'noted', docking: 'e', at: 3, report: {} }),
        ];
        expect([book.files.size, book.odd]).toEqual([2, 1]);
        for (const undo of undone.toReversed()) undo();
        expect([book.files, book.dockings, book.odd]).toEqual(before);
    });
});
