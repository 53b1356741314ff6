import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError, type Id, isId } from '@liuhen/domain';
import { isMissing } from '../platform/storage/durable.ts';

/** What a verification reads of a data folder. Nothing is made or repaired. */
export type InstallationFolder = {
    readonly postgresFolder: string;
    readonly keyFile: string;
    readonly storeRoot: string;
    readonly quarantineFolder: string;
    /** Undefined when the note of the store's id is lost: then nothing proves that the mounted store is the right one. */
    readonly storeId: Id | undefined;
    /** Of the store in a bucket, where content of this installation lies in one. */
    readonly bucketId: Id | undefined;
};

/** Throws `verify.noDataFolder` {folder}. */
export async function readInstallationFolder(dataFolder: string): Promise<InstallationFolder> {
    const found = await stat(dataFolder).catch(() => undefined);
    if (found === undefined || !found.isDirectory()) throw new DomainError('verify.noDataFolder', { folder: dataFolder });
    const storeRoot = join(dataFolder, 'objects');
    return {
        postgresFolder: join(dataFolder, 'postgres'),
        keyFile: join(dataFolder, 'keys', 'app-ed25519.pem'),
        storeRoot,
        quarantineFolder: join(storeRoot, 'quarantine'),
        ...(await readNote(join(dataFolder, 'installation.json'))),
    };
}

async function readNote(file: string): Promise<{ storeId: Id | undefined; bucketId: Id | undefined }> {
    const nothing = { storeId: undefined, bucketId: undefined };
    try {
        const { storeId, bucketId } = JSON.parse(await readFile(file, 'utf8')) as { storeId?: unknown; bucketId?: unknown };
        return { storeId: isId(storeId) ? storeId : undefined, bucketId: isId(bucketId) ? bucketId : undefined };
    } catch (error) {
        if (isMissing(error) || error instanceof SyntaxError) return nothing;
        throw error;
    }
}
