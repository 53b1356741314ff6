import { DomainError } from './domain-error.ts';

const HEX = /^(?:[0-9a-f]{2})*$/;
const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal text of `bytes`. */
export function toHex(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) text += PAIRS[byte];
    return text;
}

/** Whether `value` is lower-case hexadecimal text, of exactly `byteLength` bytes when that is given. */
export const isHex = (value: unknown, byteLength?: number): value is string =>
    typeof value === 'string' && HEX.test(value) && (byteLength === undefined || value.length === 2 * byteLength);

/** The bytes of lower-case hexadecimal text; throws `hex.malformed` for anything else, upper case included. */
export function fromHex(text: string): Uint8Array {
    if (!isHex(text)) throw new DomainError('hex.malformed');
    return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}
