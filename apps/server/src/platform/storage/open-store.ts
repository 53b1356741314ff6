import { readFile, stat } from 'node:fs/promises';
import { DomainError, type Id } from '@liuhen/domain';
import type { BucketConfig, Config } from '../config.ts';
import type { HashPool } from '../hashing/hash-pool.ts';
import { bucketIdOf, type Installation, noteBucket } from '../installation.ts';
import { diskStore } from './disk-store.ts';
import { layeredStore } from './layered-store.ts';
import { type Bucket, openBucket } from './s3-bucket.ts';
import { canLock } from './s3-lock.ts';
import { initS3Store, s3StoreId } from './s3-sentinel.ts';
import { s3Store } from './s3-store.ts';
import type { ObjectStore } from './store.ts';

/**
 * The store of this installation: the data folder, or the bucket of the configuration with the data folder behind it, for
 * staging and for what was kept there before. Throws `installation.bucketMissing` where content lies in a bucket that is not
 * configured, `storage.secretUnreadable`, `storage.unreachable`, `storage.wrongStore`, `storage.notEmpty`, and `storage.noLocks`
 * where locks are asked for and the bucket was made without them.
 */
export async function openStore(
    {
        dataFolder,
        bucket: wanted,
        storageFloorBytes,
        lockKept,
    }: Pick<Config, 'dataFolder' | 'bucket' | 'storageFloorBytes' | 'lockKept'>,
    { storeRoot, storeId }: Installation,
    { hashes, newId }: { hashes: HashPool; newId: () => Id },
): Promise<{ store: ObjectStore; close(): void }> {
    const disk = diskStore({ root: storeRoot, id: storeId, hashes, floorBytes: storageFloorBytes, newId });
    const known = await bucketIdOf(dataFolder);
    if (wanted === undefined) {
        if (known !== undefined) throw new DomainError('installation.bucketMissing');
        return { store: disk, close: () => undefined };
    }
    const bucket = await reach(wanted);
    if (lockKept && !(await canLock(bucket).catch(unreachable))) throw new DomainError('storage.noLocks');
    const id = await belongingHere(bucket, known, newId);
    if (known === undefined) await noteBucket(dataFolder, id);
    const far = s3Store({ bucket, id, stagingFolder: disk.stagingFolder, floorBytes: storageFloorBytes });
    return { store: layeredStore(far, [disk]), close: bucket.close };
}

/** The bucket of a configuration, its secret read. Throws `storage.secretUnreadable {file}`. */
export async function reach({ secretFile, ...access }: BucketConfig): Promise<Bucket> {
    const [found, secret] = await Promise.all([stat(secretFile), readFile(secretFile, 'utf8')]).catch((): [] => []);
    const othersMayRead = found !== undefined && process.platform !== 'win32' && (found.mode & 0o077) !== 0;
    if (secret === undefined || secret.trim() === '' || othersMayRead) {
        throw new DomainError('storage.secretUnreadable', { file: secretFile });
    }
    return openBucket({ ...access, secretAccessKey: secret.trim() });
}

/** An empty bucket becomes the store; one that is a store already is taken over by an installation that knows of none. */
async function belongingHere(bucket: Bucket, known: Id | undefined, newId: () => Id): Promise<Id> {
    const found = await s3StoreId(bucket).catch(unreachable);
    if (known !== undefined) {
        if (found !== known) throw new DomainError(found === undefined ? 'storage.notMounted' : 'storage.wrongStore');
        return known;
    }
    if (found !== undefined) return found;
    const id = newId();
    await initS3Store(bucket, id);
    return id;
}

function unreachable(error: unknown): never {
    throw new DomainError('storage.unreachable', {}, { cause: error });
}
