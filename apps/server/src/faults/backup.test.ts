import { randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseCheckpoint, parseNote, utf8Bytes } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupNames } from '../backup/manifest.ts';
import { liuhen } from '../cli/run.fixture.ts';
import { sha256 } from '../platform/uploads/testing/fixture.ts';
import { remote } from '../testing/remote.ts';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { expectSealed, SignedInUploader } from './uploader.ts';
import { type Attempt, attemptParty, newAttempt, writeUntilFailure } from './writers.ts';

const SIGNING = { env: { LIUHEN_CHECKPOINT_SECONDS: '1' } };
const MIB = 1 << 20;

let system: FaultSystem;
let backups: string;
let restored: string;
let back: ServerProcess | undefined;
beforeAll(async () => {
    system = await faultSystem('backup');
    backups = join(dirname(system.dataFolder), 'backups');
    restored = join(dirname(system.dataFolder), 'restored');
}, 120_000);
afterAll(async () => {
    await back?.stop();
    await system?.close();
});

const backup = (...more: string[]) => liuhen(['backup', '--data', system.dataFolder, '--to', backups, ...more]);
const restore = (to: string, ...more: string[]) =>
    liuhen(['restore', '--from', backups, '--data', to, '--reason', '演练', ...more]);
const names = () => backupNames(join(backups, 'backups'));

/** Until the signer has signed something. */
async function untilSigned(): Promise<void> {
    await expect
        .poll(async () => (await system.officer().call('ledger.checkpoints', { query: { limit: 1 } })).standing.signed, {
            timeout: 20_000,
        })
        .not.toBe('0');
}

/** What the restored installation names by the same command ids. */
async function expectParties(officer: ReturnType<typeof remote>, attempts: readonly Attempt[]): Promise<void> {
    for (const { name, acknowledged } of attempts) {
        const { items } = await officer.call('party.list', { query: { q: name, limit: 10 } });
        expect(items.map(({ id }) => id)).toEqual([acknowledged]);
    }
}

