import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@liuhen/domain';
import { dataFolderOf } from '../platform/embedded-postgres/cluster.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { readPostmasterFile } from '../platform/embedded-postgres/postmaster-file.ts';
import { findProcess, isServerOf } from '../platform/embedded-postgres/processes.ts';
import { SUPERUSER } from '../platform/embedded-postgres/superuser-password.ts';

/** `url` holds a password: never log it. `stop` ends the server only if it was started here. */
export type VerifiableDatabase = { readonly url: string; readonly started: boolean; stop(): Promise<void> };

const DATABASE = 'liuhen';

/** How long to wait for a server that somebody else is starting or stopping at this moment, milliseconds. */
const PATIENCE = 30_000;
const POLL = 250;

/**
 * Finds the embedded database at work, or starts it for the length of the verification. Throws `verify.noDatabase`
 * {folder} and what `startEmbeddedPostgres` throws.
 */
export async function openEmbedded(
    folder: string,
    log: (line: string) => void,
    signal: AbortSignal | undefined,
): Promise<VerifiableDatabase> {
    const exists = await stat(join(dataFolderOf(folder), 'PG_VERSION')).catch(() => undefined);
    if (exists === undefined) throw new DomainError('verify.noDatabase', { folder });
    const deadline = performance.now() + PATIENCE;
    for (;;) {
        signal?.throwIfAborted();
        const port = await portOfRunning(await realpath(folder));
        if (port !== undefined)
            return { url: urlOf(port, await readPassword(folder)), started: false, stop: async () => undefined };
        try {
            const server = await startEmbeddedPostgres({ folder, log });
            return { url: inDatabase(server.url), started: true, stop: () => server.stop() };
        } catch (error) {
            const busy = error instanceof DomainError && error.code === 'postgres.folderInUse';
            if (!busy || performance.now() > deadline) throw error;
            await sleep(POLL);
        }
    }
}

/** Port of a server that works in this very folder and accepts connections. */
async function portOfRunning(folder: string): Promise<number | undefined> {
    const file = await readPostmasterFile(dataFolderOf(folder));
    if (file === null || file.port === null || !file.ready || (await findProcess(file.pid)) === null) return undefined;
    return (await isServerOf(file.pid, dataFolderOf(folder))) === false ? undefined : file.port;
}

async function readPassword(folder: string): Promise<string> {
    const file = join(folder, 'superuser-password');
    try {
        return (await readFile(file, 'utf8')).trim();
    } catch (cause) {
        throw new DomainError('postgres.passwordMissing', { file }, { cause });
    }
}

const urlOf = (port: number, password: string): string =>
    inDatabase(`postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/`);

function inDatabase(url: string): string {
    const other = new URL(url);
    other.pathname = `/${DATABASE}`;
    return other.href;
}
