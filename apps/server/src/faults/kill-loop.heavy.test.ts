import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectKept, expectRetriesSafe, stored } from './oracle.ts';
import { writeUntilFailure } from './writers.ts';

const ROUNDS = 60;

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('kill-loop');
}, 120_000);
afterAll(() => system?.close());

it(`${ROUNDS} kills of the server under eight writers, every third of the database with it`, async () => {
    let acknowledged = 0;
    for (let round = 0; round < ROUNDS; round++) {
        const before = await stored(system);
        const server = await system.start();
        const database = await system.databasePid();
        const at = randomInt(1, 200);
        const attempts = await writeUntilFailure(system.officer, 8, (total) => {
            if (total !== at) return;
            if (round % 3 === 0) process.kill(database, 'SIGKILL');
            server.process.kill('SIGKILL');
        });
        expect([round, at, await server.ended]).toEqual([round, at, 'SIGKILL']);
        await system.start();
        await expectKept(system, attempts, before);
        await expectRetriesSafe(
            system,
            attempts.filter((attempt) => attempt.acknowledged === undefined),
        );
        await system.expectSound();
        acknowledged += attempts.filter((attempt) => attempt.failures.length === 0).length;
    }
    console.log(`kill loop: ${ROUNDS} kills, ${acknowledged} commands acknowledged at the first try, all of them kept`);
});
