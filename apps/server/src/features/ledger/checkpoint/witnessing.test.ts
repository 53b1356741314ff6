import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatPolicy, type Id, MINUTE, merkleLeaf, parsePolicy, parseVerifierKey, verifyTlogProof } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifierDigest } from '../../../../../verify/src/digest.ts';
import { verifyWithKey } from '../../../../../verify/src/verify-with-key.ts';
import { startWitnessProcess, type WitnessProcess, writeLogs } from '../../../../../witness/src/testing/witness-process.ts';
import { nodeDigest } from '../../../platform/digest.ts';
import { readWitnesses } from '../../../platform/witnesses.ts';
import { addOrganisation, type FeatureSystem, featureSystem, type TestOrganisation } from '../../../testing/feature-system.ts';
import { fillLog } from '../../../testing/fill-log.ts';
import { listCheckpoints } from './checkpoint-list.queries.ts';
import { continueLog } from './continue-log.ts';
import type { HandingOver } from './handing-over.ts';
import { LogKeys } from './log-keys.ts';
import { policyFile } from './policy.queries.ts';
import { proofOf } from './proof.queries.ts';
import { SignedState } from './signed-state.ts';
import { checkpointerOf } from './start-checkpoints.ts';
import { refuseWitnessedMore, witnessingOf } from './witnessing.ts';

let system: FeatureSystem;
let folder: string;
let witness: WitnessProcess;
let port: number;
let org: TestOrganisation;
let pusher: HandingOver;

/** A port that is free now; the witness comes back at the same address. */
const freePort = (): Promise<number> =>
    new Promise((resolve) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const address = server.address();
            server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
        });
    });

