import { join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import pg from 'pg';
import { commandTools } from './command-tools.ts';
import type { MoveTools } from './features/storage/move.commands.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { CommandTools } from './platform/command/command.ts';
import type { Config } from './platform/config.ts';
import { appUrlOf } from './platform/database-start.ts';
import { type Database, openDatabase } from './platform/db/database.ts';
import { hashPool } from './platform/hashing/hash-pool.ts';
import { openSigner } from './platform/signer.ts';
import { openStore } from './platform/storage/open-store.ts';
import { AdvisoryLocker } from './platform/uploads/advisory-locker.ts';
import { isCurrent } from './schema/migrate.ts';
import { type InstallationFolder, readInstallationFolder } from './verify/installation-folder.ts';
import { openEmbedded } from './verify/open-database.ts';

type Outside = { readonly log: (line: string) => void; readonly signal: AbortSignal };

/** What is opened of an installation for a command of the console. */
export type BesideTools = {
    readonly db: Database;
    readonly commands: CommandTools;
    readonly clock: Clock;
    readonly folder: InstallationFolder;
    readonly keyFolder: string;
    readonly signal: AbortSignal;
    /** Whatever is opened besides is closed in the reverse order. */
    readonly stops: (() => Promise<void> | void)[];
};

/** Of one `name` only one at a time for each database; who comes second waits so long, by default not at all, and gets `busy`. */
type Alone = { readonly name: string; readonly busy: string; readonly patienceMs?: number };

/**
 * Runs `work` on the database of an installation beside its server, or without one.
 * Throws `schema.notCurrent`, `<name>` as `busy`, and what opening the database throws.
 */
export async function besideDatabase<T>(
    config: Config,
    { log, signal }: Outside,
    { name, busy, patienceMs = 0 }: Alone,
    work: (tools: BesideTools) => Promise<T>,
): Promise<T> {
    const stops: (() => Promise<void> | void)[] = [];
    try {
        const folder = await readInstallationFolder(config.dataFolder);
        const keyFolder = join(config.dataFolder, 'keys');
        const url = await urlOf(config, folder.postgresFolder, { log, signal }, stops);
        if (!(await isCurrent(url).catch(unreachable))) throw new DomainError('schema.notCurrent');
        const appUrl = config.databaseAppUrl ?? (await appUrlOf(url, keyFolder));
        const locker = new AdvisoryLocker({ connectionString: appUrl, patienceMs });
        stops.push(() => locker.close());
        const gone = new AbortController();
        const lock = await locker.lock(name, { mayBeTaken: () => false, release: () => gone.abort() }).catch((error: unknown) => {
            throw error instanceof DomainError && error.code === 'upload.busy' ? new DomainError(busy) : error;
        });
        stops.push(() => lock.unlock());
        const clock = systemClock();
        const db = openDatabase({ url: appUrl, max: 6, onError: () => undefined });
        stops.push(() => db.close());
        const commands = commandTools({ db, clock, signer: await openSigner(keyFolder) }, { error: () => undefined });
        return await work({ db, commands, clock, folder, keyFolder, signal: AbortSignal.any([signal, gone.signal]), stops });
    } finally {
        for (const stop of stops.reverse()) await stop();
    }
}

/**
 * As `besideDatabase`, with the two stores: the data folder, and the bucket in which new content lies. Throws
 * `installation.bucketMissing`, `storage.noBucketYet`, `storage.moveRunning`, and what opening the stores throws.
 */
export async function beside<T>(config: Config, outside: Outside, work: (tools: MoveTools) => Promise<T>): Promise<T> {
    const { bucketId } = await readInstallationFolder(config.dataFolder);
    if (config.bucket === undefined) throw new DomainError('installation.bucketMissing');
    // The server has to know the bucket first: it would look for what was moved on its disk.
    if (bucketId === undefined) throw new DomainError('storage.noBucketYet');
    return besideDatabase(config, outside, { name: 'move-objects', busy: 'storage.moveRunning' }, async (tools) => {
        const { clock, commands, db, folder, keyFolder, signal, stops } = tools;
        const { storeId, storeRoot } = folder;
        if (storeId === undefined) throw new DomainError('storage.noBucketYet');
        const hashes = hashPool({ workers: 1 });
        stops.push(() => hashes.close());
        const opened = await openStore(config, { keyFolder, storeRoot, storeId }, { hashes, newId: clock.newId });
        stops.push(opened.close);
        const [to, from] = opened.store.layers ?? [];
        if (to === undefined || from === undefined) throw new DomainError('storage.noBucketYet');
        return work({ db, commands, clock, store: opened.store, from, to, signal });
    });
}

async function urlOf(
    { databaseUrl }: Config,
    folder: string,
    { log, signal }: Outside,
    stops: (() => Promise<void> | void)[],
): Promise<string> {
    if (databaseUrl !== undefined) return databaseUrl;
    const embedded = await openEmbedded(folder, log, signal);
    stops.push(() => embedded.stop());
    return embedded.url;
}

function unreachable(cause: unknown): never {
    const reason = (cause as { code?: string }).code ?? '';
    // No table of migrations: nothing of this system is there.
    if (cause instanceof pg.DatabaseError && reason === '42P01') throw new DomainError('verify.schemaMissing');
    throw new DomainError('verify.databaseUnreachable', { reason }, { cause });
}
