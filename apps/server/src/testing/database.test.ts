import pg from 'pg';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

let database: TestDatabase;

beforeAll(async () => {
    database = await testDatabase();
});

async function query<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    try {
        return (await client.query<T>(sql)).rows;
    } finally {
        await client.end();
    }
}

describe('a test database', () => {
    it('lets every role in under its own name', async () => {
        const who = 'select current_user::text as who, current_database()::text as where';
        const { name, appUrl, workerUrl, readerUrl } = database;
        expect(await query(appUrl, who)).toEqual([{ who: 'liuhen_app', where: name }]);
        expect(await query(workerUrl, who)).toEqual([{ who: 'liuhen_worker', where: name }]);
        expect(await query(readerUrl, who)).toEqual([{ who: 'liuhen_reader', where: name }]);
    });

    it('is migrated, with the same rights on the database as the template', async () => {
        expect(await query(database.superUrl, 'select 1 as one from migration.applied limit 1')).toEqual([{ one: 1 }]);
        const rights = (name: string): string => `
            select coalesce(grantee::regrole::text, 'public') as who, privilege_type as what
            from pg_database, aclexplode(datacl) where datname = '${name}' order by 1, 2`;
        const wanted = await query(database.superUrl, rights(inject('testCluster').template));
        expect(wanted.length).toBeGreaterThan(0);
        expect(await query(database.superUrl, rights(database.name))).toEqual(wanted);
    });

    it('is nobody else’s, and many can be made at once', async () => {
        const others = await Promise.all([testDatabase(), testDatabase(), testDatabase()]);
        await query(database.superUrl, 'create table mine (n integer)');
        for (const other of others) {
            expect(await query(other.superUrl, `select to_regclass('mine') as found`)).toEqual([{ found: null }]);
        }
        await Promise.all(others.map((other) => other.drop()));
        const names = others.map((other) => `'${other.name}'`).join();
        expect(await query(database.superUrl, `select 1 from pg_database where datname in (${names})`)).toEqual([]);
    });

    it('is dropped although somebody is still connected', async () => {
        const other = await testDatabase();
        const client = new pg.Client({ connectionString: other.appUrl });
        const ended = new Promise((resolve) => client.on('error', resolve));
        await client.connect();
        await other.drop();
        expect(await ended).toMatchObject({ code: '57P01' });
    });
});
