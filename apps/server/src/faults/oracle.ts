import { expect } from 'vitest';
import type { FaultSystem } from './fault-system.ts';
import { type Attempt, attemptParty } from './writers.ts';

/** Ids of the parties by the command that created them, as the database has them. */
export const stored = (system: FaultSystem): Promise<Map<string, string>> =>
    system.asSuperuser(async (client) => {
        const { rows } = await client.query<{ id: string; name: string }>(
            `select id, name from liuhen.party where name like '相对人 %'`,
        );
        const byCommand = new Map(rows.map((row) => [row.name.slice('相对人 '.length), row.id]));
        expect(byCommand.size).toBe(rows.length);
        return byCommand;
    });

/** What the oracle demands: everything acknowledged is there under its id; nothing is there that nobody asked for. */
export async function expectKept(
    system: FaultSystem,
    attempts: readonly Attempt[],
    before: ReadonlyMap<string, string>,
): Promise<void> {
    const now = await stored(system);
    for (const { commandId, acknowledged } of attempts)
        if (acknowledged !== undefined) expect(now.get(commandId)).toBe(acknowledged);
    const possible = new Set([...before.keys(), ...attempts.map((attempt) => attempt.commandId)]);
    expect([...now.keys()].filter((commandId) => !possible.has(commandId))).toEqual([]);
    for (const [commandId, id] of before) expect(now.get(commandId)).toBe(id);
}

/** Everything is asked for once more: the same answers, and whatever was lost exists now, once. */
export async function expectRetriesSafe(system: FaultSystem, attempts: readonly Attempt[]): Promise<void> {
    const before = await stored(system);
    for (const attempt of attempts) {
        const first = attempt.acknowledged ?? before.get(attempt.commandId);
        expect(await attemptParty(system.officer(), attempt)).toBe(true);
        if (first !== undefined) expect(attempt.acknowledged).toBe(first);
    }
    const after = await stored(system);
    for (const { commandId, acknowledged } of attempts) expect(after.get(commandId)).toBe(acknowledged);
    expect(after.size).toBe(before.size + attempts.filter(({ commandId }) => !before.has(commandId)).length);
}
