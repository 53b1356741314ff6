import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liuhen } from '../cli/run.fixture.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { attemptParty, newAttempt } from './writers.ts';

let system: FaultSystem;
beforeAll(async () => {
    system = await faultSystem('checkpoint');
}, 120_000);
afterAll(() => system?.close());

/** Signs every second: the tests wait for it. */
const SIGNING = { env: { LIUHEN_CHECKPOINT_SECONDS: '1' } };

async function addParties(count: number): Promise<void> {
    for (let at = 0; at < count; at++) expect(await attemptParty(system.officer(), newAttempt())).toBe(true);
}

type Signed = { size: string; note: string };
const signedFile = () => join(system.dataFolder, 'keys', 'signed', `${system.institute.organisationId}-sha256.json`);
const signed = async (): Promise<Signed> => JSON.parse(await readFile(signedFile(), 'utf8'));

const checkpoints = () => system.officer().call('ledger.checkpoints', { query: { limit: 200 } });

/** Until everything that the log has is signed, and published. */
async function untilSigned(): Promise<number> {
    for (;;) {
        const { standing } = await checkpoints();
        if (standing.signed === standing.size) return Number(standing.signed);
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
}

const codes = async (): Promise<string[]> => (await system.verify()).findings.map(({ code }) => code);

describe('the signer', () => {
    // Cases 5 and 21 of the fault list.
    it('killed between signing and publishing publishes the same checkpoint afterwards', async () => {
        await system.start(SIGNING);
        await addParties(2);
        await untilSigned();
        const server = await system.start({ ...SIGNING, failpoint: 'checkpoint.signed:kill' });
        await addParties(1);
        expect(await server.ended).toBe('SIGKILL');
        const before = await signed();
        await system.start(SIGNING);
        await addParties(1);
        await untilSigned();
        const { items } = await checkpoints();
        const [again, ...others] = items.filter((each) => each.head === 'sha256' && each.size === before.size);
        expect(others).toEqual([]);
        expect(again?.note).toBe(Buffer.from(before.note, 'base64').toString());
        await system.expectSound();
    }, 120_000);

    it('has its own note of what it signed compared with the log: another root is named, and a note that cannot be read', async () => {
        await system.start(SIGNING);
        await addParties(1);
        await untilSigned();
        await system.server().stop();
        await system.expectSound();
        const folder = join(system.dataFolder, 'keys/signed');
        for (const head of ['sha256', 'sm3']) {
            const file = join(folder, `${system.institute.organisationId}-${head}.json`);
            const text = await readFile(file, 'utf8');
            const note = JSON.parse(text) as { root: string };
            const root = Buffer.from(note.root, 'base64');
            root[7] = (root[7] as number) ^ 1;
            await writeFile(file, JSON.stringify({ ...note, root: root.toString('base64') }));
            expect(await codes()).toEqual(['log.signedDiffers']);
            await writeFile(file, text.slice(0, 30));
            const torn = await system.verify();
            expect([torn.findings, torn.gaps]).toEqual([
                [],
                [{ code: 'gap.signedUnreadable', params: { file: `${system.institute.organisationId}-${head}.json` } }],
            ]);
            await writeFile(file, text);
        }
        await system.expectSound();
    }, 180_000);

    it('keeps a server from starting on an older copy of the database until somebody has given the reason', async () => {
        const postgres = join(system.dataFolder, 'postgres');
        const backup = join(system.dataFolder, 'backup');
        await system.start(SIGNING);
        await untilSigned();
        await system.server().stop();
        await copyFolder(postgres, backup);
        await system.start(SIGNING);
        await addParties(5);
        const size = await untilSigned();
        await system.server().stop();
        await rm(postgres, { recursive: true });
        await copyFolder(backup, postgres);

        expect(await codes()).toContain('log.signedAhead');
        await expect(system.start(SIGNING)).rejects.toThrow(`${size} log entries were signed before`);
        const asked = await liuhen(['continue-log', '--data', system.dataFolder]);
        expect(asked).toMatchObject({ code: 1 });
        expect(asked.out).toContain(`${size} entries were signed`);
        await expect(system.start(SIGNING)).rejects.toThrow('continue-log');

        const told = await liuhen(['continue-log', '--data', system.dataFolder, '--reason', 'the newest copy is lost']);
        expect(told).toMatchObject({ code: 0, err: '' });
        expect(told.out).toContain('~2');
        await system.start(SIGNING);
        await addParties(1);
        await untilSigned();
        const { items } = await checkpoints();
        expect(items[0]?.note).toContain('~2\n');
        await system.expectSound();
        expect(await liuhen(['continue-log', '--data', system.dataFolder])).toMatchObject({ code: 0 });
    }, 180_000);
});

/** With its owners: the database runs as a user of its own where the server runs as root. */
const copyFolder = (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to]);
