import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatPolicy, formatVerifierKey, MINUTE, originHash, type PolicyWitness, parseVerifierKey } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWitnessProcess, type WitnessProcess, writeLogs } from '../../../../../witness/src/testing/witness-process.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { fillLog } from '../../../testing/fill-log.ts';
import { logSize } from './checkpoint.queries.ts';
import { compareWithMirror, mirrorSource } from './compare-mirror.ts';
import type { HandingOver } from './handing-over.ts';
import { mirroringOf } from './mirroring.ts';
import { checkpointerOf } from './start-checkpoints.ts';
import { currentOrigin, lastCosigned, witnessTroubles } from './witness.queries.ts';

let system: FeatureSystem;
let folder: string;
let witness: WitnessProcess;
let mirror: PolicyWitness;
let org: TestOrganisation;
let origin: string;
let pusher: HandingOver;

beforeAll(async () => {
    system = await featureSystem();
    folder = await mkdtemp(join(tmpdir(), 'liuhen-mirroring-'));
    org = await addOrganisation(system, '310117', '松江区监督所');
    await checkpointerOf(system.services).sign(org.id);
    const { rows } = await system.superPool.query('select verifier from ledger.log_key where org_id = $1', [org.id]);
    await writeLogs(
        folder,
        rows.map((row) => parseVerifierKey(nodeDigest.sha256, row.verifier)),
    );
    witness = await startWitnessProcess(folder, { mirror: true });
    const key = parseVerifierKey(nodeDigest.sha256, (await readFile(join(folder, 'witness', 'mirror.vkey'), 'utf8')).trim());
    mirror = { name: 'city', key, url: witness.url };
    const mirrorFile = join(folder, 'mirrors.txt');
    await writeFile(
        mirrorFile,
        formatPolicy(nodeDigest.sha256, { logs: [], witnesses: [mirror], groups: [], quorum: undefined }),
    );
    Object.assign(system.services.config, { mirrorFile });
    pusher = mirroringOf(system.services);
    origin = (await system.services.db.read({ readOrgs: [org.id] }, (db) => currentOrigin(db, org.id, 'sha256'))) ?? '';
});
afterAll(async () => {
    await witness?.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    await system.close();
});

async function fill(count: number): Promise<void> {
    await fillLog(system, org, count);
    await checkpointerOf(system.services).sign(org.id);
}

const size = () => system.services.db.read({ readOrgs: [org.id] }, (db) => logSize(db, org.id));
const mirrored = async () =>
    (
        await system.services.db.read({ readOrgs: [org.id] }, (db) =>
            lastCosigned(db, org.id, 'sha256', formatVerifierKey(mirror.key)),
        )
    )?.size;
const troubles = async () =>
    (await system.services.db.read({ readOrgs: [org.id] }, (db) => witnessTroubles(db, org.id))).map(({ code }) => code);
const compared = () => compareWithMirror(system.services, mirrorSource(mirror), { orgId: org.id, origin });
const tamper = (sql: string) => system.superPool.query(`begin; set local session_replication_role = replica; ${sql}; commit`);
const where = (index: number) => `where org_id = '${org.id}' and idx = ${index}`;

describe('a mirror', () => {
    it('gets every entry, says so, and has what the database has', async () => {
        await fill(700);
        await pusher.look();
        expect(await troubles()).toEqual([]);
        expect(await mirrored()).toBe(Number(await size()));
        expect(await compared()).toEqual({ kind: 'compared', size: await size(), count: 0, differences: [] });
        await fill(1);
        await pusher.look();
        expect(await compared()).toMatchObject({ size: await size(), count: 0 });
        await system.expectSound();
    });

    it('that was away gets what it missed', async () => {
        await witness.stop('SIGKILL');
        await fill(300);
        await pusher.look();
        expect(await troubles()).toEqual(['witness.unreachable']);
        expect(await compared()).toEqual({ kind: 'nothing' });
        witness = await startWitnessProcess(folder, { mirror: true, port: Number(new URL(mirror.url ?? '').port) });
        system.services.clock.advance(11 * MINUTE);
        await pusher.look();
        expect(await troubles()).toEqual([]);
        expect(await compared()).toMatchObject({ size: await size(), count: 0 });
        await system.expectSound();
    });

    it('proves which entry the database lost or changed, whatever else was made to fit', async () => {
        await tamper(`create table public.aside as select * from ledger.entry ${where(400)} or ${where(5).slice(6)}`);
        await tamper(`update ledger.entry set entry = overlay(entry placing '\\x2020'::bytea from 20) ${where(5)}`);
        await tamper(`update ledger.entry set leaf = sha256('\\x00'::bytea || entry) ${where(5)}`);
        await tamper(`delete from ledger.entry ${where(400)}`);
        expect(await compared()).toEqual({
            kind: 'compared',
            size: await size(),
            count: 2,
            differences: [
                { index: 5n, what: 'changed' },
                { index: 400n, what: 'missing' },
            ],
        });
        await tamper(`delete from ledger.entry ${where(5)}; insert into ledger.entry select * from public.aside`);
        expect(await compared()).toMatchObject({ count: 0 });
        await system.expectSound();
    });

    it('refuses entries that are not those that were signed, and the log says so', async () => {
        const at = Number(await size());
        await fill(3);
        await tamper(`create table public.aside2 as select * from ledger.entry ${where(at + 1)}`);
        await tamper(`update ledger.entry set entry = overlay(entry placing '\\x2020'::bytea from 20) ${where(at + 1)}`);
        await pusher.look();
        expect(await troubles()).toEqual(['log.entriesDiffer']);
        await tamper(`delete from ledger.entry ${where(at + 1)}`);
        system.services.clock.advance(11 * MINUTE);
        await pusher.look();
        expect(await troubles()).toEqual(['log.entriesDiffer']);
        await tamper('insert into ledger.entry select * from public.aside2');
        system.services.clock.advance(21 * MINUTE);
        await pusher.look();
        expect(await troubles()).toEqual([]);
        expect(await compared()).toMatchObject({ size: await size(), count: 0 });
        await system.expectSound();
    });

    it('whose own copy was changed proves nothing against the database', async () => {
        const file = join(folder, 'witness', 'mirror', originHash(nodeDigest.sha256, origin), 'entries', '001');
        const bytes = await readFile(file);
        const changed = Buffer.from(bytes);
        changed[100] = (changed[100] ?? 0) ^ 1;
        await writeFile(file, changed);
        expect(await compared()).toEqual({ kind: 'mirrorDamaged', size: await size() });
        await writeFile(file, bytes.subarray(0, 1_000));
        expect(await compared()).toEqual({ kind: 'mirrorDamaged', size: await size() });
        await writeFile(file, bytes);
        expect(await compared()).toMatchObject({ count: 0 });
        const other = { ...mirror, key: witness.key };
        expect(await compareWithMirror(system.services, mirrorSource(other), { orgId: org.id, origin })).toEqual({
            kind: 'nothing',
        });
    });
});
