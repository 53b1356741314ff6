import type { Id, Instant } from '@liuhen/domain';

/**
 * `receiving`: bytes may come · `sealing`: all are there and durable · `sealed`: an object, registered · `quarantined`:
 * kept, but not what was declared · `terminated`: withdrawn before completion · `expired`: abandoned.
 */
export type UploadState = 'receiving' | 'sealing' | 'sealed' | 'quarantined' | 'terminated' | 'expired';

/** What the bytes turned out to be; known from the beginning of sealing on. Hex; `key` is the object's. */
export type UploadResult = { readonly sha256: string; readonly sm3: string; readonly chunkRoot: string; readonly key: string };

export type UploadRow = {
    readonly id: Id;
    readonly orgId: Id;
    readonly personId: Id;
    /** Declared size in bytes. */
    readonly length: bigint;
    /** Bytes acknowledged by a finished request: synced to disk, and never taken back. */
    readonly durableOffset: bigint;
    /** `header` is the raw Upload-Metadata of the creation. */
    readonly metadata: { readonly header: string };
    readonly state: UploadState;
    readonly createdAt: Instant;
    readonly expiresAt: Instant;
    readonly recordingId: Id | null;
    readonly result: UploadResult | null;
};

export type UploadChange = {
    readonly state: UploadState;
    readonly durableOffset?: bigint;
    readonly result?: UploadResult | null;
    readonly recordingId?: Id;
};

/** The table of uploads, shared by all nodes. Each method is one transaction within one organisation. */
export type UploadRows = {
    /** False when the id is taken. */
    insert(row: UploadRow): Promise<boolean>;
    find(orgId: Id, id: Id): Promise<UploadRow | undefined>;
    /** Moves the durable offset; false when it was not at `from` any more: another node has written since. */
    advance(orgId: Id, id: Id, from: bigint, to: bigint, expiresAt: Instant): Promise<boolean>;
    /** Changes the state if it still is `from`. */
    change(orgId: Id, id: Id, from: UploadState, change: UploadChange): Promise<boolean>;
    /** Those in `receiving` and `sealing`. */
    unfinished(orgId: Id): Promise<UploadRow[]>;
};
