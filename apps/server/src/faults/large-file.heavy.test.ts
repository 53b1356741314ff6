import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { foundInstitute, INSTITUTE_PASSWORD, USUAL_PEOPLE } from '../testing/found-institute.ts';
import { LongContent } from '../testing/long-content.ts';
import { CLIPS } from '../testing/packing-system.ts';
import { type Remote, remote } from '../testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../testing/temporary-folder.ts';
import { SignedInUploader } from './uploader.ts';

const CLIP = 'DCAM_A0173_110207_20261112_101957.MP4';
const GB = 1_000_000_000;
const MiB = 2 ** 20;
/** Real bytes, each sent, hashed, stored and read back; `LIUHEN_LARGE_FILE_GB` for a disk that holds more. */
const SIZE = Number(process.env.LIUHEN_LARGE_FILE_GB ?? 24) * GB;

let folder: TemporaryFolder;
let server: ServerProcess;
let officer: Remote;
beforeAll(async () => {
    folder = await temporaryFolder('large-file');
    server = await startServerProcess(join(folder.path, 'data'));
    await foundInstitute(server.url, USUAL_PEOPLE);
    officer = await remote(server.url).signIn('zhouqing', INSTITUTE_PASSWORD);
}, 120_000);
afterAll(async () => {
    await server?.stop();
    await folder?.remove();
}, 120_000);

/** Most memory that the server has held so far, MiB. */
async function peak(): Promise<number> {
    const status = await readFile(`/proc/${server.process.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(?<kib>\d+)/.exec(status)?.groups?.kib) / 1024;
}

it(`one file of ${SIZE / GB} GB comes in, is read back and plays from its end in less than 512 MiB of memory`, async () => {
    const before = await peak();
    let began = performance.now();
    const seconds = () => ((performance.now() - began) / 1_000).toFixed(0);
    const content = new LongContent(SIZE, await readFile(new URL(CLIP, CLIPS)), true);
    const client = new SignedInUploader(officer);
    const { path, sha256 } = await content.sendWith(client, { filename: CLIP });
    console.log(`sent in ${seconds()} s; memory ${before.toFixed(0)} MiB before, ${(await peak()).toFixed(0)} MiB at most`);

    began = performance.now();
    const id = await client.recording(path);
    const look = () => officer.call('recording.get', { params: { id } });
    await vi.waitUntil(async () => (await look()).state === 'sealed', { timeout: 3_000_000, interval: 500 });
    await vi.waitUntil(async () => (await look()).inspected, { timeout: 300_000, interval: 500 });
    const { sha256: stored, size } = await look();
    expect([stored, size]).toEqual([sha256, String(SIZE)]);
    console.log(`read back and inspected in ${seconds()} s; memory ${(await peak()).toFixed(0)} MiB at most`);

    const { contentUrl } = await officer.call('recording.openViewing', { params: { id }, body: { purpose: '复核' } });
    // Behind 2^32 and 2^34 bytes, over the border of a chunk of 4 MiB, and the last bytes.
    for (const start of [2 ** 32 - 5, 2 ** 34 + 4 * MiB - 5, SIZE - 10].filter((each) => each < SIZE)) {
        const end = Math.min(start + 10, SIZE);
        const answer = await fetch(officer.url + contentUrl, {
            headers: { cookie: officer.cookie ?? '', range: `bytes=${start}-${end - 1}` },
        });
        expect([answer.status, answer.headers.get('content-range')]).toEqual([206, `bytes ${start}-${end - 1}/${SIZE}`]);
        expect(Buffer.from(await answer.arrayBuffer())).toEqual(content.between(start, end));
    }
    const most = await peak();
    console.log(`played; memory ${most.toFixed(0)} MiB at most`);
    expect(most).toBeLessThan(512);
}, 3_600_000);
