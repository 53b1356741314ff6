import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CONSISTENCY_PATH, POLICY_PATH } from '@liuhen/contract';
import { HEAD_HASHES, type HeadHash, merkleLeaf, type Policy, parsePolicy, verifyGrowth, verifyTlogProof } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifierDigest } from '../../../verify/src/digest.ts';
import { verifyWithKey } from '../../../verify/src/verify-with-key.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectKept, stored } from './oracle.ts';
import { type Attempt, attemptParty, newAttempt } from './writers.ts';

const SECONDS = Number(process.env.LIUHEN_HEAVY_SECONDS ?? 600);
const WRITERS = 50;
const READERS = 20;
/** Of what a reader verifies, every fifth is that the log only grew. */
const GROWTH = 5;

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('proofs');
}, 120_000);
afterAll(() => system?.close());

type Verified = { entries: number; growths: number };

async function bytesOf(path: string): Promise<Uint8Array> {
    const officer = system.officer();
    const answer = await fetch(officer.url + path, { headers: { cookie: officer.cookie ?? '' } });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${Buffer.from(bytes).toString('utf8')}`);
    return bytes;
}

const hashOf = (origin: string) => verifierDigest[origin.endsWith('/sm') ? 'sm3' : 'sha256'];
const checkpointsOf = (head: HeadHash) => system.officer().call('ledger.checkpoints', { query: { head, limit: 50 } });

/** Verifies as a stranger would, with what was fetched and nothing else. Throws what does not verify. */
async function verifyOne(policy: Policy, turn: number, verified: Verified): Promise<void> {
    const head = HEAD_HASHES[turn % HEAD_HASHES.length] ?? 'sha256';
    const { items } = await checkpointsOf(head);
    const [newer, older] = [
        items[randomInt(Math.max(1, items.length >> 1))],
        items[items.length - 1 - randomInt(Math.max(1, items.length >> 1))],
    ];
    if (newer === undefined || older === undefined) return;
    const tools = { policy, hash: hashOf, verify: verifyWithKey };
    if (turn % GROWTH === 0) {
        const proof = await bytesOf(`${CONSISTENCY_PATH}?head=${head}&from=${older.size}&to=${newer.size}`);
        const grown = await verifyGrowth({ older: Buffer.from(older.note), proof }, tools);
        expect([grown.older.checkpoint.size, grown.newer.checkpoint.size]).toEqual([BigInt(older.size), BigInt(newer.size)]);
        verified.growths++;
        return;
    }
    const index = String(randomInt(Number(newer.size)));
    const { entry } = await system.officer().call('ledger.get', { params: { index } });
    const proof = await bytesOf(`/api/ledger/${index}/proof?head=${head}&size=${newer.size}`);
    const verdict = await verifyTlogProof(proof, { ...tools, leaf: merkleLeaf(verifierDigest[head], Buffer.from(entry)) });
    expect({ index: verdict.index, size: verdict.checkpoint.size }).toEqual({ index: BigInt(index), size: BigInt(newer.size) });
    verified.entries++;
}

it(`${WRITERS} writers and ${READERS} who verify for ${SECONDS} s: no proof fails`, async () => {
    const before = await stored(system);
    await system.start({ env: { LIUHEN_CHECKPOINT_SECONDS: '1' } });
    await expect.poll(async () => (await checkpointsOf('sm3')).items.length, { timeout: 30_000 }).toBeGreaterThan(0);
    const policy = parsePolicy(verifierDigest.sha256, await bytesOf(POLICY_PATH));
    const end = performance.now() + SECONDS * 1_000;
    const over = () => performance.now() > end;
    const attempts: Attempt[] = [];
    const verified: Verified = { entries: 0, growths: 0 };
    const writer = async () => {
        while (!over()) {
            const attempt = newAttempt();
            attempts.push(attempt);
            while (!(await attemptParty(system.officer(), attempt))) await sleep(20);
        }
    };
    const reader = async (_: unknown, number: number) => {
        for (let turn = number; !over(); turn++) await verifyOne(policy, turn, verified);
    };
    await Promise.all([...Array.from({ length: WRITERS }, writer), ...Array.from({ length: READERS }, reader)]);

    expect(verified.entries).toBeGreaterThan(READERS);
    expect(verified.growths).toBeGreaterThan(0);
    expect(attempts.flatMap(({ failures }) => failures)).toEqual([]);
    await expectKept(system, attempts, before);
    const { logs } = await system.expectSound();
    const entries = logs.reduce((sum, log) => sum + log.size, 0n);
    console.log(
        `proofs: ${attempts.length} commands, ${verified.entries} entries and ${verified.growths} times growth verified in ${SECONDS} s, none failed; ${entries} entries verified afterwards`,
    );
});
