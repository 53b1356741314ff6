import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DomainError } from '@liuhen/domain';
import type { BucketCopies } from './bucket-copies.ts';
import type { InstallationFolder } from './installation-folder.ts';
import type { Account, FileSummary } from './report.ts';
import type { VerifiedDatabase } from './snapshot.ts';

const SIDE_LIST = '.chunks';
const NAMED = 100;
const BATCH = 500;

type Reference = {
    readonly database: VerifiedDatabase;
    readonly folder: InstallationFolder;
    readonly dataFolder: string;
    readonly account: Account;
    readonly files: FileSummary;
    readonly signal: AbortSignal | undefined;
};

type InBucket = Pick<Reference, 'database' | 'account' | 'files' | 'signal'> & { readonly bucket: BucketCopies };

/**
 * Counts the objects that no row names. An interrupted intake leaves such files; they are information, not an error. Asked
 * of the database as it is now, so that what was handed in meanwhile is not among them.
 */
export async function findUnreferenced(check: Reference): Promise<void> {
    const root = join(check.folder.storeRoot, 'objects');
    let keys: string[] = [];
    for await (const path of objectsBelow(check, root, 3)) {
        keys.push(relative(root, path));
        if (keys.length < BATCH) continue;
        await count(check, root, keys);
        keys = [];
    }
    await count(check, root, keys);
}

/** Files `depth` folders below. Links are not followed. */
async function* objectsBelow(check: Reference, folder: string, depth: number): AsyncGenerator<string> {
    check.signal?.throwIfAborted();
    const entries = await readFolder(check, folder);
    if (depth === 0) {
        const names = new Set(entries.map((entry) => entry.name));
        for (const name of names)
            if (!name.endsWith(SIDE_LIST) || !names.has(name.slice(0, -SIDE_LIST.length))) yield join(folder, name);
        return;
    }
    for (const entry of entries) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) yield* objectsBelow(check, path, depth - 1);
        else yield path;
    }
}

async function readFolder({ account, dataFolder }: Reference, folder: string): Promise<Dirent[]> {
    try {
        return await readdir(folder, { withFileTypes: true });
    } catch (error) {
        account.gap('gap.folderUnreadable', {
            path: relative(dataFolder, folder),
            reason: (error as { code?: string }).code ?? 'unreadable',
        });
        return [];
    }
}

async function count({ database, files, dataFolder }: Reference, root: string, keys: readonly string[]): Promise<void> {
    const named = await namedKeys(database, keys);
    for (const key of keys) {
        if (named.has(key)) continue;
        const path = join(root, key);
        note(files, relative(dataFolder, path), (await lstat(path, { bigint: true }).catch(() => undefined))?.size ?? 0n);
    }
}

/** The same of a bucket; where its list breaks off, that is said. */
export async function findUnreferencedInBucket({ database, files, account, bucket, signal }: InBucket): Promise<void> {
    let found: { key: string; size: bigint }[] = [];
    const countThem = async () => {
        const named = await namedKeys(
            database,
            found.map(({ key }) => key),
        );
        for (const { key, size } of found) if (!named.has(key)) note(files, `s3:objects/${key}`, size);
        found = [];
    };
    try {
        for await (const each of bucket.list()) {
            signal?.throwIfAborted();
            found.push(each);
            if (found.length >= BATCH) await countThem();
        }
        await countThem();
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        account.gap('gap.folderUnreadable', { path: 's3:objects', reason: error.code });
    }
}

async function namedKeys(database: VerifiedDatabase, keys: readonly string[]): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    const { rows } = await database.pool.query<{ key: string }>('select key from liuhen.blob_copy where key = any($1::text[])', [
        keys,
    ]);
    return new Set(rows.map((row) => row.key));
}

function note({ unreferenced }: FileSummary, path: string, bytes: bigint): void {
    unreferenced.count++;
    unreferenced.bytes += bytes;
    if (unreferenced.first.length < NAMED) unreferenced.first.push(path);
}
