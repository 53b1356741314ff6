import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK_SIZE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Child } from './testing/child.ts';
import { RawClient } from './testing/client.ts';
import { Fixture, idOf, sha256 } from './testing/fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
    fixture = await Fixture.start();
});
afterAll(() => fixture.close());

const MIB = 1024 * 1024;
const bytes = randomBytes(44 * MIB + 777);
/** Acknowledged before the crash, in the middle of a chunk. */
const ACKNOWLEDGED = 5 * MIB + 3;

/** Sends the rest from wherever the server says it stands; gives the offset it continued from. */
async function resume(client: RawClient, path: string, content: Uint8Array): Promise<number> {
    const offset = await client.offset(path);
    if (offset < content.length) expect((await client.patch(path, offset, content.subarray(offset))).status).toBe(204);
    return offset;
}

async function countItems(path: string): Promise<number> {
    const { rows } = await fixture.pool.query('select 1 from item where upload_id = $1', [idOf(path)]);
    return rows.length;
}

describe('after kill -9', () => {
    it.each([
        ['upload.write:kill:40', 'in the middle of a chunk', ACKNOWLEDGED],
        ['upload.synced:kill:2', 'after data was synced, before the journal', ACKNOWLEDGED],
        // Where the third sync falls depends on how the bytes arrive; what was answered is the promise.
        ['upload.synced:kill:3', 'at a later sync', ACKNOWLEDGED],
        ['upload.committed:kill:2', 'when all is durable and nothing sealed', bytes.length],
        ['upload.beforeRename:kill', 'before the object has its name', bytes.length],
        ['upload.afterRename:kill', 'after the rename, before registering', bytes.length],
        ['upload.afterSealed:kill', 'after registering, before the answer', bytes.length],
    ])('at %s (%s) every acknowledged byte is there and one item comes of it', async (failpoint, _where, least) => {
        const dying = await fixture.startServer({}, { failpoint });
        const client = new RawClient(dying.url);
        const path = await client.create(bytes.length, { sha256: sha256(bytes) });
        expect((await client.patch(path, 0, bytes.subarray(0, ACKNOWLEDGED))).status).toBe(204);
        await expect(client.patch(path, ACKNOWLEDGED, bytes.subarray(ACKNOWLEDGED))).rejects.toThrow();
        expect(await dying.ended).toBe('SIGKILL');

        const reborn = await fixture.startServer();
        expect(reborn.recovery.failed).toEqual([]);
        const again = new RawClient(reborn.url, client.person);
        const offset = await resume(again, path, bytes);
        expect(offset).toBeGreaterThanOrEqual(least);
        expect(offset < bytes.length ? offset % CHUNK_SIZE === 0 || offset === ACKNOWLEDGED : true).toBe(true);
        const head = await again.head(path);
        const item = await fixture.item(path);
        expect(head.headers).toMatchObject({ 'liuhen-state': 'sealed', 'liuhen-recording': item?.id });
        expect(await fixture.storedSha256(path)).toBe(sha256(bytes));
        expect(item?.sha256).toBe(sha256(bytes));
        expect(await countItems(path)).toBe(1);
        expect(await fixture.staged(path)).toEqual([]);
        await reborn.kill();
    });

    it('an upload whose last answer was lost is sealed although the client never returns', async () => {
        const content = randomBytes(2 * CHUNK_SIZE);
        const dying = await fixture.startServer({}, { failpoint: 'upload.committed:kill' });
        const client = new RawClient(dying.url);
        const path = await client.create(content.length);
        await expect(client.patch(path, 0, content)).rejects.toThrow();
        const reborn = await fixture.startServer();
        expect(reborn.recovery).toEqual({ sealed: 1, resumable: expect.any(Number), failed: [] });
        expect(await fixture.storedSha256(path)).toBe(sha256(content));
        await reborn.kill();
    });
});

describe('bytes that the disk lost', () => {
    const content = randomBytes(3 * CHUNK_SIZE + 1000);
    const overwrite = async (path: string, at: number): Promise<void> => {
        const file = await open(join(fixture.store.stagingFolder, idOf(path)), 'r+');
        await file.write(Buffer.alloc(4096), 0, 4096, at);
        await file.close();
    };
    const half = async (child: Child): Promise<{ client: RawClient; path: string }> => {
        const client = new RawClient(child.url);
        const path = await client.create(content.length);
        expect((await client.patch(path, 0, content.subarray(0, 2 * CHUNK_SIZE + 500))).status).toBe(204);
        return { client, path };
    };

    it.each([
        [CHUNK_SIZE + 100, CHUNK_SIZE],
        [2 * CHUNK_SIZE + 100, 2 * CHUNK_SIZE],
    ])('at %i are asked for again from %i after a restart', async (at, from) => {
        const child = await fixture.startServer();
        const { client, path } = await half(child);
        await child.kill();
        await overwrite(path, at);
        const reborn = await fixture.startServer();
        expect(await resume(new RawClient(reborn.url, client.person), path, content)).toBe(from);
        expect(await fixture.storedSha256(path)).toBe(sha256(content));
        await reborn.kill();
    });

    it('are found before sealing, while the server lives', async () => {
        const child = await fixture.startServer();
        const { client, path } = await half(child);
        await overwrite(path, 2 * CHUNK_SIZE + 100);
        expect((await client.patch(path, 2 * CHUNK_SIZE + 500, content.subarray(2 * CHUNK_SIZE + 500))).status).toBe(503);
        expect(await fixture.item(path)).toBeUndefined();
        expect(await resume(client, path, content)).toBe(2 * CHUNK_SIZE);
        expect(await fixture.storedSha256(path)).toBe(sha256(content));
        await child.kill();
    });
});
