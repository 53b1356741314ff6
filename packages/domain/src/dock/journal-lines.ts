import { utf8Bytes, utf8Text } from '../kernel/bytes.ts';
import type { JournalLine } from './dock-journal.ts';

/** The first 16 hex digits of SHA-256; given by the caller, since the domain computes no digests of its own. */
export type CheckOf = (bytes: Uint8Array) => string;

/** A line as it is written: its check, a space, JSON, a line feed. Each stands for itself, so that one bad line costs itself only. */
export function journalLine(line: JournalLine, checkOf: CheckOf): string {
    const text = JSON.stringify(line);
    return `${checkOf(utf8Bytes(text))} ${text}\n`;
}

export type JournalReading = {
    readonly lines: readonly JournalLine[];
    /** Bytes at the end that a power cut left unfinished; they are cut off. */
    readonly tornBytes: number;
    /** Lines before the end that are not what was written. */
    readonly badLines: number;
};

/** Reads a journal. What stands behind the last line feed was being written when the power went, and was never relied on. */
export function readJournal(bytes: Uint8Array, checkOf: CheckOf): JournalReading {
    const lines: JournalLine[] = [];
    let badLines = 0;
    let from = 0;
    for (;;) {
        const end = bytes.indexOf(0x0a, from);
        if (end < 0) break;
        const line = lineOf(bytes.subarray(from, end), checkOf);
        if (line === undefined) badLines += 1;
        else lines.push(line);
        from = end + 1;
    }
    return { lines, tornBytes: bytes.length - from, badLines };
}

const CHECK = 16;

function lineOf(bytes: Uint8Array, checkOf: CheckOf): JournalLine | undefined {
    const body = bytes.subarray(CHECK + 1);
    const check = String.fromCharCode(...bytes.subarray(0, CHECK));
    if (bytes[CHECK] !== 0x20 || checkOf(body) !== check) return undefined;
    // Checked: it is what this program wrote.
    const text = utf8Text(body);
    return text === undefined ? undefined : (JSON.parse(text) as JournalLine);
}
