import { open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DISC_BYTES, PACKAGE_PATHS, parseSegments } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { keepPolicy, takeOut, verifyFolders } from '../../testing/discs.ts';
import { LongContent } from '../../testing/long-content.ts';
import { CLIPS, PackingSystem } from '../../testing/packing-system.ts';

const CLIP = 'DCAM_A0173_110207_20261112_101957.MP4';
const GB = 1_000_000_000;

let system: PackingSystem;
beforeAll(async () => {
    system = await PackingSystem.open();
}, 180_000);
afterAll(() => system?.close(), 300_000);

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(0)} s`;

it('a package larger than a DVD, with a recording that is larger than one itself, is valid on two of full size', async () => {
    let began = performance.now();
    await system.addLongRecording(CLIP, new LongContent(4.8 * GB, await readFile(new URL(CLIP, CLIPS))));
    await system.addLongRecording(`2${CLIP}`, new LongContent(0.7 * GB));
    console.log(`two recordings, 5.5 GB, in and sealed: ${seconds(began)}`);

    began = performance.now();
    const id = await system.consented();
    await system.as('lumanager').call('retrieval.pack', { params: { id }, body: { medium: 'dvd' } });
    await system.until(id, 'packaged', 600_000);
    console.log(`packed: ${seconds(began)}`);
    await vi.waitUntil(async () => (await system.get(id)).discSets[0]?.state === 'made', { timeout: 600_000, interval: 500 });
    console.log(`with images: ${seconds(began)}`);
    const policy = await keepPolicy(system);

    began = performance.now();
    const discs = (await system.get(id)).discSets[0]?.discs ?? [];
    expect(discs).toHaveLength(2);
    // The first one is full but for what the records of its files take at most.
    expect(Number(discs[0]?.size)).toBeGreaterThan(DISC_BYTES.dvd - 2_000_000);
    const folders = [];
    for (const disc of discs) {
        const { image, folder } = await takeOut(system, id, disc);
        expect((await stat(image)).size).toBeLessThanOrEqual(DISC_BYTES.dvd);
        await rm(image);
        folders.push(folder);
    }
    const [one = '', two = ''] = folders;
    console.log(`fetched and taken out: ${seconds(began)}`);

    const { segments } = parseSegments(await readFile(join(one, PACKAGE_PATHS.segments)));
    const cut = segments.filter(({ path }) => segments.some((other) => other.path === path && other.order > 0));
    expect(cut.map(({ order, volume }) => [order, volume])).toEqual([
        [0, 1],
        [1, 2],
    ]);
    began = performance.now();
    const all = verifyFolders(policy, two, one);
    expect([all.stderr, all.verdict?.findings, all.status]).toEqual(['', [], 0]);
    expect(all.verdict.items.every(({ holds }: { holds: boolean }) => holds)).toBe(true);
    console.log(`verified: ${seconds(began)}`);
    const less = verifyFolders(policy, two);
    expect([less.status, less.verdict.discs.missing]).toEqual([2, [1]]);

    const piece = await open(join(one, cut[0]?.at ?? ''), 'r+');
    const place = Math.floor(Number(cut[0]?.size) / 2);
    const byte = Buffer.alloc(1);
    await piece.read(byte, 0, 1, place);
    await piece.write(Buffer.from([byte.readUInt8() ^ 1]), 0, 1, place);
    await piece.close();
    const changed = verifyFolders(policy, one, two);
    expect([changed.status, changed.verdict.findings.length]).toEqual([1, 1]);
    for (const folder of folders) await rm(folder, { recursive: true });
}, 1_500_000);
