import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from '../../testing/temporary-folder.ts';
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './index.ts';
import { spawnSupervisor, startSupervisorProcess } from './supervisor-process.fixture.ts';

let scratch: TemporaryFolder;
let folder: string;
const running: EmbeddedPostgres[] = [];

beforeEach(async () => {
    scratch = await temporaryFolder('orphan');
    folder = join(scratch.path, 'postgres');
});

afterEach(async () => {
    for (const database of running.splice(0)) await database.stop();
    await scratch.remove();
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
    const database = await startEmbeddedPostgres({ folder, log: () => {}, ...options });
    running.push(database);
    return database;
}

async function query<T extends pg.QueryResultRow>(database: EmbeddedPostgres, sql: string): Promise<T[]> {
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => {});
    await client.connect();
    try {
        return (await client.query<T>(sql)).rows;
    } finally {
        await client.end();
    }
}

async function missingRows(database: EmbeddedPostgres, acknowledged: number[]): Promise<number[]> {
    const found = new Set((await query<{ n: number }>(database, 'select n from acked')).map((row) => row.n));
    return acknowledged.filter((n) => !found.has(n));
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + 20_000;
    while (!(await condition())) {
        if (performance.now() > deadline) throw new Error('waited in vain');
        await sleep(5);
    }
}

describe('after kill -9 of the supervisor', () => {
    it('takes the server over with every acknowledged row, and stops it as its own', async () => {
        const killed = await startSupervisorProcess(folder, { load: true });
        await until(() => killed.acknowledged.length > 1_000);
        await killed.kill();
        const database = await start();
        expect(database).toMatchObject({ adopted: true, pid: killed.report.pid, port: killed.report.port });
        expect(await missingRows(database, killed.acknowledged)).toEqual([]);
        await database.stop();
        await expect(query(database, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
        expect(await start()).toMatchObject({ adopted: false });
    });

    it('stops a server with other settings and starts anew', async () => {
        const killed = await startSupervisorProcess(folder);
        await killed.kill();
        const database = await start({ extraSettings: { work_mem: '5MB' } });
        expect(database.adopted).toBe(false);
        expect(database.pid).not.toBe(killed.report.pid);
        expect(await query(database, 'show work_mem')).toEqual([{ work_mem: '5MB' }]);
    });

    it('notices when the adopted server ends', async () => {
        const killed = await startSupervisorProcess(folder);
        await killed.kill();
        const exited = Promise.withResolvers<void>();
        const database = await start({ onExit: exited.resolve });
        process.kill(database.pid, 'SIGKILL');
        await exited.promise;
    });

    it('recovers when supervisor and server were both killed', async () => {
        const killed = await startSupervisorProcess(folder, { load: true });
        await until(() => killed.acknowledged.length > 1_000);
        process.kill(killed.report.pid ?? 0, 'SIGKILL');
        await killed.kill();
        const database = await start();
        expect(database.adopted).toBe(false);
        expect(await missingRows(database, killed.acknowledged)).toEqual([]);
    });
});

describe('after kill -9 of the server', () => {
    it('reports it once and starts again, even with a session that still works', async () => {
        let exits = 0;
        const onExit = (): void => {
            exits += 1;
        };
        const database = await start({ onExit });
        const busy = new pg.Client({ connectionString: database.url });
        busy.on('error', () => {});
        await busy.connect();
        // A session in a tight loop does not notice that its server has gone and keeps the shared memory.
        // Ends by itself should this test be killed.
        await busy.query("set statement_timeout = '60s'");
        const loop = busy.query('do $$ begin loop perform sqrt(2); end loop; end $$').catch(() => {});
        await sleep(100);
        process.kill(database.pid, 'SIGKILL');
        await until(() => exits === 1);
        await database.stop();
        const next = await start();
        expect(await query(next, 'select 1 as one')).toEqual([{ one: 1 }]);
        await loop;
        expect(exits).toBe(1);
    });
});

describe('a pid file left behind', () => {
    const pidFile = (): string => join(folder, 'data', 'postmaster.pid');

    /** Stops the database and puts a pid file there as a killed server of that pid would have left it. */
    async function leavePidFile(pid: number): Promise<void> {
        const database = await start();
        const text = await readFile(pidFile(), 'utf8');
        await database.stop();
        await writeFile(pidFile(), text.replace(/^\d+/, String(pid)));
    }

    it('of a process that is gone is removed', async () => {
        const gone = spawn(process.execPath, ['-e', '']);
        await once(gone, 'exit');
        await leavePidFile(gone.pid ?? 0);
        expect(await start()).toMatchObject({ adopted: false });
    });

    it('whose pid now belongs to a stranger is removed and the stranger left alone', async () => {
        const first = await start();
        // Same user as the database: PostgreSQL itself would take it for a living server and refuse to start.
        const owner = process.getuid?.() === 0 ? await stat(join(folder, 'data')) : null;
        await first.stop();
        const stranger = spawn('/bin/sleep', ['60'], owner === null ? {} : { uid: owner.uid, gid: owner.gid });
        try {
            await leavePidFile(stranger.pid ?? 0);
            expect(await start()).toMatchObject({ adopted: false });
            expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
        } finally {
            stranger.kill();
        }
    });

    it('whose pid now belongs to a server of another folder is removed and that server left alone', async () => {
        const other = await start({ folder: join(scratch.path, 'other') });
        await leavePidFile(other.pid);
        const database = await start();
        expect(database.adopted).toBe(false);
        expect(await query(other, 'select 1 as one')).toEqual([{ one: 1 }]);
    });

    it('that is empty or nonsense is removed', async () => {
        await (await start()).stop();
        for (const text of ['', 'nonsense\n', '-1\n']) {
            await writeFile(pidFile(), text);
            const database = await start();
            expect(database.adopted).toBe(false);
            await database.stop();
        }
    });
});

describe('an interrupted first start', () => {
    it('is begun anew, whenever it was killed', async () => {
        for (const stage of ['password', 'data/PG_VERSION', 'data/base/1']) {
            const child = spawnSupervisor(folder);
            await until(async () => {
                const staging = (await readdir(folder).catch(() => [])).find((name) => name.startsWith('initdb-'));
                return staging !== undefined && (await exists(join(folder, staging, stage)));
            });
            child.kill('SIGKILL');
            await once(child, 'exit');
            expect(await exists(join(folder, 'data'))).toBe(false);
        }
        const database = await start();
        expect(await query(database, 'select 1 as one')).toEqual([{ one: 1 }]);
        expect((await readdir(folder)).filter((name) => name.startsWith('initdb-'))).toEqual([]);
    });
});

const exists = (path: string): Promise<boolean> =>
    stat(path).then(
        () => true,
        () => false,
    );
