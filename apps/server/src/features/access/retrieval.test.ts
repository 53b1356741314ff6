import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BodyOf, Endpoints } from '@liuhen/contract';
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
const CLIP = 'DCAM_A0173_110207_20261028_140456.MP4';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let zhou: Remote;
let he: Remote;
let manager: Remote;
let head: Remote;
let act: Id;
let recording: Id;

const dataFolder = () => join(folder.path, 'data');
const personId = (login: string): Id => institute.people[login]?.id ?? '';

const WHY = {
    purpose: 'penalty',
    proceeding: '测卫罚〔2026〕12号',
    basis: '行政处罚法第四十六条',
    recipient: '测试区卫生健康委员会 王处理',
    reason: '行政处罚案件取证',
} as const;
const ask = async (who: Remote, given: Partial<BodyOf<Endpoints['retrieval.request']>>): Promise<Id> =>
    (await who.call('retrieval.request', { body: { ...WHY, ...given } })).id;
const get = (who: Remote, id: Id) => who.call('retrieval.get', { params: { id } });
const waiting = async (who: Remote) => (await who.call('retrieval.waiting', {})).count;

beforeAll(async () => {
    folder = await temporaryFolder('retrievals');
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
        // Holds both roles, so that only the person keeps them from their own request.
        { login: 'gumingzhi', name: '顾明之', kind: 'officer', certificate: '210003', roles: ['instituteHead', 'sectionHead'] },
    ]);
    const signedIn = (login: string) => remote(app.url).signIn(login, INSTITUTE_PASSWORD);
    zhou = await signedIn('zhouqing');
    he = await signedIn('hebei');
    manager = await signedIn('lumanager');
    head = await signedIn('gumingzhi');
    const now = Date.now();
    const participants = ['zhouqing', 'gumingzhi'].map((login) => ({ personId: personId(login), part: 'officer' as const }));
    ({ id: act } = await zhou.call('act.create', {
        body: { scenario: 'routineInspection', place: '示范路 1 号', startsAt: now - 2 * HOUR, endsAt: now - HOUR, participants },
    }));
    const client = new SignedInUploader(zhou);
    const bytes = await readFile(new URL(CLIP, CLIPS));
    const path = await client.create(bytes.length, { filename: CLIP, personId: personId('zhouqing') });
    await client.resume(path, bytes);
    recording = await client.recording(path);
    await vi.waitUntil(async () => (await zhou.call('recording.get', { params: { id: recording } })).state === 'sealed', {
        timeout: 20_000,
        interval: 50,
    });
    await zhou.call('recording.file', { params: { id: recording }, body: { actId: act } });
}, 120_000);

afterAll(async () => {
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
    await app?.stop();
    await folder?.remove();
});