beforeAll(async () => {
    system = await featureSystem();
    folder = await mkdtemp(join(tmpdir(), 'liuhen-witnessing-'));
    port = await freePort();
    org = await addOrganisation(system, '310115', '浦东新区监督所');
    await checkpointerOf(system.services).sign(org.id);
    await writeKeys();
    witness = await startWitnessProcess(folder, { port });
    const witnessFile = join(folder, 'witnesses.txt');
    const witnesses = [{ name: 'city', key: witness.key, url: witness.url }];
    await writeFile(witnessFile, formatPolicy(nodeDigest.sha256, { logs: [], witnesses, groups: [], quorum: 'city' }));
    Object.assign(system.services.config, { witnessFile });
    pusher = witnessingOf(system.services);
});
afterAll(async () => {
    await witness?.stop('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    await system.close();
});

/** What the log hands out, given to the witness. */
async function writeKeys(): Promise<void> {
    const { rows } = await system.superPool.query('select verifier from ledger.log_key where org_id = $1', [org.id]);
    await writeLogs(
        folder,
        rows.map((row) => parseVerifierKey(nodeDigest.sha256, row.verifier)),
    );
}

async function fill(count: number): Promise<void> {
    await fillLog(system, org, count);
    await checkpointerOf(system.services).sign(org.id);
}

const read = async () => {
    const witnesses = await readWitnesses(system.services.config);
    return system.services.db.read({ readOrgs: [org.id] }, (db) => listCheckpoints(db, org.id, { limit: 50 }, witnesses));
};
const standing = async () => {
    const [one] = (await read()).standing.witnesses;
    if (one === undefined) throw new Error('no witness');
    return one;
};
const cosigned = async (head = 'sha256') =>
    (await read()).items.filter((each) => each.head === head && each.witnesses.length > 0).map(({ size }) => Number(size));
const size = async () => Number((await read()).standing.size);
const forgotten = async () => {
    const { rows } = await system.superPool.query(
        `select b.body from ledger.entry e join ledger.body b using (org_id, idx) where e.org_id = $1 and e.kind = 'witness.forgot' order by idx`,
        [org.id],
    );
    return rows.map(({ body }) => JSON.parse(body));
};
const tamper = (sql: string) => system.superPool.query(`begin; set local session_replication_role = replica; ${sql}; commit`);

describe('checkpoints that are handed to a witness', () => {
    it('come back cosigned, of both heads, and make proofs that reach the quorum of the policy', async () => {
        expect(await standing()).toMatchObject({ size: null, at: null, trouble: null });
        await pusher.look();
        const at = await size();
        expect([await cosigned(), await cosigned('sm3')]).toEqual([[at], [at]]);
        expect(await standing()).toMatchObject({ name: witness.key.name, size: String(at), trouble: null });
        for (const head of ['sha256', 'sm3'] as const) {
            const { entry, proof, policy } = await system.services.db.read({ readOrgs: [org.id] }, async (db) => ({
                entry: await db
                    .selectFrom('ledger.entry')
                    .select('entry')
                    .where('org_id', '=', org.id)
                    .where('idx', '=', 1)
                    .executeTakeFirstOrThrow(),
                proof: await proofOf(db, org.id, { index: 1n, head }),
                policy: await policyFile(db, org.id, await readWitnesses(system.services.config)),
            }));
            const verdict = await verifyTlogProof(proof.bytes, {
                policy: parsePolicy(verifierDigest.sha256, policy),
                leaf: merkleLeaf(verifierDigest[head], entry.entry),
                hash: (origin) => verifierDigest[origin.endsWith('/sm') ? 'sm3' : 'sha256'],
                verify: verifyWithKey,
            });
            expect(verdict.quorum).toBe(true);
            expect(verdict.witnesses[0]?.times).toHaveLength(1);
        }
        await system.expectSound();
    });

    // Case 35 of the fault list.
    it('wait for a witness that is away, which catches up by one proof, and signing never waits for it', async () => {
        await witness.stop('SIGKILL');
        const before = await cosigned();
        for (let day = 0; day < 7; day++) {
            await fill(3);
            await pusher.look();
            system.services.clock.advance(24 * 60 * MINUTE);
        }
        const { standing: now } = await read();
        expect(now.signed).toBe(now.size);
        expect(await standing()).toMatchObject({ trouble: { code: 'witness.unreachable' } });
        expect(await cosigned()).toEqual(before);
        witness = await startWitnessProcess(folder, { port });
        await pusher.look();
        expect(await cosigned()).toEqual([await size(), ...before]);
        expect(await standing()).toMatchObject({ size: now.size, trouble: null });
    });

    it('whose answer was lost are asked for again from where the witness stands', async () => {
        await witness.stop('SIGKILL');
        await fill(2);
        witness = await startWitnessProcess(folder, { port, failpoint: 'witness.kept:kill' });
        await pusher.look();
        expect(await witness.ended).toBe('SIGKILL');
        expect(await standing()).toMatchObject({ trouble: { code: 'witness.unreachable' } });
        witness = await startWitnessProcess(folder, { port });
        system.services.clock.advance(11 * MINUTE);
        await pusher.look();
        expect(await standing()).toMatchObject({ size: String(await size()), trouble: null });
    });

    it('name a witness that lost its memory, as an entry and at its row, and are signed and cosigned further', async () => {
        await witness.stop('SIGKILL');
        await rename(join(folder, 'witness'), join(folder, 'aside'));
        // Its key is kept elsewhere; what it has seen is gone.
        await cp(join(folder, 'aside'), join(folder, 'witness'), { recursive: true });
        await rm(join(folder, 'witness', 'logs'), { recursive: true });
        expect((await standing()).lapse).toBeNull();
        const had = await size();
        await fill(2);
        witness = await startWitnessProcess(folder, { port });
        await pusher.look();
        // The entries that say so come after what was cosigned.
        expect(await standing()).toMatchObject({
            ...{ size: String((await size()) - 2), trouble: null },
            lapse: { had: String(had), answered: '0', times: 1 },
        });
        expect(await forgotten()).toMatchObject([
            { had: String(had), answered: '0', head: 'sha256' },
            { had: String(had), answered: '0', head: 'sm3' },
        ]);
        await checkpointerOf(system.services).sign(org.id);
        await pusher.look();
        expect((await read()).standing).toMatchObject({ alarm: null, signed: String(await size()) });
        expect(await standing()).toMatchObject({ size: String(await size()), trouble: null, lapse: { times: 1 } });

        // Put back to a copy of before, within the same day: counted, and no other entry.
        await witness.stop('SIGKILL');
        await rm(join(folder, 'witness'), { recursive: true });
        await rename(join(folder, 'aside'), join(folder, 'witness'));
        await fill(1);
        const before = await standing();
        witness = await startWitnessProcess(folder, { port });
        await pusher.look();
        expect((await standing()).lapse).toMatchObject({ had: before.size, answered: String(had), times: 2 });
        expect(await forgotten()).toHaveLength(2);
        expect(await standing()).toMatchObject({ size: String(await size()), trouble: null });
        await system.expectSound();
    });

    it('are named when what is kept of a witness is not what it signed', async () => {
        const at = await size();
        const where = `where org_id = '${org.id}' and hash = 'sha256' and size = ${at}`;
        await tamper(`update ledger.cosignature set signature = set_byte(signature, 20, get_byte(signature, 20) # 1) ${where}`);
        const { findings } = await system.verify();
        expect(findings).toMatchObject([{ code: 'log.cosignature', params: { size: String(at), head: 'sha256' } }]);
        await tamper(`update ledger.cosignature set signature = set_byte(signature, 20, get_byte(signature, 20) # 1) ${where}`);
        await system.expectSound();
    });
});

const TABLES = ['entry', 'head', 'body', 'object', 'tally', 'tree_node', 'checkpoint', 'cosignature'];
const copyAside = () =>
    TABLES.map((table) => `create table public.${table}_aside as select * from ledger.${table} where org_id = '${org.id}'`).join(
        ';',
    );
const putBack = () =>
    TABLES.toReversed()
        .map((table) => `delete from ledger.${table} where org_id = '${org.id}'`)
        .concat(TABLES.map((table) => `insert into ledger.${table} select * from public.${table}_aside`))
        .join(';');

describe('a witness that has seen more than there is', () => {
    // Case 21 of the fault list, where the signer's own memory was put back as well.
    it('keeps the server from starting and the log from being signed, until it goes on under another name', async () => {
        const { services } = system;
        const { keyFolder } = services.installation;
        const signed = new SignedState(keyFolder);
        const own = { sha256: await signed.read(org.id, 'sha256'), sm3: await signed.read(org.id, 'sm3') };
        await tamper(copyAside());
        await fill(4);
        await pusher.look();
        const witnessed = await size();
        await tamper(putBack());
        for (const head of ['sha256', 'sm3'] as const) {
            const before = own[head];
            if (before !== undefined) await signed.write(org.id, head, before);
        }
        await expect(refuseWitnessedMore(services)).rejects.toMatchObject({
            code: 'installation.witnessAhead',
            params: { witnessed: String(witnessed), size: String(witnessed - 4) },
        });
        await fill(1);
        expect((await read()).standing).toMatchObject({
            signed: String(witnessed - 4),
            alarm: { code: 'checkpoint.witnessAhead', params: { witnessed: String(witnessed) } },
            witnesses: [{ trouble: { code: 'witness.ahead' } }],
        });

        const keys = new LogKeys(services, {
            keyFolder,
            base: `liuhen.invalid/${services.installation.storeId}`,
            token: undefined,
        });
        const origin = await continueLog(services, { keys, signed }, org.id as Id, '备份恢复');
        expect(origin).toMatch(/~2$/);
        await refuseWitnessedMore(services);
        await checkpointerOf(services).sign(org.id);
        expect((await read()).standing).toMatchObject({ alarm: null, signed: String(await size()) });
        // The witness is to be told of the new name; until then it says so, and nothing stands still.
        await pusher.look();
        expect(await standing()).toMatchObject({ trouble: { code: 'witness.unknownLog' } });
        await writeKeys();
        witness.process.kill('SIGHUP');
        await witness.said('已重新读取');
        services.clock.advance(11 * MINUTE);
        await pusher.look();
        expect(await standing()).toMatchObject({ size: String(await size()), trouble: null });
    });
});
