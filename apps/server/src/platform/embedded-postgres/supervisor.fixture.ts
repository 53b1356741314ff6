import { parseArgs } from 'node:util';
import { DomainError } from '@liuhen/domain';
import pg from 'pg';
import { startEmbeddedPostgres } from './index.ts';

/**
 * A supervisor in a process of its own, for tests that kill it or run it as another user. Prints one JSON line when the
 * database is up, or its refusal; with --load inserts numbers on four connections and prints each one after its COMMIT.
 */
const { values } = parseArgs({ options: { folder: { type: 'string', default: '' }, load: { type: 'boolean', default: false } } });

try {
    const database = await startEmbeddedPostgres({ folder: values.folder, log: () => {} });
    console.log(JSON.stringify({ pid: database.pid, port: database.port, adopted: database.adopted }));
    if (values.load) await insertUntilKilled(database.url);
    process.stdin.resume();
    process.stdin.once('end', () => void database.stop().then(() => process.exit(0)));
} catch (error) {
    if (!(error instanceof DomainError)) throw error;
    console.log(JSON.stringify({ code: error.code, params: error.params }));
}

async function insertUntilKilled(url: string): Promise<void> {
    const pool = new pg.Pool({ connectionString: url, max: 4 });
    await pool.query('create table if not exists acked (n integer primary key)');
    let next = 0;
    const insert = async (): Promise<never> => {
        for (;;) {
            next += 1;
            const n = next;
            await pool.query('insert into acked values ($1)', [n]);
            process.stdout.write(`${n}\n`);
        }
    };
    await Promise.all([insert(), insert(), insert(), insert()]);
}
