import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, type Id, type Instant, MINUTE, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const CLIP = new URL('../../../../../demo/clips/DCAM_A0173_110207_20261028_140456.MP4', import.meta.url);
/** Two clocks are compared on one machine: what lies between two calls. */
const CALLS = 5 * SECOND;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let [officer, manager]: Remote[] = [];
let clip: Buffer;
let files = 0;

const dataFolder = () => join(folder.path, 'data');
const signed = (who: Remote | undefined): Remote => {
    if (who === undefined) throw new Error('nobody is signed in');
    return who;
};

/** As a recorder writes it into a file name, and shows it. */
const digits = (device: Instant): string =>
    new Date(device + 8 * HOUR).toISOString().replace(/[-:]/g, '').replace('T', '_').slice(0, 15);
const wall = (device: Instant): string => new Date(device + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);

const newDevice = async (number: string): Promise<Id> =>
    (await signed(manager).call('device.create', { body: { kind: 'recorder', number } })).id;

const read = (id: Id, device: Instant, afterSet = false) =>
    signed(manager).call('device.readClock', { params: { id }, body: { shown: wall(device), afterSet } });

const recording = (id: Id) => signed(officer).call('recording.get', { params: { id } });
const clock = (id: Id) => signed(manager).call('device.clock', { params: { id } });

/** A recording of 64 s that a device dated `device`; given once it is inspected. Each has bytes of its own. */
async function recorded(deviceId: Id, device: Instant): Promise<Id> {
    files += 1;
    const content = Buffer.concat([clip, Buffer.from([0, 0, 0, 9, 0x66, 0x72, 0x65, 0x65, files])]);
    const client = new SignedInUploader(signed(officer));
    const path = await client.create(content.length, { filename: `DCAM_X_110207_${digits(device)}.MP4`, deviceId });
    await client.resume(path, content);
    const id = await client.recording(path);
    await vi.waitUntil(async () => (await recording(id)).inspected, { timeout: 20_000, interval: 50 });
    return id;
}

/** Waits until the job has looked at the recording. */
const until = (id: Id, state: 'fitted' | string) =>
    vi.waitUntil(
        async () => {
            const { corrected, clockDoubt } = await recording(id);
            return state === 'fitted' ? corrected !== null : clockDoubt === state;
        },
        { timeout: 20_000, interval: 50 },
    );

