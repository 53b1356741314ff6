import { access } from 'node:fs/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Where Debian 12 puts the programs of PostgreSQL 15, the oldest version the product supports. */
const DEBIAN_BIN = '/usr/lib/postgresql/15/bin';

/**
 * Starts Debian's PostgreSQL 15 on a cluster of its own in a temporary folder, through the same supervisor as the embedded
 * one. `stop()` removes the folder too. Fails with a line that names the package when it is not installed.
 */
export async function startDebianPostgres(
    options: { log?: (line: string) => void; extraSettings?: Record<string, string> } = {},
): Promise<EmbeddedPostgres & { folder: string }> {
    await access(DEBIAN_BIN).catch((cause) => {
        throw new Error('PostgreSQL 15 is missing: install the Debian package postgresql-15', { cause });
    });
    const folder = await temporaryFolder('pg15');
    const server = await startEmbeddedPostgres({
        folder: folder.path,
        log: options.log ?? (() => {}),
        extraSettings: options.extraSettings ?? {},
        binaries: { bin: DEBIAN_BIN },
    }).catch(async (error) => {
        await folder.remove();
        throw error;
    });
    return { ...server, folder: folder.path, stop: () => server.stop().then(folder.remove) };
}
