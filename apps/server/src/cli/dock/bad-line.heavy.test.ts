import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BadLine, badLine } from '../../platform/uploads/testing/bad-line.ts';
import { sha256 } from '../../platform/uploads/testing/fixture.ts';
import { lossyNetwork, whyNoLossyNetwork } from '../../platform/uploads/testing/lossy-network.ts';
import { type DockSystem, dockSystem, put, type Running, recordings } from './dock.fixture.ts';

const MB = 1_000_000;
const BAD = { delayMs: 2_000, cut: { everyMs: 10_000 } };

let here: DockSystem;
let cards = 0;
beforeAll(async () => {
    here = await dockSystem('bad-line');
    await (await here.manager()).call('device.create', { body: { kind: 'recorder', number: 'A00001' } });
}, 120_000);
afterAll(() => here?.close());
beforeEach(async () => {
    cards += 1;
    await rm(here.media, { recursive: true });
});

/** Has the docking computer run until the server has one file as a whole, and gives what was said about the line. */
async function dockOver(line: BadLine, url: string, bytes: Buffer, running: Running = {}): Promise<string> {
    const name = `A00001_210001_2026100${cards}090000_0001.MP4`;
    await put(here.media, `${cards}/${name}`, bytes);
    await here.configure({ server: url });
    const began = performance.now();
    let child: ChildProcess | undefined;
    const onStart = (started: ChildProcess) => {
        child = started;
    };
    const ran = here.dock(['--parent', here.media], { ...running, onStart });
    const manager = await here.manager();
    const found = await vi.waitUntil(
        async () => (await recordings(manager)).find((each) => each.name === name && each.state === 'sealed'),
        { timeout: 900_000, interval: 500 },
    );
    const seconds = ((performance.now() - began) / 1_000).toFixed(0);
    child?.kill('SIGTERM');
    expect((await ran).code).toBe(0);
    const { sha256: stored, size } = await manager.call('recording.get', { params: { id: found.id } });
    expect([stored, size]).toEqual([sha256(bytes), String(bytes.length)]);
    expect((await recordings(manager)).filter((each) => each.name === name)).toHaveLength(1);
    const times = (line.count.sent / bytes.length).toFixed(2);
    return `${bytes.length / MB} MB in ${seconds} s, ${line.count.cuts} cuts, sent ${times} times`;
}

describe('a line of 2 s each way that is cut every 10 s', () => {
    it('with a standstill for every third packet: the file comes in whole, at most twice its bytes are sent', async () => {
        const bytes = randomBytes(40 * MB);
        const line = await badLine(here.url, { ...BAD, bytesPerSecond: 4 * MB, loss: { part: 0.3, againMs: 10 } });
        console.log(await dockOver(line, line.url, bytes));
        await line.close();
        expect(line.count.cuts).toBeGreaterThan(3);
        expect(line.count.sent).toBeLessThanOrEqual(2 * bytes.length);
    });

    const why = whyNoLossyNetwork();
    if (why !== undefined) console.log(`Packets were not really lost (root, ip and tc with BPF are needed): ${why}`);
    it.skipIf(why !== undefined)('with 30 % of all packets really lost: the same', async () => {
        const bytes = randomBytes(0.2 * MB);
        const socket = join(here.folder, 'line.socket');
        const line = await badLine(here.url, { ...BAD, bytesPerSecond: 4 * MB }, socket);
        const network = await lossyNetwork(0.3, socket);
        const said = await dockOver(line, network.url, bytes, { inside: network.inside });
        const { bytes: wire, segments, again } = await network.count();
        console.log(`${said}; ${wire} bytes of packets, ${again} of ${segments} segments again`);
        await network.close();
        await line.close();
        expect(again / segments).toBeGreaterThan(0.1);
        expect(line.count.cuts).toBeGreaterThan(3);
        expect(line.count.sent).toBeLessThanOrEqual(2 * bytes.length);
    });
});
