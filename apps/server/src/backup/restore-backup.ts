import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import { isMissing, syncFolder } from '../platform/storage/durable.ts';
import { type BackupHead, backupHead, backupLines, backupNames } from './manifest.ts';
import { copyHashing, Pool } from './pool.ts';

export type RestoreOptions = {
    /** Where backups lie. */
    readonly from: string;
    /** Which of them; undefined: the newest. */
    readonly name: string | undefined;
    /** Where to: a folder that is not there, or is empty. */
    readonly dataFolder: string;
    readonly signal: AbortSignal;
    progress(done: { files: number; bytes: bigint }): void;
};

export type Restored = { readonly name: string; readonly head: BackupHead; readonly files: number; readonly bytes: bigint };

/**
 * Puts the files of a backup into a new data folder, each compared with its digest. What was begun and did not end is taken away again.
 * Throws `backup.none`, `backup.notFound`, `backup.damaged`, `backup.contentDamaged` {path}, `backup.notEmpty`, `backup.noSpace`.
 */
export async function restoreFiles(options: RestoreOptions): Promise<Restored> {
    const { from, dataFolder } = options;
    const manifests = join(from, 'backups');
    const name = options.name ?? (await backupNames(manifests)).at(-1);
    if (name === undefined) throw new DomainError('backup.none', { folder: from });
    const head = await backupHead(manifests, name);
    // Read through once: its end says that it is whole, and what it names must be there.
    const pool = new Pool(join(from, 'pool'));
    for await (const line of backupLines(manifests, name))
        if ('path' in line && !(await pool.has(line.sha256, BigInt(line.size))))
            throw new DomainError('backup.contentDamaged', { path: line.path });
    await refuseFull(dataFolder);
    await mkdir(dataFolder, { recursive: true, mode: 0o711 });
    await chmod(dataFolder, 0o711);
    try {
        return { name, head, ...(await putFiles(options, manifests, name, pool)) };
    } catch (error) {
        for (const entry of await readdir(dataFolder)) await rm(join(dataFolder, entry), { recursive: true, force: true });
        throw error;
    }
}

async function putFiles({ dataFolder, signal, progress }: RestoreOptions, manifests: string, name: string, pool: Pool) {
    const folders = new Set<string>([dataFolder]);
    const made = async (path: string) => {
        await mkdir(path, { recursive: true, mode: 0o700 });
        folders.add(path);
    };
    let [files, bytes] = [0, 0n];
    for await (const line of backupLines(manifests, name)) {
        signal.throwIfAborted();
        if ('folder' in line) {
            await made(join(dataFolder, line.folder));
            continue;
        }
        const path = join(dataFolder, line.path);
        await made(dirname(path));
        const copied = await copyHashing(pool.pathOf(line.sha256), path);
        if (copied?.sha256 !== line.sha256) throw new DomainError('backup.contentDamaged', { path: line.path });
        await chmod(path, line.mode);
        files += 1;
        bytes += copied.size;
        progress({ files, bytes });
    }
    for (const folder of folders) await syncFolder(folder);
    return { files, bytes };
}

async function refuseFull(folder: string): Promise<void> {
    try {
        if ((await readdir(folder)).length > 0) throw new DomainError('backup.notEmpty', { folder });
    } catch (error) {
        if (!isMissing(error)) throw error;
    }
}
