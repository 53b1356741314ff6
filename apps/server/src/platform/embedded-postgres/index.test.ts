import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../testing/temporary-folder.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index.ts';
import { pruneServerLog } from './server-log.ts';
import { startSupervisorProcess } from './supervisor-process.fixture.ts';

let scratch: TemporaryFolder;
let folder: string;
let database: EmbeddedPostgres;
const lines: string[] = [];
const log = (line: string): void => void lines.push(line);

beforeAll(async () => {
    scratch = await temporaryFolder('pg');
    // Spaces, Chinese characters and a quotation mark: all of them occur in the paths of real offices.
    folder = join(scratch.path, "数据 folder's", 'postgres');
    database = await startEmbeddedPostgres({ folder, log });
});

afterAll(async () => {
    await database.stop();
    await scratch.remove();
});

async function query<T extends pg.QueryResultRow>(sql: string, url = database.url): Promise<T[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        return (await client.query<T>(sql)).rows;
    } finally {
        await client.end();
    }
}

const setting = async (name: string): Promise<string | undefined> =>
    (await query<{ value: string }>(`select current_setting('${name}') as value`))[0]?.value;

describe('a first start', () => {
    it('has data checksums and the durable settings', async () => {
        expect(database.adopted).toBe(false);
        for (const name of ['data_checksums', 'fsync', 'full_page_writes', 'synchronous_commit']) {
            expect([name, await setting(name)]).toEqual([name, 'on']);
        }
        expect(await setting('TimeZone')).toBe('UTC');
        expect(await setting('lc_messages')).toBe('C');
        expect(await setting('server_encoding')).toBe('UTF8');
    });

    it('listens on the loopback address only and opens no socket file', async () => {
        expect(await setting('listen_addresses')).toBe('127.0.0.1');
        expect(await setting('unix_socket_directories')).toBe('');
        const outside = Object.values(networkInterfaces())
            .flatMap((addresses) => addresses ?? [])
            .filter((address) => !address.internal && address.family === 'IPv4');
        for (const { address } of outside) expect([address, await answers(address, database.port)]).toEqual([address, false]);
    });

    it('sorts by code point by default and by pinyin on request', async () => {
        const byDefault = await query<{ x: string }>(`select x from unnest(array['b', '张', 'B', '阿', 'é']) x order by x`);
        expect(byDefault.map((row) => row.x)).toEqual(['B', 'b', 'é', '张', '阿']);
        const pinyin = `select x from unnest(array['张', '李', '王', '阿']) x order by x collate "zh-Hans-CN-x-icu"`;
        expect((await query<{ x: string }>(pinyin)).map((row) => row.x)).toEqual(['阿', '李', '王', '张']);
    });

    it('keeps the password in a file only its owner reads, and nowhere else', async () => {
        const password = (await readFile(join(folder, 'superuser-password'), 'utf8')).trim();
        expect(database.url).toContain(`:${password}@`);
        expect(password.length).toBeGreaterThan(40);
        expect((await stat(join(folder, 'superuser-password'))).mode & 0o777).toBe(0o600);
        expect((await readdir(folder)).sort()).toEqual(['data', 'log', 'superuser-password', 'supervisor.lock']);
        if (process.platform === 'linux') {
            expect(await readFile(`/proc/${database.pid}/cmdline`, 'utf8')).not.toContain(password);
            expect(await readFile(`/proc/${database.pid}/environ`, 'utf8')).not.toContain(password);
        }
        expect(lines.join('\n')).not.toContain(password);
    });

    it('refuses a wrong password and a missing one', async () => {
        const wrong = new URL(database.url);
        wrong.password = 'guess';
        await expect(query('select 1', wrong.href)).rejects.toMatchObject({ code: '28P01' });
        expect(await query(`select 1 from pg_authid where rolpassword like 'SCRAM-SHA-256$%'`)).toHaveLength(1);
    });

    it('runs as a user without rights', async () => {
        if (process.platform !== 'linux') return;
        expect((await stat(`/proc/${database.pid}`)).uid).not.toBe(0);
    });

    it('writes neither statements nor details of errors into its log', async () => {
        await query('create table person (name text primary key)');
        await query(`insert into person values ('张三丰')`);
        await expect(query(`insert into person values ('张三丰')`)).rejects.toMatchObject({ code: '23505' });
        await expect(query(`create role postgres password 'hidden-secret'`)).rejects.toMatchObject({ code: '42710' });
        const names = (await readdir(join(folder, 'log'))).filter((name) => name.startsWith('server-'));
        const text = (await Promise.all(names.map((name) => readFile(join(folder, 'log', name), 'utf8')))).join('');
        expect(text).toContain('duplicate key value');
        expect(text).not.toContain('张三丰');
        expect(text).not.toContain('hidden-secret');
    });

    it('cannot be loosened from inside', async () => {
        await query('alter system set fsync = off');
        await query('select pg_reload_conf()');
        expect(await setting('fsync')).toBe('on');
        await query('alter system reset fsync');
    });
});

