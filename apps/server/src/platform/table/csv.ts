import type { ImportCell } from '@liuhen/domain';
import { DomainError } from '@liuhen/domain/table';
import { TABLE_LIMITS, type Table, type TableRow } from './table.ts';

const DELIMITERS = [',', '\t', ';', '，'] as const;

/** Encodings in the order in which they are tried; a byte order mark decides at once. */
function decode(bytes: Uint8Array): { text: string; encoding: string } {
    const as = (encoding: string, from = 0) => ({
        text: new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(from)),
        encoding,
    });
    const begins = (...mark: number[]) => mark.every((byte, place) => bytes[place] === byte);
    try {
        if (begins(0xef, 0xbb, 0xbf)) return as('utf-8', 3);
        if (begins(0xff, 0xfe)) return as('utf-16le', 2);
        if (begins(0xfe, 0xff)) return as('utf-16be', 2);
    } catch {
        if (begins(0xef, 0xbb, 0xbf)) throw new DomainError('table.brokenByte', { line: brokenUtf8(bytes).line });
        throw new DomainError('table.encoding');
    }
    // GB18030 takes almost any bytes, UTF-8 almost none but its own: whatever is UTF-8 was meant as such.
    for (const encoding of ['utf-8', 'gb18030']) {
        try {
            const decoded = as(encoding);
            // A text has no NUL; a program or a picture has.
            if (!decoded.text.includes('\0')) return decoded;
        } catch {
            const { good, broken, line } = brokenUtf8(bytes);
            if (encoding === 'utf-8' && good > MOSTLY * broken) throw new DomainError('table.brokenByte', { line });
        }
    }
    throw new DomainError('table.encoding');
}

/**
 * Of a text in GB18030 about one character in five happens to be UTF-8, in a short line one in three. Where three times as many are as
 * are not, it was UTF-8 with something broken in it, and read as GB18030 all of it would be other characters.
 */
const MOSTLY = 3;

/** What of it is UTF-8 beyond ASCII, how often it is not, and the line where it first is not. */
function brokenUtf8(bytes: Uint8Array): { good: number; broken: number; line: number } {
    const text = new TextDecoder('utf-8').decode(bytes);
    let [good, broken] = [0, 0];
    for (const character of text) {
        if (character === BROKEN) broken++;
        else if (character > '\u{7f}') good++;
    }
    const before = text.slice(0, Math.max(0, text.indexOf(BROKEN)));
    return { good, broken, line: before.split(/\r\n|\r|\n/).length };
}
const BROKEN = '\u{fffd}';

/** `score` says how much of a heading is known; it decides which delimiter was meant. */
export function readCsv(bytes: Uint8Array, score: (headings: readonly string[]) => number): Table {
    const { text, encoding } = decode(bytes);
    let delimiter: string = DELIMITERS[0];
    let best = -1;
    for (const candidate of DELIMITERS) {
        const heads = [...records(text, candidate, 10)];
        const points = Math.max(0, ...heads.map(({ fields }) => score(fields)));
        if (points > best) [best, delimiter] = [points, candidate];
    }
    const rows: TableRow[] = [];
    for (const { line, fields } of records(text, delimiter, Number.POSITIVE_INFINITY)) {
        if (fields.every((field) => field.trim() === '')) continue;
        if (rows.length > TABLE_LIMITS.rows) throw new DomainError('table.tooManyRows', { most: TABLE_LIMITS.rows });
        rows.push({ line, cells: fields.slice(0, TABLE_LIMITS.columns).map(cellOf) });
    }
    return { format: 'csv', rows, encoding, delimiter };
}

/**
 * A formula in a CSV is text like any other; one that a spreadsheet would run is told apart all the same. `="007"` is how
 * programs keep a text from being taken for a number, and an apostrophe before a sign that begins a formula is how exports, ours
 * among them, make it harmless: both mean the text itself.
 */
function cellOf(text: string): ImportCell {
    const kept = /^\s*="([^"]*)"\s*$/.exec(text)?.[1];
    if (kept !== undefined) return { text: kept, form: 'text' };
    if (/^'[=+\-@\t\r]/.test(text)) return { text: text.slice(1), form: 'text' };
    return { text, form: /^=[^=]/.test(text.trim()) ? 'formula' : 'text' };
}

type Csv = { line: number; fields: string[] };

/** RFC 4180: quoted fields may hold delimiters, doubled quotes and line ends. `line` is where the record begins. */
function* records(text: string, delimiter: string, most: number): Generator<Csv> {
    let [at, line, count] = [0, 1, 0];
    while (at < text.length && count < most) {
        const record: Csv = { line, fields: [] };
        for (;;) {
            const { value, next, lines } = fieldAt(text, at, delimiter, line);
            record.fields.push(value);
            line += lines;
            at = next;
            if (text[at] !== delimiter) break;
            at++;
        }
        if (text[at] === '\r' && text[at + 1] === '\n') at++;
        at++;
        line++;
        count++;
        yield record;
    }
}

function fieldAt(text: string, from: number, delimiter: string, line: number): { value: string; next: number; lines: number } {
    if (text[from] !== '"') {
        let end = from;
        while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
        return { value: text.slice(from, end), next: end, lines: 0 };
    }
    let value = '';
    let at = from + 1;
    for (;;) {
        const quote = text.indexOf('"', at);
        if (quote === -1) throw new DomainError('table.quote', { line });
        value += text.slice(at, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        value += '"';
        at++;
    }
    const lines = value.split(/\r\n|\r|\n/).length - 1;
    // What follows a closing quote up to the delimiter belongs to the field, as spreadsheets read it.
    let end = at;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end++;
    return { value: value + text.slice(at, end), next: end, lines };
}
