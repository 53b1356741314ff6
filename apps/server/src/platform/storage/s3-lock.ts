import { PutObjectLegalHoldCommand, PutObjectRetentionCommand } from '@aws-sdk/client-s3';
import { asOurs, type Bucket } from './s3-bucket.ts';
import type { LockWish } from './store.ts';

/**
 * A retention in COMPLIANCE mode can be made longer and shortened by nobody, the owner of the bucket included;
 * a hold has no end and is lifted by hand (Amazon S3 User Guide, Object Lock). Throws `storage.locked` for a date before the one
 * that stands.
 */
export async function lockObject({ client, name }: Bucket, key: string, { until, hold }: LockWish): Promise<void> {
    const at = { Bucket: name, Key: key };
    if (until !== undefined) {
        const Retention = { Mode: 'COMPLIANCE' as const, RetainUntilDate: new Date(until) };
        await client.send(new PutObjectRetentionCommand({ ...at, Retention })).catch(asOurs);
    }
    if (hold !== undefined) {
        const LegalHold = { Status: hold ? ('ON' as const) : ('OFF' as const) };
        await client.send(new PutObjectLegalHoldCommand({ ...at, LegalHold })).catch(asOurs);
    }
}
