import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const CLIPS = new URL('../../../../../demo/clips/', import.meta.url);
/** The second was cut off, so that its length is not known. */
const [FIRST, SECOND] = ['DCAM_A0173_110207_20261028_140456.MP4', 'DCAM_A0174_110215_20261118_093100.MP4'] as const;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let zhou: Remote;
let he: Remote;
let manager: Remote;
let head: Remote;
let act: Id;
let first: Id;
let second: Id;

const dataFolder = () => join(folder.path, 'data');
const personId = (login: string): Id => institute.people[login]?.id ?? '';
const list = (who: Remote, query: object = {}) => who.call('viewing.list', { query });

async function handIn(who: Remote, name: string, person: string): Promise<Id> {
    const client = new SignedInUploader(who);
    const bytes = await readFile(new URL(name, CLIPS));
    const path = await client.create(bytes.length, { filename: name, personId: personId(person) });
    await client.resume(path, bytes);
    const id = await client.recording(path);
    const isDone = async () => {
        const { inspected, state } = await who.call('recording.get', { params: { id } });
        return inspected && state === 'sealed';
    };
    await vi.waitUntil(isDone, { timeout: 20_000, interval: 50 });
    return id;
}

async function view(who: Remote, id: Id, purpose: string, played?: { startMs: number; endMs: number }[]): Promise<void> {
    const { viewingId } = await who.call('recording.openViewing', { params: { id }, body: { purpose } });
    if (played !== undefined) await who.call('recording.closeViewing', { params: { id: viewingId }, body: { played } });
}

