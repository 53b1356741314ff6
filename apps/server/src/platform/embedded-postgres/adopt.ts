import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import { dataFolderOf } from './cluster.ts';
import { type Postmaster, stopPostmaster, watchPostmaster } from './postmaster.ts';
import { type PostmasterFile, readPostmasterFile, removePostmasterFile } from './postmaster-file.ts';
import { findProcess, isRunning, isServerOf, type ProcessIdentity } from './processes.ts';
import type { Settings } from './settings.ts';
import { SUPERUSER } from './superuser-password.ts';

/** How long an orphan that is still starting or recovering may take before it is stopped, milliseconds. */
const ORPHAN_READY_TIMEOUT = 60_000;

/**
 * Looks for a server left on this cluster by a supervisor that was killed. Returns it when it is ours and works as we
 * would start it now; else it is stopped, or its stale pid file removed, and null is returned: start anew.
 */
export async function adoptOrphan(
    folder: string,
    binaries: Binaries,
    settings: Settings,
    password: string,
    log: (line: string) => void,
): Promise<Postmaster | null> {
    const dataFolder = dataFolderOf(folder);
    const file = await readPostmasterFile(dataFolder);
    if (file === null) {
        await removePostmasterFile(dataFolder);
        return null;
    }
    const identity = await findProcess(file.pid);
    const ours = identity !== null && (await isServerOf(file.pid, dataFolder));
    if (identity === null || ours === false) {
        log(`removing the pid file of a server that is gone (pid ${file.pid})`);
        await removePostmasterFile(dataFolder);
        return null;
    }
    const port = await readyPort(identity, file, dataFolder);
    if (port !== null && (await worksAsWanted(port, password, dataFolder, settings))) return watchPostmaster(identity, port);
    // Where the system cannot tell whose process this is, only a successful connection proves it: do not shoot a stranger.
    if (ours === null) return null;
    log(`stopping the server left by a killed supervisor (pid ${file.pid})`);
    await stopPostmaster(identity, binaries, log);
    return null;
}

/** Port of the orphan once it accepts connections, null when it ends or does not come so far. */
async function readyPort(identity: ProcessIdentity, found: PostmasterFile, dataFolder: string): Promise<number | null> {
    const deadline = performance.now() + ORPHAN_READY_TIMEOUT;
    let file: PostmasterFile | null = found;
    while (file?.pid === identity.pid && !file.ready) {
        if (performance.now() > deadline || !(await isRunning(identity))) return null;
        await sleep(20);
        file = await readPostmasterFile(dataFolder);
    }
    return file?.pid === identity.pid ? file.port : null;
}

/** Connects with the stored password and compares data folder and the fingerprint of programs and settings. */
async function worksAsWanted(port: number, password: string, dataFolder: string, settings: Settings): Promise<boolean> {
    const client = new pg.Client({
        host: '127.0.0.1',
        port,
        user: SUPERUSER,
        password,
        database: 'postgres',
        connectionTimeoutMillis: 5_000,
        query_timeout: 5_000,
    });
    client.on('error', () => {});
    try {
        await client.connect();
        const { rows } = await client.query<{ data: string; name: string }>(
            `select current_setting('data_directory') as data, current_setting('cluster_name') as name`,
        );
        return rows[0]?.data === dataFolder && rows[0].name === settings.cluster_name;
    } catch {
        return false;
    } finally {
        await client.end().catch(() => {});
    }
}
