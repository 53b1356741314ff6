import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import type { ProvidedContext } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres/index.ts';
import { migrate } from '../schema/migrate.ts';
import { startDebianPostgres } from './debian-postgres.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What the test files learn of the server: enough to clone the template and to sign in as each role. */
export type TestCluster = {
    /** Superuser's address of a maintenance database. */
    serverUrl: string;
    template: string;
    /** Common beginning of the names of this run's databases. */
    prefix: string;
    passwords: { app: string; worker: string; reader: string };
    /** Whether databases that are not dropped are still there after the run. */
    outlivesTests: boolean;
};

declare module 'vitest' {
    interface ProvidedContext {
        testCluster: TestCluster;
    }
}

/** Tests run with the product's durability; only the number of connections differs. */
const TEST_SETTINGS = { max_connections: '200' };

const keep = process.env.LIUHEN_KEEP === '1';

/**
 * Before all tests: a real PostgreSQL and one migrated template database in it, which `testDatabase()` clones.
 * `LIUHEN_TEST_DATABASE_URL` (a superuser's) names a server to use, `LIUHEN_TEST_POSTGRES=15` takes Debian's version 15,
 * else the embedded version runs in a temporary folder. `LIUHEN_KEEP=1` keeps what would be removed at the end.
 */
export default async function setup(project: {
    provide<K extends keyof ProvidedContext & string>(key: K, value: ProvidedContext[K]): void;
}): Promise<() => Promise<void>> {
    const server = await testServer();
    try {
        const cluster = describeCluster(server.url, server.given || keep);
        await createTemplate(cluster);
        project.provide('testCluster', cluster);
        return async () => {
            if (server.given) await removeTemplate(cluster);
            await server.stop();
        };
    } catch (error) {
        await server.stop();
        throw error;
    }
}

type TestServer = { url: string; given: boolean; stop(): Promise<void> };

async function testServer(): Promise<TestServer> {
    const given = process.env.LIUHEN_TEST_DATABASE_URL;
    if (given !== undefined && given !== '') return { url: given, given: true, stop: async () => {} };
    const version = process.env.LIUHEN_TEST_POSTGRES ?? '';
    if (version !== '' && version !== '15') throw new Error(`LIUHEN_TEST_POSTGRES knows only 15, not ${version}`);
    const server = version === '15' ? await startDebianPostgres({ extraSettings: TEST_SETTINGS }) : await startTemporary();
    return { url: server.url, given: false, stop: () => stopOrKeep(server) };
}

async function startTemporary(): Promise<EmbeddedPostgres & { folder: string }> {
    const folder = await temporaryFolder('pg');
    const start = startEmbeddedPostgres({ folder: folder.path, log: () => {}, extraSettings: TEST_SETTINGS });
    const server = await start.catch(async (error) => {
        await folder.remove();
        throw error;
    });
    return { ...server, folder: folder.path, stop: () => server.stop().then(folder.remove) };
}

/** A kept server keeps running: it is there to be looked at. */
async function stopOrKeep(server: EmbeddedPostgres & { folder: string }): Promise<void> {
    if (!keep) return server.stop();
    console.log(`kept: PostgreSQL with pid ${server.pid} on port ${server.port}, folder ${server.folder}`);
}

/**
 * Roles and their passwords belong to the whole server: two runs on one server must agree on them, so they follow from
 * its address, which only those who may sign in as superuser anyway know.
 */
function describeCluster(serverUrl: string, outlivesTests: boolean): TestCluster {
    const password = (role: string): string => createHash('sha256').update(`${role} of ${serverUrl}`).digest('base64url');
    const prefix = `liuhen_test_${randomBytes(4).toString('hex')}`;
    return {
        serverUrl,
        template: `${prefix}_template`,
        prefix,
        passwords: { app: password('app'), worker: password('worker'), reader: password('reader') },
        outlivesTests,
    };
}

/** Closed for connections when it is ready, since only a database that nobody uses can be cloned. */
async function createTemplate({ serverUrl, template, passwords }: TestCluster): Promise<void> {
    await onServer(serverUrl, `create database ${template}`);
    const url = new URL(serverUrl);
    url.pathname = `/${template}`;
    await migrate({
        url: url.href,
        appPassword: passwords.app,
        workerPassword: passwords.worker,
        readerPassword: passwords.reader,
    });
    await onServer(serverUrl, `alter database ${template} with is_template true allow_connections false`);
}

async function removeTemplate({ serverUrl, template }: TestCluster): Promise<void> {
    await onServer(serverUrl, `alter database ${template} with is_template false`);
    await onServer(serverUrl, `drop database ${template}`);
}

async function onServer(url: string, statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        await client.query(statement);
    } finally {
        await client.end();
    }
}
