import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, type Id, type Instant, MINUTE, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { systemClock } from '../../platform/clock.ts';
import { readConfig } from '../../platform/config.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const CLIP = new URL('../../../../../demo/clips/DCAM_A0173_110207_20261028_140456.MP4', import.meta.url);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let [zhou, he, manager]: Remote[] = [];
let clip: Buffer;
let files = 0;
/** The institute's time goes on when it is told to: what is entered must lie in its past. */
let passed = 0;
const now = (): Instant => Date.now() + passed;
/** Lets minutes go by in steps, so that nobody's session ends meanwhile. */
async function pass(minutes: number): Promise<void> {
    for (let left = minutes; left > 0; left -= 20) {
        passed += Math.min(20, left) * MINUTE;
        for (const who of [zhou, he, manager]) await some(who).call('recording.list', { query: { limit: 1 } });
    }
}

const dataFolder = () => join(folder.path, 'data');
const some = (who: Remote | undefined): Remote => {
    if (who === undefined) throw new Error('nobody is signed in');
    return who;
};
const person = (login: string): Id => institute.people[login]?.id ?? '';
const digits = (at: Instant) => new Date(at + 8 * HOUR).toISOString().replace(/[-:]/g, '').replace('T', '_').slice(0, 15);
const wall = (at: Instant) => new Date(at + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);

/** A recorder with a checked clock, in somebody's hand for some moments already. */
async function recorder(number: string, holder?: string): Promise<Id> {
    const { id } = await some(manager).call('device.create', { body: { kind: 'recorder', number } });
    await some(manager).call('device.readClock', { params: { id }, body: { shown: wall(now()), afterSet: false } });
    if (holder !== undefined) await some(manager).call('device.issue', { params: { id }, body: { personId: person(holder) } });
    return id;
}
const takeBack = (id: Id) => some(manager).call('device.return', { params: { id }, body: {} });

/** A file of 64 s, dated by its recorder's clock, handed in without saying what it is of. */
async function handIn(number: string, start: Instant, certificate = '', who = zhou): Promise<Id> {
    files += 1;
    const content = Buffer.concat([clip, Buffer.from([0, 0, 0, 10, 0x66, 0x72, 0x65, 0x65, 1, files])]);
    const client = new SignedInUploader(some(who));
    const filename = `DCAM_${number}_${certificate === '' ? '' : `${certificate}_`}${digits(start)}.MP4`;
    const path = await client.create(content.length, { filename });
    await client.resume(path, content);
    return client.recording(path);
}

const get = (id: Id) => some(zhou).call('recording.get', { params: { id } });
const proposed = (id: Id, level: string) =>
    vi.waitUntil(async () => ((await get(id)).proposal?.level === level ? get(id) : undefined), {
        timeout: 20_000,
        interval: 50,
    });

const enter = async (startsAt: Instant, endsAt: Instant, ...logins: string[]): Promise<Id> => {
    const participants = logins.map((login) => ({ personId: person(login), part: 'officer' as const }));
    const body = { scenario: 'routineInspection' as const, place: '示范路 1 号', startsAt, endsAt, participants };
    return (await some(zhou).call('act.create', { body })).id;
};

