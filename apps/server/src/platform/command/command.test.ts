import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltOrganisation, buildOrganisation, commandBy } from '../../testing/builders.ts';
import { type FeatureSystem, featureSystem } from '../../testing/feature-system.ts';
import { runCommand } from './command.ts';
import { insertRow } from './row-writer.ts';
import type { Tx } from './tx.ts';

let system: FeatureSystem;
let organisation: BuiltOrganisation;

beforeEach(async () => {
    system = await featureSystem();
    organisation = await buildOrganisation(system.services);
});
afterEach(async () => {
    await system.expectSound();
    await system.close();
});

const addDepartment = (name: string, then: (tx: Tx) => Promise<unknown> = async () => undefined) =>
    runCommand(system.services.commands, commandBy(system.services, organisation.id, organisation.id), 'test.add', async (tx) => {
        const { id } = await insertRow(tx, 'department', { id: tx.newId(), name });
        await then(tx);
        return { result: id, events: [{ kind: 'department.created', creates: [id], body: { name } }] };
    });

const names = async (): Promise<string[]> =>
    (await system.superPool.query('select name from liuhen.department order by name')).rows.map((row) => row.name);

describe('a command', () => {
    it('writes on through a new column that another node gave the table', async () => {
        const { pool } = system.services.db;
        // Every connection of the pool has prepared the statement.
        await Promise.all(Array.from({ length: 12 }, (_, number) => addDepartment(`before ${number}`)));
        expect(pool.totalCount).toBeGreaterThan(5);
        await system.superPool.query('alter table liuhen.department add column hint text');
        await addDepartment('after');
        await Promise.all(Array.from({ length: 12 }, (_, number) => addDepartment(`later ${number}`)));
        expect(await names()).toHaveLength(25);
    });

    it('that is refused with the append leaves nothing, and the connection goes on', async () => {
        const notDurable = (tx: Tx) => sql`set local synchronous_commit = off`.execute(tx.db);
        for (let round = 0; round < 3; round++)
            await expect(addDepartment('lost', notDurable)).rejects.toMatchObject({ code: 'LH002' });
        await addDepartment('kept');
        expect(await names()).toEqual(['kept']);
    });

    it('whose body swallowed a failure of the database is not taken for done', async () => {
        const swallow = (tx: Tx) => sql`select 1 / 0`.execute(tx.db).catch(() => undefined);
        await expect(addDepartment('lost', swallow)).rejects.toMatchObject({ code: '25P02' });
        await addDepartment('kept');
        expect(await names()).toEqual(['kept']);
    });
});
