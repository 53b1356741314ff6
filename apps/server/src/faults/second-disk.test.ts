import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liuhen } from '../cli/run.fixture.ts';
import { INSTITUTE_PASSWORD } from '../testing/found-institute.ts';
import { remote } from '../testing/remote.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { type FaultSystem, faultSystem } from './fault-system.ts';
import { attemptParty, newAttempt } from './writers.ts';

let system: FaultSystem;
let disk: string;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
    system = await faultSystem('second-disk');
    folder = await temporaryFolder('second-disk-of');
    disk = join(folder.path, 'disk');
}, 120_000);
afterAll(async () => {
    await system?.close();
    await folder?.remove();
});

const env = () => ({ LIUHEN_SECOND_DISK: disk, LIUHEN_CHECKPOINT_SECONDS: '1' });
const command = (...args: string[]) => liuhen([...args, '--data', system.dataFolder], { env: env() });
const auditor = () => remote(system.server().url).signIn(system.institute.auditAdmin, INSTITUTE_PASSWORD);
const standing = async (by: Awaited<ReturnType<typeof auditor>>) => (await by.call('logCheck.list', { query: {} })).standing.disk;

describe('the second disk of a running server', () => {
    it('is prepared by a command, written after a check, and compared by compare-mirror, which names what the database changed', async () => {
        expect(await command('second-disk', '--prepare')).toMatchObject({ code: 3 });
        await mkdir(disk);
        await system.start({ env: env() });
        for (let at = 0; at < 3; at++) expect(await attemptParty(system.officer(), newAttempt())).toBe(true);
        const by = await auditor();
        // Nothing says that this folder is the disk.
        await by.call('logCheck.start', { body: {} });
        while ((await standing(by))?.trouble?.code !== 'disk.notMounted') await sleep(200);
        expect(await readdir(disk)).toEqual([]);
        expect(await command('second-disk', '--prepare')).toMatchObject({ code: 0, err: '' });
        await by.call('logCheck.start', { body: {} });
        while ((await standing(by))?.at === null) await sleep(200);
        expect(await standing(by)).toMatchObject({ trouble: null, bodies: false });
        await system.server().stop();

        const same = await command('compare-mirror');
        expect(same).toMatchObject({ code: 0, err: '' });
        expect(same.out).toContain(`${disk}: 2 logs the same, 0 differ`);
        const where = `where org_id = '${system.institute.organisationId}' and idx = 5`;
        const flip = `begin; set local session_replication_role = replica;
            update ledger.entry set entry = set_byte(entry, 20, get_byte(entry, 20) # 1) ${where}; commit`;
        await system.asSuperuser((client) => client.query(flip));
        const changed = await command('compare-mirror');
        expect(changed.code).toBe(1);
        expect(changed.out).toContain('entry 5: changed in the database');
        await system.asSuperuser((client) => client.query(flip));
        // One log is gone from the disk: that is said of this log, and the others are compared all the same.
        const logs = (await readdir(disk)).filter((name) => /^[0-9a-f]{64}$/.test(name));
        await rm(join(disk, logs[0] ?? '', 'checkpoint'));
        const lacking = await command('compare-mirror');
        expect(lacking.code).toBe(3);
        expect(lacking.out).toContain(`${disk}: 1 logs the same, 0 differ, of 1 it has nothing`);
        await system.start();
        await system.expectSound();
    }, 240_000);
});
