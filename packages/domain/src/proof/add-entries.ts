import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { concatBytes, utf8Bytes, utf8Text } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import { HASH_LENGTH } from '../ledger/digest.ts';
import { CHECKPOINT_MAX_SIZE, parseDecimal } from './checkpoint.ts';
import { PROOF_MAX_LINES } from './hash-lines.ts';

/** The call add-entries of c2sp.org/tlog-mirror: the entries that a log sends to who keeps all of them, and what that one answers. */
export type AddEntries = {
    readonly origin: string;
    /** First entry that is sent, and the size of the checkpoint that is to be reached. */
    readonly from: bigint;
    readonly to: bigint;
    readonly ticket: Uint8Array;
    /** The first of what `packageRuns` lists; what is missing follows with another request. */
    readonly packages: readonly EntryPackage[];
};
/** Entries of one block of 256, and the proof of that block (`runProof`). */
export type EntryPackage = { readonly entries: readonly Uint8Array[]; readonly proof: readonly Uint8Array[] };

/** Entries of one bundle (C2SP tlog-tiles). */
export const BUNDLE_WIDTH = 256n;
/** Longest entry that a bundle can hold, bytes: its length has two of them. */
export const BUNDLE_ENTRY_MAX = 65_535;
/** The type of the body of a 202 and a 409. */
export const MIRROR_INFO_TYPE = 'text/x.tlog.mirror-info';

/** One package of entries `from` to `to`; the proof is of the block that starts at `block`. */
export type PackageRun = { readonly block: bigint; readonly from: bigint; readonly to: bigint };

/** What the packages of an upload hold, in their order. */
export function* packageRuns(from: bigint, to: bigint): Generator<PackageRun> {
    if (from >= to) return;
    for (let block = from - (from % BUNDLE_WIDTH); block < to; block += BUNDLE_WIDTH) {
        const end = block + BUNDLE_WIDTH;
        yield { block, from: block > from ? block : from, to: end < to ? end : to };
    }
}

/** Entries as they stand in a bundle: each after its length. Throws `addEntries.entryTooLong`. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
    return concatBytes(
        ...entries.flatMap((entry) => {
            if (entry.length > BUNDLE_ENTRY_MAX) throw new DomainError('addEntries.entryTooLong', { bytes: entry.length });
            return [bigEndian(2, BigInt(entry.length)), entry];
        }),
    );
}

/** The entries of a bundle; undefined where it ends in the middle of one. */
export function parseBundle(bytes: Uint8Array): Uint8Array[] | undefined {
    const reader = readerOf(bytes);
    const entries: Uint8Array[] = [];
    while (reader.left() > 0) {
        const entry = reader.lengthAnd();
        if (entry === undefined) return undefined;
        entries.push(entry);
    }
    return entries;
}

/** The body of a request. Throws like `formatBundle`. */
export function formatAddEntries({ origin, from, to, ticket, packages }: AddEntries): Uint8Array {
    const name = utf8Bytes(origin);
    const head = [bigEndian(2, BigInt(name.length)), name, bigEndian(8, from), bigEndian(8, to)];
    const parts = packages.flatMap(({ entries, proof }) => [formatBundle(entries), bigEndian(1, BigInt(proof.length)), ...proof]);
    return concatBytes(...head, bigEndian(2, BigInt(ticket.length)), ticket, ...parts);
}

/** Reads a body; bytes after the last whole package are left out, as the text wants it. Throws `addEntries.malformed`. */
export function parseAddEntries(bytes: Uint8Array): AddEntries {
    const reader = readerOf(bytes);
    const origin = utf8Text(reader.lengthAnd() ?? refuse('origin')) ?? refuse('origin');
    const from = reader.number(8) ?? refuse('from');
    const to = reader.number(8) ?? refuse('to');
    const ticket = reader.lengthAnd() ?? refuse('ticket');
    if (to > CHECKPOINT_MAX_SIZE || from > to) throw malformed('range');
    const packages: EntryPackage[] = [];
    for (const run of packageRuns(from, to)) {
        const next = readPackage(reader, Number(run.to - run.from));
        if (next === undefined) break;
        packages.push(next);
    }
    return { origin, from, to, ticket, packages };
}

