import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import { canonicalBytes, canonicalJson, parseCanonical } from '../kernel/canonical-json.ts';
import { type Id, isId } from '../kernel/ids.ts';
import { type Instant, isInstant } from '../kernel/instant.ts';

/**
 * The server's word that it has a file: written to disk, read back from the store, digests equal. With it, and with nothing
 * less, a file may be erased from its recorder.
 */
export type DockReceipt = {
    readonly v: 1;
    readonly org: Id;
    readonly recording: Id;
    readonly sha256: string;
    readonly sm3: string;
    readonly size: string;
    /** When the stored bytes were read back and found equal. */
    readonly verifiedAt: Instant;
    readonly issuedAt: Instant;
    /** Name of the key that signs, as entries of the log name it. */
    readonly app: string;
};

/** Keeps a signature made for a receipt from being valid for anything else the key signs. */
const SIGNING_CONTEXT = utf8Bytes('liuhen/dock-receipt/v1\n');

export const receiptText = (receipt: DockReceipt): string => canonicalJson(receipt);

/** What the key signs. */
export const receiptMessage = (receipt: DockReceipt): Uint8Array => concatBytes(SIGNING_CONTEXT, canonicalBytes(receipt));

const isHex32 = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** Reads a receipt's text; `undefined` for anything that is none, byte for byte. */
export function parseReceipt(text: string): DockReceipt | undefined {
    let value: unknown;
    try {
        value = parseCanonical(utf8Bytes(text));
    } catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const of = value as Record<string, unknown>;
    const right =
        of.v === 1 &&
        isId(of.org) &&
        isId(of.recording) &&
        isHex32(of.sha256) &&
        isHex32(of.sm3) &&
        typeof of.size === 'string' &&
        /^(?:0|[1-9]\d{0,19})$/.test(of.size) &&
        isInstant(of.verifiedAt) &&
        isInstant(of.issuedAt) &&
        typeof of.app === 'string' &&
        Object.keys(of).length === 9;
    return right ? (value as DockReceipt) : undefined;
}
