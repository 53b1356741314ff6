import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { badLine } from '../../platform/uploads/testing/bad-line.ts';
import { sha256 } from '../../platform/uploads/testing/fixture.ts';
import { before, type DockSystem, dockSystem, put, recordings } from './dock.fixture.ts';

const MB = 1_000_000;

let here: DockSystem;
beforeAll(async () => {
    here = await dockSystem('bad-line');
    await (await here.manager()).call('device.create', { body: { kind: 'recorder', number: 'A00001' } });
}, 120_000);
afterAll(() => here?.close());

// The figures of a bad network (2 s, cut every 10 s) are those of the heavy test; here the same happens in a few seconds.
it('a line with delay and losses that is cut again and again: the file comes in whole, and at most twice its bytes are sent', async () => {
    const bytes = randomBytes(4 * MB);
    await put(here.media, 'one/A00001_210001_20261001090000_0001.MP4', bytes);
    const line = await badLine(here.url, {
        delayMs: 40,
        bytesPerSecond: 4 * MB,
        loss: { part: 0.3, againMs: 4 },
        cut: { everyBytes: 0.6 * MB },
    });
    await here.configure({ server: line.url });
    const ran = await here.dock();
    await line.close();
    expect(ran.code, ran.err).toBe(0);
    const manager = await here.manager();
    const [recording, ...others] = await recordings(manager);
    expect(others).toEqual([]);
    const { sha256: stored, size } = await manager.call('recording.get', { params: { id: recording?.id ?? '' } });
    expect([stored, size]).toEqual([sha256(bytes), String(bytes.length)]);
    expect(line.count.cuts).toBeGreaterThanOrEqual(5);
    expect(line.count.standstills).toBeGreaterThan(50);
    expect(line.count.sent).toBeLessThanOrEqual(2 * bytes.length);
}, 60_000);

it('a line that is cut between letting in and saying who it is: the docking computer signs in once and goes on', async () => {
    const bytes = randomBytes(1000);
    const name = 'A00001_210001_20261001100000_0001.MP4';
    await put(here.media, `two/${name}`, bytes);
    let [letIn, asked] = [0, 0];
    const first = await before(
        here.url,
        (send) => {
            letIn += 1;
            return send();
        },
        'POST /api/session ',
    );
    const line = await before(
        first.url,
        async (send) => {
            asked += 1;
            const answer = await send();
            return asked === 1 ? 'cut' : answer;
        },
        'GET /api/session ',
    );
    await here.configure({ server: line.url });
    let child: ChildProcess | undefined;
    const ran = here.dock(['--parent', here.media], {
        onStart: (started) => {
            child = started;
        },
    });
    const manager = await here.manager();
    const there = async () => (await recordings(manager)).some((each) => each.name === name);
    await vi.waitUntil(there, { timeout: 40_000, interval: 100 });
    child?.kill('SIGTERM');
    await ran;
    await line.close();
    await first.close();
    expect([letIn, asked]).toEqual([1, 2]);
}, 60_000);
