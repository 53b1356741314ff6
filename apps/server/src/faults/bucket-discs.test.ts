import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cephIsInstalled } from '../testing/ceph-gateway.ts';
import { keepPolicy, takeOut, verifyFolders } from '../testing/discs.ts';
import { PackingSystem } from '../testing/packing-system.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { type EmptyBucket, emptyBucket } from './bucket-system.ts';

const MIB = 2 ** 20;
const SIZE = 9 * MIB;

describe.skipIf(!(await cephIsInstalled()))('where all content lies in a bucket', () => {
    let folder: TemporaryFolder;
    let store: EmptyBucket;
    let system: PackingSystem;
    beforeAll(async () => {
        folder = await temporaryFolder('bucket-discs');
        store = await emptyBucket(join(folder.path, 'ceph'));
        // Discs of 4 MiB: a recording of 9 MiB does not fit one.
        system = await PackingSystem.open({ ...store.env, LIUHEN_DISC_MIB: '4' });
    }, 240_000);
    afterAll(async () => {
        await system?.close(store.config);
        await store?.close();
        await folder?.remove();
    }, 120_000);

    it('a package and its discs are made of it, lie there too, and are valid', async () => {
        await system.addRecording('DCAM_A0173_110207_20261112_101957.MP4', Buffer.alloc(SIZE, 'liuhen'));
        const id = await system.consented();
        await system.as('lumanager').call('retrieval.pack', { params: { id }, body: { medium: 'dvd' } });
        await vi.waitUntil(async () => (await system.get(id)).discSets[0]?.state === 'made', { timeout: 90_000, interval: 200 });
        const { discSets } = await system.get(id);
        const discs = discSets[0]?.discs ?? [];
        expect(discs.length).toBeGreaterThanOrEqual(3);

        const there = await store.names('objects/');
        for (const { sha256 } of discs) expect(there.some((key) => key.endsWith(sha256))).toBe(true);
        // Nothing of it is left on the disk of the server, where it was laid out.
        const here = await readdir(join(system.dataFolder, 'objects'), { recursive: true });
        expect(here.filter((name) => /\/[0-9a-f]{64}$/.test(name) || name.endsWith('.iso'))).toEqual([]);

        const policy = await keepPolicy(system);
        const folders = [];
        for (const disc of discs) folders.push((await takeOut(system, id, disc)).folder);
        const all = verifyFolders(policy, ...folders);
        expect([all.stderr, all.verdict?.findings, all.status]).toEqual(['', [], 0]);
        expect(verifyFolders(policy, ...folders.slice(1)).status).toBe(2);
    }, 180_000);
});
