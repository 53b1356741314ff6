import { access } from 'node:fs/promises';
import pg from 'pg';
import { expect, it } from 'vitest';
import { startDebianPostgres } from './debian-postgres.ts';

it('Debian’s PostgreSQL 15 runs under the same supervisor and leaves nothing behind', async () => {
    const server = await startDebianPostgres();
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query(`select current_setting('server_version_num')::int / 10000 as major,
        current_setting('data_checksums') as checksums, current_setting('lc_collate') as locale, pg_encoding_to_char(encoding) as encoding
        from pg_database where datname = current_database()`);
    await client.end();
    expect(rows).toEqual([{ major: 15, checksums: 'on', locale: 'C.UTF-8', encoding: 'UTF8' }]);
    await server.stop();
    await expect(access(server.folder)).rejects.toMatchObject({ code: 'ENOENT' });
});
