import { concatBytes, utf8Bytes } from '../kernel/bytes.ts';
import { canonicalBytes, parseCanonical } from '../kernel/canonical-json.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { toHex } from '../kernel/hex.ts';
import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import { type Digest, pairHash } from './digest.ts';
import type { EntryErrorCode } from './entry-shape.ts';
import { checkVersion, SIGNATURE_LENGTH, signedShape, unsignedShape } from './entry-shape.ts';
import { merkleEmptyRoot, merkleLeaf } from './merkle.ts';

export type { EntryErrorCode } from './entry-shape.ts';

/**
 * One object the entry is about. `seq` counts the entries of that object from 0 without a hole and `prev` is the leaf
 * hash of the one before (absent exactly when `seq` is 0): the list of everything done to one object is provably whole.
 */
export type EntryObject = { readonly id: Id; readonly seq: number; readonly prev?: string };

/** One state row as the command left it: `sha256` is `rowDigest` of its after-image, `version` starts at 1 and grows by 1. */
export type EntryRow = { readonly table: string; readonly id: string; readonly version: number; readonly sha256: string };

/** Bytes the entry vouches for. `size` in bytes, decimal, because it may pass 2^53; `chunkRoot` as in chunk-tree.ts. */
export type EntryContent = { readonly sha256: string; readonly sm3: string; readonly size: string; readonly chunkRoot: string };

/** An entry before its signature. Never holds a name or free text: those are in the body, which may lawfully be destroyed. */
export type UnsignedEntry = {
    readonly v: 1;
    /** What happened, for example `act.created`. */
    readonly kind: string;
    /** Version of the body's own format for this kind, from 1. */
    readonly bodySchema: number;
    readonly at: Instant;
    /** The organisation whose log this is. */
    readonly org: Id;
    /** The person who acted, or the system. */
    readonly actor: Id;
    readonly commandId: Id;
    /** No object twice. */
    readonly objects: readonly EntryObject[];
    /** Sorted by table, then id, no row twice. */
    readonly rows: readonly EntryRow[];
    readonly content: readonly EntryContent[];
    /** `bodyHash(...)` in hex. */
    readonly bodyHash: string;
    /** Name of the application key that signed, 1 to 200 visible ASCII characters. */
    readonly app: string;
};

/** A whole entry: `sig` is the Ed25519 signature over `entrySigningMessage`, 64 bytes in lower-case hex. */
export type Entry = UnsignedEntry & { readonly sig: string };

/** Length of the salt before a body, in bytes: it keeps the values of a destroyed body from being guessed. */
export const SALT_LENGTH = 32;

/** Keeps a signature made for an entry from being valid for anything else the key signs. */
const SIGNING_CONTEXT = utf8Bytes('liuhen/entry/v1\n');
const chainLink = pairHash(0x02);

/** Canonical bytes of the entry without `sig`. Throws `entry.*` or `canonical.*` rather than make bytes no reader takes. */
export function unsignedEntryBytes(entry: UnsignedEntry | Entry): Uint8Array {
    const { sig: _, ...unsigned } = { sig: '', ...entry };
    check(unsigned, unsignedShape);
    return canonicalBytes(unsigned);
}

/** What the application key signs: the context line, then the unsigned bytes. */
export const entrySigningMessage = (entry: UnsignedEntry | Entry): Uint8Array =>
    concatBytes(SIGNING_CONTEXT, unsignedEntryBytes(entry));

/** The bytes that are stored and hashed: the canonical form with `sig`. Throws like `unsignedEntryBytes`. */
export function entryBytes(entry: Entry): Uint8Array {
    check(entry, signedShape);
    return canonicalBytes(entry);
}

/** By their names the last two members of an entry. */
const VERSION_MEMBER = ',"v":1}';

/**
 * The bytes of an entry with its signature by `sign`, which is given `entrySigningMessage`: the same as `entryBytes`, but put into
 * canonical form once.
 */
export function signedEntryBytes(unsigned: UnsignedEntry, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
    const bytes = unsignedEntryBytes(unsigned);
    const sig = sign(concatBytes(SIGNING_CONTEXT, bytes));
    if (sig.length !== SIGNATURE_LENGTH) refuse('entry.wrongValue', '$.sig');
    const before = bytes.subarray(0, bytes.length - VERSION_MEMBER.length);
    return concatBytes(before, utf8Bytes(`,"sig":"${toHex(sig)}"${VERSION_MEMBER}`));
}

/** Reads stored bytes strictly: canonical form, exactly the members of v1, every type, length and order. */
export function parseEntry(bytes: Uint8Array): Entry {
    const value = parseCanonical(bytes);
    check(value, signedShape);
    return value as Entry;
}

/** RFC 6962 leaf of the log's tree: SHA-256(0x00 ‖ entry bytes). */
export const leafHash = (digest: Digest, bytes: Uint8Array): Uint8Array => merkleLeaf(digest.sha256, bytes);

/** Chain value before the first entry: SHA-256 of nothing. */
export const genesisChain = (digest: Digest): Uint8Array => merkleEmptyRoot(digest.sha256);

/** Chain value after an entry: SHA-256(0x02 ‖ previous chain ‖ leaf). PostgreSQL computes the same at commit. */
export const chainValue = (digest: Digest, previousChain: Uint8Array, leaf: Uint8Array): Uint8Array =>
    chainLink(digest.sha256, previousChain, leaf);

/** SHA-256(salt ‖ body). Throws `entry.saltLength` unless the salt has 32 bytes: else salt and body could trade bytes. */
export function bodyHash(digest: Digest, salt: Uint8Array, body: Uint8Array): Uint8Array {
    if (salt.length !== SALT_LENGTH) throw new DomainError('entry.saltLength' satisfies EntryErrorCode, { length: salt.length });
    return digest.sha256(concatBytes(salt, body));
}

/** `rows` in the order an entry wants. */
export const sortEntryRows = (rows: readonly EntryRow[]): EntryRow[] => [...rows].sort(compareRows);

// By code unit; both are ASCII, so this is also the order of their bytes.
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const compareRows = (a: EntryRow, b: EntryRow): number => compareText(a.table, b.table) || compareText(a.id, b.id);

function check(value: unknown, shape: (value: unknown, path: string) => void): void {
    checkVersion(value);
    shape(value, '$');
    const entry = value as UnsignedEntry;
    checkObjects(entry.objects);
    checkRows(entry.rows);
}

function checkObjects(objects: readonly EntryObject[]): void {
    const seen = new Set<Id>();
    for (const [at, object] of objects.entries()) {
        const path = `$.objects[${at}]`;
        if (seen.has(object.id)) refuse('entry.duplicateObject', path);
        if ((object.prev === undefined) !== (object.seq === 0)) refuse('entry.prevPresence', path);
        seen.add(object.id);
    }
}

function checkRows(rows: readonly EntryRow[]): void {
    for (let at = 1; at < rows.length; at++) {
        const [before, row] = [rows[at - 1], rows[at]];
        if (before !== undefined && row !== undefined && compareRows(before, row) >= 0) refuse('entry.rowOrder', `$.rows[${at}]`);
    }
}

function refuse(code: EntryErrorCode, path: string): never {
    throw new DomainError(code, { path });
}
