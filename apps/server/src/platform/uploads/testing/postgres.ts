import pg from 'pg';
import { testDatabase } from '../../../testing/database.ts';

/** `url` is the application's; `superUrl` looks past row-level security. */
export type UploadDatabase = { readonly url: string; readonly superUrl: string; stop(): Promise<void> };

/** A migrated database with two tables more that stand for what features make of uploads. */
export async function uploadDatabase(): Promise<UploadDatabase> {
    const { appUrl, superUrl, drop } = await testDatabase();
    const client = new pg.Client(superUrl);
    await client.connect();
    await client.query(`
        create table item (id uuid primary key, upload_id uuid not null unique, sha256 text not null, key text not null);
        create table told (what text not null, upload_id uuid not null);
        grant select, insert on item, told to liuhen_app`);
    await client.end();
    return { url: appUrl, superUrl, stop: drop };
}
