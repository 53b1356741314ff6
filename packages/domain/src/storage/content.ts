/** Unit of the per-chunk digests, of encodings and of resuming after a crash: 4 MiB. Fixed for ever: it is in the chunk root. */
export const CHUNK_SIZE = 4 * 1024 * 1024;

/**
 * What identifies content. Hex is lower case; `size` is in bytes. `chunkDigests` are the SHA-256 of each `CHUNK_SIZE`
 * piece in order, 32 bytes each, concatenated (the last piece may be shorter; no bytes, no digests). `chunkRoot` is the
 * RFC 6962 tree over them, so that a damaged place can be named and a part proved without the whole.
 */
export type ContentDigest = {
    readonly sha256: string;
    readonly sm3: string;
    readonly size: bigint;
    readonly chunkDigests: Uint8Array;
    readonly chunkRoot: string;
};

/** How the bytes of a copy lie in its store. Only `plain` exists; every later one is segmented in `CHUNK_SIZE` of plaintext. */
export const COPY_ENCODINGS = ['plain'] as const;
export type CopyEncoding = (typeof COPY_ENCODINGS)[number];

/** `pending`: announced, not yet durable · `stored`: durable · `damaged`: read back different · `destroyed`: lawfully gone. */
export const COPY_STATES = ['pending', 'stored', 'damaged', 'destroyed'] as const;
export type CopyState = (typeof COPY_STATES)[number];

/** Content without a place: what a recording refers to. Two recordings with the same bytes share one blob of an organisation. */
export type Blob = Omit<ContentDigest, 'chunkDigests'>;

/** One place where a blob lies. `key` is opaque to everyone but the store; `keyId` names the encryption key, null while plain. */
export type BlobCopy = {
    readonly store: string;
    readonly key: string;
    readonly encoding: CopyEncoding;
    readonly keyId: string | null;
    readonly state: CopyState;
};

/** How many chunks `size` bytes have; the last one may be short. */
export const chunkCount = (size: bigint): number => Number((size + BigInt(CHUNK_SIZE) - 1n) / BigInt(CHUNK_SIZE));
