import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { JobPool } from './job-pool.ts';
import { startJobs } from './jobs.ts';

let database: TestDatabase;
let observer: pg.Client;
const pools: JobPool[] = [];

beforeAll(async () => {
    database = await testDatabase();
    observer = new pg.Client({ connectionString: database.superUrl });
    await observer.connect();
});
afterEach(async () => {
    for (const pool of pools.splice(0)) await pool.end();
});
afterAll(async () => {
    await observer.end();
    await database.drop();
});

it('a connection that is given back twice is given back once', async () => {
    const pool = new JobPool({ connectionString: database.superUrl, max: 1 });
    pools.push(pool);
    const answer = await new Promise((resolve, reject) => {
        pool.connect((error, client, release) => {
            if (error !== undefined) reject(error);
            client
                ?.query('select 1 as one')
                .then(({ rows }) => {
                    release();
                    release(new Error('broken'));
                    resolve(rows);
                })
                .catch(reject);
        });
    });
    expect(answer).toEqual([{ one: 1 }]);
    // The one connection is free, and sound: the second time did not throw it away.
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1]);
    expect((await pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
});

/** Stands before the database and keeps back the first question for notices, and all that follows on that connection. */
async function withheldListening() {
    const { hostname, port } = new URL(database.workerUrl);
    const listening = Promise.withResolvers<Socket>();
    const proxy = createServer((from) => {
        const to = connect(Number(port), hostname);
        from.on('error', () => to.destroy()).on('close', () => to.destroy());
        to.on('error', () => from.destroy()).pipe(from);
        from.on('data', (bytes) => (bytes.includes('LISTEN "jobs:insert"') ? listening.resolve(from) : to.write(bytes)));
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = new URL(database.workerUrl);
    url.port = String((proxy.address() as AddressInfo).port);
    return { url: url.href, listening: listening.promise, proxy };
}

it('a runner that is stopped while its listener waits, and is then cut off, ends nothing else', async () => {
    const failures: unknown[] = [];
    const noted = (error: unknown) => failures.push(error);
    process.on('unhandledRejection', noted);
    const { url, listening, proxy } = await withheldListening();
    const jobs = await startJobs({ url, handlers: {}, concurrency: 2, onError: () => undefined });
    try {
        const connection = await listening;
        const stopped = jobs.stop();
        await sleep(100);
        connection.destroy();
        await stopped;
    } finally {
        process.off('unhandledRejection', noted);
        proxy.close();
    }
    expect(failures).toEqual([]);
});
