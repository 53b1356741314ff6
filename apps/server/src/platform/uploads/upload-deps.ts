import type { ContentDigest, Duration, Id, Instant } from '@liuhen/domain';
import type { HashPool } from '../hashing/hash-pool.ts';
import type { ObjectStore } from '../storage/store.ts';
import type { AdvisoryLocker } from './advisory-locker.ts';
import type { BodyBudget } from './body-budget.ts';
import type { UploadMetadata } from './metadata.ts';
import type { ReservationsByUpload } from './reservations-by-upload.ts';
import type { Sessions } from './sessions.ts';
import type { UploadRow, UploadRows } from './upload-rows.ts';

/** A finished upload as the callbacks see it. */
export type FinishedUpload = {
    readonly uploadId: Id;
    readonly orgId: Id;
    readonly personId: Id;
    readonly digest: ContentDigest;
    readonly metadata: UploadMetadata;
};

/** `key` in `storeId` holds the bytes, durable and read back. */
export type SealedUpload = FinishedUpload & { readonly storeId: Id; readonly key: string };

/** What the rest of the system does about uploads. Each may be called again for the same upload after a crash. */
export type UploadHooks = {
    /** Registers the recording; idempotent by `uploadId`. The upload is answered only after it. */
    readonly onSealed: (upload: SealedUpload) => Promise<{ readonly recordingId: Id }>;
    /** The declared digest is not that of the bytes; they are kept. */
    readonly onQuarantined?: (upload: FinishedUpload) => Promise<void>;
    readonly onCreated?: (row: UploadRow) => Promise<void>;
    readonly onTerminated?: (row: UploadRow) => Promise<void>;
    readonly onExpired?: (row: UploadRow) => Promise<void>;
};

/** What the parts of the upload server share. */
export type UploadDeps = {
    readonly rows: UploadRows;
    readonly store: ObjectStore;
    readonly quarantineFolder: string;
    readonly hashes: HashPool;
    readonly locker: AdvisoryLocker;
    readonly sessions: Sessions;
    readonly reservations: ReservationsByUpload;
    readonly hooks: UploadHooks;
    readonly clock: { now(): Instant; newId(): Id };
    /** How long an upload without new bytes is kept, ms. */
    readonly keepFor: Duration;
    /** A client that sends nothing for so long is gone, ms. */
    readonly bodyIdleMs: Duration;
    readonly bodies: BodyBudget;
};
