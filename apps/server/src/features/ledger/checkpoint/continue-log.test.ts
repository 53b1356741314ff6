import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Id, MINUTE, parseCanonical, parseCheckpoint, parseNote } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPerson } from '../../../testing/builders.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { continueLog, logsToContinue, refuseOlderDatabase } from './continue-log.ts';
import { LogKeys } from './log-keys.ts';
import { growthOf } from './proof.queries.ts';
import { SignedState } from './signed-state.ts';
import { checkpointerOf } from './start-checkpoints.ts';

let system: FeatureSystem;
let org: TestOrganisation;
let signed: SignedState;
let keys: LogKeys;

beforeAll(async () => {
    system = await featureSystem();
    org = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    const { keyFolder } = system.services.installation;
    signed = new SignedState(keyFolder);
    keys = new LogKeys(system.services, { keyFolder, base: '', token: undefined });
});
afterAll(() => system.close());

const LOG_TABLES = ['entry', 'head', 'body', 'object', 'tally', 'tree_node', 'checkpoint', 'log_key'];
/** Tables of facts that the people below write. */
const STATE_TABLES = ['person', 'account', 'role_grant'];

/** A database superuser, as whoever restores a backup is one. */
async function asSuperuser(statements: string): Promise<void> {
    await system.superPool.query(`begin; set local session_replication_role = replica; ${statements}; commit`);
}
const tables = () => [...LOG_TABLES.map((name) => `ledger.${name}`), ...STATE_TABLES.map((name) => `liuhen.${name}`)];
const asideOf = (table: string) => `public.${table.replace('.', '_')}_backup`;
const backUp = () =>
    asSuperuser(
        tables()
            .map((table) => `create table ${asideOf(table)} as select * from ${table} where org_id = '${org.id}'`)
            .join(';'),
    );
const restore = () =>
    asSuperuser(
        tables()
            .map(
                (table) =>
                    `delete from ${table} where org_id = '${org.id}'; insert into ${table} select * from ${asideOf(table)}`,
            )
            .join(';'),
    );

type Row = { size: string; note: Buffer };
const checkpoints = async (): Promise<{ size: number; origin: string }[]> => {
    const { rows } = await system.superPool.query<Row>(
        `select size, note from ledger.checkpoint where org_id = $1 and hash = 'sha256' order by size`,
        [org.id],
    );
    return rows.map(({ size, note }) => ({ size: Number(size), origin: parseCheckpoint(parseNote(note).text).origin }));
};
const addPeople = async (count: number) => {
    for (let at = 0; at < count; at++) await buildPerson(system.services, org, { name: `周${at}（虚构）` });
};
const sign = () => checkpointerOf(system.services).sign(org.id);
const continued = async (id: Id) => {
    const { rows } = await system.superPool.query<{ body: Buffer }>(
        `select b.body from ledger.entry e join ledger.body b using (org_id, idx) where e.org_id = $1 and e.kind = 'log.continued'`,
        [id],
    );
    return rows.map(({ body }) => parseCanonical(body) as unknown as Record<string, string>);
};

