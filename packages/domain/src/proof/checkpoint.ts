import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { HASH_LENGTH } from '../ledger/digest.ts';

/**
 * Checkpoints of c2sp.org/tlog-checkpoint: what a log signs of its tree. The text of a note of three lines or more: origin,
 * number of leaves, root. The root is of the hash function that belongs to the origin: SHA-256, or SM3 for the second head.
 */
export type Checkpoint = {
    /** Names the log. Not empty, no newline. */
    readonly origin: string;
    /** Number of leaves. */
    readonly size: bigint;
    /** Root of the RFC 6962 tree of the first `size` leaves, 32 bytes. */
    readonly root: Uint8Array;
    /** Lines that nobody audits; the text recommends against them. */
    readonly extensions: readonly string[];
};

/** Largest size that is written or read: what PostgreSQL, Go and the 63 hashes of a proof have room for. */
export const CHECKPOINT_MAX_SIZE = 2n ** 63n - 1n;

/**
 * The text of a checkpoint, with its final newline. Throws `checkpoint.malformed` with a `reason` for an empty origin, a
 * line with a newline in it, a negative or too large size, or a root that is not 32 bytes.
 */
export function formatCheckpoint(checkpoint: Omit<Checkpoint, 'extensions'> & { extensions?: readonly string[] }): string {
    const { origin, size, root, extensions = [] } = checkpoint;
    if (!isLine(origin)) throw malformed('origin');
    if (size < 0n || size > CHECKPOINT_MAX_SIZE) throw malformed('size');
    if (root.length !== HASH_LENGTH) throw malformed('root');
    if (!extensions.every(isLine)) throw malformed('extension');
    return [origin, size, toBase64(root), ...extensions].map((line) => `${line}\n`).join('');
}

/** Reads the text of a checkpoint; `formatCheckpoint` of the result gives the same text. Throws `checkpoint.malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
    if (!text.endsWith('\n')) throw malformed('end');
    const [origin = '', sizeLine = '', rootLine = '', ...extensions] = text.slice(0, -1).split('\n');
    if (!isLine(origin)) throw malformed('origin');
    const size = parseDecimal(sizeLine);
    if (size === undefined || size > CHECKPOINT_MAX_SIZE) throw malformed('size');
    const root = parseHash(rootLine);
    if (root === undefined) throw malformed('root');
    if (!extensions.every(isLine)) throw malformed('extension');
    return { origin, size, root, extensions };
}

/** An ASCII decimal without leading zeroes, as all texts of C2SP write numbers; `undefined` for anything else. */
export const parseDecimal = (text: string): bigint | undefined =>
    // Longest that fits: a number of a million digits would be slow to read.
    text.length <= 20 && /^(?:0|[1-9][0-9]*)$/.test(text) ? BigInt(text) : undefined;

/** A hash of 32 bytes in base 64; `undefined` for anything else. */
export function parseHash(text: string): Uint8Array | undefined {
    const hash = fromBase64(text);
    return hash?.length === HASH_LENGTH ? hash : undefined;
}

const isLine = (line: string): boolean => line !== '' && !line.includes('\n');

const malformed = (reason: string): DomainError => new DomainError('checkpoint.malformed', { reason });
