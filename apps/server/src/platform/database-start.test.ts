import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foundInstitute, INSTITUTE_PASSWORD, USUAL_PEOPLE } from '../testing/found-institute.ts';
import { remote } from '../testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres/index.ts';

let folder: TemporaryFolder;
let postgres: EmbeddedPostgres;
let databaseUrl: string;
let first: ServerProcess;
const servers: ServerProcess[] = [];

/** The real server on this database with a data folder of its own. */
async function node(name: string, env: Readonly<Record<string, string>> = {}): Promise<ServerProcess> {
    const server = await startServerProcess(dataOf(name), { env: { DATABASE_URL: databaseUrl, ...env } });
    servers.push(server);
    return server;
}

const dataOf = (name: string): string => join(folder.path, name);

const asSuperuser = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
};

/** Whether somebody can sign in and read through connections that are opened now. */
async function works(server: ServerProcess): Promise<void> {
    const [mine] = await openedBy(server);
    expect(mine).toBeDefined();
}

async function openedBy(server: ServerProcess) {
    // Connections from before a password changed would go on working.
    await asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'liuhen_app'`);
    for (let attempt = 0; ; attempt++) {
        try {
            const who = await remote(server.url).signIn('zhouqing', INSTITUTE_PASSWORD);
            return (await who.call('person.list', { query: {} })).items;
        } catch (error) {
            // The pool learns one by one that its connections were ended.
            if (attempt === 20) throw error;
        }
    }
}

beforeAll(async () => {
    folder = await temporaryFolder('nodes');
    postgres = await startEmbeddedPostgres({ folder: join(folder.path, 'postgres'), log: () => undefined });
    const url = new URL(postgres.url);
    databaseUrl = url.href;
    await asSuperuser('create database liuhen');
    url.pathname = '/liuhen';
    databaseUrl = url.href;
    first = await node('first');
    await foundInstitute(first.url, USUAL_PEOPLE);
}, 120_000);

afterAll(async () => {
    for (const server of servers) await server.stop();
    await postgres?.stop();
    await folder?.remove();
});

describe('a second server on the same database', () => {
    it('with another key folder is refused, says what to do, and does not lock out the first', async () => {
        const refused = await node('stranger').catch((error: unknown) => String(error));
        expect(refused).toMatch(/the server ended \(1\)/);
        expect(refused).toMatch(/liuhen_app.*另一个密钥文件夹.*DATABASE_APP_URL/);
        expect(refused).toMatch(/liuhen_app.*another key folder.*DATABASE_APP_URL/);
        await works(first);
    }, 60_000);

    it('with logins of its own works beside it', async () => {
        await asSuperuser(`create role node_app login password 'app-of-node' in role liuhen_app;
            create role node_worker login password 'worker-of-node' in role liuhen_worker`);
        const as = (user: string, password: string) => Object.assign(new URL(databaseUrl), { username: user, password }).href;
        const second = await node('second', {
            DATABASE_APP_URL: as('node_app', 'app-of-node'),
            DATABASE_WORKER_URL: as('node_worker', 'worker-of-node'),
        });
        await works(second);
        await works(first);
        const officer = await remote(second.url).signIn('zhouqing', INSTITUTE_PASSWORD);
        await officer.call('party.create', { body: { name: '两个节点', kind: 'naturalPerson' } });
    }, 60_000);

    it('with the same database keys works beside it, and the log of both is whole', async () => {
        await mkdir(dataOf('third'), { recursive: true });
        for (const key of ['database-app', 'database-worker', 'database-reader', 'secret-box'])
            await cp(join(dataOf('first'), 'keys', `${key}.key`), join(dataOf('third'), 'keys', `${key}.key`));
        const third = await node('third');
        for (const server of [third, first]) await works(server);
        const write = async (server: ServerProcess, name: string) => {
            const officer = await remote(server.url).signIn('zhouqing', INSTITUTE_PASSWORD);
            return officer.call('party.create', { body: { name, kind: 'naturalPerson' } });
        };
        await Promise.all(Array.from({ length: 10 }, (_, at) => write(at % 2 === 0 ? first : third, `方 ${at}`)));
        const { findings } = await verifyInstallation({ dataFolder: dataOf('first'), databaseUrl });
        // The keys of the other nodes are not in the first one's folder; every one of them was introduced by an entry.
        expect(findings.filter((each) => each.code !== 'key.notTrusted')).toEqual([]);
    }, 60_000);

    it('takes the logins over where the first one’s keys are lost and somebody says so', async () => {
        await asSuperuser('comment on role liuhen_app is null; comment on role liuhen_worker is null');
        await works(await node('heir'));
    }, 60_000);
});
