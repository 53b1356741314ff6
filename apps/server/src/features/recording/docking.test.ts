import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
    DAY,
    type DockFacts,
    fromHex,
    HOUR,
    type Id,
    type Instant,
    MINUTE,
    parseReceipt,
    receiptMessage,
    SECOND,
} from '@liuhen/domain';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { timed, withPositions } from '../../platform/media/gpmf.fixture.ts';
import { verifyEd25519 } from '../../platform/signer.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { openEmbedded } from '../../verify/open-database.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';
import { placeOf } from './docking.queries.ts';
import { seekBeside } from './docking-positions.jobs.ts';

const CLIP = new URL('../../../../../demo/clips/DCAM_A0173_110207_20261028_140456.MP4', import.meta.url);
const CLIP_MS = 64_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let agent: Remote;
let manager: Remote;
let officer: Remote;
let clip: Buffer;
let files = 0;

const dataFolder = () => join(folder.path, 'data');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
/** Bytes of a real recording that no other file has. */
function content(): Buffer {
    files += 1;
    return Buffer.concat([clip, Buffer.from([0, 0, 0, 10, 0x66, 0x72, 0x65, 0x65, 1, files])]);
}
/** One fix a second, as a receiver writes them. */
function sentences(from: Instant, count: number): Buffer {
    const lines = Array.from({ length: count }, (_, second) => {
        const at = new Date(from + second * SECOND).toISOString();
        const date = `${at.slice(8, 10)}${at.slice(5, 7)}${at.slice(2, 4)}`;
        const fields = `GNRMC,${at.slice(11, 19).replace(/:/g, '')}.00,A,3113.9000,N,12128.0000,E,0.0,0.0,${date},,,A`;
        const sum = [...fields].reduce((all, char) => all ^ char.charCodeAt(0), 0);
        return `$${fields}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
    });
    return Buffer.from(lines.join(''));
}
const digits = (at: Instant) => new Date(at + 8 * HOUR).toISOString().replace(/\D/g, '').slice(0, 14);
const wallText = (at: Instant) => new Date(at + 8 * HOUR).toISOString().replace('T', ' ').slice(0, 19);

const found = (path: string, more: Partial<DockFacts> = {}): DockFacts => ({
    v: 1,
    station: 'dock-1',
    source: 'recorder',
    volume: { serial: '1A2B-3C4D' },
    path: Buffer.from(path).toString('base64'),
    size: '1',
    modifiedNs: '1793167496000000000',
    mode: 0o100444,
    readOnly: true,
    profile: { id: 'underscore', version: 1 },
    zone: 'Asia/Shanghai',
    kind: 'video',
    marks: [],
    seenAt: Date.now(),
    ...more,
});

async function dock(facts: DockFacts, bytes: Buffer = content()): Promise<{ id: Id; bytes: Buffer }> {
    const client = new SignedInUploader(agent);
    const name = Buffer.from(facts.path, 'base64').toString().split('/').at(-1) ?? '';
    const path = await client.create(bytes.length, { filename: name, dock: JSON.stringify(facts), sha256: sha256(bytes) });
    await client.resume(path, bytes);
    return { id: await client.recording(path), bytes };
}

const get = (id: Id) => manager.call('recording.get', { params: { id } });
const docks = async (id: Id) => (await manager.call('recording.docks', { params: { id } })).items;
const until = <T>(look: () => Promise<T | undefined>) => vi.waitUntil(look, { timeout: 20_000, interval: 50 });
const inState = (id: Id, state: string) => until(async () => ((await get(id)).state === state ? get(id) : undefined));
const questions = async () => (await manager.call('dock.questions', {})).items;
const receipt = (id: Id, bytes: Uint8Array) =>
    agent.call('dock.receipts', { body: { recordings: [{ recordingId: id, sha256: sha256(bytes) }] } });
const receipted = (id: Id, bytes: Uint8Array) =>
    until(async () => {
        const [answer] = (await receipt(id, bytes)).receipts;
        return answer?.state === 'issued' ? answer : undefined;
    });
const newDevice = async (number: string) => (await manager.call('device.create', { body: { kind: 'recorder', number } })).id;

beforeAll(async () => {
    folder = await temporaryFolder('docking');
    const environment = { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' };
    app = await startApp({ config: readConfig(environment, { dataFolder: dataFolder() }) });
    const people = [...USUAL_PEOPLE, { login: 'caiji1', name: '采集终端一', kind: 'staff', roles: ['dockAgent'] }] as const;
    institute = await foundInstitute(app.url, people);
    const signedIn = (login: string) => remote(app.url).signIn(login, INSTITUTE_PASSWORD);
    [agent, manager, officer] = [await signedIn('caiji1'), await signedIn('lumanager'), await signedIn('zhouqing')];
    clip = await readFile(CLIP);
}, 120_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

describe('a docked file', () => {
    it('is of the device and officer in its name, and keeps where it lay', async () => {
        const device = await newDevice('K0001A');
        const facts = found('VIDEO/K0001A_210001_20261001090000_0002_IMP.MP4', {
            device: 'k0001a',
            officer: '210001',
            segment: 2,
            marks: ['name', 'readOnly'],
            start: { text: '20261001090000', wallClock: Date.UTC(2026, 9, 1, 9) },
        });
        const { id } = await dock(facts);
        const recording = await inState(id, 'sealed');
        expect(recording).toMatchObject({
            source: 'recorder',
            device: { id: device },
            officer: { id: institute.people.zhouqing?.id },
        });
        expect(await docks(id)).toMatchObject([
            {
                path: 'VIDEO/K0001A_210001_20261001090000_0002_IMP.MP4',
                serial: '1A2B-3C4D',
                segment: 2,
                marks: ['name', 'readOnly'],
                readOnly: true,
                station: 'dock-1',
                erasedAt: null,
                erasedSaidAt: null,
                asked: [],
            },
        ]);
    });

    it('is the same item when it comes again, renamed and moved, and another one from another recorder', async () => {
        await newDevice('K0002A');
        await newDevice('K0002B');
        const bytes = content();
        const first = await dock(found('A/1.MP4', { device: 'K0002A' }), bytes);
        const again = await dock(found('A/1.MP4', { device: 'K0002A' }), bytes);
        const moved = await dock(found('B/2.MP4', { device: 'K0002A' }), bytes);
        const other = await dock(found('A/1.MP4', { device: 'K0002B', volume: { serial: 'FFFF-0000' } }), bytes);
        expect([again.id, moved.id]).toEqual([first.id, first.id]);
        expect(other.id).not.toBe(first.id);
        expect((await docks(first.id)).map((each) => each.path)).toEqual(['A/1.MP4', 'B/2.MP4']);
    });

    it('has the time that folder and name together say', async () => {
        await newDevice('K0003A');
        const facts = found('K0003A/20261001/090000.mp4', {
            device: 'K0003A',
            start: { text: '20261001 090000', wallClock: Date.UTC(2026, 9, 1, 9) },
        });
        const { id } = await dock(facts);
        const recording = await until(async () => ((await get(id)).inspected ? get(id) : undefined));
        expect(recording.deviceStart).toBe(Date.UTC(2026, 9, 1, 1));
        expect(recording.deviceTime).toMatchObject({ basis: 'fileName', text: '20261001 090000' });
    });

    it('with facts of another shape is refused before a byte is sent', async () => {
        const client = new SignedInUploader(agent);
        const wrong = { ...found('a.mp4'), kind: 'secret' };
        await expect(client.create(3, { filename: 'a.mp4', dock: JSON.stringify(wrong) })).rejects.toThrow();
    });
});

describe('what nobody knows', () => {
    it('waits in quarantine and leaves it once a manager says whose number it is, for what comes later too', async () => {
        const { id, bytes } = await dock(found('X9_1.MP4', { device: 'X9', officer: '000000' }));
        expect((await get(id)).state).toBe('quarantined');
        expect(await docks(id)).toMatchObject([
            {
                asked: [
                    { question: 'device', text: 'X9' },
                    { question: 'officer', text: '000000' },
                ],
            },
        ]);
        // Its recorder waits for the receipt as any other does.
        await receipted(id, bytes);
        const same = await dock(found('copy/X9_1.MP4', { device: 'X9', officer: '000000' }), bytes);
        expect(same.id).toBe(id);
        const asked = (await questions()).find((each) => each.question === 'device' && each.text === 'X9');
        expect(asked).toMatchObject({ count: 2, samples: [{ path: 'copy/X9_1.MP4' }, { path: 'X9_1.MP4' }] });

        const device = await newDevice('K0004A');
        const settle = (body: Parameters<typeof manager.call<'dock.settle'>>[1]['body']) => manager.call('dock.settle', { body });
        await expect(settle({ question: 'device', text: 'X9' })).rejects.toMatchObject({ code: 'dock.answerIncomplete' });
        await expect(settle({ question: 'device', text: 'X8', deviceId: device })).rejects.toMatchObject({
            code: 'dock.nothingAsked',
        });
        await settle({ question: 'device', text: 'X9', deviceId: device });
        await until(async () => ((await docks(id)).every((each) => each.asked.length === 1) ? true : undefined));
        expect((await get(id)).state).toBe('quarantined');
        await settle({ question: 'officer', text: '000000', nobody: true });
        expect((await inState(id, 'sealed')).device?.id).toBe(device);
        const later = await dock(found('X9_2.MP4', { device: 'X9', officer: '000000' }));
        expect((await inState(later.id, 'sealed')).device?.id).toBe(device);
        await expect(settle({ question: 'device', text: 'X9', deviceId: device })).rejects.toMatchObject({
            code: 'dock.nothingAsked',
        });
    });

    it('is asked by the volume where the name says nothing, and file by file where not even that is known', async () => {
        const device = await newDevice('K0005A');
        const { id } = await dock(found('DCIM/100MEDIA/IMAG0001.JPG', { volume: { serial: 'CAFE-0001' }, kind: 'photo' }));
        expect((await docks(id))[0]?.asked).toEqual([{ question: 'volume', text: 'CAFE-0001' }]);
        await manager.call('dock.settle', { body: { question: 'volume', text: 'CAFE-0001', deviceId: device } });
        expect((await inState(id, 'sealed')).device?.id).toBe(device);

        const { profile: _, ...nothing } = found('会议.mp4', { volume: {}, kind: 'unknown' });
        const silent = await dock(nothing);
        const other = await dock({ ...nothing, path: Buffer.from('b.mp4').toString('base64') });
        expect((await docks(silent.id))[0]?.asked).toEqual([{ question: 'profile', text: '' }]);
        const body = { question: 'profile' as const, text: '', deviceId: device, recordings: [silent.id] };
        await manager.call('dock.settle', { body });
        expect((await inState(silent.id, 'sealed')).device?.id).toBe(device);
        expect((await get(other.id)).state).toBe('quarantined');
    });
});

describe('a receipt', () => {
    it('is signed by the key of the installation after the stored bytes were read back, for these bytes only', async () => {
        await newDevice('K0006A');
        const { id, bytes } = await dock(found('K0006A.MP4', { device: 'K0006A' }));
        const issued = await receipted(id, bytes);
        const parsed = parseReceipt(issued.receipt ?? '');
        if (parsed === undefined) throw new Error('no receipt');
        expect(parsed).toMatchObject({ recording: id, sha256: sha256(bytes), size: String(bytes.length) });
        const { publicKey, keyId, erase } = await agent.call('dock.settings', {});
        expect([keyId, erase]).toEqual([parsed.app, false]);
        const signature = fromHex(issued.signature ?? '');
        expect(verifyEd25519(fromHex(publicKey), receiptMessage(parsed), signature)).toBe(true);
        expect(verifyEd25519(fromHex(publicKey), receiptMessage({ ...parsed, size: '1' }), signature)).toBe(false);
        expect((await receipt(id, Buffer.from('other'))).receipts).toEqual([{ recordingId: id, state: 'refused' }]);
    });

    it('is followed by the note that the file was erased, once', async () => {
        await newDevice('K0007A');
        const facts = found('K0007A.MP4', { device: 'K0007A' });
        const { id } = await dock(facts);
        const place = Buffer.from(placeOf(facts)).toString('hex');
        // Three days without a line to the server: what the docking computer says is kept beside when it was heard.
        const at = Date.now() - 3 * DAY;
        const heardFrom = Date.now();
        await agent.call('dock.erasures', { body: { erased: [{ recordingId: id, place, path: facts.path, at }] } });
        const [item] = await docks(id);
        expect(item?.erasedSaidAt).toBe(at);
        expect(item?.erasedAt).toBeGreaterThanOrEqual(heardFrom);
        await agent.call('dock.erasures', { body: { erased: [{ recordingId: id, place, path: facts.path, at: at + 1 }] } });
        expect((await docks(id))[0]).toEqual(item);
    });
});

describe('clocks at the dock', () => {
    const readings = async (id: Id) => (await manager.call('device.clock', { params: { id } })).readings;
    const docking = (device: string) => {
        const now = Date.now();
        const counts = { files: 3, taken: 1, ignored: 0, secret: 2 };
        return { station: 'dock-1', device, zone: 'Asia/Shanghai' as const, seenAt: now, sentAt: now, counts, readings: [] };
    };

    it('are read by a driver before they are set, and the moment is as old as the docking computer says', async () => {
        const id = await newDevice('K0008A');
        const body = docking('K0008A');
        const before = body.sentAt - 3 * DAY;
        const shown = wallText(before + 30 * SECOND);
        const reading = { shown, resolutionMs: 1_000, before, after: before + 100, afterSet: false };
        expect(await agent.call('device.noteDocking', { body: { ...body, readings: [reading] } })).toEqual({ known: true });
        const [kept] = await readings(id);
        expect(kept).toMatchObject({ source: 'driver', shown, afterSet: false });
        expect(Math.abs((kept?.lower ?? 0) - (before - 2_000))).toBeLessThan(2_000);
        expect((kept?.upper ?? 0) - (kept?.lower ?? 0)).toBe(4_100);
    });

    it('are bounded on one side by the newest file where there is no driver', async () => {
        const id = await newDevice('K0009A');
        const body = docking('K0009A');
        const wallClock = body.seenAt + 8 * HOUR - MINUTE;
        await agent.call('device.noteDocking', { body: { ...body, newest: { text: 'n', wallClock } } });
        expect(await readings(id)).toMatchObject([{ source: 'dockFiles', lower: null, device: body.seenAt - MINUTE }]);
    });

    it('of a device that nobody knows are not noted, and the docking computer keeps them', async () => {
        expect(await agent.call('device.noteDocking', { body: docking('NOBODY') })).toEqual({ known: false });
    });

    /** Satellites said how wrong the clock is: one reading around the true start, by which the recording is corrected. */
    async function expectHeard(device: Id, recording: Id, shownStart: Instant, really: Instant) {
        const [kept] = await until(async () => {
            const all = await readings(device);
            return all.length > 0 ? all : undefined;
        });
        expect(kept).toMatchObject({ source: 'gnss', device: shownStart });
        expect([(kept?.upper ?? 0) - really, really - (kept?.lower ?? 0)].every((each) => each >= 0 && each <= 6 * SECOND)).toBe(
            true,
        );
        const corrected = await until(async () => (await get(recording)).corrected ?? undefined);
        expect(Math.abs(corrected.start.at - really)).toBeLessThan(6 * SECOND);
        return corrected;
    }

    it('are taken from the satellites inside a film by the time of its name, and correct it', async () => {
        const id = await newDevice('K0011A');
        const shownStart = Date.UTC(2026, 9, 3, 1);
        // The clock is 40 s slow; the receiver had no fix for the first ten seconds.
        const really = shownStart + 40 * SECOND;
        const heard = (at: Instant, fix: number) =>
            timed(
                `${new Date(at)
                    .toISOString()
                    .replace(/[^\d.]/g, '')
                    .slice(2, 14)}.000`,
                fix,
            );
        const payloads = Array.from({ length: 60 }, (_, second) => heard(really + second * SECOND, second < 10 ? 0 : 3));
        const start = { text: digits(shownStart), wallClock: shownStart + 8 * HOUR };
        const film = withPositions(content(), payloads);
        const facts = found(`K0011A_210001_${digits(shownStart)}.MP4`, { device: 'K0011A', officer: '210001', start });
        const video = await dock(facts, film);
        await expectHeard(id, video.id, shownStart, really);
        expect((await get(video.id)).positions).toMatchObject({ source: 'gpmf', fixes: 50, noFix: 10 });
        expect((await get(video.id)).findings.filter(({ severity }) => severity === 'broken')).toEqual([]);
    });

    it('are compared with satellites beside a recording once its length is known', async () => {
        const id = await newDevice('K0010A');
        const shownStart = Date.UTC(2026, 9, 2, 1);
        const stem = `K0010A_210001_${digits(shownStart)}`;
        const start = { text: digits(shownStart), wallClock: shownStart + 8 * HOUR };
        const of = { device: 'K0010A', officer: '210001', start };
        // The clock is 40 s slow; satellites are heard from 3 s after the start to 1 s before the end.
        const really = shownStart + 40 * SECOND;
        const positions = { first: really + 3 * SECOND, last: really + CLIP_MS - SECOND, count: 61 };
        const besides = Buffer.from(`${stem}.MP4`).toString('base64');
        await dock(found(`${stem}.GPS`, { ...of, kind: 'position', besides, positions }), sentences(positions.first, 57));
        const video = await dock(found(`${stem}.MP4`, of));
        const corrected = await expectHeard(id, video.id, shownStart, really);
        // What lay beside it is shown with it, by its own time.
        const shown = await until(async () => (await get(video.id)).positions ?? undefined);
        expect(shown).toMatchObject({ source: 'nmea', fixes: 57, points: { 0: { latE7: 312_316_667, lonE7: 1_214_666_667 } } });
        expect(Math.abs((shown.points[0]?.atMs ?? 0) - (positions.first - corrected.start.at))).toBeLessThan(2);
        // As it was kept before it was noted what lies beside what: found again, without a second reading of the same satellites.
        const before = (await readings(id)).length;
        const { url } = await openEmbedded(join(dataFolder(), 'postgres'), () => undefined, undefined);
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        await client.query('set session_replication_role = replica');
        await client.query('update liuhen.dock_item set beside_id = null, beside_sought_at = null where beside_id = $1', [
            video.id,
        ]);
        await client.end();
        expect((await get(video.id)).positions).toBeNull();
        const { organisation } = await get(video.id);
        expect(await seekBeside(app.services, organisation.id)).toBe(1);
        expect((await get(video.id)).positions).toMatchObject({ source: 'nmea', fixes: 57 });
        expect((await readings(id)).length).toBe(before);
        // Sought once: what had nothing beside it is not looked for for ever.
        expect(await seekBeside(app.services, organisation.id)).toBe(0);
        // Its card says it was last changed weeks after it was recorded.
        expect((await get(video.id)).signs.map((each) => each.code)).toContain('fileTimeLater');
    });
});

describe('the account of a docking computer', () => {
    it('hands in and hears of its files, and can read nothing', async () => {
        await expect(agent.call('recording.list', { query: {} })).rejects.toMatchObject({ code: 'access.denied' });
        await expect(agent.call('dock.questions', {})).rejects.toMatchObject({ code: 'access.denied' });
        await expect(agent.call('device.list', { query: {} })).rejects.toMatchObject({ code: 'access.denied' });
        await expect(officer.call('dock.settings', {})).rejects.toMatchObject({ code: 'access.denied' });
        await expect(
            officer.call('dock.settle', { body: { question: 'officer', text: '1', nobody: true } }),
        ).rejects.toMatchObject({ code: 'access.denied' });
    });
});

it('leaves a log and stores that agree', async () => {
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
});
