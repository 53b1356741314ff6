import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectKept, expectRetriesSafe, stored } from './oracle.ts';
import { uploadWhole } from './uploader.ts';
import { type Attempt, attemptParty, newAttempt } from './writers.ts';

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('database');
}, 120_000);
afterAll(() => system?.close());

/** Writers that send a failed command again under its id until it is acknowledged, until `goOn` says no. */
async function writeThrough(count: number, goOn: (total: number) => boolean): Promise<Attempt[]> {
    const attempts: Attempt[] = [];
    let total = 0;
    const writer = async () => {
        const own = system.officer();
        while (goOn(total)) {
            const attempt = newAttempt();
            attempts.push(attempt);
            while (!(await attemptParty(own, attempt))) await sleep(20);
            total++;
        }
    };
    await Promise.all(Array.from({ length: count }, writer));
    return attempts;
}

/** `immediate`: all of the server's processes end at once, without a checkpoint, as at `pg_ctl stop -m immediate`. */
describe.each([
    ['SIGQUIT', 32, 'stops at once'],
    ['SIGKILL', 8, 'is killed'],
] as const)('a database that gets %s under %i writers and %s', (signal, writers, _how) => {
    it('is answered for with "unavailable", comes back by itself and has kept everything', async () => {
        const before = await stored(system);
        const server = await system.start();
        const first = await system.databasePid();
        let struck = 0;
        const attempts = await writeThrough(writers, (total) => {
            if (total >= 5 * writers && struck === 0) {
                struck = total;
                process.kill(first, signal);
            }
            return struck === 0 || total < struck + 10 * writers;
        });
        expect(await system.databasePid()).not.toBe(first);
        const failures = attempts.flatMap((attempt) => attempt.failures);
        expect(failures.length).toBeGreaterThan(0);
        expect(failures.filter(({ status, code }) => status !== 503 || code !== 'server.unavailable')).toEqual([]);
        expect(server.process.exitCode).toBeNull();
        await expectKept(system, attempts, before);
        await expectRetriesSafe(
            system,
            attempts.filter(({ failures: failed }) => failed.length > 0),
        );
        expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
        await system.expectSound();
    });
});

describe('a server whose database is away', () => {
    it('says so to everybody, tries again, and works when it can', async () => {
        const server = await system.start();
        const pid = await system.databasePid();
        const settings = join(system.dataFolder, 'postgres/data/postgresql.conf');
        await rename(settings, `${settings}.away`);
        process.kill(pid, 'SIGQUIT');
        const ready = async () => (await fetch(`${server.url}/readyz`)).status;
        await expect.poll(() => server.output(), { timeout: 20_000 }).toContain('PostgreSQL could not be started again');
        expect(await ready()).toBe(503);
        const attempt = newAttempt();
        expect(await attemptParty(system.officer(), attempt)).toBe(false);
        expect(attempt.failures).toEqual([{ status: 503, code: 'server.unavailable' }]);
        expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
        await rename(`${settings}.away`, settings);
        await expect.poll(ready, { timeout: 20_000 }).toBe(200);
        expect(await attemptParty(system.officer(), attempt)).toBe(true);
        await uploadWhole(system.officer());
        await system.expectSound();
    });

    it('ends in order when it is told to', async () => {
        const server = await system.start();
        expect(await server.stop()).toBe(0);
        await expect(system.databasePid()).rejects.toThrow('no database runs');
    });
});
