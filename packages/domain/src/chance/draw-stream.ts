import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import type { HashFunction } from '../ledger/digest.ts';

/** A whole number from 0 to below `count`, each as likely as the others. */
export type UniformBelow = (count: number) => number;

const WORD_SPAN = 2 ** 32;
const WORD_BYTES = 4;

/**
 * Words of `span` values into numbers below `count`. What lies beyond the last whole multiple of `count` is thrown away
 * and another word taken: `word % count` alone would favour the small numbers.
 */
export function belowByRejection(nextWord: () => number, span: number, count: number): number {
    if (!Number.isSafeInteger(count) || count < 1 || count > span) throw new RangeError('count');
    if (count === 1) return 0;
    const limit = span - (span % count);
    for (;;) {
        const word = nextWord();
        if (word < limit) return word % count;
    }
}

/**
 * Numbers that follow from `key` and nothing else. The key of a stream is SHA-256(key ‖ label); its blocks are
 * SHA-256(stream key ‖ block number as 8 bytes, high byte first), from 0; each block is eight words of 4 bytes, high byte
 * first. Both inputs have a fixed beginning of 32 bytes and a label no other stream has.
 */
export function drawStream(sha256: HashFunction, key: Uint8Array, label: string): UniformBelow {
    const streamKey = sha256(concatBytes(key, utf8Bytes(label)));
    let block: Uint8Array = new Uint8Array();
    let number = 0;
    let at = 0;
    const nextWord = (): number => {
        if (at === block.length) {
            block = sha256(concatBytes(streamKey, eightBytes(number++)));
            at = 0;
        }
        let word = 0;
        for (const byte of block.subarray(at, at + WORD_BYTES)) word = word * 256 + byte;
        at += WORD_BYTES;
        return word;
    };
    return (count) => belowByRejection(nextWord, WORD_SPAN, count);
}

function eightBytes(number: number): Uint8Array {
    const bytes = new Uint8Array(8);
    for (let at = 7, rest = number; at >= 0; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
    return bytes;
}
