import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import pg from 'pg';
import { afterAll, beforeEach, expect, inject } from 'vitest';
import type { TestCluster } from './global-setup.ts';

/** A database of one test file: migrated, empty, and nobody else's. */
export type TestDatabase = {
    name: string;
    superUrl: string;
    appUrl: string;
    workerUrl: string;
    readerUrl: string;
    /** Removes it, ending what is still connected; keeps it and prints its name when a test of the file has failed. */
    drop(): Promise<void>;
};

let failed = false;
const open = new Set<TestDatabase>();

// Registered when the test file imports this module: hooks of the whole file. Hooks after all run last to first, so this
// one comes after those of the file itself, which may still want to close their connections.
beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
        failed = true;
    });
});
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the parameter's text and wants a pattern there.
afterAll(async ({}, file) => {
    // A failing beforeAll fails the file, not a test of it.
    failed ||= file.result?.state === 'fail';
    for (const database of open) await database.drop();
    // A file with a database per test drops dozens, each with a checkpoint.
}, 300_000);

/** Clones the template of this run. What the test file does not drop itself is dropped at its end. */
export async function testDatabase(): Promise<TestDatabase> {
    const { serverUrl, template, prefix, passwords } = inject('testCluster');
    const name = `${prefix}_${fileWord()}_${randomBytes(3).toString('hex')}`;
    await onServer(serverUrl, async (client) => {
        await client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
        await copyDatabaseRights(client, template, name);
    });
    const urlOf = (user?: string, password?: string): string => {
        const url = new URL(serverUrl);
        url.pathname = `/${name}`;
        if (user !== undefined) url.username = user;
        if (password !== undefined) url.password = password;
        return url.href;
    };
    const database: TestDatabase = {
        name,
        superUrl: urlOf(),
        appUrl: urlOf('liuhen_app', passwords.app),
        workerUrl: urlOf('liuhen_worker', passwords.worker),
        readerUrl: urlOf('liuhen_reader', passwords.reader),
        drop: async () => {
            if (!open.delete(database)) return;
            if (failed) return console.log(failureNote(name, inject('testCluster')));
            await onServer(serverUrl, (client) => client.query(`drop database ${pg.escapeIdentifier(name)} with (force)`));
        },
    };
    open.add(database);
    return database;
}

/** PostgreSQL clones everything inside a database but not the rights on the database itself. */
async function copyDatabaseRights(client: pg.Client, from: string, to: string): Promise<void> {
    const { rows } = await client.query<{ statement: string }>(
        `select format('grant %s on database %I to %s', privilege_type, $2::text,
                    case grantee when 0 then 'public' else grantee::regrole::text end) as statement
           from pg_database, aclexplode(datacl) where datname = $1 and grantee <> datdba`,
        [from, to],
    );
    if (rows.length === 0) return;
    await client.query(`revoke all on database ${pg.escapeIdentifier(to)} from public`);
    for (const { statement } of rows) await client.query(statement);
}

const failureNote = (name: string, { serverUrl, outlivesTests }: TestCluster): string =>
    outlivesTests
        ? `kept the database of the failed test: ${name} (port ${new URL(serverUrl).port || 5432})`
        : `database of the failed test: ${name}; with LIUHEN_KEEP=1 it stays`;

/** A word from the test file's name, so that a kept database says whose it is. */
function fileWord(): string {
    const file = basename(expect.getState().testPath ?? 'file').replace(/\.test\.tsx?$/, '');
    return file
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '_')
        .slice(0, 20);
}

async function onServer(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        await work(client);
    } finally {
        await client.end();
    }
}
