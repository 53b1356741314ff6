import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorBody } from '@liuhen/contract';
import { type DerivedKind, dayOf, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { setParameter } from '../../demo/stories/set-parameter.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { AAC, ffmpeg, H264, picture, tone } from '../../testing/ffmpeg.ts';
import { foundInstitute, INSTITUTE_PASSWORD, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';
import { derivedJobs } from './derived.jobs.ts';

const SMALL = '320x240';
const HEVC = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=none', '-tag:v', 'hvc1'];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let manager: Remote;
let officer: Remote;
const at = (name: string) => join(folder.path, name);

async function handIn(who: Remote, name: string): Promise<Id> {
    const client = new SignedInUploader(who);
    const bytes = await readFile(at(name));
    const path = await client.create(bytes.length, { filename: name });
    await client.resume(path, bytes);
    return client.recording(path);
}

const detail = (id: Id) => manager.call('recording.get', { params: { id } });
const itemOf = async (id: Id, kind: DerivedKind) => (await detail(id)).derivedItems.find((each) => each.kind === kind);

async function settled(id: Id, kind: DerivedKind, state = 'made') {
    await vi.waitUntil(async () => (await itemOf(id, kind))?.state === state, { timeout: 60_000, interval: 100 });
    const item = await itemOf(id, kind);
    if (item === undefined) throw new Error('there is no item');
    return item;
}

const view = (who: Remote, id: Id) => who.call('recording.openViewing', { params: { id }, body: { purpose: '复核' } });
const get = (who: Remote, path: string): Promise<Response> => fetch(app.url + path, { headers: { cookie: who.cookie ?? '' } });
const entriesOf = async (objectId: Id, kind: 'recording.derived' | 'recording.derivationFailed' | 'recording.picturesOpened') =>
    (await manager.call('ledger.list', { query: { objectId, kind } })).items;

beforeAll(async () => {
    folder = await temporaryFolder('derived');
    app = await startApp({
        config: readConfig(
            {
                LIUHEN_PORT: '0',
                LIUHEN_LOG_LEVEL: 'silent',
                LIUHEN_STORAGE_FLOOR_MIB: '0',
                LIUHEN_DERIVED_AFTER_SECONDS: '0',
            },
            { dataFolder: at('data') },
        ),
    });
    await foundInstitute(app.url, [
        ...USUAL_PEOPLE,
        { login: 'fanghead', name: '方主任', kind: 'officer', certificate: '210009', roles: ['instituteHead'] },
        { login: 'zhengagency', name: '郑主任', kind: 'staff', roles: ['agencyHead'] },
    ]);
    manager = await remote(app.url).signIn('lumanager', INSTITUTE_PASSWORD);
    officer = await remote(app.url).signIn('zhouqing', INSTITUTE_PASSWORD);
    await ffmpeg(...picture(SMALL, 30, 12), ...tone(12), ...H264, '-g', '30', ...AAC, '-movflags', '+faststart', at('plain.mp4'));
    await ffmpeg(...picture('640x360', 25, 6), ...tone(6), ...H264, '-g', '25', ...AAC, '-ar', '16000', at('recorder.mp4'));
    await ffmpeg(...picture(SMALL, 30, 3), ...tone(3), ...HEVC, ...AAC, at('hevc.mp4'));
    await ffmpeg('-i', at('plain.mp4'), '-c', 'copy', at('stream.ts'));
    const whole = await readFile(at('plain.mp4'));
    await writeFile(at('cut.mp4'), whole.subarray(0, Math.floor(whole.length * 0.6)));
    await writeFile(at('text.mp4'), '现场检查笔录');
}, 120_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

describe('a file cut short', () => {
    it('gets a copy of what is whole of it, which names the bytes it was made from and how', async () => {
        const id = await handIn(officer, 'cut.mp4');
        const item = await settled(id, 'repaired');
        const original = await readFile(at('cut.mp4'));
        const { sha256, fromSha256, programVersion, durationMs } = item;
        expect(fromSha256).toBe(createHash('sha256').update(original).digest('hex'));
        expect(fromSha256).toBe((await detail(id)).sha256);
        expect(item).toMatchObject({ program: 'ffmpeg', reason: null });
        expect(item.arguments.slice(0, 6)).toEqual(['-err_detect', 'ignore_err', '-f', 'mov', '-i', 'in']);
        expect(programVersion).toMatch(/^\S+$/);
        expect(durationMs).toBeGreaterThan(5_000);
        expect(durationMs).toBeLessThan(9_000);

        const opened = await view(manager, id);
        expect(opened).toMatchObject({ shown: 'repaired' });
        const copy = Buffer.from(await (await get(manager, opened.contentUrl)).arrayBuffer());
        expect(createHash('sha256').update(copy).digest('hex')).toBe(sha256);
        // The original stays as it came, bit by bit, and is still what the recording is.
        const own = await get(manager, `/api/recordings/${id}/content?viewing=${opened.viewingId}`);
        expect(Buffer.from(await own.arrayBuffer()).equals(original)).toBe(true);
        expect(await detail(id)).toMatchObject({ role: 'original', shownAs: 'repaired', playable: true });
        const [entry] = await entriesOf(id, 'recording.derived');
        expect(entry).toBeDefined();
    });

    it('is one recording: what was made of it is in no list and no count', async () => {
        const { items, total } = await manager.call('recording.list', { query: {} });
        expect([items.map((each) => each.name), total]).toEqual([['cut.mp4'], 1]);
    });
});

describe('a file without its index', () => {
    let id: Id;
    let deviceId: Id;
    const ofDevice = async (name: string, from: string) => {
        // The same bytes would be the same recording.
        const free = Buffer.concat([Buffer.from('0000002866726565', 'hex'), Buffer.from(name.padEnd(32))]);
        await writeFile(at(name), Buffer.concat([await readFile(at(from)), free]));
        return handIn(officer, name);
    };

    beforeAll(async () => {
        const { id: made } = await manager.call('device.create', {
            body: { kind: 'recorder', number: 'R8001', model: 'DSJ-V8' },
        });
        deviceId = made;
        const whole = await readFile(at('recorder.mp4'));
        await writeFile(at('lost.mp4'), whole.subarray(0, whole.lastIndexOf('moov') - 4));
    });

    it('and without another recording of its recorder gets no copy, and why is said', async () => {
        id = await ofDevice('R8001_110207_20261020090000.MP4', 'lost.mp4');
        expect(await settled(id, 'repaired', 'failed')).toMatchObject({ reason: 'noReference', sha256: null, rebuilt: null });
        expect(await detail(id)).toMatchObject({ shownAs: null, playable: false, device: { id: deviceId } });
    });

    it('gets one once a whole recording of that recorder comes in, which names whose parameters it rests on', async () => {
        const reference = await ofDevice('R8001_110207_20261020100000.MP4', 'recorder.mp4');
        const item = await settled(id, 'repaired');
        expect(item.rebuilt).toMatchObject({
            ...{ parameters: 'reference', pictures: 150, holes: 0, leftOut: 0, decoded: 60, sound: 'kept' },
            ...{ rateMilli: 25_000, rateFrom: 'reference' },
            reference: { id: reference, name: 'R8001_110207_20261020100000.MP4', likeness: 'sameDevice' },
        });
        expect(item.arguments.slice(0, 6)).toEqual(['-r', '25000/1000', '-f', 'h264', '-i', 'in']);
        const opened = await view(manager, id);
        expect(opened.shown).toBe('repaired');
        const copy = Buffer.from(await (await get(manager, opened.contentUrl)).arrayBuffer());
        expect(createHash('sha256').update(copy).digest('hex')).toBe(item.sha256);
        // Bit by bit what came in, which alone is the recording.
        const own = await get(manager, `/api/recordings/${id}/content?viewing=${opened.viewingId}`);
        const original = await readFile(at('R8001_110207_20261020090000.MP4'));
        expect(Buffer.from(await own.arrayBuffer()).equals(original)).toBe(true);
        expect(item.fromSha256).toBe(createHash('sha256').update(original).digest('hex'));
        expect(await detail(id)).toMatchObject({ role: 'original', durationMs: null, sha256: item.fromSha256 });
        expect((await entriesOf(id, 'recording.derived')).length).toBe(1);
    });

    it('of another recorder of the same model rests on that, and is called less sure', async () => {
        await manager.call('device.create', { body: { kind: 'recorder', number: 'R8002', model: 'DSJ-V8' } });
        const other = await ofDevice('R8002_110208_20261021090000.MP4', 'lost.mp4');
        expect((await settled(other, 'repaired')).rebuilt?.reference).toMatchObject({ likeness: 'sameModel' });
    });

    it('of a recorder whose recordings are of another kind gets none', async () => {
        await manager.call('device.create', { body: { kind: 'recorder', number: 'R9001', model: 'DSJ-X9' } });
        await ofDevice('R9001_110209_20261020090000.MP4', 'plain.mp4');
        const other = await ofDevice('R9001_110209_20261020100000.MP4', 'lost.mp4');
        expect(await settled(other, 'repaired', 'failed')).toMatchObject({ reason: 'noReference' });
    });
});

describe('what browsers do not show', () => {
    it.each([
        ['hevc.mp4', 3_000],
        ['stream.ts', 12_000],
    ])('%s gets a copy in H.264 that does, as long as the original', async (name, length) => {
        const id = await handIn(officer, name);
        const item = await settled(id, 'playable');
        expect(Math.abs((item.durationMs ?? 0) - length)).toBeLessThan(150);
        const opened = await view(manager, id);
        expect(opened.shown).toBe('playable');
        const answer = await get(manager, opened.contentUrl);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'video/mp4']);
        expect((await answer.arrayBuffer()).byteLength).toBe(Number(item.size));
    });

    it('what is not even a recording gets nothing, and says so when asked', async () => {
        const id = await handIn(officer, 'text.mp4');
        await vi.waitUntil(async () => (await detail(id)).inspected, { timeout: 20_000, interval: 50 });
        expect(await detail(id)).toMatchObject({ derivable: [], shownAs: null, playable: false });
        await expect(
            manager.call('recording.askForDerived', { params: { id }, body: { kind: 'thumbnail' } }),
        ).rejects.toMatchObject({ code: 'recording.notDerivable' });
    });
});

describe('pictures', () => {
    let id: Id;
    const look = (who: Remote, ids: Id[]) => who.call('recording.openPictures', { body: { recordingIds: ids, purpose: '归类' } });

    it('are made by themselves, and have no address before a look is registered', async () => {
        id = await handIn(officer, 'plain.mp4');
        await settled(id, 'thumbnail');
        await settled(id, 'storyboard');
        expect(await detail(id)).toMatchObject({ shownAs: 'original', derivable: ['thumbnail', 'storyboard'] });
        const answer = await get(manager, `/api/recordings/${id}/derived/thumbnail`);
        expect([answer.status, ((await answer.json()) as ErrorBody).code]).toEqual([404, 'viewing.notFound']);
    });

    it('are shown to those who look after recordings, by one entry for all of them', async () => {
        const others = (await manager.call('recording.list', { query: {} })).items.map((each) => each.id);
        const { pictures, withheld } = await look(manager, others);
        expect(withheld).toBe(0);
        const own = pictures.find((each) => each.recordingId === id);
        expect(own?.storyboard).toMatchObject({ columns: 5, rows: 1 });
        expect((await itemOf(id, 'storyboard'))?.dull).toEqual({ dark: [], silent: [], more: 0 });
        for (const url of [own?.thumbnail, own?.storyboard?.url]) {
            const answer = await get(manager, url ?? '');
            expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
            expect(
                Buffer.from(await answer.arrayBuffer())
                    .subarray(0, 3)
                    .toString('hex'),
            ).toBe('ffd8ff');
        }
        expect(await entriesOf(id, 'recording.picturesOpened')).toHaveLength(1);
        // Somebody else's look opens nothing.
        const answer = await get(officer, own?.thumbnail ?? '');
        expect(answer.status).toBe(404);
    });

    it('are withheld from the officer of the recording until the organisation lets participants see their own', async () => {
        expect(await look(officer, [id])).toMatchObject({ pictures: [], withheld: 1 });
        const head = await remote(app.url).signIn('fanghead', INSTITUTE_PASSWORD);
        await setParameter(head, await remote(app.url).signIn('zhengagency', INSTITUTE_PASSWORD), {
            key: 'recording.participantsSeePictures',
            ...{ value: true, standing: 'own', basis: '本机构决定', from: dayOf(Date.now()), reason: '回看便于归类' },
        });
        const own = await look(officer, [id]);
        expect(own).toMatchObject({ withheld: 0, pictures: [{ recordingId: id }] });
        expect((await get(officer, own.pictures[0]?.thumbnail ?? '')).status).toBe(200);
        // A colleague who has nothing to do with it still sees nothing.
        expect(await look(await remote(app.url).signIn('hebei', INSTITUTE_PASSWORD), [id])).toMatchObject({ withheld: 1 });
    });

    it('are not shown by a copy’s viewing, nor a copy by a look', async () => {
        const { viewingId } = await view(manager, id);
        expect((await get(manager, `/api/recordings/${id}/derived/thumbnail?viewing=${viewingId}`)).status).toBe(404);
        expect((await get(manager, `/api/recordings/${id}/derived/playable?viewing=${viewingId}`)).status).toBe(404);
        expect((await get(manager, `/api/recordings/${id}/derived/nonsense?viewing=${viewingId}`)).status).toBe(404);
    });
});

describe('where no program is installed, or it fails', () => {
    const job = (id: Id, kind: DerivedKind) => {
        const { clock } = app.services;
        return async (program: Parameters<typeof derivedJobs>[1]) => {
            const { organisation } = await detail(id);
            const [command, orgId] = [clock.newId(), organisation.id];
            const context = { actor: '00000000-0000-7000-8000-000000000000', orgId, readOrgs: [orgId], commandId: command };
            const run = derivedJobs(app.services, program)['recording.derive'];
            await run?.({ orgId, data: { recordingId: id, kind }, command: context });
        };
    };

    it('the item says so, the original is as it was, and it is made once somebody asks again', async () => {
        const { items } = await manager.call('recording.list', { query: { q: 'plain' } });
        const id = items[0]?.id ?? '';
        const derive = job(id, 'thumbnail');
        await derive(async () => undefined);
        expect(await itemOf(id, 'thumbnail')).toMatchObject({ state: 'programMissing', programVersion: null, sha256: null });
        await derive(async () => ({ path: '/bin/false', version: '0' }));
        expect(await itemOf(id, 'thumbnail')).toMatchObject({ state: 'failed', reason: 'program', sha256: null });
        expect(await entriesOf(id, 'recording.derivationFailed')).toHaveLength(2);
        await manager.call('recording.askForDerived', { params: { id }, body: { kind: 'thumbnail' } });
        expect(await settled(id, 'thumbnail')).toMatchObject({ reason: null });
    });

    it('what is looked for beside the pictures takes none of them away: then it was not looked for', async () => {
        const { items } = await manager.call('recording.list', { query: { q: 'plain' } });
        const id = items[0]?.id ?? '';
        const body = '#!/bin/sh\ncase "$*" in *s16le*) exit 1;; esac\nexec /usr/bin/ffmpeg "$@"\n';
        await writeFile(at('deaf'), body, { mode: 0o700 });
        const derive = job(id, 'storyboard');
        await derive(async () => ({ path: at('deaf'), version: '0' }));
        const item = await itemOf(id, 'storyboard');
        expect(item).toMatchObject({ state: 'made', dull: null });
        expect(item?.arguments).not.toContain('sound');
    });
});

it('a file that should play and does not in somebody’s browser gets a copy in another coding when asked for', async () => {
    const { items } = await manager.call('recording.list', { query: { q: 'plain' } });
    const id = items[0]?.id ?? '';
    expect((await view(manager, id)).shown).toBe('original');
    await manager.call('recording.askForDerived', { params: { id }, body: { kind: 'playable' } });
    expect((await settled(id, 'playable')).arguments).toContain('libx264');
    expect((await view(manager, id)).shown).toBe('playable');
});

it('the whole verifies: log, rows and files, derived ones among them', async () => {
    expect(await verifyInstallation({ dataFolder: at('data') })).toMatchObject({ outcome: 'sound', findings: [] });
});