beforeAll(async () => {
    folder = await temporaryFolder('filing');
    const environment = { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' };
    const clock = systemClock(now);
    app = await startApp({ config: readConfig(environment, { dataFolder: dataFolder() }), clock });
    institute = await foundInstitute(app.url, USUAL_PEOPLE);
    const signedIn = (login: string) => remote(app.url).signIn(login, INSTITUTE_PASSWORD);
    [zhou, he, manager] = [await signedIn('zhouqing'), await signedIn('hebei'), await signedIn('lumanager')];
    clip = await readFile(CLIP);
}, 120_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

describe('a recording that nobody labelled', () => {
    // Far enough from what came before that it is near no act of it.
    beforeEach(() => pass(50));

    it('knows its recorder by its name, its officer by the register, its act by the time, and files itself', async () => {
        const device = await recorder('F-0001', 'zhouqing');
        // Holding begins now: what it records from here on is the holder's.
        const start = now() + SECOND;
        await pass(5);
        const act = await enter(start, start + 90 * SECOND, 'zhouqing', 'hebei');
        const id = await handIn('F-0001', start + 5 * SECOND);
        const { proposal, act: filed, officer, device: of } = await proposed(id, 'sure');
        expect(proposal).toMatchObject({ outcome: 'filedItself', conflicts: [] });
        expect(proposal?.candidates[0]?.reasons).toEqual(['heldThen', 'tookPart', 'ranDuring', 'clockCorrected']);
        expect([filed?.id, officer?.id, of?.id]).toEqual([act, person('zhouqing'), device]);
        await takeBack(device);
    });

    it('is of whoever held the recorder then, though it comes in when another holds it', async () => {
        const device = await recorder('F-0009', 'zhouqing');
        const start = now() + SECOND;
        await pass(10);
        await takeBack(device);
        await some(manager).call('device.issue', { params: { id: device }, body: { personId: person('hebei') } });
        await pass(10);
        files += 1;
        const content = Buffer.concat([clip, Buffer.from([0, 0, 0, 10, 0x66, 0x72, 0x65, 0x65, 1, files])]);
        const client = new SignedInUploader(some(zhou));
        const path = await client.create(content.length, { filename: `DCAM_F-0009_${digits(start)}.MP4`, deviceId: device });
        await client.resume(path, content);
        expect((await get(await client.recording(path))).officer?.id).toBe(person('zhouqing'));
        await takeBack(device);
    });

    it('waits for its act when that is entered later, and finds it then', async () => {
        const device = await recorder('F-0002', 'zhouqing');
        const start = now() + SECOND;
        await pass(5);
        const id = await handIn('F-0002', start);
        await proposed(id, 'noAct');
        const act = await enter(start - MINUTE, start + 90 * SECOND, 'zhouqing');
        expect((await proposed(id, 'sure')).act?.id).toBe(act);
        await takeBack(device);
    });

    it('is never filed by itself again once somebody took it out, and what was wrong is counted', async () => {
        const device = await recorder('F-0003', 'hebei');
        const start = now() + SECOND;
        await pass(5);
        const act = await enter(start, start + 90 * SECOND, 'hebei');
        const id = await handIn('F-0003', start);
        expect((await proposed(id, 'sure')).act?.id).toBe(act);
        await some(manager).call('recording.unfile', { params: { id }, body: { reason: '不是这次检查' } });
        const later = await enter(start + 10 * SECOND, start + 80 * SECOND, 'hebei');
        await proposed(id, 'question');
        expect((await get(id)).act).toBeNull();
        expect((await get(id)).proposal).toMatchObject({ outcome: 'undone', conflicts: ['severalActs'] });
        const { kept } = await some(manager).call('recording.proposals', { query: {} });
        const answered = kept.reduce((sum, each) => sum + each.decided - each.kept, 0);
        expect(answered).toBe(1);
        // With one act left it is sure again, and still waits for a person.
        await some(zhou).call('act.close', { params: { id: later }, body: { as: 'cancelled', reason: '重复登记' } });
        expect((await proposed(id, 'sure')).act).toBeNull();
        await some(zhou).call('act.close', { params: { id: act }, body: { as: 'cancelled', reason: '重复登记' } });
        await takeBack(device);
    });

    it('is a question where the name says another officer than the register (附件1 第15条)', async () => {
        const certificate = USUAL_PEOPLE.find((each) => each.login === 'hebei')?.certificate ?? '';
        expect(certificate).not.toBe('');
        const device = await recorder('F-0004', 'zhouqing');
        const start = now() + SECOND;
        await pass(5);
        await enter(start, start + 90 * SECOND, 'zhouqing');
        const id = await handIn('F-0004', start, certificate);
        expect((await proposed(id, 'question')).proposal?.conflicts).toContain('lent');
        expect((await get(id)).act).toBeNull();
        await takeBack(device);
    });

    it('stands in the list with its reasons, is answered there, and leaves it', async () => {
        const device = await recorder('F-0005', 'zhouqing');
        const start = now() + SECOND;
        await pass(22);
        const act = await enter(start + 5 * MINUTE, start + 20 * MINUTE, 'zhouqing');
        const id = await handIn('F-0005', start);
        await proposed(id, 'likely');
        const list = () => some(zhou).call('recording.proposals', { query: { level: 'likely', mine: 'yes' } });
        const found = (await list()).items.find((each) => each.recording.id === id);
        expect(found?.proposal.candidates[0]).toMatchObject({ act: { id: act }, overlapMs: 0 });
        expect(found?.proposal.candidates[0]?.reasons).toContain('ranNear');
        expect((await list()).total).toBeGreaterThan(0);
        const all = async () => (await some(zhou).call('recording.proposals', { query: { limit: 1 } })).total;
        const { count } = await some(zhou).call('recording.proposalCount', {});
        expect(count).toBe(await all());
        await some(zhou).call('recording.file', { params: { id }, body: { actId: act } });
        expect((await some(zhou).call('recording.proposalCount', {})).count).toBe(count - 1);
        expect((await get(id)).proposal?.outcome).toBe('accepted');
        expect((await list()).items.some((each) => each.recording.id === id)).toBe(false);
        await takeBack(device);
    });

    it('has no holder where none is in the register for that time, and no time where its file says none', async () => {
        await recorder('F-0006');
        await proposed(await handIn('F-0006', now() - 10 * MINUTE), 'noHolder');
    });
});

it('leaves a log and stores that agree', async () => {
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
});
