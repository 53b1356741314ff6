/**
 * Base 64 of RFC 4648 section 4 in its one canonical spelling: padded, no blanks, unused bits zero. Reading refuses every
 * other spelling, so that a text has exactly one meaning and bytes have exactly one text.
 */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map(Array.from(ALPHABET, (sign, value) => [sign, value]));
const SHAPE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The text of `bytes`. */
export function toBase64(bytes: Uint8Array): string {
    let text = '';
    for (let at = 0; at < bytes.length; at += 3) {
        const [a = 0, b, c] = bytes.subarray(at, at + 3);
        const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
        text += sign(group >> 18) + sign(group >> 12);
        text += (b === undefined ? '=' : sign(group >> 6)) + (c === undefined ? '=' : sign(group));
    }
    return text;
}

/** The bytes of `text`, or `undefined` when it is not the canonical text of any. */
export function fromBase64(text: string): Uint8Array | undefined {
    if (!SHAPE.test(text)) return undefined;
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
    const bytes = new Uint8Array((text.length / 4) * 3 - padding);
    let [group, bits, at] = [0, 0, 0];
    for (const letter of text.slice(0, text.length - padding)) {
        group = ((group << 6) | (VALUES.get(letter) ?? 0)) & 0xffff;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes[at] = (group >> bits) & 0xff;
        at += 1;
    }
    // What is left over after the last whole byte must be zero: other spellings of the same bytes are refused.
    return (group & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}

const sign = (value: number): string => ALPHABET[value & 63] ?? '';
