import { chmod, mkdir, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { DomainError, type Instant } from '@liuhen/domain';
import pg from 'pg';
import { dataFolderOf } from '../platform/embedded-postgres/cluster.ts';
import { isMissing, syncFolder } from '../platform/storage/durable.ts';
import { readInstallationFolder } from '../verify/installation-folder.ts';
import { openEmbedded } from '../verify/open-database.ts';
import { clusterFiles } from './database-files.ts';
import { type BackupHead, backupHead, backupLines, backupNames, ManifestWriter } from './manifest.ts';
import { Pool } from './pool.ts';

export type BackupOptions = {
    readonly dataFolder: string;
    /** Where backups lie; made at the first. */
    readonly to: string;
    /** When it is begun: also its name. */
    readonly at: Instant;
    readonly signal: AbortSignal;
    /** So many are kept, older ones go once this one is whole; undefined: all. */
    readonly keep: number | undefined;
    progress(done: { files: number; bytes: bigint }): void;
};

export type Backup = {
    readonly name: string;
    readonly files: number;
    readonly bytes: bigint;
    /** What was not in an earlier backup. */
    readonly newBytes: bigint;
    /** Stored originals that are not what their name says: they are kept as they are. */
    readonly damaged: readonly string[];
    readonly removed: number;
    readonly freed: bigint;
};

/**
 * Backs up an installation with the embedded database beside its running server, or without one. First the database, then the originals:
 * every row then finds its bytes. What was written is read once more before the backup is there. Throws `backup.otherInstallation`,
 * `backup.inside`, `backup.running`, `backup.noSpace`, `backup.writtenWrong`, and what opening the database throws.
 */
export async function takeBackup(options: BackupOptions): Promise<Backup> {
    const { dataFolder, to, at, signal } = options;
    const folder = await readInstallationFolder(dataFolder);
    await prepareFolder(dataFolder, to);
    const manifests = join(to, 'backups');
    await refuseOther(manifests, folder.storeId ?? '');
    const pool = new Pool(join(to, 'pool'));
    const database = await openEmbedded(folder.postgresFolder, () => undefined, signal);
    const scratch = await mkdtemp(join(tmpdir(), 'liuhen-backup-'));
    const locked = await lock(database.url);
    try {
        await pool.prepare();
        const name = nameOf(at);
        if ((await backupNames(manifests)).includes(name)) throw new DomainError('backup.running');
        const head: BackupHead = { at, storeId: folder.storeId ?? '', ...(await standingOf(database.url)) };
        const writer = await ManifestWriter.begin(manifests, name, head);
        const taking = new Taking(pool, writer, options);
        try {
            const data = dataFolderOf(await realpath(folder.postgresFolder));
            for await (const thing of clusterFiles(database.url, data, scratch))
                if ('folder' in thing) await taking.folder(`postgres/data/${thing.folder}`);
                else await taking.file(`postgres/data/${thing.path}`, thing.from);
            await taking.file('postgres/superuser-password', join(folder.postgresFolder, 'superuser-password'));
            await taking.originals(dataFolder);
            // Last: what was signed while the copy was made is in it as well.
            await taking.everything(dataFolder, 'keys');
            await taking.file('installation.json', join(dataFolder, 'installation.json'));
            await pool.sync();
            await taking.readBack();
            await writer.finish();
        } catch (error) {
            await writer.giveUp();
            throw error;
        }
        const { removed, freed } = await prune(manifests, pool, options.keep);
        return { name, removed, freed, ...taking.sum() };
    } finally {
        await locked.end();
        await database.stop();
        await rm(scratch, { recursive: true, force: true });
    }
}

/** One backup as it grows. */
class Taking {
    readonly #pool: Pool;
    readonly #writer: ManifestWriter;
    readonly #options: BackupOptions;
    readonly #fresh: { sha256: string; size: bigint }[] = [];
    readonly #damaged: string[] = [];
    #files = 0;
    #bytes = 0n;

    constructor(pool: Pool, writer: ManifestWriter, options: BackupOptions) {
        this.#pool = pool;
        this.#writer = writer;
        this.#options = options;
    }

    async folder(path: string): Promise<void> {
        await this.#writer.add({ folder: path, mode: 0o700 });
    }

    /** A file that is gone by now is none of the backup. */
    async file(path: string, from: string): Promise<{ sha256: string } | undefined> {
        this.#options.signal.throwIfAborted();
        const mode = await modeOf(from);
        const pooled = mode === undefined ? undefined : await this.#pool.add(from);
        if (mode === undefined || pooled === undefined) return undefined;
        if (pooled.isNew) this.#fresh.push(pooled);
        await this.#note(path, pooled.sha256, pooled.size, mode);
        return pooled;
    }

    /** The store without what is under way. An original whose name the pool has is there already: it never changes. */
    async originals(dataFolder: string): Promise<void> {
        const root = join(dataFolder, 'objects');
        for (const below of ['objects', 'quarantine', 'damaged', 'staging']) await this.folder(`objects/${below}`);
        await this.file('objects/LIUHEN-STORE', join(root, 'LIUHEN-STORE'));
        for (const below of ['objects', 'quarantine', 'damaged'])
            for await (const { path, from, name, size, mode } of filesIn(dataFolder, join(root, below))) {
                this.#options.signal.throwIfAborted();
                const named = below === 'objects' && /^[0-9a-f]{64}$/.test(name);
                if (named && (await this.#pool.has(name, size))) await this.#note(path, name, size, mode);
                else if ((await this.file(path, from))?.sha256 !== name && named) this.#damaged.push(path);
            }
    }

    async everything(dataFolder: string, below: string): Promise<void> {
        await this.folder(below);
        for await (const { path, from } of filesIn(dataFolder, join(dataFolder, below))) await this.file(path, from);
    }

    /** What was written must be what was read: a disk may say yes and keep something else. */
    async readBack(): Promise<void> {
        for (const { sha256, size } of this.#fresh) {
            this.#options.signal.throwIfAborted();
            if ((await this.#pool.check(sha256, size)) !== 'whole') throw new DomainError('backup.writtenWrong', { sha256 });
        }
    }

    sum() {
        const newBytes = this.#fresh.reduce((sum, { size }) => sum + size, 0n);
        return { files: this.#files, bytes: this.#bytes, newBytes, damaged: this.#damaged };
    }

    async #note(path: string, sha256: string, size: bigint, mode: number): Promise<void> {
        await this.#writer.add({ path, sha256, size: String(size), mode });
        this.#files += 1;
        this.#bytes += size;
        this.#options.progress({ files: this.#files, bytes: this.#bytes });
    }
}

type Found = { path: string; from: string; name: string; size: bigint; mode: number };

async function* filesIn(base: string, folder: string): AsyncGenerator<Found> {
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const from = join(folder, entry.name);
        if (entry.isDirectory()) yield* filesIn(base, from);
        const found = entry.isFile() ? await stat(from, { bigint: true }).catch(() => undefined) : undefined;
        if (found === undefined) continue;
        const path = relative(base, from).split(sep).join('/');
        yield { path, from, name: entry.name, size: found.size, mode: Number(found.mode) & 0o777 };
    }
}

async function modeOf(path: string): Promise<number | undefined> {
    try {
        return (await stat(path)).mode & 0o777;
    } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
    }
}

/** `2026-11-27T165500123Z`: names in the order of time. */
export const nameOf = (at: Instant): string => new Date(at).toISOString().replaceAll(/[:.]/g, '');

/** For its owner only: keys lie in it. */
async function prepareFolder(dataFolder: string, to: string): Promise<void> {
    const inside = relative(await realpath(dataFolder), to);
    if (inside === '' || (!inside.startsWith('..') && inside !== to)) throw new DomainError('backup.inside');
    for (const folder of [to, join(to, 'backups'), join(to, 'pool')]) await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(to, 0o700);
    await syncFolder(to);
}

async function refuseOther(manifests: string, storeId: string): Promise<void> {
    const last = (await backupNames(manifests)).at(-1);
    if (last !== undefined && (await backupHead(manifests, last)).storeId !== storeId)
        throw new DomainError('backup.otherInstallation');
}

/** One backup of an installation at a time. */
async function lock(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    client.on('error', () => undefined);
    const { rows } = await client.query<{ got: boolean }>(
        `select pg_try_advisory_lock(hashtextextended('liuhen backup', 0)) as got`,
    );
    if (rows[0]?.got === true) return client;
    await client.end();
    throw new DomainError('backup.running');
}

async function standingOf(url: string): Promise<Pick<BackupHead, 'postgres' | 'logs'>> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        const { rows } = await client.query<{ org: string; size: string; chain: string }>(
            `select org_id as org, size::text, encode(chain, 'hex') as chain from ledger.head order by org_id`,
        );
        const version = await client.query<{ server_version: string }>('show server_version');
        return { postgres: version.rows[0]?.server_version ?? '', logs: rows };
    } finally {
        await client.end();
    }
}

/** Older backups go, and what only they held. */
async function prune(manifests: string, pool: Pool, keep: number | undefined): Promise<{ removed: number; freed: bigint }> {
    if (keep === undefined) return { removed: 0, freed: 0n };
    const names = await backupNames(manifests);
    const old = names.slice(0, Math.max(0, names.length - keep));
    if (old.length === 0) return { removed: 0, freed: 0n };
    const wanted = new Set<string>();
    for (const name of names.slice(old.length))
        for await (const line of backupLines(manifests, name)) if ('path' in line) wanted.add(line.sha256);
    for (const name of old) await rm(join(manifests, `${name}.jsonl`));
    await syncFolder(manifests);
    return { removed: old.length, freed: await pool.keepOnly(wanted) };
}
