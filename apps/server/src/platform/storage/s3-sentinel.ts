import { buffer } from 'node:stream/consumers';
import { DomainError, type Id } from '@liuhen/domain';
import type { Bucket } from './s3-bucket.ts';
import { STORE_SIGN, storeIdIn, storeSign } from './sentinel.ts';
import type { StoreHealth } from './store.ts';

/**
 * Makes an empty bucket a store by writing its id into it, and has it keep versions. Throws `storage.notEmpty` for a
 * bucket that holds anything.
 */
export async function initS3Store(bucket: Bucket, id: Id): Promise<void> {
    if (!(await bucket.isEmpty())) throw new DomainError('storage.notEmpty');
    await bucket.keepVersions();
    await bucket.putBytes(STORE_SIGN, storeSign(id));
}

/** The id of the store in this bucket, or undefined when there is none. */
export async function s3StoreId(bucket: Bucket): Promise<Id | undefined> {
    const found = await bucket.get(STORE_SIGN).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'storage.objectMissing') return undefined;
        throw error;
    });
    if (found === undefined) return undefined;
    return storeIdIn((await buffer(found)).toString('utf8'));
}

/** What stands against writing here: nothing, no store in the bucket, another one, or one that would forget versions. */
export async function s3StoreProblem(bucket: Bucket, id: Id): Promise<(StoreHealth & { ok: false })['code'] | undefined> {
    const found = await s3StoreId(bucket);
    if (found === undefined) return 'storage.notMounted';
    if (found !== id) return 'storage.wrongStore';
    return (await bucket.isVersioned()) ? undefined : 'storage.notVersioned';
}
