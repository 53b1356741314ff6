import { toBase64 } from '../kernel/base64.ts';
import { utf8Text } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { HASH_LENGTH } from '../ledger/digest.ts';
import { parseHash } from './checkpoint.ts';

/** What stands before a checkpoint in requests to witnesses and in proofs: lines, one hash each, and an empty line. */

/** Most hashes of one proof: c2sp.org/tlog-witness allows no more, and no tree of less than 2^63 leaves needs more. */
export const PROOF_MAX_LINES = 63;

/** Hashes in base 64, one per line. Throws `hashLines.malformed` when there are too many or one is not 32 bytes. */
export function formatHashLines(hashes: readonly Uint8Array[]): string {
    if (hashes.length > PROOF_MAX_LINES || hashes.some((hash) => hash.length !== HASH_LENGTH))
        throw new DomainError('hashLines.malformed', { lines: hashes.length });
    return hashes.map((hash) => `${toBase64(hash)}\n`).join('');
}

/** The hashes of these lines, or `undefined` when there are too many or one is no hash. */
export function parseHashLines(lines: readonly string[]): Uint8Array[] | undefined {
    const hashes = lines.length > PROOF_MAX_LINES ? [] : lines.map(parseHash).filter((hash) => hash !== undefined);
    return hashes.length === lines.length ? hashes : undefined;
}

/** The lines before the first empty line, and the bytes after it; `undefined` without one within `most` bytes. */
export function splitAtEmptyLine(bytes: Uint8Array, most: number): { lines: string[]; rest: Uint8Array } | undefined {
    for (let at = 0; at + 1 < bytes.length && at < most; at += 1) {
        if (bytes[at] !== 0x0a || bytes[at + 1] !== 0x0a) continue;
        const text = utf8Text(bytes.subarray(0, at));
        return text === undefined ? undefined : { lines: text.split('\n'), rest: bytes.slice(at + 2) };
    }
    return undefined;
}
