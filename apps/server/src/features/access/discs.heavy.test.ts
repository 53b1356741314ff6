import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { DISC_BYTES, type Id, PACKAGE_PATHS, parseSegments } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { LongContent } from '../../testing/long-content.ts';
import { CLIPS, PackingSystem } from '../../testing/packing-system.ts';

const VERIFIER = fileURLToPath(new URL('../../../../verify/src/main.ts', import.meta.url));
const CLIP = 'DCAM_A0173_110207_20261112_101957.MP4';
const GB = 1_000_000_000;

let system: PackingSystem;
let policy: string;
beforeAll(async () => {
    system = await PackingSystem.open();
    policy = join(system.folder, 'policy.txt');
}, 180_000);
afterAll(() => system?.close(), 300_000);

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(0)} s`;

function verify(...paths: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [VERIFIER, ...paths, '--json', '--policy', policy], {
        encoding: 'utf8',
        maxBuffer: 64_000_000,
    });
    return { status, stderr, verdict: stdout === '' ? undefined : JSON.parse(stdout) };
}

type Disc = { readonly id: Id; readonly sha256: string; readonly size: string };

/** Fetches an image as a browser does and takes out of it what lies on it; the image itself is not kept. */
async function unburnt(id: Id, disc: Disc): Promise<string> {
    const download = await system.as('lumanager').call('retrieval.openDownload', { params: { id }, body: { discId: disc.id } });
    const answer = await fetch(`${system.server.url}/api/retrievals/${id}/discs/${disc.id}?download=${download.id}`, {
        headers: { cookie: system.cookie('lumanager') },
    });
    const [image, folder] = [join(system.folder, `${disc.id}.iso`), join(system.folder, disc.id)];
    const hash = createHash('sha256');
    const seen = async function* (pieces: AsyncIterable<Uint8Array>) {
        for await (const piece of pieces) {
            hash.update(piece);
            yield piece;
        }
    };
    await pipeline(Readable.fromWeb(answer.body as never), seen, createWriteStream(image));
    const { size } = await stat(image);
    expect([hash.digest('hex'), String(size)]).toEqual([disc.sha256, disc.size]);
    expect(size).toBeLessThanOrEqual(DISC_BYTES.dvd);
    const out = spawnSync('xorriso', ['-osirrox', 'on', '-indev', image, '-extract', '/', folder], { encoding: 'utf8' });
    expect(out.status, out.stderr).toBe(0);
    spawnSync('chmod', ['-R', 'u+w', folder]);
    await rm(image);
    return folder;
}

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
    const answer = await fetch(`${system.server.url}/api/ledger/policy`, { headers: { cookie: system.cookie('gumingzhi') } });
    await writeFile(policy, Buffer.from(await answer.arrayBuffer()));

    began = performance.now();
    const discs = (await system.get(id)).discSets[0]?.discs ?? [];
    expect(discs).toHaveLength(2);
    // The first one is full but for what the records of its files take at most.
    expect(Number(discs[0]?.size)).toBeGreaterThan(DISC_BYTES.dvd - 2_000_000);
    const folders = [];
    for (const disc of discs) folders.push(await unburnt(id, disc));
    const [one = '', two = ''] = folders;
    console.log(`fetched and taken out: ${seconds(began)}`);

    const { segments } = parseSegments(await readFile(join(one, PACKAGE_PATHS.segments)));
    const cut = segments.filter(({ path }) => segments.some((other) => other.path === path && other.order > 0));
    expect(cut.map(({ order, volume }) => [order, volume])).toEqual([
        [0, 1],
        [1, 2],
    ]);
    began = performance.now();
    const all = verify(two, one);
    expect([all.stderr, all.verdict?.findings, all.status]).toEqual(['', [], 0]);
    expect(all.verdict.items.every(({ holds }: { holds: boolean }) => holds)).toBe(true);
    console.log(`verified: ${seconds(began)}`);
    const less = verify(two);
    expect([less.status, less.verdict.discs.missing]).toEqual([2, [1]]);

    const piece = await open(join(one, cut[0]?.at ?? ''), 'r+');
    const place = Math.floor(Number(cut[0]?.size) / 2);
    const byte = Buffer.alloc(1);
    await piece.read(byte, 0, 1, place);
    await piece.write(Buffer.from([byte.readUInt8() ^ 1]), 0, 1, place);
    await piece.close();
    const changed = verify(one, two);
    expect([changed.status, changed.verdict.findings.length]).toEqual([1, 1]);
    for (const folder of folders) await rm(folder, { recursive: true });
}, 1_500_000);
