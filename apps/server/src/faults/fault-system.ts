import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { dataFolderOf } from '../platform/embedded-postgres/cluster.ts';
import { readPostmasterFile } from '../platform/embedded-postgres/postmaster-file.ts';
import { foundInstitute, type Institute, type InstitutePerson, USUAL_PEOPLE } from '../testing/found-institute.ts';
import { type Remote, remote } from '../testing/remote.ts';
import { type ProcessOptions, type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openEmbedded } from '../verify/open-database.ts';
import type { InstallationReport } from '../verify/report.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';

/** One installation that lives through several server processes. */
export type FaultSystem = {
    readonly dataFolder: string;
    readonly institute: Institute;
    /** Starts the server; the one before ends as in a power cut if it has not ended yet. */
    start(options?: ProcessOptions): Promise<ServerProcess>;
    /** The server that was started last. */
    server(): ServerProcess;
    /** An officer at the running server, signed in since the beginning: sessions outlive the server. */
    officer(): Remote;
    /** Runs `work` as a database superuser, beside the server or without one. */
    asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
    /** Pid of the running database server. */
    databasePid(): Promise<number>;
    verify(): Promise<InstallationReport>;
    /** The whole installation, logs, rows, commands and every byte of every file, is as its logs say. */
    expectSound(): Promise<InstallationReport>;
    /** `env`: what the server needs in order to start once more. */
    close(env?: Readonly<Record<string, string>>): Promise<void>;
};

export async function faultSystem(name: string): Promise<FaultSystem> {
    const folder = await temporaryFolder(name);
    const dataFolder = join(folder.path, 'data');
    let server = await startServerProcess(dataFolder);
    const institute = await foundInstitute(server.url, USUAL_PEOPLE);
    const { login, password } = institute.people.zhouqing as InstitutePerson;
    const { cookie } = await remote(server.url).signIn(login, password);
    const verify = () => verifyInstallation({ dataFolder });
    const system: FaultSystem = {
        dataFolder,
        institute,
        async start(options) {
            await server.kill();
            server = await startServerProcess(dataFolder, options);
            return server;
        },
        server: () => server,
        officer: () => remote(server.url, cookie),
        async asSuperuser(work) {
            const database = await openEmbedded(join(dataFolder, 'postgres'), () => undefined, undefined);
            const client = new pg.Client({ connectionString: database.url });
            await client.connect();
            try {
                return await work(client);
            } finally {
                await client.end();
                await database.stop();
            }
        },
        async databasePid() {
            const file = await readPostmasterFile(dataFolderOf(join(dataFolder, 'postgres')));
            if (file === null) throw new Error('no database runs');
            return file.pid;
        },
        verify,
        async expectSound() {
            const report = await verify();
            expect({ findings: report.findings, gaps: report.gaps }).toEqual({ findings: [], gaps: [] });
            return report;
        },
        async close(env = {}) {
            await server.stop();
            // A killed server leaves its database running; the next start takes it over, and then both end.
            await (await startServerProcess(dataFolder, { env })).stop();
            await folder.remove();
        },
    };
    return system;
}
