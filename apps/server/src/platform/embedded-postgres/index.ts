import { chmod, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import { type Account, assertReachable, chooseAccount } from './account.ts';
import { adoptOrphan } from './adopt.ts';
import { type Binaries, findBinaries, programPath } from './binaries.ts';
import { clusterExists, createCluster, dataFolderOf, giveTo, removeInterruptedInitdb } from './cluster.ts';
import { lockFolder } from './folder-lock.ts';
import { keepRunning } from './keep-running.ts';
import { launchPostmaster, type Postmaster, stopPostmaster } from './postmaster.ts';
import { pruneServerLog } from './server-log.ts';
import { type Settings, serverSettings } from './settings.ts';
import { SUPERUSER, superuserPassword } from './superuser-password.ts';

/** A running database of our own. */
export type EmbeddedPostgres = {
    /** Superuser's address of the maintenance database, with the password: never log it. */
    url: string;
    port: number;
    /** Pid of the server (postmaster). */
    pid: number;
    /** Whether it was left running by a killed supervisor and taken over. */
    adopted: boolean;
    /** Stops the server, adopted or not, and gives the folder free. May be called again. */
    stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
    /** Holds the cluster, the superuser's password, the log and the lock, e.g. `<data>/postgres`. Made when missing. */
    folder: string;
    log: (line: string) => void;
    /** Further server settings. Loopback, socket and log settings cannot be changed by them. */
    extraSettings?: Settings;
    /** Programs of another PostgreSQL (15 or newer) instead of those from the npm package. */
    binaries?: { bin: string };
    /** Called each time the server ends without `stop()`. */
    onExit?: () => void;
    /** Starts a server that ended without `stop()` again on the same port, for as long as it takes. */
    restart?: boolean;
};

/** How often old log files are removed, milliseconds. */
const PRUNE_INTERVAL = 60_000;

/**
 * Starts the database on the folder, or takes over the one that a killed supervisor left there.
 *
 * Errors: `postgres.binariesMissing` {platform}, `postgres.cannotTraverse` {folder, user}, `postgres.cannotWrite`
 * {folder, user}, `postgres.folderInUse` {folder}, `postgres.noUnprivilegedUser` {users}, `postgres.passwordMissing`
 * {file}, `postgres.startFailed` {reason}, `postgres.stopFailed` {pid}, `postgres.versionMismatch` {found, wanted}.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const account = await chooseAccount(dataFolderOf(options.folder));
    const folder = await prepareFolder(options.folder, account);
    const unlock = lockFolder(folder);
    try {
        const binaries = await findBinaries(folder, options.binaries);
        await assertReachable(account, [folder, programPath(binaries.bin, 'postgres'), programPath(binaries.bin, 'initdb')]);
        const password = await prepareCluster(folder, binaries, account, options.log);
        const settings = serverSettings(folder, binaries, options.extraSettings ?? {});
        const adopted = await adoptOrphan(folder, binaries, settings, password, options.log);
        const server = adopted ?? (await launchPostmaster(folder, binaries, account, settings, options.log));
        options.log(
            `PostgreSQL ${adopted === null ? 'started' : 'taken over'} (pid ${server.identity.pid}, port ${server.port})`,
        );
        const launch = (port: number) => launchPostmaster(folder, binaries, account, settings, options.log, port);
        return supervise(server, { adopted: adopted !== null, folder, binaries, password, unlock, launch, options });
    } catch (error) {
        unlock();
        throw error;
    }
}

/**
 * Makes the folder and returns its real path. As root it stays root's, and the account may only pass through: what it owns
 * lies in `data` and `log`, out of reach of its hands is the password file.
 */
async function prepareFolder(path: string, account: Account): Promise<string> {
    try {
        await mkdir(path, { recursive: true });
        const folder = await realpath(path);
        const log = join(folder, 'log');
        await mkdir(log, { recursive: true, mode: 0o700 });
        await giveTo(account, log);
        if (process.platform !== 'win32') await chmod(folder, account.drop === null ? 0o700 : 0o711);
        return folder;
    } catch (cause) {
        const { code } = cause as NodeJS.ErrnoException;
        if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw cause;
        await assertReachable({ ...account, drop: null }, [path]);
        throw new DomainError('postgres.cannotWrite', { folder: path, user: account.name }, { cause });
    }
}

/** Makes the cluster when there is none yet; returns the superuser's password. */
async function prepareCluster(
    folder: string,
    binaries: Binaries,
    account: Account,
    log: (line: string) => void,
): Promise<string> {
    const exists = await clusterExists(folder, binaries);
    const password = await superuserPassword(folder, exists);
    await removeInterruptedInitdb(folder, log);
    if (!exists) await createCluster(folder, binaries, account, password);
    await giveTo(account, dataFolderOf(folder));
    return password;
}

type Supervised = {
    adopted: boolean;
    folder: string;
    binaries: Binaries;
    password: string;
    unlock: () => void;
    launch: (port: number) => Promise<Postmaster>;
    options: EmbeddedPostgresOptions;
};

function supervise(server: Postmaster, supervised: Supervised): EmbeddedPostgres {
    const { adopted, folder, binaries, password, unlock, launch, options } = supervised;
    const prune = (): void => {
        pruneServerLog(folder).catch((error: Error) => options.log(`old log files stay: ${error.message}`));
    };
    prune();
    const pruning = setInterval(prune, PRUNE_INTERVAL);
    pruning.unref();
    let stopping: Promise<void> | null = null;
    const kept = keepRunning(server, {
        restart: options.restart === true ? () => launch(server.port) : undefined,
        log: options.log,
        onEnd: () => options.onExit?.(),
    });
    const stop = async (): Promise<void> => {
        clearInterval(pruning);
        await stopPostmaster((await kept.letGo()).identity, binaries, options.log);
        unlock();
    };
    return {
        url: `postgres://${SUPERUSER}:${password}@127.0.0.1:${server.port}/postgres`,
        port: server.port,
        get pid() {
            return kept.current().identity.pid;
        },
        adopted,
        stop: () => {
            stopping ??= stop();
            return stopping;
        },
    };
}
