import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { RequestError } from '@liuhen/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectKept, expectRetriesSafe, stored } from './oracle.ts';
import { uploadWhole } from './uploader.ts';
import { attemptParty, newAttempt } from './writers.ts';

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('full-journal');
}, 120_000);
afterAll(() => system?.close());

/** No file may grow past so many bytes: every write to a segment of the journal fails, as where its disk is full. */
const LIMIT = 8_192;

/** The process and all that it started, oldest first: a new child has the limits of its parent. */
async function familyOf(pid: number): Promise<number[]> {
    const parents = new Map<number, number>();
    for (const name of await readdir('/proc')) {
        if (!/^[0-9]+$/.test(name)) continue;
        const said = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
        // The name in brackets may hold anything.
        const parent = said?.slice(said.lastIndexOf(')') + 2).split(' ')[1];
        if (parent !== undefined) parents.set(Number(name), Number(parent));
    }
    const family = [pid];
    for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
    return family;
}

/** As the user that the process runs as: a limit that is soft may be set and taken away by its own. */
async function limitFiles(pids: readonly number[], bytes: number | 'unlimited'): Promise<void> {
    for (const pid of pids) {
        const owner = await stat(`/proc/${pid}`).catch(() => undefined);
        if (owner === undefined) continue;
        const { uid, gid } = owner;
        try {
            execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], { stdio: 'pipe', uid, gid });
        } catch (error) {
            // A child that has ended in between needs no limit.
            if ((await stat(`/proc/${pid}`).catch(() => undefined)) !== undefined) throw error;
        }
    }
}

describe('a database whose journal cannot be written', () => {
    it('refuses what it cannot enter, and goes on by itself when there is room', async () => {
        const server = await system.start();
        const content = Buffer.alloc(300_000, 'a');
        const recording = await uploadWhole(system.officer(), content);
        const before = await stored(system);
        const kept = newAttempt();
        expect(await attemptParty(system.officer(), kept)).toBe(true);

        const processes = async () => [
            ...(await familyOf(server.process.pid as number)),
            ...(await system.databasePid().then(familyOf, () => [])),
        ];
        await limitFiles(await processes(), LIMIT);
        const waiting = newAttempt();
        expect(await attemptParty(system.officer(), waiting)).toBe(false);
        // Nothing is shown of which it could not be entered who saw it.
        const viewing = system.officer().call('recording.openViewing', { params: { id: recording }, body: { purpose: '复核' } });
        const refusal = await viewing.catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(RequestError);
        expect(refusal, server.output().slice(-3_000)).toMatchObject({ status: 503, code: 'server.unavailable' });
        await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 20_000 }).toBe(503);
        expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

        await expect
            .poll(
                async () => {
                    await limitFiles(await processes(), 'unlimited');
                    return (await fetch(`${server.url}/readyz`)).status;
                },
                { timeout: 40_000, interval: 500 },
            )
            .toBe(200);
        expect(await attemptParty(system.officer(), waiting)).toBe(true);
        expect(waiting.failures).toEqual([{ status: 503, code: 'server.unavailable' }]);
        const { contentUrl } = await system
            .officer()
            .call('recording.openViewing', { params: { id: recording }, body: { purpose: '复核' } });
        const seen = await fetch(server.url + contentUrl, { headers: { cookie: system.officer().cookie ?? '' } });
        expect(Buffer.from(await seen.arrayBuffer()).equals(content)).toBe(true);
        await expectKept(system, [kept, waiting], before);
        await expectRetriesSafe(system, [kept, waiting]);
        await system.expectSound();
    }, 120_000);
});
