import { readdirSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Id, PACKAGE_PATHS, parseSegments } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fetchDisc, keepPolicy, takeOut, verifyFolders } from '../../testing/discs.ts';
import { CLIPS, PackingSystem } from '../../testing/packing-system.ts';
import { pdfText } from '../../testing/pdf-text.ts';

const CLIP = 'DCAM_A0173_110207_20261112_101957.MP4';
const MiB = 2 ** 20;
/** Discs of 4 MiB: a recording of 8 MiB does not fit one. */
const SMALL_DISCS = { LIUHEN_DISC_MIB: '4' };

let system: PackingSystem;
let policy: string;
let packed: Id;

/** A recording made longer by a box that players skip (ISO/IEC 14496-12 `free`). */
async function longRecording(): Promise<Buffer> {
    const padding = Buffer.alloc(8 * MiB, 'liuhen');
    padding.writeUInt32BE(padding.length, 0);
    padding.write('free', 4, 'latin1');
    return Buffer.concat([await readFile(new URL(CLIP, CLIPS)), padding]);
}

const setOf = async (id: Id) => (await system.get(id)).discSets[0];
const until = (id: Id, state: string) =>
    vi.waitUntil(async () => (await setOf(id))?.state === state, { timeout: 60_000, interval: 100 });
const makeDiscs = (id: Id) => system.as('lumanager').call('retrieval.makeDiscs', { params: { id }, body: { medium: 'dvd' } });

/** What is on the discs, and the images themselves. */
async function unburnt(id: Id): Promise<{ folders: string[]; images: string[] }> {
    const [folders, images]: [string[], string[]] = [[], []];
    for (const disc of (await setOf(id))?.discs ?? []) {
        const { image, folder } = await takeOut(system, id, disc);
        const bytes = await readFile(image);
        expect(bytes.length).toBeLessThanOrEqual(4 * MiB);
        expect(bytes.toString('latin1', 16 * 2048 + 40, 16 * 2048 + 72).trim()).toBe(disc.label);
        folders.push(folder);
        images.push(image);
    }
    return { folders, images };
}

const verify = (...paths: string[]) => verifyFolders(policy, ...paths);

beforeAll(async () => {
    system = await PackingSystem.open(SMALL_DISCS);
    await system.addRecording(CLIP, await longRecording());
}, 180_000);
afterAll(() => system?.close(), 120_000);