describe('a second supervisor', () => {
    it('is refused in this process', async () => {
        await expect(startEmbeddedPostgres({ folder, log })).rejects.toMatchObject({
            code: 'postgres.folderInUse',
            params: { folder },
        });
        expect(await setting('fsync')).toBe('on');
    });

    it('is refused in another process, and the first lives on', async () => {
        const other = await startSupervisorProcess(folder);
        expect(other.report.code).toBe('postgres.folderInUse');
        expect(await setting('fsync')).toBe('on');
        await expect(startEmbeddedPostgres({ folder, log })).rejects.toMatchObject({ code: 'postgres.folderInUse' });
    });
});

describe('two supervisors at the same moment', () => {
    it('one wins, whether the folder is new or known', async () => {
        const contested = join(scratch.path, 'contested');
        for (const attempt of ['new', 'known']) {
            const results = await Promise.all([startSupervisorProcess(contested), startSupervisorProcess(contested)]);
            const codes = results.map((result) => result.report.code ?? 'started').sort();
            expect([attempt, codes]).toEqual([attempt, ['postgres.folderInUse', 'started']]);
            await Promise.all(results.map((result) => result.finish()));
        }
    });
});

describe('the log folder', () => {
    it('keeps the newest files only', async () => {
        const other = join(scratch.path, 'logs');
        await mkdir(join(other, 'log'), { recursive: true });
        const names = Array.from({ length: 12 }, (_, day) => `server-202601${String(day + 10)}-000000.log`);
        for (const name of names) await writeFile(join(other, 'log', name), 'x');
        await pruneServerLog(other);
        expect((await readdir(join(other, 'log'))).sort()).toEqual(names.slice(4));
    });
});

describe('a restart', () => {
    it('keeps the data and takes well under a second', async () => {
        await query('create table kept (n integer)');
        await query('insert into kept select generate_series(1, 1000)');
        await database.stop();
        await database.stop();
        expect(await answers('127.0.0.1', database.port)).toBe(false);
        const begun = performance.now();
        database = await startEmbeddedPostgres({ folder, log });
        expect(performance.now() - begun).toBeLessThan(5_000);
        expect(database.adopted).toBe(false);
        expect(await query('select count(*)::int as n from kept')).toEqual([{ n: 1000 }]);
    });

    it('names the version when the cluster is of another major one', async () => {
        await database.stop();
        const versionFile = join(folder, 'data', 'PG_VERSION');
        const real = await readFile(versionFile, 'utf8');
        await writeFile(versionFile, '14\n');
        await expect(startEmbeddedPostgres({ folder, log })).rejects.toMatchObject({
            code: 'postgres.versionMismatch',
            params: { found: '14', wanted: Number(real) },
        });
        await writeFile(versionFile, real);
        database = await startEmbeddedPostgres({ folder, log });
    });

    it('passes on what the server said when it cannot start, and frees the folder', async () => {
        await database.stop();
        const refused = startEmbeddedPostgres({ folder, log, extraSettings: { shared_buffers: 'plenty' } });
        await expect(refused).rejects.toMatchObject({
            code: 'postgres.startFailed',
            params: { reason: expect.stringContaining('shared_buffers') },
        });
        database = await startEmbeddedPostgres({ folder, log });
    });

    it('says that the programs are missing', async () => {
        const missing = startEmbeddedPostgres({ folder: join(scratch.path, 'other'), log, binaries: { bin: '/nowhere/bin' } });
        await expect(missing).rejects.toMatchObject({ code: 'postgres.binariesMissing', params: { platform: '/nowhere/bin' } });
    });
});

function answers(host: string, port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = createConnection({ host, port, timeout: 1_000 });
        const end = (answer: boolean): void => {
            socket.destroy();
            resolve(answer);
        };
        socket.once('connect', () => end(true));
        socket.once('error', () => end(false));
        socket.once('timeout', () => end(false));
    });
}
