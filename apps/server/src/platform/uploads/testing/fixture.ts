import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type HashPool, hashPool } from '../../hashing/hash-pool.ts';
import { diskStore } from '../../storage/disk-store.ts';
import { initDiskStore } from '../../storage/sentinel.ts';
import type { ObjectStore } from '../../storage/store.ts';
import { type Child, startChild } from './child.ts';
import { type UploadDatabase, uploadDatabase } from './postgres.ts';
import type { ChildSettings } from './server-child.ts';

export type Item = { readonly id: string; readonly sha256: string; readonly key: string };

/** A database, a store and server processes on them; `close` ends what it started. */
export class Fixture {
    readonly database: UploadDatabase;
    readonly pool: pg.Pool;
    readonly root: string;
    readonly store: ObjectStore;
    readonly orgId: string;
    readonly #hashes: HashPool;
    readonly #children: Child[] = [];

    private constructor(database: UploadDatabase, root: string, storeId: string) {
        this.database = database;
        this.root = root;
        this.orgId = randomUUID();
        this.pool = new pg.Pool({ connectionString: database.superUrl, max: 2 });
        this.pool.on('error', () => undefined);
        this.#hashes = hashPool({ workers: 1, blocks: 2 });
        this.store = diskStore({ root, id: storeId, hashes: this.#hashes, newId: randomUUID });
    }

    static async start(root?: string): Promise<Fixture> {
        const folder = root ?? (await mkdtemp(join(tmpdir(), 'liuhen-upload-')));
        const storeId = randomUUID();
        await initDiskStore(folder, storeId);
        return new Fixture(await uploadDatabase(), folder, storeId);
    }

    async startServer(
        more: Partial<ChildSettings> = {},
        options: { failpoint?: string; fileLimit?: number } = {},
    ): Promise<Child> {
        const settings = { databaseUrl: this.database.url, root: this.root, storeId: this.store.id, orgId: this.orgId, ...more };
        const child = await startChild(settings, options);
        this.#children.push(child);
        return child;
    }

    /** What was registered for an upload. */
    async item(path: string): Promise<Item | undefined> {
        const { rows } = await this.pool.query<Item>('select id, sha256, key from item where upload_id = $1', [idOf(path)]);
        return rows[0];
    }

    async told(path: string): Promise<string[]> {
        const { rows } = await this.pool.query<{ what: string }>('select what from told where upload_id = $1', [idOf(path)]);
        return rows.map((row) => row.what);
    }

    /** Digest of the registered object's bytes as the store serves them. */
    async storedSha256(path: string): Promise<string | undefined> {
        const item = await this.item(path);
        if (item === undefined) return undefined;
        const hash = createHash('sha256');
        for await (const piece of await this.store.open(item.key)) hash.update(piece);
        return hash.digest('hex');
    }

    /** Names of the staged files of an upload. */
    async staged(path: string): Promise<string[]> {
        return (await readdir(this.store.stagingFolder)).filter((name) => name.startsWith(idOf(path)));
    }

    async killServers(): Promise<void> {
        for (const child of this.#children.splice(0)) await child.kill();
    }

    async close(): Promise<void> {
        await this.killServers();
        await this.pool.end();
        await this.#hashes.close();
        await this.database.stop();
        await rm(this.root, { recursive: true, force: true });
    }
}

export const idOf = (path: string): string => path.split('/').at(-1) ?? '';
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
