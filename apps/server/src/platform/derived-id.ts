import { createHash } from 'node:crypto';
import type { Id } from '@liuhen/domain';

/**
 * A command id worked out from what caused the command (an upload, a job), so that the same cause after a crash finds
 * the first run instead of a second one. UUID version 8 (RFC 9562 section 5.8): 122 bits of SHA-256.
 */
export function derivedId(...parts: readonly string[]): Id {
    const hash = createHash('sha256').update(parts.join('\n')).digest().subarray(0, 16);
    hash.writeUInt8(((hash[6] ?? 0) & 0x0f) | 0x80, 6);
    hash.writeUInt8(((hash[8] ?? 0) & 0x3f) | 0x80, 8);
    return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
