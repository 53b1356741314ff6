import { join } from 'node:path';
import { DomainError } from '@liuhen/domain';
import pg from 'pg';
import { type AppliedMigration, migrate } from '../schema/migrate.ts';
import type { Config } from './config.ts';
import { startEmbeddedPostgres } from './embedded-postgres/index.ts';
import { secretFile } from './secret-box.ts';

/** Addresses for the application and its job runner on a migrated database; they hold passwords: never log them. */
export type StartedDatabase = {
    appUrl: string;
    workerUrl: string;
    readerUrl: string;
    applied: readonly AppliedMigration[];
    embedded: boolean;
    stop(): Promise<void>;
};

const NAME = 'liuhen';

/** Starts the embedded database, or uses the given one, and brings it to the newest schema. */
export async function startDatabase(
    config: Config,
    keyFolder: string,
    log: (line: string) => void,
    onExit: () => void,
): Promise<StartedDatabase> {
    if (config.databaseUrl === undefined) return startEmbedded(config, keyFolder, log, onExit);
    const urls = await migrated(config.databaseUrl, keyFolder, log, {
        app: config.databaseAppUrl === undefined,
        worker: config.databaseWorkerUrl === undefined,
        ownCluster: false,
    });
    const appUrl = config.databaseAppUrl ?? urls.appUrl;
    await refuseUnrestricted(appUrl);
    return {
        ...urls,
        appUrl,
        workerUrl: config.databaseWorkerUrl ?? urls.workerUrl,
        embedded: false,
        stop: async () => undefined,
    };
}

async function startEmbedded(
    config: Config,
    keyFolder: string,
    log: (line: string) => void,
    onExit: () => void,
): Promise<StartedDatabase> {
    const server = await startEmbeddedPostgres({ folder: join(config.dataFolder, 'postgres'), log, onExit, restart: true });
    try {
        await createDatabase(server.url);
        const url = new URL(server.url);
        url.pathname = `/${NAME}`;
        const urls = await migrated(url.href, keyFolder, log, { app: true, worker: true, ownCluster: true });
        return { ...urls, embedded: true, stop: () => server.stop() };
    } catch (error) {
        await server.stop();
        throw error;
    }
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
    const client = new pg.Client({ connectionString: maintenanceUrl });
    await client.connect();
    try {
        const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
        if (rowCount === 0) await client.query(`create database ${NAME}`);
    } finally {
        await client.end();
    }
}

type Needs = { app: boolean; worker: boolean; ownCluster: boolean };

/** The logins' passwords are made here and never leave the key folder and the database. */
async function migrated(url: string, keyFolder: string, log: (line: string) => void, needs: Needs) {
    const password = async (role: string) => (await secretFile(join(keyFolder, `database-${role}.key`))).toString('hex');
    const [app, worker, reader] = [await password('app'), await password('worker'), await password('reader')];
    const applied = await migrate({
        url,
        log,
        readerPassword: reader,
        ownCluster: needs.ownCluster,
        ...(needs.app ? { appPassword: app } : {}),
        ...(needs.worker ? { workerPassword: worker } : {}),
    });
    return {
        appUrl: as(url, 'liuhen_app', app),
        workerUrl: as(url, 'liuhen_worker', worker),
        readerUrl: as(url, 'liuhen_reader', reader),
        applied,
    };
}

/** The application's own login on a database that was prepared before. */
export const appUrlOf = async (url: string, keyFolder: string): Promise<string> =>
    as(url, 'liuhen_app', (await secretFile(join(keyFolder, 'database-app.key'))).toString('hex'));

function as(url: string, user: string, password: string): string {
    const other = new URL(url);
    other.username = user;
    other.password = password;
    return other.href;
}

/** A role that passes over row-level security or may change the log would make both worthless. */
async function refuseUnrestricted(appUrl: string): Promise<void> {
    const client = new pg.Client({ connectionString: appUrl });
    await client.connect();
    try {
        const { rows } = await client.query<{ free: boolean }>(
            `select rolsuper or rolbypassrls or pg_has_role(oid, 'liuhen_owner', 'usage') as free from pg_roles where rolname = current_user`,
        );
        if (rows[0]?.free !== false) throw new DomainError('database.appRoleUnrestricted');
    } finally {
        await client.end();
    }
}
