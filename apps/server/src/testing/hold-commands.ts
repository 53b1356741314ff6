import pg from 'pg';

/**
 * Does the work while no command of a running server can end: what it would write waits, and is written afterwards. `url` is a superuser's.
 * Commands under way are waited for; each has a row in the table before its entries.
 */
export async function holdCommands<T>(url: string, work: () => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
        await client.query('begin');
        await client.query('lock table liuhen.command in share mode');
        return await work();
    } finally {
        await client.end();
    }
}