beforeAll(async () => {
    folder = await temporaryFolder('recording-times');
    const environment = { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' };
    app = await startApp({ config: readConfig(environment, { dataFolder: dataFolder() }) });
    institute = await foundInstitute(app.url, USUAL_PEOPLE);
    expect(institute.people.zhouqing).toBeDefined();
    const signedIn = (login: string) => remote(app.url).signIn(login, INSTITUTE_PASSWORD);
    [officer, manager] = [await signedIn('zhouqing'), await signedIn('lumanager')];
    clip = await readFile(CLIP);
}, 120_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

describe('files that follow each other', () => {
    it('are one run by the corrected clock only, with their joints; a pause ends it, and the act’s rules join the same way', async () => {
        const device = await newDevice('C-0700');
        const base = Math.floor((Date.now() - 60 * MINUTE) / SECOND) * SECOND;
        const starts = [0, 65 * SECOND, 135 * SECOND];
        const ids: Id[] = [];
        for (const start of starts) ids.push(await recorded(device, base + start));
        const [first = '', second = '', third = ''] = ids;
        // Nobody has looked at the clock: the holes are those of the device, and need a look.
        expect((await recording(second)).run).toMatchObject({
            files: [{ id: second, holeMs: null }],
            before: { recording: { id: first }, holeMs: 1_000, verdict: 'review' },
            after: { recording: { id: third }, holeMs: 6_000, verdict: 'review' },
        });
        await read(device, Date.now());
        for (const id of ids) await until(id, 'fitted');
        const { run } = await recording(second);
        expect(run).toMatchObject({
            limitMs: 2_000,
            limitSource: 'organisation',
            files: [
                { id: first, holeMs: null },
                { id: second, holeMs: 1_000 },
            ],
            before: null,
            after: { recording: { id: third }, holeMs: 6_000, verdict: 'gap' },
        });
        expect((run?.end ?? 0) - (run?.start ?? 0)).toBe(129 * SECOND);
    });
});

describe('the time of a recording', () => {
    it('is the device’s alone until somebody read its clock, then corrected with its bounds, and the device’s stays', async () => {
        const device = await newDevice('C-0001');
        const fast = 5 * MINUTE;
        const real = Math.floor((Date.now() - 30 * MINUTE) / SECOND) * SECOND;
        const id = await recorded(device, real + fast);
        await until(id, 'noReading');
        expect((await clock(device)).uncorrected).toEqual([{ doubt: 'noReading', count: 1 }]);
        await read(device, Date.now() + fast);
        await until(id, 'fitted');
        const { corrected, deviceStart } = await recording(id);
        expect(deviceStart).toBe(real + fast);
        expect(corrected?.start.lower).toBeLessThanOrEqual(real);
        expect(corrected?.start.upper).toBeGreaterThanOrEqual(real);
        expect((corrected?.start.upper ?? 0) - (corrected?.start.lower ?? 0)).toBeLessThan(CALLS + 5 * SECOND);
        expect((corrected?.end.at ?? 0) - (corrected?.start.at ?? 0)).toBe(64 * SECOND);
        expect((await clock(device)).uncorrected).toEqual([]);
        // The stretches of which the strip chart is drawn say the same.
        const body = { scenario: 'routineInspection' as const, place: '示范路 1 号', startsAt: real, endsAt: real + 2 * MINUTE };
        const participants = [{ personId: institute.people.zhouqing?.id ?? '', part: 'officer' as const }];
        const { id: actId } = await signed(officer).call('act.create', { body: { ...body, participants } });
        await signed(manager).call('recording.file', { params: { id }, body: { actId } });
        const stretch = async () =>
            (await signed(officer).call('act.get', { params: { id: actId } })).recordings[0]?.stretches[0];
        expect(await stretch()).toMatchObject({ deviceStart: real + fast, corrected });
        for (const { id: readingId } of (await clock(device)).readings)
            await signed(manager).call('device.withdrawClockReading', {
                params: { id: device, readingId },
                body: { reason: '试验' },
            });
        await until(id, 'noReading');
        expect(await stretch()).toMatchObject({ deviceStart: real + fast, corrected: null });
    });

    it('is known at once for what comes in after the reading', async () => {
        const device = await newDevice('C-0002');
        await read(device, Date.now());
        await until(await recorded(device, Date.now() - 10 * MINUTE), 'fitted');
    });

    it('falls back when the reading is withdrawn, which stays in the register', async () => {
        const device = await newDevice('C-0003');
        const id = await recorded(device, Date.now() - 10 * MINUTE);
        const { id: readingId } = await read(device, Date.now());
        await until(id, 'fitted');
        // What the time rests on is kept with it.
        const basis = async () =>
            app.services.db.read({ readOrgs: [institute.organisationId] }, async (db) => {
                const row = await db.selectFrom('recording').select('clock_basis').where('id', '=', id).executeTakeFirstOrThrow();
                return row.clock_basis;
            });
        expect(await basis()).toEqual({ readings: [readingId], decisions: [] });
        const withdraw = () =>
            signed(manager).call('device.withdrawClockReading', {
                params: { id: device, readingId },
                body: { reason: '看错了分钟' },
            });
        await withdraw();
        await until(id, 'noReading');
        expect(await basis()).toBeNull();
        expect((await clock(device)).readings).toMatchObject([{ id: readingId, withdrawn: { why: '看错了分钟' } }]);
        await expect(withdraw()).rejects.toMatchObject({ code: 'device.readingWithdrawn' });
    });

    it('is found for a clock that restarted in 2000, and such a file is not put into that century before', async () => {
        const device = await newDevice('C-0004');
        const restart = Date.now() - 2 * HOUR;
        const shown = (at: Instant) => Date.UTC(2000, 0, 1) - 8 * HOUR + (at - restart);
        const real = Math.floor((Date.now() - 20 * MINUTE) / SECOND) * SECOND;
        const id = await recorded(device, shown(real));
        expect(await recording(id)).toMatchObject({ deviceStart: null, corrected: null });
        await read(device, shown(Date.now()));
        await until(id, 'fitted');
        const { corrected } = await recording(id);
        expect(Math.abs((corrected?.start.at ?? 0) - real)).toBeLessThan(CALLS);
        expect((await clock(device)).findings.map((each) => each.code)).toEqual(['clock.reset']);
    });

    it('is taken from the setting that was in force, where the clock has been set since', async () => {
        const device = await newDevice('C-0005');
        await read(device, Date.now() + HOUR);
        await read(device, Date.now(), true);
        expect((await clock(device)).epochs.map((each) => each.begins)).toEqual(['first', 'set']);
        const id = await recorded(device, Date.now() - 20 * MINUTE + HOUR);
        await until(id, 'fitted');
        const early = (await recording(id)).corrected?.start.at ?? 0;
        expect(Math.abs(early - (Date.now() - 20 * MINUTE))).toBeLessThan(MINUTE);
    });

    it.each(['昨天', '2026-02-30 10:00:00', '2026-11-26 25:00:00'])('is not read from “%s”', async (shown) => {
        const device = await newDevice(`C-9${files++}`);
        const asked = signed(manager).call('device.readClock', { params: { id: device }, body: { shown, afterSet: false } });
        await expect(asked).rejects.toMatchObject({ code: 'device.clockTimeInvalid' });
    });
});

it('leaves a log and stores that agree', async () => {
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
});
