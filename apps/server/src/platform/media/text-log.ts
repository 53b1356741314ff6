import type { MeasuredFile } from '@liuhen/domain';
import type { ByteSource } from './byte-source.ts';

/** So much is looked at: a log shows what it is in its first lines, and a file may be of any size. */
const LOOKED_AT = 64 * 1024;
/** A longer line no recorder writes. */
const LONGEST_LINE = 2_000;
const MOST_LINES = 2_000;

/** What begins so is something else, whatever stands below: pages, pictures as text, programs, data, letters. */
const OTHERS = /^\s*(?:<|#!|%PDF|\{|\[\s*[[{"\]]|From |Received:|MIME-Version:|BEGIN:|WEBVTT|#EXTM3U)/i;
/** Text has none of these: what steers a terminal, what Unicode leaves to others, and what could not be read. */
const NO_TEXT = /[\p{Cc}\p{Co}\p{Cn}\ufffd]/u;
const LAYOUT = /[\t\n\f\r]/g;
/** A date with a time, in any grouping, or a time of day with its colons, near the beginning of the line. */
const TIME =
    /^.{0,24}?(?<!\d)(?:(?:19|20)\d\d[-/.年]?(?:0?[1-9]|1[0-2])[-/.月]?(?:0?[1-9]|[12]\d|3[01])日?[ T_-]{0,2}(?:[01]?\d|2[0-3])[:时]?[0-5]\d|(?:[01]?\d|2[0-3]):[0-5]\d:[0-5]\d)/;
const KEYED = /^[\p{L}\p{N}_.-]{1,40}\s?=\s?[^=].*$/u;
const SECTION = /^\[[^\]]{1,60}\]$|^[#;]/;

/**
 * A recorder's log, by its content alone: lines with times, or of key=value. `plain`: text of another kind, which is a log only where
 * somebody's profile says so. Nothing for anything else. It is read as text and never shown as a page or run.
 */
export function readTextLog(source: ByteSource): Pick<MeasuredFile, 'container' | 'log'> | undefined {
    const head = source.read(0n, LOOKED_AT);
    const cut = BigInt(head.length) < source.length;
    const decoded = decode(head, cut);
    if (decoded === undefined || OTHERS.test(decoded.text) || NO_TEXT.test(decoded.text.replace(LAYOUT, ''))) return undefined;
    const lines = decoded.text.split(/\r\n|\r|\n/).map((each) => each.trim());
    // The last one may be half a line.
    if (cut) lines.pop();
    const full = lines.filter((each) => each !== '').slice(0, MOST_LINES);
    if (full.length === 0 || full.some((each) => each.length > LONGEST_LINE)) return undefined;
    const form = formOf(full);
    const log = { form, encoding: decoded.encoding, lines: full.length, ...(cut ? { cut } : {}) };
    return { container: form === 'plain' ? 'text' : 'log', log };
}

function formOf(lines: readonly string[]): 'timed' | 'keyed' | 'plain' {
    const timed = lines.filter((each) => TIME.test(each)).length;
    // Messages of several lines bear their time on the first.
    if (timed >= 2 && timed * 3 >= lines.length) return 'timed';
    const told = lines.filter((each) => !SECTION.test(each));
    const keyed = told.filter((each) => KEYED.test(each) && !/[;{]$/.test(each)).length;
    return keyed >= 3 && keyed * 5 >= told.length * 4 ? 'keyed' : 'plain';
}

function decode(bytes: Buffer, cut: boolean): { text: string; encoding: 'utf-8' | 'utf-16le' | 'gb18030' } | undefined {
    const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
    for (const encoding of isWide ? (['utf-16le'] as const) : (['utf-8', 'gb18030'] as const)) {
        try {
            // A character may be cut in two at the end of what is looked at.
            return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: cut }), encoding };
        } catch {
            // Another one, or none.
        }
    }
    return undefined;
}
