import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DEFAULT_SCHEME, HOUR, type Id, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { type BuiltOrganisation, buildOrganisation, buildPerson, TEST_PASSWORD } from '../../testing/builders.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const BYTES = randomBytes(300_000);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let reviewer: Remote;
let sheet: Id;
let [drawn, other]: [Id, Id] = ['', ''];

const dataFolder = () => join(folder.path, 'data');

async function signedIn(of: BuiltOrganisation, name: string, role: Role): Promise<Remote & { id: Id }> {
    const { id, login } = await buildPerson(app.services, of, { name, roles: [role] });
    return Object.assign(await remote(app.url).signIn(login, TEST_PASSWORD), { id });
}

async function handIn(who: Remote, filename: string, bytes: Uint8Array): Promise<Id> {
    const client = new SignedInUploader(who);
    const path = await client.create(bytes.length, { filename });
    await client.resume(path, bytes);
    const id = await client.recording(path);
    const isSealed = async () => (await who.call('recording.get', { params: { id } })).state === 'sealed';
    await vi.waitUntil(isSealed, { timeout: 20_000, interval: 50 });
    return id;
}

/** A district's act with a recording, and a recording of its own that belongs to no act; the city drew the act. */
beforeAll(async () => {
    folder = await temporaryFolder('sheet-content');
    const settings = { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' };
    app = await startApp({ config: readConfig(settings, { dataFolder: dataFolder() }) });
    const city = await buildOrganisation(app.services, { code: '310100', name: '样例市卫生健康委员会', kind: 'cityCommission' });
    const below = { name: '样例区监督所', kind: 'districtInstitute', parentId: city.id } as const;
    const district = await buildOrganisation(app.services, { code: '310115', ...below });
    const officer = await signedIn(district, '周青', 'officer');
    reviewer = await signedIn(city, '赵稽查', 'inspector');
    const now = Date.now();
    const { id: actId } = await officer.call('act.create', {
        body: {
            ...{ scenario: 'routineInspection', place: '示范路 1 号', startsAt: now - 3 * HOUR, endsAt: now - 2 * HOUR },
            participants: [{ personId: officer.id, part: 'officer' }],
        },
    });
    drawn = await handIn(officer, 'drawn.mp4', BYTES);
    other = await handIn(officer, 'other.mp4', randomBytes(1_000));
    await officer.call('recording.file', { params: { id: drawn }, body: { actId } });
    const { id } = await reviewer.call('inspection.draft', {
        body: {
            ...{ title: '全过程记录稽查', organisationIds: [district.id], from: now - 4 * HOUR, to: Date.now() + 2_000 },
            ...{ scenarios: [], byOrganisation: false, byScenario: false, take: { number: 1 }, shares: [] },
            ...{ reviewerIds: [(await reviewer.call('session.get', {})).person.id], scheme: [...DEFAULT_SCHEME] },
        },
    });
    await reviewer.call('inspection.commit', { params: { id } });
    const draw = () =>
        reviewer.call('inspection.draw', { params: { id }, body: {} }).then(
            ({ drawn: acts }) => acts === 1,
            () => false,
        );
    await vi.waitUntil(draw, { timeout: 20_000, interval: 100 });
    const { items } = await reviewer.call('inspection.sheets', { query: { inspectionId: id } });
    sheet = items[0]?.id ?? '';
}, 120_000);
afterAll(async () => {
    expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
    await app?.stop();
    await folder?.remove();
});

const bytesOf = (recording: Id, viewing: Id, range?: string) =>
    fetch(`${app.url}/api/recordings/${recording}/content?viewing=${viewing}`, {
        headers: { cookie: reviewer.cookie ?? '', ...(range === undefined ? {} : { range }) },
    });
const refusal = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

it('bytes of a district’s recording are served to the reviewer of an open sheet, and no longer once it is handed in', async () => {
    const { viewingId } = await reviewer.call('viewing.openForSheet', { params: { id: sheet }, body: { recordingId: drawn } });
    const part = await bytesOf(drawn, viewingId, 'bytes=100-199');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${BYTES.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(BYTES.subarray(100, 200))).toBe(true);
    expect(Buffer.from(await (await bytesOf(drawn, viewingId)).arrayBuffer()).equals(BYTES)).toBe(true);
    // The viewing is of this recording only, and only a sheet opens one.
    expect(await refusal(await bytesOf(other, viewingId))).toEqual([404, 'viewing.notFound']);
    const elsewhere = reviewer.call('recording.openViewing', { params: { id: drawn }, body: { purpose: '稽查' } });
    await expect(elsewhere).rejects.toMatchObject({ code: 'recording.notFound' });

    const { version } = await reviewer.call('inspectionSheet.get', { params: { id: sheet } });
    const answers = DEFAULT_SCHEME.map((each) => ({ item: each.key, points: each.most, moments: [] }));
    await reviewer.call('inspectionSheet.finish', { params: { id: sheet }, body: { answers, version } });
    expect(await refusal(await bytesOf(drawn, viewingId, 'bytes=100-199'))).toEqual([409, 'inspection.sheetClosed']);
});