type Reader = ReturnType<typeof readerOf>;

function readPackage(reader: Reader, count: number): EntryPackage | undefined {
    const entries: Uint8Array[] = [];
    while (entries.length < count) {
        const entry = reader.lengthAnd();
        if (entry === undefined) return undefined;
        entries.push(entry);
    }
    const hashes = reader.number(1);
    if (hashes === undefined) return undefined;
    if (hashes > BigInt(PROOF_MAX_LINES)) throw malformed('proof');
    const proof: Uint8Array[] = [];
    while (proof.length < Number(hashes)) {
        const hash = reader.take(HASH_LENGTH);
        if (hash === undefined) return undefined;
        proof.push(hash);
    }
    return { entries, proof };
}

/** How far a mirror is: the checkpoint it expects entries up to, and the first entry it has not. */
export type MirrorInfo = { readonly size: bigint; readonly next: bigint; readonly ticket: Uint8Array };

export const formatMirrorInfo = ({ size, next, ticket }: MirrorInfo): Uint8Array =>
    utf8Bytes(`${size}\n${next}\n${toBase64(ticket)}\n`);

/** What a 202 or 409 says; undefined where it has not that form. */
export function parseMirrorInfo(bytes: Uint8Array): MirrorInfo | undefined {
    const [size = '', next = '', ticket = '', end, ...more] = (utf8Text(bytes) ?? '').split('\n');
    const read = { size: parseDecimal(size), next: parseDecimal(next), ticket: fromBase64(ticket) };
    if (end !== '' || more.length > 0 || read.size === undefined || read.next === undefined || read.ticket === undefined)
        return undefined;
    return { size: read.size, next: read.next, ticket: read.ticket };
}

/** Path of a tile or bundle below its level (C2SP tlog-tiles): three digits an element, all but the last after an x. */
export function tilePath(index: bigint, width: number): string {
    const digits = String(index).padStart(Math.ceil(String(index).length / 3) * 3, '0');
    const groups = digits.match(/.{3}/g) ?? [];
    const path = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join('/');
    return width === Number(BUNDLE_WIDTH) ? path : `${path}.p/${width}`;
}

/** Which tile a path means; undefined for what is no such path. */
export function parseTilePath(path: string): { readonly index: bigint; readonly width: number } | undefined {
    const [, tile = '', part] = /^((?:x\d{3}\/){0,6}\d{3})(?:[.]p\/([1-9]\d{0,2}))?$/.exec(path) ?? [];
    if (tile === '') return undefined;
    const width = part === undefined ? Number(BUNDLE_WIDTH) : Number(part);
    const index = BigInt(tile.replaceAll(/[x/]/g, ''));
    // One path for each tile: no zeroes in front, and no part that is a whole.
    return part !== undefined && width >= Number(BUNDLE_WIDTH)
        ? undefined
        : tilePath(index, width) === path
          ? { index, width }
          : undefined;
}

function readerOf(bytes: Uint8Array) {
    let at = 0;
    const left = () => bytes.length - at;
    const take = (length: number): Uint8Array | undefined => {
        if (left() < length) return undefined;
        at += length;
        return bytes.slice(at - length, at);
    };
    const number = (length: number): bigint | undefined => take(length)?.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    /** Bytes after their length of two bytes. */
    const lengthAnd = (): Uint8Array | undefined => {
        const length = number(2);
        return length === undefined ? undefined : take(Number(length));
    };
    return { left, take, number, lengthAnd };
}

function bigEndian(length: number, value: bigint): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let at = length - 1, rest = value; at >= 0; at -= 1, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
    return bytes;
}

const malformed = (reason: string): DomainError => new DomainError('addEntries.malformed', { reason });
function refuse(reason: string): never {
    throw malformed(reason);
}
