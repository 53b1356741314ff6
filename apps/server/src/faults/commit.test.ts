import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { type Attempt, attemptParty, newAttempt, writeUntilFailure } from './writers.ts';

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('commit');
}, 120_000);
afterAll(() => system?.close());

/** Ids of the parties by the command that created them, as the database has them. */
const stored = (): Promise<Map<string, string>> =>
    system.asSuperuser(async (client) => {
        const { rows } = await client.query<{ id: string; name: string }>(
            `select id, name from liuhen.party where name like '相对人 %'`,
        );
        const byCommand = new Map(rows.map((row) => [row.name.slice('相对人 '.length), row.id]));
        expect(byCommand.size).toBe(rows.length);
        return byCommand;
    });

/** What the oracle demands: everything acknowledged is there under its id; nothing is there that nobody asked for. */
async function expectKept(attempts: readonly Attempt[], before: ReadonlyMap<string, string>): Promise<void> {
    const now = await stored();
    for (const { commandId, acknowledged } of attempts)
        if (acknowledged !== undefined) expect(now.get(commandId)).toBe(acknowledged);
    const possible = new Set([...before.keys(), ...attempts.map((attempt) => attempt.commandId)]);
    expect([...now.keys()].filter((commandId) => !possible.has(commandId))).toEqual([]);
    for (const [commandId, id] of before) expect(now.get(commandId)).toBe(id);
}

/** Everything is asked for once more: the same answers, and whatever was lost exists now, once. */
async function expectRetriesSafe(attempts: readonly Attempt[]): Promise<void> {
    const before = await stored();
    for (const attempt of attempts) {
        const first = attempt.acknowledged ?? before.get(attempt.commandId);
        expect(await attemptParty(system.officer(), attempt)).toBe(true);
        if (first !== undefined) expect(attempt.acknowledged).toBe(first);
    }
    const after = await stored();
    for (const { commandId, acknowledged } of attempts) expect(after.get(commandId)).toBe(acknowledged);
    expect(after.size).toBe(before.size + attempts.filter(({ commandId }) => !before.has(commandId)).length);
}

describe('kill -9 of the server', () => {
    // The number of the answer after which the server dies: where the other seven stand then is different each time.
    it.each([1, 25, 90])('under eight writers at answer %i loses nothing acknowledged and does nothing twice', async (at) => {
        const before = await stored();
        const server = await system.start();
        const attempts = await writeUntilFailure(system.officer, 8, (total) => {
            if (total === at) server.process.kill('SIGKILL');
        });
        expect(await server.ended).toBe('SIGKILL');
        await expectKept(attempts, before);
        const unanswered = attempts.filter((attempt) => attempt.acknowledged === undefined);
        expect(unanswered).toHaveLength(8);
        expect(attempts.length - unanswered.length).toBeGreaterThanOrEqual(at);
        await system.start();
        await expectRetriesSafe([...new Set([...unanswered, ...attempts.slice(-20)])]);
        await system.expectSound();
    });

    it.each([
        ['command.beforeCommit', false],
        ['command.afterCommit', true],
    ])('at %s: the unanswered command has run: %s; its retry gives one party either way', async (failpoint, ran) => {
        const before = await stored();
        const server = await system.start({ failpoint: `${failpoint}:kill:12` });
        const attempts = await writeUntilFailure(system.officer, 1);
        expect(await server.ended).toBe('SIGKILL');
        const last = attempts.at(-1) as Attempt;
        expect(last).toMatchObject({ failures: [{ status: 0 }] });
        await expectKept(attempts, before);
        expect((await stored()).has(last.commandId)).toBe(ran);
        await system.start();
        await expectRetriesSafe(attempts);
        await system.expectSound();
    });

    it('leaves the sessions as they were', async () => {
        const server = await system.start();
        await server.kill();
        await system.start();
        const { person } = await system.officer().call('session.get', {});
        expect(person.name).toBe('周青');
        expect(await attemptParty(system.officer(), newAttempt())).toBe(true);
    });
});
