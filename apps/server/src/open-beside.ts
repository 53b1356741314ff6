import { join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import pg from 'pg';
import { commandTools } from './command-tools.ts';
import type { MoveTools } from './features/storage/move.commands.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { appUrlOf } from './platform/database-start.ts';
import { openDatabase } from './platform/db/database.ts';
import { hashPool } from './platform/hashing/hash-pool.ts';
import { openSigner } from './platform/signer.ts';
import { openStore } from './platform/storage/open-store.ts';
import { AdvisoryLocker } from './platform/uploads/advisory-locker.ts';
import { isCurrent } from './schema/migrate.ts';
import { readInstallationFolder } from './verify/installation-folder.ts';
import { openEmbedded } from './verify/open-database.ts';

type Outside = { readonly log: (line: string) => void; readonly signal: AbortSignal };

/**
 * Runs `work` on an installation beside its server, or without one, with its two stores: the data folder, and the bucket in which
 * new content lies. Only one at a time for each database. Throws `installation.bucketMissing`, `storage.noBucketYet`,
 * `schema.notCurrent`, `storage.moveRunning`, and what opening the database and the stores throws.
 */
export async function beside<T>(config: Config, { log, signal }: Outside, work: (tools: MoveTools) => Promise<T>): Promise<T> {
    const stops: (() => Promise<void> | void)[] = [];
    try {
        const { bucketId, storeId, storeRoot, postgresFolder } = await readInstallationFolder(config.dataFolder);
        if (config.bucket === undefined) throw new DomainError('installation.bucketMissing');
        // The server has to know the bucket first: it would look for what was moved on its disk.
        if (bucketId === undefined || storeId === undefined) throw new DomainError('storage.noBucketYet');
        const keyFolder = join(config.dataFolder, 'keys');
        const url = await urlOf(config, postgresFolder, { log, signal }, stops);
        if (!(await isCurrent(url).catch(unreachable))) throw new DomainError('schema.notCurrent');
        const appUrl = config.databaseAppUrl ?? (await appUrlOf(url, keyFolder));
        const locker = new AdvisoryLocker({ connectionString: appUrl, patienceMs: 0 });
        stops.push(() => locker.close());
        const gone = new AbortController();
        const lock = await locker
            .lock('move-objects', { mayBeTaken: () => false, release: () => gone.abort() })
            .catch(alreadyRunning);
        stops.push(() => lock.unlock());
        const clock = systemClock();
        const db = openDatabase({ url: appUrl, max: 6, onError: () => undefined });
        stops.push(() => db.close());
        const commands = commandTools({ db, clock, signer: await openSigner(keyFolder) }, { error: () => undefined });
        const hashes = hashPool({ workers: 1 });
        stops.push(() => hashes.close());
        const opened = await openStore(config, { keyFolder, storeRoot, storeId }, { hashes, newId: clock.newId });
        stops.push(opened.close);
        const [to, from] = opened.store.layers ?? [];
        if (to === undefined || from === undefined) throw new DomainError('storage.noBucketYet');
        return await work({ db, commands, clock, store: opened.store, from, to, signal: AbortSignal.any([signal, gone.signal]) });
    } finally {
        for (const stop of stops.reverse()) await stop();
    }
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

function alreadyRunning(error: unknown): never {
    if (error instanceof DomainError && error.code === 'upload.busy') throw new DomainError('storage.moveRunning');
    throw error;
}
