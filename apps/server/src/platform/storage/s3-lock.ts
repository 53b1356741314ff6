import {
    GetObjectLockConfigurationCommand,
    PutObjectLegalHoldCommand,
    PutObjectRetentionCommand,
    S3ServiceException,
} from '@aws-sdk/client-s3';
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

/**
 * Whether the bucket was made with object lock. A service that answers but does not say so counts as one without; one that does not
 * answer is `storage.unavailable`.
 */
export async function canLock({ client, name }: Bucket): Promise<boolean> {
    try {
        const found = await client.send(new GetObjectLockConfigurationCommand({ Bucket: name }));
        return found.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
    } catch (error) {
        if (isFinal(error)) return false;
        return asOurs(error);
    }
}

/** An answer that asking again will not change: refused, unknown or not built there. */
function isFinal(error: unknown): boolean {
    const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
    return (status >= 400 && status < 500) || status === 501;
}

/** What may be different tomorrow (5xx, no answer) is `storage.unavailable`. */
function refusedOrOurs(error: unknown): never {
    try {
        return asOurs(error);
    } catch (ours) {
        const isLock = ours instanceof DomainError && ours.code === 'storage.locked';
        if (isLock || !isFinal(error)) throw ours;
        throw new DomainError('storage.noLocks', {}, { cause: error });
    }
}
