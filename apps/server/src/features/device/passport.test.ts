import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMAND_ID_HEADER, type ErrorBody } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { foundInstitute, INSTITUTE_PASSWORD, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { newId, type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const CLIP = new URL('../../../../../demo/clips/DCAM_A0173_110207_20261028_140456.MP4', import.meta.url);
const PDF = Buffer.from('%PDF-1.4\n%fictional certificate\n%%EOF\n');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let manager: Remote;
let officer: Remote;
let device: Id;
let twin: Id;

const passport = (id: Id) => manager.call('device.passport', { params: { id }, query: {} });
const rowOf = async (of: Id, id: string) => (await passport(of)).items.find((each) => each.id === id);
const send = (who: Remote, id: Id, change: Record<string, string> = {}, bytes = PDF) =>
    fetch(
        `${app.url}/api/devices/${id}/papers?${new URLSearchParams({
            ...{ kind: 'certificate', requirements: 'A2-19,A2-20', forModel: 'yes', number: '示范检字 001' },
            ...{ issuer: '示范检测中心', expiresOn: '2099-12-31', fileName: '证书.pdf', ...change },
        })}`,
        {
            method: 'POST',
            headers: { cookie: who.cookie ?? '', 'content-type': 'application/octet-stream', [COMMAND_ID_HEADER]: newId() },
            body: new Uint8Array(bytes),
        },
    );

beforeAll(async () => {
    folder = await temporaryFolder('passport');
    const environment = { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' };
    app = await startApp({ config: readConfig(environment, { dataFolder: join(folder.path, 'data') }) });
    await foundInstitute(app.url, USUAL_PEOPLE);
    [manager, officer] = [
        await remote(app.url).signIn('lumanager', INSTITUTE_PASSWORD),
        await remote(app.url).signIn('zhouqing', INSTITUTE_PASSWORD),
    ];
    const create = (number: string) =>
        manager.call('device.create', { body: { kind: 'recorder', number, model: '示范 DSJ-X1' } });
    [{ id: device }, { id: twin }] = [await create('A0173'), await create('A0174')];
}, 120_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

it('claims nothing of a device without files and papers', async () => {
    const { items, total, files } = await passport(device);
    expect([items.length, total, files]).toEqual([32, 32, 0]);
    expect(new Set(items.map((each) => each.verdict))).toEqual(new Set(['unknown', 'paperOnly']));
});

it('says what its files show, from which, and that few are no proof', async () => {
    const client = new SignedInUploader(officer);
    const bytes = await readFile(CLIP);
    const path = await client.create(bytes.length, { filename: 'DCAM_A0173_110207_20261028_140456_IMP.MP4', deviceId: device });
    await client.resume(path, bytes);
    const id = await client.recording(path);
    await vi.waitUntil(async () => (await manager.call('recording.get', { params: { id } })).inspected, {
        timeout: 20_000,
        interval: 50,
    });
    expect(await rowOf(device, 'A2-14')).toMatchObject({
        verdict: 'met',
        files: 1,
        sure: 'thin',
        values: { width: 1_920, height: 1_080 },
        examples: [{ id }],
    });
    expect(await rowOf(device, 'A2-15')).toMatchObject({ verdict: 'met', values: { rateMilli: 30_000, worstMilli: 30_000 } });
    // A test picture needs next to nothing: the rate is below 1 Mbps, and that is said.
    expect(await rowOf(device, 'A2-16')).toMatchObject({ verdict: 'below', below: 1 });
    expect(await rowOf(device, 'A2-31')).toMatchObject({ verdict: 'met' });
    expect(await rowOf(device, 'A2-26')).toMatchObject({ verdict: 'unknown', values: { looked: 1, having: 0 } });
    expect(await rowOf(twin, 'A2-14')).toMatchObject({ verdict: 'unknown', files: 0 });
});

it('a certificate with its document speaks for every device of the model, until it is withdrawn', async () => {
    const answer = await send(manager, device);
    expect(answer.status).toBe(200);
    const { id: paperId } = (await answer.json()) as { id: Id };
    for (const each of [device, twin])
        expect(await rowOf(each, 'A2-19')).toMatchObject({ verdict: 'certified', papers: [paperId] });
    const document = await fetch(`${app.url}/api/devices/${device}/papers/${paperId}`, {
        headers: { cookie: manager.cookie ?? '' },
    });
    expect([document.headers.get('content-type'), Buffer.from(await document.arrayBuffer())]).toEqual(['application/pdf', PDF]);
    await manager.call('device.withdrawPaper', { params: { id: device, paperId }, body: { reason: '登错型号' } });
    expect(await rowOf(twin, 'A2-19')).toMatchObject({ verdict: 'paperOnly', papers: [] });
    expect((await passport(device)).papers).toMatchObject([{ id: paperId, withdrawn: { why: '登错型号' } }]);
    await expect(
        manager.call('device.withdrawPaper', { params: { id: device, paperId }, body: { reason: '再撤' } }),
    ).rejects.toMatchObject({ code: 'device.paperWithdrawn' });
});

it('one for a single device speaks for no other; one that ran out says so', async () => {
    expect((await send(manager, device, { forModel: 'no', requirements: 'A2-11', expiresOn: '2020-01-01' })).status).toBe(200);
    expect(await rowOf(device, 'A2-11')).toMatchObject({ verdict: 'expired' });
    expect(await rowOf(twin, 'A2-11')).toMatchObject({ verdict: 'paperOnly' });
    expect(
        (await send(manager, device, { forModel: 'no', kind: 'dataSheet', requirements: 'A2-11', expiresOn: '2099-01-01' }))
            .status,
    ).toBe(200);
    expect(await rowOf(device, 'A2-11')).toMatchObject({ verdict: 'stated' });
});

it('what the register states of the model stands beside what files show, and says so where they differ', async () => {
    const figures = [
        { key: 'frameRate', value: '25', source: 'maker', detail: '第 3 页' },
        { key: 'nfc', value: '支持', source: 'tender', detail: null },
    ] as const;
    await manager.call('device.saveModel', {
        body: { kind: 'recorder', name: '示范 DSJ-X1', maker: '示范厂', figures: [...figures] },
    });
    expect(await rowOf(device, 'A2-15')).toMatchObject({
        verdict: 'met',
        stated: [{ ...figures[0], standing: 'below' }],
        conflict: 'filesMeet',
    });
    expect(await rowOf(twin, 'A2-15')).toMatchObject({ verdict: 'statedBelow', stated: [figures[0]], conflict: null });
    expect(await rowOf(twin, 'A2-11')).toMatchObject({ verdict: 'stated', stated: [{ key: 'nfc', standing: 'reaches' }] });
});

it.each([
    ['no document of a kind that is taken', {}, Buffer.from('MZ'), 415, 'device.paperKindUnknown'],
    ['a requirement that is none', { requirements: 'A2-99' }, PDF, 400, 'request.invalid'],
    ['a day that is none', { expiresOn: '2026-13-40' }, PDF, 400, 'request.invalid'],
    ['no number', { number: ' ' }, PDF, 400, 'request.invalid'],
] as const)('refuses %s', async (_, change, bytes, status, code) => {
    const answer = await send(manager, device, change, bytes);
    expect([answer.status, ((await answer.json()) as ErrorBody).code]).toEqual([status, code]);
});

it('is recorded by those who manage devices, and read by those who see them', async () => {
    expect((await send(officer, device)).status).toBe(403);
    expect((await officer.call('device.passport', { params: { id: device }, query: {} })).total).toBe(32);
    expect(await verifyInstallation({ dataFolder: join(folder.path, 'data') })).toMatchObject({ outcome: 'sound', findings: [] });
});
