import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../apps/server/src/platform/embedded-postgres/index.ts';
import { migrate } from '../apps/server/src/schema/migrate.ts';
import { databaseTypes, writeDatabaseTypes } from './db-types.ts';

// The types of the tables, from a database of its own that has nothing but the migrations.
const folder = await mkdtemp(join(tmpdir(), 'liuhen-types-'));
// The database may run as a user of its own, who has to get through to its folder.
await chmod(folder, 0o755);
const server = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), log: () => undefined });
try {
    await migrate({ url: server.url, appPassword: 'only-for-types' });
    await writeDatabaseTypes(await databaseTypes(server.url));
} finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
}