describe('retrieval as evidence (附件1 第20条)', () => {
    it('is asked for from an act, waits for the head, is consented to by them, and each step is an entry', async () => {
        const id = await ask(zhou, { actId: act });
        expect([await waiting(head), await waiting(zhou), await waiting(manager)]).toEqual([1, 0, 0]);
        const asked = await get(head, id);
        expect(asked).toMatchObject({ ...WHY, state: 'requested', source: 'act', recordings: 1, mayDecide: true });
        const { sha256, size } = await zhou.call('recording.get', { params: { id: recording } });
        expect(asked.items).toMatchObject([{ recording: { id: recording }, sha256, size }]);
        await expect(zhou.call('retrieval.consent', { params: { id }, body: {} })).rejects.toMatchObject({
            code: 'access.denied',
        });
        await expect(manager.call('retrieval.consent', { params: { id }, body: {} })).rejects.toMatchObject({
            code: 'access.denied',
        });
        await head.call('retrieval.consent', { params: { id }, body: { note: '同意' } });
        expect(await get(zhou, id)).toMatchObject({ state: 'consented', decided: { by: { name: '顾明之' }, note: '同意' } });
        expect(await waiting(head)).toBe(0);
        await expect(head.call('retrieval.refuse', { params: { id }, body: { reason: '迟了' } })).rejects.toMatchObject({
            code: 'retrieval.wrongState',
        });
        const { items } = await head.call('ledger.list', { query: { objectId: id } });
        expect(items.map(({ kind }) => kind).toSorted()).toEqual(['retrieval.consented', 'retrieval.requested']);
        // The recording's own trace says that it was asked for.
        const trace = await head.call('ledger.list', { query: { objectId: recording, kind: 'retrieval.requested' } });
        expect(trace.items).toHaveLength(1);
    });

    it('makes no package where the server has no verify.html to put into it, and says so', async () => {
        const { items } = await manager.call('retrieval.list', { query: { state: 'consented' } });
        const id = items[0]?.id ?? '';
        await manager.call('retrieval.pack', { params: { id }, body: {} });
        await vi.waitUntil(async () => (await get(manager, id)).state === 'consented', { timeout: 30_000, interval: 100 });
        expect(await get(manager, id)).toMatchObject({ packingFailed: { code: 'retrieval.verifierMissing' }, package: null });
    });

    it("a head's own request waits for another head, whatever roles they hold", async () => {
        const id = await ask(head, { actId: act });
        expect(await get(head, id)).toMatchObject({ mayDecide: false, mayWithdraw: true });
        expect(await waiting(head)).toBe(0);
        await expect(head.call('retrieval.consent', { params: { id }, body: {} })).rejects.toMatchObject({
            code: 'retrieval.ownRequest',
        });
        await head.call('retrieval.withdraw', { params: { id }, body: { reason: '改由承办人申请' } });
        expect(await get(head, id)).toMatchObject({ state: 'withdrawn', withdrawn: { why: '改由承办人申请' } });
    });

    it('is asked for by who works on it or the recordings manager, from one source that is whole', async () => {
        await expect(ask(he, { actId: act })).rejects.toMatchObject({ code: 'retrieval.notYours' });
        await expect(ask(he, { recordingIds: [recording] })).rejects.toMatchObject({ code: 'retrieval.notYours' });
        await expect(ask(zhou, { actId: act, recordingIds: [recording] })).rejects.toMatchObject({
            code: 'retrieval.sourceUnclear',
        });
        await expect(ask(zhou, {})).rejects.toMatchObject({ code: 'retrieval.sourceUnclear' });
        await expect(ask(zhou, { recordingIds: [act] })).rejects.toMatchObject({ code: 'recording.notFound' });
        const { id: empty } = await he.call('act.create', {
            body: {
                scenario: 'routineInspection',
                place: '示范路 2 号',
                startsAt: Date.now() - 2 * HOUR,
                endsAt: Date.now() - HOUR,
                participants: [{ personId: personId('hebei'), part: 'officer' }],
            },
        });
        await expect(ask(he, { actId: empty })).rejects.toMatchObject({ code: 'retrieval.nothing' });
        const id = await ask(manager, { recordingIds: [recording, recording], purpose: 'litigation' });
        expect(await get(manager, id)).toMatchObject({ source: 'recordings', recordings: 1 });
        await head.call('retrieval.refuse', { params: { id }, body: { reason: '未写明案号' } });
        expect(await get(manager, id)).toMatchObject({ state: 'refused', decided: { note: '未写明案号' }, mayWithdraw: false });
    });

    it('is registered: custodians see all, others their own; by words, state, purpose, recording and in order', async () => {
        const list = async (who: Remote, query: object) => (await who.call('retrieval.list', { query })).items;
        expect(await list(manager, {})).toHaveLength(3);
        expect((await list(zhou, {})).map(({ requestedBy }) => requestedBy.name)).toEqual(['周青']);
        expect(await list(he, {})).toEqual([]);
        await expect(get(he, (await list(zhou, {}))[0]?.id ?? '')).rejects.toMatchObject({ code: 'retrieval.notFound' });
        expect(await list(manager, { q: '〔2026〕12号', state: 'refused' })).toMatchObject([{ purpose: 'litigation' }]);
        expect(await list(manager, { q: '无此案号' })).toEqual([]);
        expect(await list(manager, { recordingId: recording, purpose: 'penalty' })).toHaveLength(2);
        const places = (items: readonly { number: string }[]) => items.map(({ number }) => Number(number.slice(-4)));
        expect(places(await list(manager, {}))).toEqual([3, 2, 1]);
        for (const [sort, order] of [
            ['earliest', [1, 2, 3]],
            ['largest', [3, 2, 1]],
        ] as const) {
            const seen: number[] = [];
            for (let cursor: string | null | undefined; cursor !== null; ) {
                const page = await manager.call('retrieval.list', {
                    query: { sort, limit: 1, ...(cursor === undefined ? {} : { cursor }) },
                });
                seen.push(...places(page.items));
                cursor = page.next;
            }
            expect(seen.toSorted()).toEqual([1, 2, 3]);
            if (sort === 'earliest') expect(seen).toEqual(order);
        }
    });

    it('of a secret act is hidden from those who may not see the act (附件1 第12条)', async () => {
        const { version } = await zhou.call('act.get', { params: { id: act } });
        await zhou.call('act.markSecrecy', { params: { id: act }, body: { secrecy: 'work', version } });
        expect((await manager.call('retrieval.list', { query: {} })).items).toEqual([]);
        expect((await head.call('retrieval.list', { query: {} })).items).toHaveLength(3);
        await expect(ask(manager, { actId: act })).rejects.toMatchObject({ code: 'act.restricted' });
    });
});
