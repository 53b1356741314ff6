import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectKept, expectRetriesSafe, stored } from './oracle.ts';
import { type Attempt, writeUntilFailure } from './writers.ts';

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('commit');
}, 120_000);
afterAll(() => system?.close());

describe('kill -9 of the server', () => {
    // The number of the answer after which the server dies: where the other seven stand then is different each time.
    it.each([7, 90])('under eight writers at answer %i loses nothing acknowledged and does nothing twice', async (at) => {
        const before = await stored(system);
        const server = await system.start();
        const attempts = await writeUntilFailure(system.officer, 8, (total) => {
            if (total === at) server.process.kill('SIGKILL');
        });
        expect(await server.ended).toBe('SIGKILL');
        await expectKept(system, attempts, before);
        const unanswered = attempts.filter((attempt) => attempt.acknowledged === undefined);
        expect(unanswered).toHaveLength(8);
        expect(attempts.length - unanswered.length).toBeGreaterThanOrEqual(at);
        await system.start();
        await expectRetriesSafe(system, [...new Set([...unanswered, ...attempts.slice(-20)])]);
        await system.expectSound();
    });

    it.each([
        ['command.beforeCommit', false],
        ['command.afterCommit', true],
    ])('at %s: the unanswered command has run: %s; its retry gives one party either way', async (failpoint, ran) => {
        const before = await stored(system);
        const server = await system.start({ failpoint: `${failpoint}:kill:12` });
        const attempts = await writeUntilFailure(system.officer, 1);
        expect(await server.ended).toBe('SIGKILL');
        const last = attempts.at(-1) as Attempt;
        expect(last).toMatchObject({ failures: [{ status: 0 }] });
        await expectKept(system, attempts, before);
        expect((await stored(system)).has(last.commandId)).toBe(ran);
        await system.start();
        await expectRetriesSafe(system, attempts);
        await system.expectSound();
    });
});