describe('a backup', () => {
    const bytes = randomBytes(6 * MIB + 11);
    const begun: Attempt[] = [];
    let recording = '';
    let unfinished = '';

    // Case 40 of the fault list, and the restored backup of case 21.
    it('made while people work is an installation again, on a machine that has nothing else', async () => {
        await system.start(SIGNING);
        const client = new SignedInUploader(system.officer());
        const path = await client.create(bytes.length, { filename: 'kept.mp4', sha256: sha256(bytes) });
        await client.patch(path, 0, bytes);
        recording = await client.recording(path);
        await expectSealed(client.officer, recording, bytes);
        unfinished = await client.create(bytes.length, { filename: 'unfinished.mp4' });
        await client.patch(unfinished, 0, bytes.subarray(0, MIB));
        for (let count = 0; count < 5; count++) {
            const attempt = newAttempt();
            expect(await attemptParty(system.officer(), attempt)).toBe(true);
            begun.push(attempt);
        }
        await untilSigned();
        const writing = writeUntilFailure(() => system.officer(), 4);
        const made = await backup();
        await system.server().stop();
        const attempts = await writing;
        expect(made).toMatchObject({ code: 0, err: '' });
        expect(attempts.length).toBeGreaterThan(4);

        const told = await restore(restored);
        expect(told).toMatchObject({ code: 0, err: '' });
        const report = await verifyInstallation({ dataFolder: restored });
        expect({ findings: report.findings, gaps: report.gaps }).toEqual({ findings: [], gaps: [] });

        back = await startServerProcess(restored, SIGNING);
        const { login, password } = system.institute.people.zhouqing ?? { login: '', password: '' };
        const officer = remote(back.url, (await remote(back.url).signIn(login, password)).cookie);
        await expectParties(officer, begun);
        await expectSealed(officer, recording, bytes);
        // It was set up long ago: nobody is sent to the set-up page, which would be said right after the address.
        expect(back.output()).not.toContain('set-up page');
        // Nothing is there that nobody asked for.
        const known = new Set([...begun, ...attempts].map(({ name }) => name));
        const { items } = await officer.call('party.list', { query: { q: '相对人', limit: 200 } });
        expect(items.filter(({ name }) => !known.has(name))).toEqual([]);
        // An upload that had not ended is asked for from its beginning, or anew.
        const again = new SignedInUploader(officer);
        const head = await again.send('HEAD', unfinished, {}, []);
        expect(head.status).toBeLessThan(500);
        const late = newAttempt();
        expect(await attemptParty(officer, late)).toBe(true);
        await expect
            .poll(
                async () =>
                    (await officer.call('ledger.checkpoints', { query: { head: 'sha256', limit: 1 } })).items[0]?.note ?? '',
                {
                    timeout: 20_000,
                },
            )
            .toContain('~2\n');
        const { items: checkpoints } = await officer.call('ledger.checkpoints', { query: { head: 'sha256', limit: 1 } });
        expect(parseCheckpoint(parseNote(utf8Bytes(checkpoints[0]?.note ?? '')).text).origin).toMatch(/~2$/);
    }, 240_000);

    it('holds nothing twice, and only the newest where so it was asked', async () => {
        const [first] = await names();
        const pool = async () => (await readdir(join(backups, 'pool'), { recursive: true })).filter((name) => name.length > 60);
        const before = new Set(await pool());
        expect(await backup()).toMatchObject({ code: 0 });
        const fresh = (await pool()).filter((name) => !before.has(name));
        // The database has been stopped in between: some of its files are new, and no original.
        const sizes = await Promise.all(fresh.map(async (name) => (await stat(join(backups, 'pool', name))).size));
        expect(sizes).not.toContain(bytes.length);
        expect(fresh.length).toBeLessThan(before.size / 2);
        expect(await backup('--keep', '1')).toMatchObject({ code: 0 });
        expect(await names()).toHaveLength(1);
        expect(await names()).not.toContain(first);
        expect(await backup('--check')).toMatchObject({ code: 0 });
    }, 120_000);

    it('that was interrupted is none, and the next one is whole', async () => {
        const before = await names();
        const killed = await liuhen(['backup', '--data', system.dataFolder, '--to', backups], {
            onStart: (child) => setTimeout(() => child.kill('SIGKILL'), 900),
        });
        expect(killed.code).toBeNull();
        expect(await names()).toEqual(before);
        await system.start();
        await system.server().stop();
        expect(await backup()).toMatchObject({ code: 0 });
        expect(await names()).toHaveLength(before.length + 1);
    }, 120_000);

    it('refuses a folder in the data folder, and another installation', async () => {
        const inside = await liuhen(['backup', '--data', system.dataFolder, '--to', join(system.dataFolder, 'backups')]);
        expect(inside).toMatchObject({ code: 3 });
        expect(inside.err).toContain('inside the data folder');
        const file = join(system.dataFolder, 'installation.json');
        const text = await readFile(file, 'utf8');
        await writeFile(
            file,
            text.replace(/"storeId":"(.)/, (_, digit: string) => `"storeId":"${digit === '0' ? '1' : '0'}`),
        );
        const other = await backup();
        await writeFile(file, text);
        expect(other.err).toContain('another installation');
    });
});

describe('a backup that is damaged', () => {
    it('is found by reading it, names what is damaged, and nothing of it is restored', async () => {
        const name = (await names()).at(-1) ?? '';
        const list = join(backups, 'backups', `${name}.jsonl`);
        const lines = (await readFile(list, 'utf8')).split('\n');
        const { path, sha256: digest } = JSON.parse(
            lines.find((line) => line.startsWith('{"path":"postgres/data/base/')) ?? '{}',
        );
        const content = join(backups, 'pool', digest.slice(0, 2), digest);
        const whole = await readFile(content);
        const flipped = Buffer.from(whole);
        flipped[flipped.length >> 1] = (flipped[flipped.length >> 1] ?? 0) ^ 1;
        await chmod(content, 0o600);
        await writeFile(content, flipped);
        const checked = await backup('--check');
        expect(checked).toMatchObject({ code: 1 });
        expect(checked.err).toContain(path);
        const elsewhere = join(dirname(restored), 'elsewhere');
        const refused = await restore(elsewhere);
        expect(refused).toMatchObject({ code: 3 });
        expect(refused.err).toContain(path);
        expect(await readdir(elsewhere)).toEqual([]);
        await writeFile(content, whole);

        // A line less: the list is not what was written.
        await writeFile(list, [...lines.slice(0, 5), ...lines.slice(6)].join('\n'));
        expect((await restore(elsewhere)).err).toContain(name);
        await writeFile(list, lines.slice(0, -2).join('\n'));
        expect((await backup('--check')).code).toBe(3);
        await writeFile(list, lines.join('\n'));
        expect(await backup('--check')).toMatchObject({ code: 0 });
        expect((await restore(restored)).err).toContain('not empty');
        expect((await liuhen(['restore', '--from', backups, '--data', elsewhere])).code).toBe(2);
    }, 120_000);
});
