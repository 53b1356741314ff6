/** Longest original name kept, in bytes. Longer ones are refused: no file system makes them. */
export const MAX_NAME_BYTES = 4096;

/** Longest display name, in Unicode code points. */
export const MAX_DISPLAY_NAME = 200;

/** What a file without a usable name is called. */
export const UNNAMED = 'unnamed';

/** Decodes strictly: undefined where the bytes are not in that encoding. Given by the caller, for the domain has no decoder. */
export type DecodeName = (bytes: Uint8Array, encoding: 'utf-8' | 'gb18030') => string | undefined;

const PATH_SEPARATORS = /[/\\]+/;
// Cc, and the line and paragraph separators: they break lists and logs.
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;
// Everything that is there and cannot be seen: embeddings and overrides that make "exe.mp4" of "4pm.exe", zero-width characters.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
const LONGEST_EXTENSION = 16;

/**
 * The name shown for a file whose original name is `bytes`: NFC, one path component, without control, bidirectional or
 * invisible characters, at most `MAX_DISPLAY_NAME` code points with the extension kept, never empty, never `.` or `..`.
 * For people only: nothing is ever looked up or stored under it. Recorders write GBK (GB 18030), so that is tried where
 * the bytes are not UTF-8.
 */
export function displayName(bytes: Uint8Array, decode: DecodeName): string {
    const text = decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030') ?? asciiOnly(bytes);
    const component = text.split(PATH_SEPARATORS).findLast((each) => each !== '') ?? '';
    const visible = component.toWellFormed().replace(INVISIBLE, '').replace(CONTROLS, '\ufffd').normalize('NFC').trim();
    return /^\.*$/.test(visible) ? UNNAMED : shorten(visible);
}

function shorten(name: string): string {
    const all = [...name];
    if (all.length <= MAX_DISPLAY_NAME) return name;
    const dot = all.lastIndexOf('.');
    const extension = dot > 0 && all.length - dot <= LONGEST_EXTENSION ? all.slice(dot) : [];
    return [...all.slice(0, MAX_DISPLAY_NAME - extension.length - 1), '…', ...extension].join('');
}

const asciiOnly = (bytes: Uint8Array): string =>
    Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd')).join('');
