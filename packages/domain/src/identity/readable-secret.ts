/** Lower-case letters and digits that nobody takes for one another on paper: no i, l, o, 0, 1. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Random bytes that `readableSecret` takes: two for each character. */
export const READABLE_SECRET_BYTES = 2 * GROUPS * GROUP_LENGTH;

/**
 * A secret to be read from one screen and typed once (first passwords, the set-up code): four groups of four, 79 bits.
 * Two bytes for a character keep the difference in likelihood between characters under 0.05 %.
 */
export function readableSecret(random: Uint8Array): string {
    if (random.length < READABLE_SECRET_BYTES) throw new RangeError('too few random bytes');
    const character = (index: number): string =>
        ALPHABET.charAt((((random[2 * index] ?? 0) << 8) | (random[2 * index + 1] ?? 0)) % ALPHABET.length);
    const group = (index: number): string =>
        Array.from({ length: GROUP_LENGTH }, (_, at) => character(index * GROUP_LENGTH + at)).join('');
    return Array.from({ length: GROUPS }, (_, index) => group(index)).join('-');
}