describe('a database that was put back to an earlier state', () => {
    let last: { size: number; origin: string } | undefined;

    it('does not start', async () => {
        await addPeople(2);
        await sign();
        await refuseOlderDatabase(system.services, signed);
        await backUp();
        await addPeople(3);
        await sign();
        last = (await checkpoints()).at(-1);
        await restore();
        const behind = await logsToContinue(system.services, signed);
        expect(behind.map((each) => [each.orgId, Number(each.signed)])).toEqual([[org.id, last?.size]]);
        await expect(refuseOlderDatabase(system.services, signed)).rejects.toMatchObject({
            code: 'installation.databaseOlder',
            params: { signed: String(last?.size) },
        });
    });

    it('goes on under a new name, and the log says what was signed before and why', async () => {
        const origin = await continueLog(system.services, { keys, signed }, org.id, '磁盘损坏，恢复昨日备份');
        expect(origin).toBe(`${last?.origin}~2`);
        await refuseOlderDatabase(system.services, signed);
        expect(await logsToContinue(system.services, signed)).toEqual([]);
        const [said, ...more] = await continued(org.id);
        expect(more).toEqual([]);
        expect(said).toMatchObject({
            from: last?.origin,
            to: origin,
            signed: String(last?.size),
            reason: '磁盘损坏，恢复昨日备份',
        });
        expect(parseCheckpoint(parseNote(Buffer.from(said?.note ?? '')).text).size).toBe(BigInt(last?.size ?? 0));
        await sign();
        expect((await checkpoints()).at(-1)?.origin).toBe(origin);
        // The old name and the new cannot be compared with one another.
        const [before, after] = [(await checkpoints()).at(0), (await checkpoints()).at(-1)];
        const asked = { head: 'sha256', from: BigInt(before?.size ?? 0), to: BigInt(after?.size ?? 0) } as const;
        await expect(system.services.db.read({ readOrgs: [org.id] }, (db) => growthOf(db, org.id, asked))).rejects.toMatchObject({
            code: 'ledger.checkpointOtherName',
            params: { from: last?.origin, to: origin },
        });
        // What was signed before is kept beside.
        const files = await readdir(join(system.services.installation.keyFolder, 'signed'));
        expect(files).toContain(`${org.id}-sha256.until-${last?.size}.json`);
        await system.expectSound();
    });

    it('a second time gets a third name', async () => {
        await asSuperuser(
            tables()
                .map((table) => `drop table ${asideOf(table)}`)
                .join(';'),
        );
        await backUp();
        await addPeople(4);
        await sign();
        await restore();
        // Grown past what was signed before anybody looked: other entries stand where those were.
        await addPeople(9);
        await sign();
        expect((await logsToContinue(system.services, signed)).map(({ orgId }) => orgId)).toEqual([org.id]);
        const origin = await continueLog(system.services, { keys, signed }, org.id, '再次恢复');
        expect(origin).toBe(`${last?.origin}~3`);
        await sign();
        expect((await checkpoints()).at(-1)?.origin).toBe(origin);
        expect(await logsToContinue(system.services, signed)).toEqual([]);
        await system.expectSound();
    });
});

describe('a key that is lost within its year', () => {
    it('lets the log go on under a new name and key, with an entry that holds what the old one signed last', async () => {
        const { clock, installation } = system.services;
        const jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
        const signer = checkpointerOf(system.services);
        const notesOf = async () =>
            (
                await system.superPool.query<Row>(
                    "select size, note from ledger.checkpoint where org_id = $1 and hash = 'sha256' order by size",
                    [jingan.id],
                )
            ).rows.map(({ note }) => note);
        await signer.sign(jingan.id);
        const [last, ...more] = await notesOf();
        expect(more).toEqual([]);
        const folder = join(installation.keyFolder, 'log');
        for (const file of await readdir(folder)) if (file.startsWith(jingan.id)) await rm(join(folder, file));
        await buildPerson(system.services, jingan, { name: '钱七（虚构）' });
        await signer.sign(jingan.id);
        // It may be on another node.
        expect(await logsToContinue(system.services, signed)).toEqual([]);
        clock.advance(11 * MINUTE);
        await signer.sign(jingan.id);
        expect(await logsToContinue(system.services, signed)).toMatchObject([{ orgId: jingan.id, why: 'keyLost' }]);
        const old = parseCheckpoint(parseNote(last ?? Buffer.of()).text).origin;
        const origin = await continueLog(system.services, { keys, signed }, jingan.id, '密钥文件所在磁盘损坏');
        expect(origin).toBe(`${old}~2`);
        expect(await continued(jingan.id)).toMatchObject([
            { from: old, to: origin, note: last?.toString(), reason: '密钥文件所在磁盘损坏' },
        ]);
        await signer.sign(jingan.id);
        expect(await logsToContinue(system.services, signed)).toEqual([]);
        const text = (await notesOf()).at(-1)?.toString() ?? '';
        expect(text.startsWith(`${origin}\n`)).toBe(true);
        await system.expectSound();
    });
});
