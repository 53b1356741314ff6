import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { concatBytes, utf8Bytes, utf8Text } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';

/**
 * Signed notes of c2sp.org/signed-note: a text, an empty line, and signature lines `— name base64(key id ‖ signature)`.
 * What is read is taken to the letter; nothing is repaired. A signature by a key nobody knows is kept and means nothing.
 */
export type Note = {
    /** Everything above the last empty line, with its final newline. Worth nothing before a signature was verified. */
    readonly text: string;
    /** In the order of the lines; several may be by one key. */
    readonly signatures: readonly NoteSignature[];
};

export type NoteSignature = {
    /** Key name. With `keyHash` it identifies the key and its algorithm. */
    readonly name: string;
    /** Key id: 4 bytes, big-endian as on the line. */
    readonly keyHash: Uint8Array;
    /** What the algorithm of the key made, at least one byte. */
    readonly signature: Uint8Array;
};

/** Largest note that is read, in bytes. The text asks for a limit; post-quantum signatures are nearly 5 kB each. */
export const NOTE_MAX_BYTES = 1_000_000;

/** Most signatures of one note. The text asks for a limit and for at least 16. */
export const NOTE_MAX_SIGNATURES = 100;

/** Length of a key id in bytes. */
export const KEY_HASH_LENGTH = 4;

const SIGNATURE_START = '\u2014 ';
// White_Space and not \s, which takes in U+FEFF and leaves out U+0085.
const NAME = /^[^\p{White_Space}+]+$/u;

/** Whether `name` may name a key: not empty, no Unicode space, no plus, no control character. */
export const isKeyName = (name: string): boolean => NAME.test(name) && isNoteText(name);

/** Whether `text` may stand in a note: well-formed, and of the ASCII control characters only newlines. */
const isNoteText = (text: string): boolean => text.isWellFormed() && !hasControl(text);

function hasControl(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) {
        const code = text.charCodeAt(at);
        if (code < 0x20 && code !== 0x0a) return true;
    }
    return false;
}

/**
 * The bytes of a note. Throws `note.malformed` with a `reason` when the text does not end in a newline or holds what a note
 * must not hold, when there is no signature or more than `NOTE_MAX_SIGNATURES`, or when one has no proper name or key id.
 */
export function formatNote(note: Note): Uint8Array {
    if (!note.text.endsWith('\n')) throw malformed('textEnd');
    if (!isNoteText(note.text)) throw malformed('characters');
    const bytes = utf8Bytes(`${note.text}\n${formatNoteSignatures(note.signatures)}`);
    if (bytes.length > NOTE_MAX_BYTES) throw malformed('tooLong');
    return bytes;
}

/** The signature lines alone, as a witness answers them. Throws like `formatNote`. */
export function formatNoteSignatures(signatures: readonly NoteSignature[]): string {
    if (signatures.length === 0) throw malformed('noSignature');
    if (signatures.length > NOTE_MAX_SIGNATURES) throw malformed('tooManySignatures');
    return signatures.map(formatSignature).join('');
}

function formatSignature({ name, keyHash, signature }: NoteSignature): string {
    if (!isKeyName(name)) throw malformed('name');
    if (keyHash.length !== KEY_HASH_LENGTH || signature.length === 0) throw malformed('signature');
    return `${SIGNATURE_START}${name} ${toBase64(concatBytes(keyHash, signature))}\n`;
}

/**
 * Reads a note; `formatNote` of the result gives the same bytes. Throws `note.malformed` with a `reason` for anything that
 * the text does not allow: not UTF-8, control characters, no empty line, no signature, a signature line of another form.
 */
export function parseNote(bytes: Uint8Array): Note {
    if (bytes.length > NOTE_MAX_BYTES) throw malformed('tooLong');
    const all = utf8Text(bytes);
    if (all === undefined) throw malformed('notUtf8');
    if (hasControl(all)) throw malformed('characters');
    // The last empty line parts text and signatures: the text may hold empty lines of its own.
    const split = all.lastIndexOf('\n\n');
    if (split < 0) throw malformed('noSeparator');
    return { text: all.slice(0, split + 1), signatures: parseNoteSignatures(all.slice(split + 2)) };
}

/** Reads signature lines, as the answer of a witness consists of. Throws `note.malformed` like `parseNote`. */
export function parseNoteSignatures(lines: string): NoteSignature[] {
    if (lines === '') throw malformed('noSignature');
    if (!lines.endsWith('\n')) throw malformed('signatureEnd');
    const parts = lines.slice(0, -1).split('\n');
    if (parts.length > NOTE_MAX_SIGNATURES) throw malformed('tooManySignatures');
    return parts.map(parseSignature);
}

function parseSignature(line: string): NoteSignature {
    if (!line.startsWith(SIGNATURE_START)) throw malformed('signatureLine');
    const [name = '', encoded = '', ...more] = line.slice(SIGNATURE_START.length).split(' ');
    if (!isKeyName(name)) throw malformed('name');
    const bytes = fromBase64(encoded);
    if (more.length > 0 || bytes === undefined || bytes.length <= KEY_HASH_LENGTH) throw malformed('signature');
    return { name, keyHash: bytes.slice(0, KEY_HASH_LENGTH), signature: bytes.slice(KEY_HASH_LENGTH) };
}

const malformed = (reason: string): DomainError => new DomainError('note.malformed', { reason });
