/** Bytes of one shared buffer. A divisor of the chunk size, so that full blocks never straddle a chunk. */
export const BLOCK_SIZE = 512 * 1024;

/** Algorithms a client may name in `Upload-Checksum`. */
export const CHECKSUM_ALGORITHMS = ['sha1', 'sha256', 'md5'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** What a worker computes of a stream or a file; the costly SM3 can so run beside the SHA-256 of the same bytes. */
export type Lanes = { readonly sha256: boolean; readonly chunks: boolean; readonly sm3: boolean };

/** Results of the lanes a worker was given; absent ones belong to another worker. */
export type LaneResult = { sha256?: string; sm3?: string; chunkDigests?: Uint8Array };

/** Where a stream stands: digest of the begun chunk's bytes so far (empty at a boundary), and of the bytes since `mark`. */
export type StreamPosition = { readonly tail: Uint8Array; readonly checksum: Uint8Array };

/** Given to a worker at its start; the chunk size travels so that a worker need not load the domain. */
export type WorkerSetup = { readonly memory: SharedArrayBuffer; readonly chunkSize: number };

export type ToWorker =
    | { readonly kind: 'open'; readonly stream: number; readonly lanes: Lanes }
    | { readonly kind: 'data'; readonly stream: number; readonly block: number; readonly length: number }
    | { readonly kind: 'mark'; readonly stream: number; readonly checksum: ChecksumAlgorithm | null }
    | { readonly kind: 'rollback'; readonly stream: number }
    | { readonly kind: 'position'; readonly stream: number; readonly call: number }
    | { readonly kind: 'finish'; readonly stream: number; readonly call: number }
    | { readonly kind: 'drop'; readonly stream: number }
    | {
          readonly kind: 'file';
          readonly call: number;
          readonly path: string;
          readonly start: bigint;
          readonly end: bigint;
          readonly lanes: Lanes;
      };

export type FromWorker =
    | { readonly kind: 'free'; readonly block: number }
    | { readonly kind: 'chunk'; readonly stream: number; readonly digest: Uint8Array }
    | { readonly kind: 'position'; readonly call: number; readonly position: StreamPosition }
    | { readonly kind: 'result'; readonly call: number; readonly result: LaneResult }
    | { readonly kind: 'failed'; readonly call: number; readonly code: string };
