import { PutObjectLegalHoldCommand, PutObjectRetentionCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { DomainError } from '@liuhen/domain';
import { asOurs, type Bucket } from './s3-bucket.ts';
import type { LockWish } from './store.ts';

/**
 * A retention in COMPLIANCE mode can be made longer and shortened by nobody, the owner of the bucket included;
 * a hold has no end until it is lifted (Amazon S3 User Guide, Object Lock). Throws `storage.locked` for a date before the one
 * that stands, `storage.noLocks` where the bucket was made without them or the service refuses what was asked.
 */
export async function lockObject({ client, name }: Bucket, key: string, { until, hold }: LockWish): Promise<void> {
    const at = { Bucket: name, Key: key };
    if (until !== undefined) {
        const Retention = { Mode: 'COMPLIANCE' as const, RetainUntilDate: new Date(until) };
        await client.send(new PutObjectRetentionCommand({ ...at, Retention })).catch(refusedOrOurs);
    }
    if (hold !== undefined) {
        const LegalHold = { Status: hold ? ('ON' as const) : ('OFF' as const) };
        await client.send(new PutObjectLegalHoldCommand({ ...at, LegalHold })).catch(refusedOrOurs);
    }
}

/** An answer that asking again will not change; what may be different tomorrow (5xx, no answer) is `storage.unavailable`. */
function refusedOrOurs(error: unknown): never {
    const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
    try {
        return asOurs(error);
    } catch (ours) {
        const isLock = ours instanceof DomainError && ours.code === 'storage.locked';
        if (isLock || status < 400 || status >= 500) throw ours;
        throw new DomainError('storage.noLocks', {}, { cause: error });
    }
}
