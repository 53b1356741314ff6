import { createHash } from 'node:crypto';
import type { Id } from '@liuhen/domain';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../platform/command/command.ts';
import { buildOrganisation, commandBy } from '../testing/builders.ts';
import { type FeatureSystem, featureSystem } from '../testing/feature-system.ts';

let system: FeatureSystem;
let org: Id;
let app: pg.Client;

beforeEach(async () => {
    system = await featureSystem();
    org = (await buildOrganisation(system.services)).id;
    app = new pg.Client({ connectionString: system.services.database.appUrl });
    await app.connect();
});
afterEach(async () => {
    await app.end();
    await system.close();
});

/** Calls `ledger.append` with entries that say nothing; `change` makes them wrong. */
async function append(
    change: Partial<Record<'kinds' | 'at' | 'salts' | 'bodies' | 'ids' | 'seqs' | 'positions', string | Buffer[]>> = {},
    command: Id = system.services.clock.newId(),
) {
    const given = {
        kinds: '{party.created}',
        at: '{1}',
        salts: [Buffer.alloc(32)],
        bodies: [Buffer.from('{}')],
        positions: '{1}',
        ids: `{${org}}`,
        seqs: '{7}',
        ...change,
    };
    const entry = [Buffer.from('entry')];
    await app.query('select ledger.append($1, $10, $1, $2, $3, $4, $5, $6, $7, $8, $9)', [
        org,
        entry,
        given.kinds,
        given.at,
        given.salts,
        given.bodies,
        given.positions,
        given.ids,
        given.seqs,
        command,
    ]);
}

async function codeOf(work: () => Promise<unknown>): Promise<string | undefined> {
    await app.query('begin');
    try {
        await work();
        await app.query('commit');
        return undefined;
    } catch (error) {
        return (error as { code?: string }).code;
    } finally {
        await app.query('rollback');
    }
}

async function tamper(statement: string): Promise<void> {
    const client = await system.superPool.connect();
    try {
        await client.query(`set session_replication_role = replica; ${statement}; reset session_replication_role`);
    } finally {
        client.release();
    }
}

describe('an append', () => {
    it('is refused when it is not complete', async () => {
        const wrong = [
            { kinds: '{}' },
            { at: '{1,2}' },
            { salts: '{}' },
            { salts: [Buffer.alloc(31)] },
            { bodies: '{}' },
            { positions: '{1,1}' },
            { seqs: '{}' },
            { seqs: '{-1}' },
        ];
        for (const change of wrong) expect(await codeOf(() => append(change)), JSON.stringify(change)).toBe('LH003');
        // The helper itself is right, or it would prove nothing.
        expect(await codeOf(() => append())).toBeUndefined();
    });

    it('is refused where a commit would not wait for the disk, before it and at COMMIT', async () => {
        const off = () => app.query('set local synchronous_commit = off');
        expect(await codeOf(() => off().then(() => append()))).toBe('LH002');
        expect(await codeOf(() => append().then(off))).toBe('LH002');
        const before = await system.superPool.query('select size from ledger.head where org_id = $1', [org]);
        expect(await codeOf(() => append())).toBeUndefined();
        const after = await system.superPool.query('select size from ledger.head where org_id = $1', [org]);
        expect(Number(after.rows[0].size)).toBe(Number(before.rows[0].size) + 1);
    });

    it('goes on top of no damaged head', async () => {
        await tamper(`update ledger.head set chain = sha256('x') where org_id = '${org}'`);
        expect(await codeOf(() => append())).toBe('LH004');
        await tamper(`update ledger.head set size = size + 1 where org_id = '${org}'`);
        expect(await codeOf(() => append())).toBe('LH004');
        await tamper(`delete from ledger.head where org_id = '${org}'`);
        expect(await codeOf(() => append())).toBe('LH004');
    });

    it('is the only way to move the head, even for its owner', async () => {
        const superuser = await system.superPool.connect();
        const moved = async (role: string, set: string) => {
            await superuser.query(`begin; set local role ${role}`);
            const code = await superuser
                .query(`update ledger.head set ${set} where org_id = '${org}'`)
                .then(() => undefined)
                .catch((error: { code?: string }) => error.code);
            await superuser.query('rollback');
            return code;
        };
        expect(await moved('none', 'size = size + 1')).toBe('LH001');
        expect(await moved('liuhen_owner', 'size = size')).toBe('LH001');
        expect(await moved('liuhen_owner', 'size = size - 1')).toBe('LH001');
        expect(await moved('liuhen_owner', 'org_id = gen_random_uuid(), size = size + 1')).toBe('LH001');
        superuser.release();
    });

    it('of many writers at once leaves one chain without a hole, and tallies', async () => {
        const { commands } = system.services;
        const work = async (writer: number) => {
            for (let round = 0; round < 12; round++)
                await runCommand(commands, commandBy(system.services, org, org), 'test.append', async () => ({
                    result: null,
                    events: [
                        { kind: 'party.updated', body: { writer, round } },
                        ...Array.from({ length: (writer + round) % 5 }, () => ({ kind: 'act.updated' as const, body: {} })),
                    ],
                }));
        };
        await Promise.all(Array.from({ length: 8 }, (_, writer) => work(writer)));
        const { rows } = await system.superPool.query(
            'select idx::int, leaf, chain from ledger.entry where org_id = $1 order by idx',
            [org],
        );
        let chain = createHash('sha256').digest();
        for (const [position, row] of rows.entries()) {
            expect(row.idx).toBe(position);
            const link = Buffer.concat([Buffer.from([2]), chain, row.leaf]);
            chain = createHash('sha256').update(link).digest();
            expect(chain.equals(row.chain)).toBe(true);
        }
        const tallied = await system.superPool.query(
            'select coalesce(sum(entries), 0)::int as entries from ledger.tally where org_id = $1',
            [org],
        );
        expect(tallied.rows[0].entries).toBe(rows.length - (rows.length % 256));
        expect(tallied.rows[0].entries).toBeGreaterThan(0);
        await system.expectSound();
    });
});

describe('a change is covered', () => {
    const department = (orgId: Id, commandId: Id) =>
        app.query(
            `insert into liuhen.department (id, org_id, version, command_id, name) values (gen_random_uuid(), $1, 1, $2, 'x')`,
            [orgId, commandId],
        );
    const scope = (orgId: Id) =>
        app.query(`select set_config('liuhen.orgs', '${orgId}', true), set_config('liuhen.org', '${orgId}', true)`);
    const commandOfHead = async () =>
        (await system.superPool.query('select command_id from ledger.head where org_id = $1', [org])).rows[0].command_id;

    it('by an entry of its own command in this transaction, not by an earlier one', async () => {
        const earlier = await commandOfHead();
        expect(earlier).not.toBeNull();
        expect(await codeOf(() => scope(org).then(() => department(org, earlier)))).toBe('LH006');
        const byAnother = async () => {
            await scope(org);
            await department(org, system.services.clock.newId());
            await append();
        };
        expect(await codeOf(byAnother)).toBe('LH006');
    });

    it('by the log of its own organisation, not by that of another', async () => {
        const other = (await buildOrganisation(system.services)).id;
        const covered = async (row: Id) => {
            const command = system.services.clock.newId();
            await scope(row);
            await department(row, command);
            await append({}, command);
        };
        expect(await codeOf(() => covered(other))).toBe('LH006');
        expect(await codeOf(() => covered(org))).toBeUndefined();
    });
});
