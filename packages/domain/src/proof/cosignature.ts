import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { NoteSignature } from './note.ts';
import type { VerifierKey } from './verifier-key.ts';

/**
 * Ed25519 cosignatures of c2sp.org/tlog-cosignature: a witness says that at this time the checkpoint was the largest
 * consistent one it had seen of this log. Nothing is said of extension lines.
 */
export type TimestampedSignature = {
    /** Seconds since 1970-01-01T00:00:00Z. */
    readonly time: bigint;
    /** Ed25519 over `cosignatureMessage`, 64 bytes. */
    readonly signature: Uint8Array;
};

/** The text allows no time after it. */
export const COSIGNATURE_MAX_TIME = 2n ** 63n - 1n;

const TIME_LENGTH = 8;
const ED25519_LENGTH = 64;

/** What is signed: two lines that part it from everything else that is signed, then the text of the checkpoint. */
export const cosignatureMessage = (time: bigint, text: string): Uint8Array => utf8Bytes(`cosignature/v1\ntime ${time}\n${text}`);

/**
 * The signature of a note by witness `key`. A witness never leaves the time out, so 0 is refused like what does not fit:
 * throws `cosignature.malformed` with a `reason`.
 */
export function cosignature(key: VerifierKey, { time, signature }: TimestampedSignature): NoteSignature {
    if (key.algorithm !== 'cosignature/v1') throw malformed('algorithm');
    if (time <= 0n || time > COSIGNATURE_MAX_TIME) throw malformed('time');
    if (signature.length !== ED25519_LENGTH) throw malformed('signature');
    return { name: key.name, keyHash: key.keyHash, signature: concatBytes(bigEndian(time), signature) };
}

/** The time and the signature proper of a cosignature, or `undefined` when these bytes are none. */
export function parseTimestampedSignature(bytes: Uint8Array): TimestampedSignature | undefined {
    if (bytes.length !== TIME_LENGTH + ED25519_LENGTH) return undefined;
    const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
    return time > COSIGNATURE_MAX_TIME ? undefined : { time, signature: bytes.slice(TIME_LENGTH) };
}

function bigEndian(time: bigint): Uint8Array {
    const bytes = new Uint8Array(TIME_LENGTH);
    new DataView(bytes.buffer).setBigUint64(0, time);
    return bytes;
}

const malformed = (reason: string): DomainError => new DomainError('cosignature.malformed', { reason });
