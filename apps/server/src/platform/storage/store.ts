import type { Readable } from 'node:stream';
import type { ContentDigest, CopyEncoding, Id, Instant } from '@liuhen/domain';

/** A finished, fsynced file in the store's staging folder and what its bytes are known to be. */
export type StagedContent = { readonly orgId: Id; readonly path: string; readonly digest: ContentDigest };

/**
 * `stored`: new · `existed`: the same bytes were there and were read back whole · `replacedDamaged`: an object of that
 * digest was there but no longer equal to it; it was set aside and these bytes took its place.
 */
export type PutOutcome = 'stored' | 'existed' | 'replacedDamaged';

/** `key` is opaque: only the store that gave it can read it. `size` is the plaintext's, in bytes. */
export type StoredObject = { readonly key: string; readonly size: bigint; readonly encoding: CopyEncoding };

/** Half-open range of plaintext bytes; `chunkRoot` from the log makes the read prove itself against it. */
export type ReadOptions = { readonly start?: bigint; readonly end?: bigint; readonly chunkRoot?: string };

/** Space promised to one upload. `used` tells how much of it has become part of the file. */
export type Reservation = { readonly used: (bytes: bigint) => void; readonly release: () => void };

export type StoreHealth =
    | { readonly ok: true; readonly free: bigint; readonly reserved: bigint }
    | { readonly ok: false; readonly code: StoreProblem };

/** Why a store cannot be written: not there, another one, read-only, one that forgets what is overwritten, not to be reached. */
export type StoreProblem =
    | 'storage.notMounted'
    | 'storage.wrongStore'
    | 'storage.readOnly'
    | 'storage.notVersioned'
    | 'storage.unavailable';

/** `until`: nobody removes or overwrites it before; only ever later. `hold`: the same without an end, until it is lifted. */
export type LockWish = { readonly until?: Instant; readonly hold?: boolean };

/** Bytes [start, end) of an unfinished upload; digests are the SHA-256 of each 4 MiB of it, the last perhaps of less. */
export type KeptPart = { readonly key: string; readonly start: bigint; readonly end: bigint; readonly digests: Uint8Array };

/** Bytes of unfinished uploads where every node can read them. What is kept was read back and compared. */
export type PartStore = {
    /** How an upload of this length is cut: whole chunks, the last part may be short. */
    spans(length: bigint): readonly { readonly number: number; readonly start: bigint; readonly end: bigint }[];
    /** Keeps bytes of a file; gives the key. Throws `storage.objectDamaged` when what came of it differs. */
    keep(of: { orgId: Id; uploadId: Id }, part: Omit<KeptPart, 'key'>, path: string): Promise<string>;
    /** Writes a part to its place in an existing file, every chunk compared before it is written. */
    fetch(part: KeptPart, path: string): Promise<void>;
    /** Makes an object of parts that lie one after the other, within the store, and reads it back whole. */
    assemble(orgId: Id, parts: readonly KeptPart[], digest: ContentDigest): Promise<PutOutcome>;
    remove(keys: readonly string[]): Promise<void>;
    list(): AsyncIterable<{ readonly key: string; readonly changedAt: Instant }>;
};

/**
 * Where content lies (disk, S3). Callers see plaintext and opaque keys only; no path ever comes from a user.
 * Bytes are staged in `stagingFolder`, then `put`; a row that names the key is written only after `put` returned.
 */
export type ObjectStore = {
    readonly id: Id;
    readonly stagingFolder: string;
    /** The stores behind one that is read as one, the first first; absent for a store that is just itself. */
    readonly layers?: readonly ObjectStore[];
    /** Absent where unfinished uploads lie on the node's own disk only. */
    readonly parts?: PartStore;
    /** Makes staged bytes a durable object and removes the staged file. Never overwrites good content; repeatable. */
    put(staged: StagedContent): Promise<StoredObject & { readonly outcome: PutOutcome }>;
    /**
     * Makes an object of what `source` holds under the same key, every chunk compared before it is sent and the whole read back;
     * absent where content comes from staging only. Throws what reading throws: `storage.objectDamaged`, `storage.objectMissing`.
     */
    copyFrom?(source: Pick<ObjectStore, 'open'>, key: string, digest: ContentDigest): Promise<PutOutcome>;
    /** The keys of an organisation's objects, those that no row names among them; absent where nobody can list. */
    keys?(orgId: Id): AsyncIterable<string>;
    /** Ends what processes left half put more than a day ago, which is no object and was named by nobody; gives how much that was. */
    endAbandoned?(now: Instant): Promise<number>;
    /** The key `put` would give: lets recovery look whether it had already happened. */
    keyOf(orgId: Id, sha256: string): string;
    /** Plaintext of a range. Every chunk touched is checked before a byte of it is passed on; else `storage.objectDamaged`. */
    open(key: string, options?: ReadOptions): Promise<Readable>;
    stat(key: string): Promise<StoredObject | undefined>;
    /** Runs `work` on a file that holds the plaintext, for programs that read paths. The file is read-only and not to be kept. */
    withLocalFile<T>(key: string, work: (path: string) => Promise<T>): Promise<T>;
    /** SHA-256 of each chunk as recorded at `put`, 32 bytes each. */
    chunkDigests(key: string): Promise<Uint8Array>;
    /** Removes an object durably. Only for lawful destruction and for objects no row ever named. */
    delete(key: string): Promise<void>;
    /** Puts what the store itself forbids on an object; absent where a store has no such means. Throws `storage.locked`, `storage.noLocks`. */
    lock?(key: string, wish: LockWish): Promise<void>;
    /** Promises space or throws `storage.full {needed, free}`. */
    reserve(bytes: bigint): Promise<Reservation>;
    /** Throws unless this very store is mounted and may be written. */
    assertWritable(): Promise<void>;
    health(): Promise<StoreHealth>;
};