beforeAll(async () => {
    folder = await temporaryFolder('viewings');
    app = await startApp({
        config: readConfig(
            { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' },
            { dataFolder: dataFolder() },
        ),
    });
    institute = await foundInstitute(app.url, [
        { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
        { login: 'hebei', name: '何北', kind: 'officer', certificate: '210002', roles: ['officer'] },
        { login: 'lumanager', name: '陆管理', kind: 'staff', roles: ['recordingManager'] },
        { login: 'gumingzhi', name: '顾明之', kind: 'officer', certificate: '210003', roles: ['instituteHead'] },
        { login: 'audit', name: '审计', kind: 'staff', roles: ['auditAdmin'] },
    ]);
    const signedIn = (login: string) => remote(app.url).signIn(login, INSTITUTE_PASSWORD);
    zhou = await signedIn('zhouqing');
    he = await signedIn('hebei');
    manager = await signedIn('lumanager');
    head = await signedIn('gumingzhi');
    const now = Date.now();
    const participants = [{ personId: personId('zhouqing'), part: 'officer' as const }];
    ({ id: act } = await zhou.call('act.create', {
        body: { scenario: 'routineInspection', place: '示范路 1 号', startsAt: now - 2 * HOUR, endsAt: now - HOUR, participants },
    }));
    first = await handIn(zhou, FIRST, 'zhouqing');
    second = await handIn(he, SECOND, 'hebei');
    await zhou.call('recording.file', { params: { id: first }, body: { actId: act } });
}, 120_000);

afterAll(async () => {
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
    await app?.stop();
    await folder?.remove();
});

describe('the register of viewings (附件1 第19条)', () => {
    it('says who viewed what, when, for what and which parts, the latest first; and nothing of what was refused', async () => {
        expect((await list(manager)).items).toEqual([]);
        await view(zhou, first, '制作文书', [
            { startMs: 5_000, endMs: 9_000 },
            { startMs: 0, endMs: 6_000 },
        ]);
        await view(manager, second, '质量检查', [{ startMs: 0, endMs: 2_000 }]);
        await view(he, second, '复核');
        await expect(view(he, first, '复核')).rejects.toMatchObject({ code: 'access.denied' });
        const { items, total, everybody, totalIsLeast } = await list(manager);
        expect([total, everybody, totalIsLeast]).toEqual([3, true, false]);
        expect(
            items.map(({ by, purpose, recording, state, played }) => [by.name, purpose, recording?.id, state, played]),
        ).toEqual([
            ['何北', '复核', second, 'open', null],
            ['陆管理', '质量检查', second, 'ended', [{ startMs: 0, endMs: 2_000 }]],
            ['周青', '制作文书', first, 'ended', [{ startMs: 0, endMs: 9_000 }]],
        ]);
        const { number } = await zhou.call('act.get', { params: { id: act } });
        expect(items.map((each) => each.act)).toEqual([null, null, { id: act, number }]);
        const [opened, , ended] = items;
        expect([opened?.endedAt, (ended?.endedAt ?? 0) >= (ended?.openedAt ?? 1)]).toEqual([null, true]);
    });

    it('has looks at the small pictures of recordings in it, one for all that were on a page', async () => {
        await manager.call('recording.openPictures', { body: { recordingIds: [first, second], purpose: '查找' } });
        const { items } = await list(manager, { kind: 'pictures' });
        expect(items).toMatchObject([{ kind: 'pictures', purpose: '查找', recordings: 2, plays: false, played: null }]);
        expect((await list(manager)).items.map(({ kind }) => kind)).toEqual(['pictures', 'content', 'content', 'content']);
    });

    it('does not say of a photograph that it was or was not played', async () => {
        const name = 'DCAM_A0173_110207_20261028_140500.JPG';
        const client = new SignedInUploader(zhou);
        const photo = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
        const path = await client.create(photo.length, { filename: name });
        await client.resume(path, photo);
        const id = await client.recording(path);
        await vi.waitUntil(async () => (await zhou.call('recording.get', { params: { id } })).inspected, { timeout: 20_000 });
        await view(zhou, id, '看照片', []);
        const { items } = await list(zhou, { recordingId: id });
        expect(items).toMatchObject([{ kind: 'content', state: 'ended', plays: false, played: null }]);
    });

    it('is seen whole by who looks after recordings; others find their own in it, administrators nothing', async () => {
        expect((await list(head)).total).toBe(5);
        const own = await list(zhou);
        expect([own.everybody, own.total, own.items.map(({ by }) => by.name)]).toEqual([false, 2, ['周青', '周青']]);
        expect((await list(zhou, { personId: personId('hebei') })).items).toEqual([]);
        const audit = await remote(app.url).signIn('audit', INSTITUTE_PASSWORD);
        await expect(list(audit)).rejects.toMatchObject({ code: 'access.denied' });
    });

    it('is found by words, by who, of what and when, and read page by page', async () => {
        const purposes = async (query: object) => (await list(manager, query)).items.map(({ purpose }) => purpose);
        expect(await purposes({ q: '质量' })).toEqual(['质量检查']);
        expect(await purposes({ q: '何北 复核' })).toEqual(['复核']);
        expect(await purposes({ q: FIRST })).toEqual(['查找', '制作文书']);
        expect(await purposes({ q: '没有' })).toEqual([]);
        expect(await purposes({ personId: personId('lumanager') })).toEqual(['查找', '质量检查']);
        expect(await purposes({ recordingId: first })).toEqual(['查找', '制作文书']);
        const times = (await list(manager)).items.map(({ openedAt }) => openedAt);
        expect(await purposes({ from: times[2] })).toEqual(['看照片', '查找', '复核']);
        expect(await purposes({ to: times[2] })).toEqual(['质量检查', '制作文书']);
        const read: string[] = [];
        for (let cursor: string | null | undefined; cursor !== null; ) {
            const page = await list(manager, { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
            expect(page.total).toBe(5);
            read.push(...page.items.map(({ purpose }) => purpose));
            cursor = page.next;
        }
        expect(read).toEqual(['看照片', '查找', '复核', '质量检查', '制作文书']);
    });

    it('has nothing of a secret act for those who may not see the act (附件1 第12条)', async () => {
        const { version } = await zhou.call('act.get', { params: { id: act } });
        await zhou.call('act.markSecrecy', { params: { id: act }, body: { secrecy: 'work', version } });
        // The look had a recording of the act among others.
        expect((await list(manager)).items.map(({ purpose }) => purpose)).toEqual(['看照片', '复核', '质量检查']);
        expect((await list(zhou)).total).toBe(2);
        expect((await list(head)).total).toBe(5);
    });
});
