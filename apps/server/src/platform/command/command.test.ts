import { DomainError } from '@liuhen/domain';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BuiltOrganisation, buildOrganisation, commandBy } from '../../testing/builders.ts';
import { type FeatureSystem, featureSystem } from '../../testing/feature-system.ts';
import { runCommand } from './command.ts';
import { insertBatch, insertRow, replaceBatch, updateBatch } from './row-writer.ts';
import { AT_ONCE } from './turns.ts';
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

const entries = async (): Promise<number> =>
    (await system.superPool.query('select count(*)::int as n from ledger.entry where org_id = $1', [organisation.id])).rows[0].n;

const names = async (): Promise<string[]> =>
    (await system.superPool.query('select name from liuhen.department order by name')).rows.map((row) => row.name);

describe('a command', () => {
    it('that ran before gives its first answer, whatever its body would do now', async () => {
        const context = commandBy(system.services, organisation.id, organisation.id);
        const id = system.services.clock.newId();
        const run = (body: (tx: Tx) => Promise<unknown>) =>
            runCommand(system.services.commands, context, 'test.add', async (tx) => {
                await body(tx);
                return { result: id, events: [{ kind: 'department.created', creates: [id], body: {} }] };
            });
        const insert = (tx: Tx) => insertRow(tx, 'department', { id, name: '稽查科' });
        expect(await run(insert)).toBe(id);
        const before = await entries();
        const again: ((tx: Tx) => Promise<unknown>)[] = [
            // Fails in the same trip as the look-up, by a key.
            insert,
            // Refuses before anything is asked, then after.
            async () => Promise.reject(new DomainError('department.notFound')),
            async (tx) => {
                await tx.read.selectFrom('department').selectAll().execute();
                throw new DomainError('department.notFound');
            },
            // Asks nothing, and asks without hearing.
            async () => undefined,
            (tx) =>
                tx.read
                    .selectFrom('department')
                    .selectAll()
                    .execute()
                    .catch(() => undefined),
            (tx) => sql`select 1 / 0`.execute(tx.db).catch(() => undefined),
            async (tx) => insertRow(tx, 'department', { id: tx.newId(), name: '另一科' }),
        ];
        for (const body of again) expect(await run(body)).toBe(id);
        expect(await entries()).toBe(before);
        expect(await names()).toEqual(['稽查科']);
        const other = { ...context, actor: organisation.systemAdmin.id };
        const reused = runCommand(system.services.commands, other, 'test.add', async () => ({
            result: null,
            events: [{ kind: 'department.created', body: {} }],
        }));
        await expect(reused).rejects.toMatchObject({ code: 'request.commandIdReused' });
    });

    it('sent many times at once has one effect', async () => {
        const context = commandBy(system.services, organisation.id, organisation.id);
        const run = () =>
            runCommand(
                system.services.commands,
                context,
                'test.add',
                async (tx) => {
                    const { id } = await insertRow(tx, 'department', { id: tx.newId(), name: '稽查科' });
                    return { result: id, events: [{ kind: 'department.created', creates: [id], body: {} }] };
                },
                { retryOn: ['department_name'] },
            );
        const answers = await Promise.all(Array.from({ length: 6 }, run));
        expect(new Set(answers).size).toBe(1);
        expect(await names()).toEqual(['稽查科']);
    });

    it('that asks nothing of the database is entered, and a refusal before the first statement too', async () => {
        const run = (body: () => void) =>
            runCommand(
                system.services.commands,
                commandBy(system.services, organisation.id, organisation.id),
                'test.say',
                async () => {
                    body();
                    return { result: 7, events: [{ kind: 'organisation.updated', objects: [organisation.id], body: {} }] };
                },
            );
        const before = await entries();
        expect(await run(() => undefined)).toBe(7);
        await expect(
            run(() => {
                throw new DomainError('department.notFound');
            }),
        ).rejects.toMatchObject({ code: 'department.notFound' });
        expect(await entries()).toBe(before + 2);
        await addDepartment('after');
    });

    it('writes on through a new column that another node gave the table', async () => {
        const { pool } = system.services.db;
        // Every connection of the pool has prepared the statement.
        await Promise.all(Array.from({ length: 12 }, (_, number) => addDepartment(`before ${number}`)));
        expect(pool.totalCount).toBeGreaterThanOrEqual(AT_ONCE);
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

    it('writes many rows in one statement, each in its own way, and none over a change meanwhile', async () => {
        const many = (body: (tx: Tx) => Promise<unknown>) =>
            addDepartment(system.services.clock.newId(), async (tx) => {
                await body(tx);
            });
        const ids = Array.from({ length: 300 }, () => system.services.clock.newId());
        await many((tx) =>
            insertBatch(
                tx,
                'department',
                ids.map((id, number) => ({ id, name: `科 ${number}` })),
            ),
        );
        await many((tx) => insertBatch(tx, 'department', []));
        const change = (version: number) =>
            many((tx) =>
                updateBatch(
                    tx,
                    'department',
                    ids.map((id, number) => ({ id, version, name: `处 "${number}"` })),
                ),
            );
        await change(1);
        await expect(change(1)).rejects.toMatchObject({ code: 'conflict.changedMeanwhile' });
        expect((await names()).filter((name) => name.startsWith('处'))).toHaveLength(300);
        expect((await names()).filter((name) => name.startsWith('科'))).toEqual([]);
        // What is given whole is not read back: that its digest is that of the row is seen when the log is verified at the end.
        const replace = (version: number) =>
            many((tx) =>
                replaceBatch(
                    tx,
                    'department',
                    ids.map((id, number) => ({ id, version, name: `所 \u{1f4f9} \\"${number}"` })),
                ),
            );
        await replace(2);
        // Sent with COMMIT: nobody can refuse it any more, so the database does.
        await expect(replace(2)).rejects.toThrow('conflict.changedMeanwhile: 0 of 300 rows');
        // A column that this program does not know of belongs to the row all the same.
        await system.superPool.query(
            `alter table liuhen.department add column hint text generated always as (case when name like '所%' then '?' end) stored`,
        );
        await replace(3);
        expect((await names()).filter((name) => name.startsWith('所'))).toHaveLength(300);
    });

    it('with many entries appends them in the order of its events, as one with few does', async () => {
        const context = commandBy(system.services, organisation.id, organisation.id);
        const ids = [1, 2, 3].map(() => system.services.clock.newId());
        const append = (many: number) =>
            runCommand(
                system.services.commands,
                { ...context, commandId: system.services.clock.newId() },
                'test.many',
                async () => ({
                    result: many,
                    events: Array.from({ length: many }, (_, at) => ({
                        kind: 'department.created' as const,
                        objects: [ids[at % 3] as string, ids[2] as string],
                        body: { at },
                    })) as never,
                }),
            );
        for (const many of [15, 16, 40]) await append(many);
        const { rows } = await system.superPool.query(
            `select convert_from(b.body, 'UTF8')::json ->> 'at' as at, convert_from(e.entry, 'UTF8')::json as entry,
                 (select json_agg(json_build_object('id', o.object_id, 'seq', o.seq) order by o.object_id) from ledger.object o
                  where o.org_id = e.org_id and o.idx = e.idx) as objects
             from ledger.entry e join ledger.body b using (org_id, idx)
             where e.org_id = $1 and e.kind = 'department.created' order by e.idx`,
            [organisation.id],
        );
        expect(rows.map((row) => Number(row.at))).toEqual(
            [15, 16, 40].flatMap((many) => Array.from({ length: many }, (_, at) => at)),
        );
        type Named = { id: string; seq: number };
        for (const { entry, objects } of rows)
            expect(objects).toEqual(
                entry.objects.map(({ id, seq }: Named) => ({ id, seq })).toSorted((a: Named, b: Named) => (a.id < b.id ? -1 : 1)),
            );
    });
});
