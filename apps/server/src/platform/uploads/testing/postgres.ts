import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../embedded-postgres/index.ts';

export type TestDatabase = { readonly url: string; stop(): Promise<void> };

/** A real PostgreSQL of its own with the table of uploads and a table that stands for the recordings. */
export async function startTestDatabase(): Promise<TestDatabase> {
    const folder = await mkdtemp(join(tmpdir(), 'liuhen-upload-pg-'));
    const server = await startEmbeddedPostgres({ folder, log: () => undefined });
    const client = new pg.Client(server.url);
    await client.connect();
    await client.query(await readFile(new URL('../schema.sql', import.meta.url), 'utf8'));
    await client.query(
        'create table item (id uuid primary key, upload_id uuid not null unique, sha256 text not null, key text not null)',
    );
    await client.query('create table told (what text not null, upload_id uuid not null)');
    await client.end();
    return {
        url: server.url,
        async stop() {
            await server.stop();
            await rm(folder, { recursive: true, force: true });
        },
    };
}

/** Registers as `recording.register` will: once per upload, the same answer ever after. */
export async function registerItem(
    pool: pg.Pool,
    upload: { uploadId: string; digest: { sha256: string }; key: string },
): Promise<string> {
    await pool.query('insert into item values ($1, $2, $3, $4) on conflict (upload_id) do nothing', [
        randomUUID(),
        upload.uploadId,
        upload.digest.sha256,
        upload.key,
    ]);
    const { rows } = await pool.query<{ id: string }>('select id from item where upload_id = $1', [upload.uploadId]);
    return rows[0]?.id ?? '';
}