describe('a package on discs', () => {
    it('is made with the package where that is wished, and each disc is an image that says which one it is', async () => {
        packed = await system.consented();
        await system.as('lumanager').call('retrieval.pack', { params: { id: packed }, body: { medium: 'dvd' } });
        await system.until(packed, 'packaged');
        await until(packed, 'made');
        policy = await keepPolicy(system);
        const set = await setOf(packed);
        expect(set).toMatchObject({ medium: 'dvd', failed: null, progress: null, by: { name: '陆管理' } });
        const { number } = await system.get(packed);
        expect(set?.discs.map(({ volume, volumes, fileName }) => [volume, volumes, fileName])).toEqual(
            [1, 2, 3].map((volume) => [volume, 3, `${number}-DVD-${volume}-3.iso`]),
        );
        const kinds = await system.kinds(packed);
        expect(kinds.filter((kind) => kind === 'retrieval.discKept')).toHaveLength(3);
        for (const kind of ['retrieval.discsStarted', 'retrieval.discsMade', 'retrieval.packageKept'])
            expect(kinds).toContain(kind);
        await expect(makeDiscs(packed)).rejects.toMatchObject({ code: 'retrieval.discsMade' });
    }, 120_000);

    it('is valid when all discs are read, incomplete without one, and invalid with a piece exchanged', async () => {
        const { folders, images } = await unburnt(packed);
        const [one = '', two = '', three = ''] = folders;
        for (const folder of folders)
            expect(readdirSync(folder)).toEqual(
                expect.arrayContaining(['README.txt', 'manifest.json', 'receipt', 'segments.json', 'verify.html', 'volume.json']),
            );
        const all = verify(three, two, one);
        expect([all.stderr, all.verdict?.findings, all.status]).toEqual(['', [], 0]);
        expect(all.verdict.items.every(({ holds, sm3 }: { holds: boolean; sm3: boolean }) => holds && sm3)).toBe(true);
        expect(all.verdict.receipt).toMatchObject({ signed: true, findings: [] });
        const { segments } = parseSegments(await readFile(join(one, PACKAGE_PATHS.segments)));
        const cut = segments.filter(({ order }) => order > 0).map(({ at, volume }) => join(folders[volume - 1] ?? '', at));
        // Only the recording that is larger than a disc was cut.
        expect(new Set(segments.filter(({ order }) => order > 0).map(({ path }) => path)).size).toBe(1);
        const less = verify(one, three);
        expect([less.status, less.verdict.discs.missing]).toEqual([2, [2]]);
        expect(verify(images[0] ?? '')).toMatchObject({ status: 3, stderr: expect.stringContaining('请先挂载') });
        const [piece = ''] = cut;
        await writeFile(piece, Buffer.alloc((await stat(piece)).size));
        expect(verify(one, two, three).status).toBe(1);
        for (const path of [...folders, ...images]) await rm(path, { recursive: true });
    }, 120_000);

    it('is fetched disc by disc and by range, after each fetching was registered, by who provides it', async () => {
        const [first, second] = (await setOf(packed))?.discs ?? [];
        const part = await fetchDisc(system, packed, first?.id ?? '', 'bytes=32769-32773');
        expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
            206,
            `bytes 32769-32773/${first?.size}`,
            'CD001',
        ]);
        const { downloads } = await system.get(packed);
        expect(downloads.at(-1)).toMatchObject({ disc: { medium: 'dvd', volume: 1 }, by: { name: '陆管理' } });
        const get = (disc: Id, login: string) =>
            fetch(`${system.server.url}/api/retrievals/${packed}/discs/${disc}?download=${downloads.at(-1)?.id}`, {
                headers: { cookie: system.cookie(login) },
            });
        // Registered for the first disc only, and for one person.
        expect((await get(second?.id ?? '', 'lumanager')).status).toBe(404);
        expect((await get(first?.id ?? '', 'zhouqing')).status).toBe(403);
        expect((await get(first?.id ?? '', 'lumanager')).status).toBe(200);
    });

    it('has a label for each disc, and a receipt that names every disc', async () => {
        const set = await setOf(packed);
        for (const paper of [`disc-sets/${set?.id}/labels`, 'receipt']) {
            const answer = await fetch(`${system.server.url}/api/retrievals/${packed}/${paper}.pdf`, {
                headers: { cookie: system.cookie('lumanager') },
            });
            expect(answer.status).toBe(200);
            const text = await pdfText(Buffer.from(await answer.arrayBuffer()));
            for (const disc of set?.discs ?? []) {
                // In the narrow cell of the receipt the number of the disc is broken into lines.
                expect(text).toContain(paper === 'receipt' ? disc.label : `第${disc.volume}张，共3张`);
                expect(text).toContain(disc.sha256.slice(0, 8));
            }
        }
    });

    it.each([['discs.staged:kill:2'], ['discs.imageWritten:kill'], ['discs.stored:kill:2']])(
        'is the same, killed at %s in between, and every disc is entered once',
        async (failpoint) => {
            const id = await system.packed();
            await system.restart(failpoint);
            await makeDiscs(id).catch(() => undefined);
            expect(await system.server.ended).toBe('SIGKILL');
            await system.restart();
            await until(id, 'made');
            const { folders, images } = await unburnt(id);
            const { status, verdict } = verify(...folders);
            expect([verdict.findings, status]).toEqual([[], 0]);
            expect((await system.kinds(id)).filter((kind) => kind === 'retrieval.discKept')).toHaveLength(3);
            expect(readdirSync(join(system.dataFolder, 'objects', 'packing'))).toEqual([]);
            for (const path of [...folders, ...images]) await rm(path, { recursive: true });
        },
        120_000,
    );

    it('is stopped, and goes on with the discs that are there', async () => {
        const id = await system.packed();
        await system.restart('discs.stored:pause:1500');
        const { id: setId } = await makeDiscs(id);
        await expect(makeDiscs(id)).rejects.toMatchObject({ code: 'retrieval.discsBeingMade' });
        await system.as('lumanager').call('retrieval.stopDiscs', { params: { id, setId }, body: {} });
        expect(await setOf(id)).toMatchObject({ state: 'stopped', failed: null, progress: null });
        await system.restart();
        await makeDiscs(id);
        await until(id, 'made');
        expect((await setOf(id))?.discs).toHaveLength(3);
    }, 120_000);

    it('is refused with a reason where the program that makes images is not there, and the ZIP is made all the same', async () => {
        const empty = join(system.folder, 'no-programs');
        await mkdir(empty, { recursive: true });
        await system.restart(undefined, { PATH: empty });
        const id = await system.consented();
        expect((await system.get(id)).discsPossible).toBe(false);
        const pack = (body: { medium?: 'dvd' }) => system.as('lumanager').call('retrieval.pack', { params: { id }, body });
        await expect(pack({ medium: 'dvd' })).rejects.toMatchObject({ code: 'retrieval.discsImpossible' });
        await pack({});
        await system.until(id, 'packaged');
        await expect(makeDiscs(id)).rejects.toMatchObject({ code: 'retrieval.discsImpossible' });
        await system.restart();
        expect((await system.get(id)).discsPossible).toBe(true);
    }, 120_000);

    it('is refused with a reason where the program fails, and begun again once it works', async () => {
        const broken = join(system.folder, 'broken');
        await mkdir(broken, { recursive: true });
        const script = '#!/bin/sh\n[ "$2" = -version ] && echo "xorriso version   :  1.5.4" && exit 0\necho broken >&2\nexit 5\n';
        await writeFile(join(broken, 'xorriso'), script, { mode: 0o755 });
        const id = await system.packed();
        await system.restart(undefined, { PATH: `${broken}:${process.env.PATH}` });
        await makeDiscs(id);
        await until(id, 'stopped');
        expect(await setOf(id)).toMatchObject({ failed: 'retrieval.discFailed', discs: [] });
        expect(system.server.output()).toContain('broken');
        expect(await system.kinds(id)).toContain('retrieval.discsFailed');
        await system.restart();
        await makeDiscs(id);
        await until(id, 'made');
    }, 120_000);
});
