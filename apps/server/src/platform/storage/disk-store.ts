import { constants } from 'node:fs';
import { chmod, link, lstat, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DomainError, type Id } from '@liuhen/domain';
import type { HashPool } from '../hashing/hash-pool.ts';
import { ensureFolder, isExisting, isMissing, isUnsupportedLink, syncFolder, writeDurable } from './durable.ts';
import { checkedKey, isKey, keyOf } from './object-key.ts';
import { Reservations } from './reservations.ts';
import { findMountProblem } from './sentinel.ts';
import type { ObjectStore, PutOutcome, StagedContent, StoredObject } from './store.ts';
import { openVerified, sourceOf } from './verified-read.ts';

export type DiskStoreOptions = {
    readonly root: string;
    /** Must equal the id in the folder's sentinel file. */
    readonly id: Id;
    readonly hashes: Pick<HashPool, 'chunkDigests'>;
    /** Bytes of the volume that are never promised to uploads. */
    readonly floorBytes?: bigint;
    /** For names of what is set aside. */
    readonly newId: () => Id;
};

/**
 * Objects as files under `root/objects/<organisation>/ab/cd/<sha256>`, read-only, with their chunk digests beside them.
 * Errors: `storage.notMounted`, `storage.wrongStore`, `storage.readOnly`, `storage.full`, `storage.objectMissing`,
 * `storage.objectDamaged`, `storage.badRange`, `storage.badKey`.
 */
export function diskStore(options: DiskStoreOptions): ObjectStore {
    const { root, id, hashes } = options;
    const stagingFolder = join(root, 'staging');
    const objects = join(root, 'objects');
    const reservations = new Reservations(root, options.floorBytes ?? 0n);

    const assertWritable = async (): Promise<void> => {
        const problem = await findMountProblem(root, id);
        if (problem !== undefined) throw new DomainError(problem);
    };
    const pathOf = (key: string): string => join(objects, checkedKey(key));
    const stat = async (key: string): Promise<StoredObject | undefined> => {
        try {
            const found = await lstat(pathOf(key), { bigint: true });
            return found.isFile() ? { key, size: found.size, encoding: 'plain' } : undefined;
        } catch (error) {
            if (isMissing(error)) return undefined;
            throw error;
        }
    };
    const chunkDigests = async (key: string): Promise<Uint8Array> => {
        try {
            return await readFile(`${pathOf(key)}.chunks`);
        } catch (error) {
            throw isMissing(error) ? new DomainError('storage.objectMissing') : error;
        }
    };

    return {
        id,
        stagingFolder,
        assertWritable,
        keyOf,
        stat,
        chunkDigests,

        async put(staged) {
            await assertWritable();
            const key = keyOf(staged.orgId, staged.digest.sha256);
            const path = pathOf(key);
            await ensureFolder(root, dirname(path));
            // The digests first: an object without them could not be read.
            const temp = join(stagingFolder, `${basename(staged.path)}.digests.tmp`);
            await writeDurable(`${path}.chunks`, temp, staged.digest.chunkDigests, 0o400);
            await makeDurable(staged.path);
            const outcome = await place(staged, path);
            await syncFolder(dirname(path));
            await rm(staged.path, { force: true });
            await syncFolder(stagingFolder);
            return { key, size: staged.digest.size, encoding: 'plain', outcome };
        },

        keys: (orgId) => objectsOf(objects, orgId),

        async open(key, read = {}) {
            const object = await stat(key);
            if (object === undefined) throw new DomainError('storage.objectMissing');
            const source = async () => sourceOf(await open(pathOf(key), constants.O_RDONLY | constants.O_NOFOLLOW));
            return openVerified({ size: object.size, digests: () => chunkDigests(key), source }, read);
        },

        async withLocalFile(key, work) {
            if ((await stat(key)) === undefined) throw new DomainError('storage.objectMissing');
            return work(pathOf(key));
        },

        async delete(key) {
            await assertWritable();
            const path = pathOf(key);
            await rm(path, { force: true });
            await rm(`${path}.chunks`, { force: true });
            await syncFolder(dirname(path)).catch((error: unknown) => {
                if (!isMissing(error)) throw error;
            });
        },

        async reserve(bytes) {
            await assertWritable();
            return reservations.reserve(bytes);
        },

        async health() {
            const code = await findMountProblem(root, id);
            if (code !== undefined) return { ok: false, code };
            return { ok: true, free: await reservations.free(), reserved: reservations.reserved };
        },
    };

    /** Puts the staged file at `path` unless equal bytes are there; what is there and differs is set aside, not lost. */
    async function place(staged: StagedContent, path: string): Promise<PutOutcome> {
        if (await linkNew(staged.path, path)) return 'stored';
        const there = await hashes.chunkDigests(path);
        if (Buffer.compare(there, staged.digest.chunkDigests) === 0) return 'existed';
        await rename(path, join(root, 'damaged', `${staged.digest.sha256}-${options.newId()}`));
        await syncFolder(join(root, 'damaged'));
        if (!(await linkNew(staged.path, path))) throw new DomainError('storage.objectDamaged', { chunk: -1 });
        return 'replacedDamaged';
    }
}

/** Keys by what lies in the folders of an organisation; what is not named as a key is not looked at. */
async function* objectsOf(objects: string, orgId: Id): AsyncGenerator<string> {
    for (const first of await namesIn(join(objects, orgId))) {
        for (const second of await namesIn(join(objects, orgId, first))) {
            for (const name of await namesIn(join(objects, orgId, first, second))) {
                const key = `${orgId}/${first}/${second}/${name}`;
                if (isKey(key)) yield key;
            }
        }
    }
}

async function namesIn(folder: string): Promise<string[]> {
    try {
        return (await readdir(folder)).sort();
    } catch (error) {
        if (isMissing(error)) return [];
        throw error;
    }
}

/** A hard link is a rename that never overwrites; it says whether the name was free. */
async function linkNew(from: string, to: string): Promise<boolean> {
    try {
        await link(from, to);
        return true;
    } catch (error) {
        if (isExisting(error)) return false;
        if (!isUnsupportedLink(error)) throw error;
    }
    try {
        await lstat(to);
        return false;
    } catch (error) {
        if (!isMissing(error)) throw error;
    }
    await rename(from, to);
    return true;
}

async function makeDurable(path: string): Promise<void> {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
        await file.sync();
    } finally {
        await file.close();
    }
    await chmod(path, 0o400);
}
