import type { Digest } from '../../ledger/digest.ts';
import type { Policy } from '../policy.ts';
import type { CertificateCrypto } from '../time-stamp/signature-algorithm.ts';
import type { VerifyWithKey } from '../verify-note.ts';

/** Where a package is read from: a folder, a ZIP, several discs. */
export type PackageFiles = {
    /** Every file that is there, each once. */
    readonly paths: readonly string[];
    /** In bytes; undefined for no such file. */
    size(path: string): bigint | undefined;
    /** The bytes in pieces of at most a few MiB. A piece may be written over once the next one was asked for. */
    read(path: string): AsyncIterable<Uint8Array>;
};

/**
 * A digest that takes its bytes piece by piece, here or in a thread of its own: `update` has taken what it needs of the bytes when it
 * returns, and a promise asks the reader to wait before the next piece.
 */
export type Hasher = { update(bytes: Uint8Array): Promise<void> | void; digest(): Promise<Uint8Array> | Uint8Array };

/** What the judge is given by its place: the command line, or a browser. */
export type PackageTools = {
    readonly digest: Digest;
    /** For whole files. */
    readonly sha256: () => Hasher;
    /** Where SM3 of the items is to be compared as well; it takes longer. */
    readonly sm3?: () => Hasher;
    readonly verify: VerifyWithKey;
    /** For time-stamps, whose keys and algorithms are those of their authorities. */
    readonly certificates: CertificateCrypto;
    /** From elsewhere than the package. */
    readonly policy?: Policy;
    /** How many files are read at the same time, where digests run in threads of their own; 1 unless it is given. */
    readonly atOnce?: number;
    /** Told of bytes that were read, of all of the listed files. */
    readonly onBytes?: (done: bigint, all: bigint) => void;
};

/** Files that are small and were read as a whole, by path. */
export type SmallFiles = ReadonlyMap<string, Uint8Array>;

/**
 * The first `size` bytes of what `read` reads, in pieces: each is asked for before the one before it is worked on, so that disk and
 * digest work at the same time. `read` may put its bytes into the room it is given, where that is long enough: new memory for each piece
 * costs as much as a fifth of its digest.
 */
export async function* readAhead(
    size: number,
    piece: number,
    read: (offset: number, length: number, into?: Uint8Array) => Promise<Uint8Array>,
): AsyncGenerator<Uint8Array> {
    const ask = (at: number, into?: Uint8Array) => (at < size ? read(at, Math.min(piece, size - at), into) : undefined);
    let coming = ask(0);
    let worked: Uint8Array | undefined;
    for (let at = 0; coming !== undefined; at += piece) {
        const bytes = await coming;
        // Whoever asks for this piece has done with the one before it.
        coming = ask(at + piece, worked);
        // Awaited in the next turn; whoever stops before it wants neither the bytes nor the failure.
        coming?.catch(() => undefined);
        yield bytes;
        worked = bytes;
    }
}

/** All bytes of a file, which is known to be small. */
export async function readFileWhole(files: PackageFiles, path: string): Promise<Uint8Array> {
    const pieces: Uint8Array[] = [];
    for await (const piece of files.read(path)) pieces.push(piece.slice());
    return joinedBytes(pieces);
}

/** However many pieces there are. */
export function joinedBytes(pieces: readonly Uint8Array[]): Uint8Array {
    const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
        bytes.set(piece, at);
        at += piece.length;
    }
    return bytes;
}
