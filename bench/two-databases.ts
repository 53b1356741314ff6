import { join } from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '../apps/server/src/platform/db/database.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { migrate } from '../apps/server/src/schema/migrate.ts';

/** `large` and `small` as the application sees them; nothing when only filling was wanted (`LIUHEN_BENCH_FILL_ONLY=1`). */
type Work = (large: Database, small: Database) => Promise<void>;

/**
 * One cluster with the same tables filled twice, so that what grows with the number of rows is seen as a ratio. Filling takes longer
 * than measuring: a folder that is `kept` is filled once.
 */
export async function withTwoDatabases(
    { folder, kept, large, small }: { folder: string; kept: string | undefined; large: number; small: number },
    fill: (url: string, rows: number) => Promise<void>,
    work: Work,
): Promise<void> {
    const server = await startEmbeddedPostgres({
        folder: join(kept ?? folder, 'postgres'),
        log: () => undefined,
        extraSettings: { max_wal_size: '8GB' },
    });
    try {
        await migrate({ url: server.url, appPassword: 'bench-app' });
        const little = new URL(server.url);
        little.pathname = '/liuhen_bench_small';
        if (await makeDatabase(server.url, little)) {
            await fill(little.href, small);
            await fill(server.url, large);
        }
        if (process.env.LIUHEN_BENCH_FILL_ONLY === '1') return;
        const [one, other] = [asApplication(server.url), asApplication(little.href)];
        await work(one, other);
        await Promise.all([one.close(), other.close()]);
    } finally {
        await server.stop();
    }
}

/** The second database as a copy of the first, empty one; false when it is there. */
async function makeDatabase(url: string, small: URL): Promise<boolean> {
    const nameIn = (address: URL) => address.pathname.slice(1);
    const other = new URL(url);
    other.pathname = '/template1';
    const client = new pg.Client({ connectionString: other.href });
    await client.connect();
    const there = await client.query('select from pg_database where datname = $1', [nameIn(small)]);
    if (there.rows.length === 0) await client.query(`create database "${nameIn(small)}" template "${nameIn(new URL(url))}"`);
    await client.end();
    return there.rows.length === 0;
}

function asApplication(url: string): Database {
    const own = new URL(url);
    own.username = 'liuhen_app';
    own.password = 'bench-app';
    return openDatabase({ url: own.href, max: 1, onError: () => undefined });
}

/** The 95th percentile in milliseconds of `rounds` rounds; the one before them counts for nothing: plans and catalogues are read once by a connection. */
export async function percentileOf(rounds: number, round: (n: number) => Promise<unknown>): Promise<number> {
    const times: number[] = [];
    for (let n = 0; n <= rounds; n++) {
        const begun = performance.now();
        await round(n);
        if (n > 0) times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    return times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
}
