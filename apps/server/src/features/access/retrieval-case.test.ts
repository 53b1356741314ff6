import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HOUR, type Id } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const CLIPS = new URL('../../../../../demo/clips/', import.meta.url);
const [OF_ACT, EVIDENCE, BESIDE] = [
    'DCAM_A0173_110207_20261028_140456.MP4',
    'DCAM_A0174_110215_20261028_140458.MP4',
    'DCAM_A0173_110207_20261112_101957.MP4',
] as const;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let zhou: Remote;
let he: Remote;
let head: Remote;
let act: Id;
let of: Id;
const recordings: Record<string, Id> = {};

const dataFolder = () => join(folder.path, 'data');
const personId = (login: string): Id => institute.people[login]?.id ?? '';
const ask = async (who: Remote) =>
    who.call('retrieval.request', {
        body: {
            caseId: of,
            purpose: 'reconsideration',
            proceeding: '测复〔2026〕3号',
            basis: '行政复议法',
            recipient: '测试区司法局 李工作人员',
            reason: '答复行政复议',
        },
    });

async function handIn(clip: string): Promise<Id> {
    const client = new SignedInUploader(zhou);
    const bytes = await readFile(new URL(clip, CLIPS));
    const path = await client.create(bytes.length, { filename: clip, personId: personId('zhouqing') });
    await client.resume(path, bytes);
    const id = await client.recording(path);
    await vi.waitUntil(async () => (await zhou.call('recording.get', { params: { id } })).state === 'sealed', {
        timeout: 20_000,
        interval: 50,
    });
    return id;
}

beforeAll(async () => {
    folder = await temporaryFolder('retrieval-case');
    app = await startApp({
        config: readConfig(
            { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' },
            { dataFolder: dataFolder() },
        ),
    });
    institute = await foundInstitute(app.url, [
        { login: 'zhouqing', name: '周青', kind: 'officer', certificate: '210001', roles: ['officer'] },
        { login: 'hebei', name: '何北', kind: 'officer', certificate: '210002', roles: ['officer'] },
        { login: 'gumingzhi', name: '顾明之', kind: 'officer', certificate: '210003', roles: ['instituteHead'] },
    ]);
    const signedIn = (login: string) => remote(app.url).signIn(login, INSTITUTE_PASSWORD);
    [zhou, he, head] = [await signedIn('zhouqing'), await signedIn('hebei'), await signedIn('gumingzhi')];
    const now = Date.now();
    const participants = [{ personId: personId('zhouqing'), part: 'officer' as const }];
    ({ id: act } = await zhou.call('act.create', {
        body: { scenario: 'routineInspection', place: '示范路 1 号', startsAt: now - 2 * HOUR, endsAt: now - HOUR, participants },
    }));
    for (const clip of [OF_ACT, EVIDENCE, BESIDE]) recordings[clip] = await handIn(clip);
    await zhou.call('recording.file', { params: { id: recordings[OF_ACT] ?? '' }, body: { actId: act } });
    ({ id: of } = await zhou.call('case.open', {
        body: {
            procedure: 'penalty',
            source: 'inspection',
            title: '未按规定消毒',
            openedAt: now - HOUR,
            handlerIds: [personId('zhouqing')],
        },
    }));
}, 120_000);

afterAll(async () => {
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
    await app?.stop();
    await folder?.remove();
});

it('of a case holds the recordings of its acts and those of its evidence, as they are when it is asked for', async () => {
    await expect(ask(zhou)).rejects.toMatchObject({ code: 'retrieval.nothing' });
    const { id: link } = await zhou.call('case.linkAct', { params: { id: of }, body: { actId: act } });
    const { id: listed } = await zhou.call('case.addEvidence', {
        params: { id: of },
        body: { kind: 'recording', targetId: recordings[EVIDENCE] ?? '', title: '现场录像' },
    });
    // Nobody asks for a case they do not work on.
    await expect(ask(he)).rejects.toMatchObject({ code: 'retrieval.notYours' });
    const { id } = await ask(zhou);
    const names = async (of: Id) =>
        (await head.call('retrieval.get', { params: { id: of } })).items.map(({ recording }) => recording.name).toSorted();
    expect(await names(id)).toEqual([OF_ACT, EVIDENCE]);
    // What is unlinked later stays in what was asked for, and is no longer in what is asked for then.
    await zhou.call('case.unlinkAct', { params: { id: link }, body: { reason: '关联有误' } });
    expect(await names(id)).toEqual([OF_ACT, EVIDENCE]);
    const { id: later } = await ask(zhou);
    expect(await names(later)).toEqual([EVIDENCE]);
    await zhou.call('case.withdrawEvidence', { params: { id: listed }, body: { reason: '与本案无关' } });
    await expect(ask(zhou)).rejects.toMatchObject({ code: 'retrieval.nothing' });
    await head.call('retrieval.consent', { params: { id }, body: {} });
    expect((await head.call('retrieval.list', { query: { caseId: of, state: 'consented' } })).items).toMatchObject([{ id }]);
    const { items } = await head.call('ledger.list', { query: { objectId: of, kind: 'retrieval.consented' } });
    expect(items).toHaveLength(1);
});
