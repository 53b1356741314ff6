import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BodyOf, Endpoints, ErrorBody } from '@liuhen/contract';
import { HOUR, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningApp, startApp } from '../../app.ts';
import { SignedInUploader } from '../../faults/uploader.ts';
import { readConfig } from '../../platform/config.ts';
import { foundInstitute, INSTITUTE_PASSWORD, type Institute, USUAL_PEOPLE } from '../../testing/found-institute.ts';
import { type Remote, remote } from '../../testing/remote.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { verifyInstallation } from '../../verify/verify-installation.ts';

const CLIPS = new URL('../../../../../demo/clips/', import.meta.url);
const [GOOD, OTHER, CUT_OFF] = [
    'DCAM_A0173_110207_20261028_140456.MP4',
    'DCAM_A0174_110215_20261028_140458.MP4',
    'DCAM_A0174_110215_20261118_093100.MP4',
];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let app: RunningApp;
let institute: Institute;
let [zhou, he, manager]: Remote[] = [];
let act: Id;
let good: Uint8Array;
let recording: Id;

const dataFolder = () => join(folder.path, 'data');
const someone = (who: Remote | undefined): Remote => {
    if (who === undefined) throw new Error('nobody is signed in');
    return who;
};
const personId = (login: string): Id => institute.people[login]?.id ?? '';

/** Hands bytes in and waits until they are sealed and inspected; the id of the item. */
async function handIn(who: Remote, content: Uint8Array, filename: string, fields: Record<string, string> = {}): Promise<Id> {
    const client = new SignedInUploader(who);
    const path = await client.create(content.length, { filename, ...fields });
    await client.resume(path, content);
    const id = await client.recording(path);
    await vi.waitUntil(
        async () => {
            const { inspected, state } = await who.call('recording.get', { params: { id } });
            return inspected && state !== 'registered';
        },
        { timeout: 20_000, interval: 50 },
    );
    return id;
}

const bytesOf = (clip: string | undefined): Promise<Buffer> => readFile(new URL(clip ?? '', CLIPS));

const content = (who: Remote, path: string, range?: string): Promise<Response> =>
    fetch(app.url + path, { headers: { cookie: who.cookie ?? '', ...(range === undefined ? {} : { range }) } });

beforeAll(async () => {
    folder = await temporaryFolder('recordings');
    app = await startApp({
        config: readConfig(
            { LIUHEN_PORT: '0', LIUHEN_LOG_LEVEL: 'silent', LIUHEN_STORAGE_FLOOR_MIB: '0' },
            { dataFolder: dataFolder() },
        ),
    });
    institute = await foundInstitute(app.url, USUAL_PEOPLE);
    const signedIn = (login: string) => remote(app.url).signIn(login, INSTITUTE_PASSWORD);
    [zhou, he, manager] = [await signedIn('zhouqing'), await signedIn('hebei'), await signedIn('lumanager')];
    const now = Date.now();
    const participants = [{ personId: personId('zhouqing'), part: 'officer' as const }];
    ({ id: act } = await zhou.call('act.create', {
        body: { scenario: 'routineInspection', place: '示范路 1 号', startsAt: now - 2 * HOUR, endsAt: now - HOUR, participants },
    }));
    good = await bytesOf(GOOD);
    recording = await handIn(zhou, good, GOOD ?? '', { personId: personId('zhouqing') });
}, 120_000);

afterAll(async () => {
    await app?.stop();
    await folder?.remove();
});

describe('a recording that came in', () => {
    it('is inspected, sealed and dated by the device, and the original name is kept', async () => {
        const found = await someone(zhou).call('recording.get', { params: { id: recording } });
        expect(found).toMatchObject({
            state: 'sealed',
            role: 'original',
            codec: 'avc',
            width: 1920,
            height: 1080,
            durationMs: 64_000,
            playable: true,
            findings: [],
        });
        expect(found.deviceTime).toMatchObject({ basis: 'fileName', text: '20261028_140456', zone: 'Asia/Shanghai' });
        expect(found.deviceStart).toBe(Date.parse('2026-10-28T14:04:56+08:00'));
        expect(Buffer.from(found.originalNameHex, 'hex').toString()).toBe(GOOD);
    });

    it('is one item when the same person hands it in again, and the second time is an entry', async () => {
        expect(await handIn(someone(zhou), good, 'again.mp4')).toBe(recording);
        const { items } = await someone(zhou).call('ledger.list', {
            query: { objectId: recording, kind: 'recording.duplicateReceived' },
        });
        expect(items).toHaveLength(1);
    });

    it('is a second item on the same bytes when another officer hands it in', async () => {
        const second = await handIn(someone(he), good, GOOD ?? '');
        expect(second).not.toBe(recording);
        const { items } = await someone(he).call('recording.list', { query: {} });
        expect(new Set(items.map((item) => item.id)).size).toBe(2);
        const [a, b] = await Promise.all([recording, second].map((id) => someone(he).call('recording.get', { params: { id } })));
        expect(a?.sha256).toBe(b?.sha256);
    });

    it.each([
        ['a file of no bytes', new Uint8Array(0), 'media.empty'],
        ['text called .mp4', Buffer.from('这不是视频\n'.repeat(100)), 'media.notMedia'],
    ])('may be %s: it is kept and the finding says so', async (_what, bytes, code) => {
        const id = await handIn(someone(he), bytes, 'odd.mp4');
        const found = await someone(he).call('recording.get', { params: { id } });
        expect(found).toMatchObject({ state: 'sealed', playable: false, size: String(bytes.length) });
        expect(found.findings.map((finding) => finding.code)).toContain(code);
    });

    it('that was cut off keeps its beginning by the device clock', async () => {
        const id = await handIn(someone(he), await bytesOf(CUT_OFF), CUT_OFF ?? '');
        const found = await someone(he).call('recording.get', { params: { id } });
        expect(found.findings.map((finding) => finding.code)).toContain('media.noMoov');
        expect(found).toMatchObject({ deviceStart: Date.parse('2026-11-18T09:31:00+08:00'), deviceEnd: null, playable: false });
    });
});

describe('filing', () => {
    it('refuses a person who takes no part, files for one who does, and can be undone with a reason', async () => {
        const body = { actId: act, personId: personId('hebei') };
        await expect(someone(manager).call('recording.file', { params: { id: recording }, body })).rejects.toMatchObject({
            code: 'recording.personNotInAct',
        });
        await someone(zhou).call('recording.file', { params: { id: recording }, body: { actId: act } });
        expect((await someone(zhou).call('act.get', { params: { id: act } })).recordings).toMatchObject([
            { id: recording, personId: personId('zhouqing') },
        ]);
        await expect(
            someone(zhou).call('recording.file', { params: { id: recording }, body: { actId: act } }),
        ).rejects.toMatchObject({ code: 'recording.alreadyFiled' });
        await someone(zhou).call('recording.unfile', { params: { id: recording }, body: { reason: '归错了' } });
        expect((await someone(zhou).call('act.get', { params: { id: act } })).recordings).toEqual([]);
    });

    it('happens at intake for an upload from the page of an act, and a refusal there loses nothing', async () => {
        const filed = await handIn(someone(zhou), await bytesOf(OTHER), 'at-intake.mp4', {
            actId: act,
            personId: personId('zhouqing'),
        });
        expect((await someone(zhou).call('recording.get', { params: { id: filed } })).act).toMatchObject({ id: act });
        const unfiled = await handIn(someone(he), await bytesOf(OTHER), 'not-mine.mp4', {
            actId: act,
            personId: personId('hebei'),
        });
        expect((await someone(he).call('recording.get', { params: { id: unfiled } })).act).toBeNull();
    });

    it('is refused for an act that is secret to the sender, before a byte of it is taken (附件1 第12条)', async () => {
        const now = Date.now();
        const body = {
            scenario: 'routineInspection' as const,
            place: '绝密巷 7 号',
            startsAt: now - 2 * HOUR,
            endsAt: now - HOUR,
        };
        const participants = [{ personId: personId('zhouqing'), part: 'officer' as const }];
        const { id: actId } = await someone(zhou).call('act.create', { body: { ...body, participants } });
        const { version } = await someone(zhou).call('act.get', { params: { id: actId } });
        await someone(zhou).call('act.markSecrecy', { params: { id: actId }, body: { secrecy: 'trade', version } });
        const bytes = Buffer.from('保密现场');
        const named = (who: Remote) =>
            new SignedInUploader(who).create(bytes.length, { filename: 'secret.mp4', actId, personId: personId('zhouqing') });
        await expect(named(someone(he))).rejects.toThrow('act.restricted');
        const id = await handIn(someone(zhou), bytes, 'secret.mp4', { actId, personId: personId('zhouqing') });
        expect((await someone(zhou).call('recording.get', { params: { id } })).act).toMatchObject({ id: actId });
    });
});

describe('playing', () => {
    const openFor = (who: Remote, id: Id = recording) =>
        who.call('recording.openViewing', { params: { id }, body: { purpose: '复核' } });

    it('serves no byte before the viewing is in the log, and only to its viewer', async () => {
        const bare = await content(someone(zhou), `/api/recordings/${recording}/content`);
        expect([bare.status, ((await bare.json()) as ErrorBody).code]).toEqual([404, 'viewing.notFound']);
        const before = await someone(zhou).call('ledger.list', { query: { kind: 'recording.viewingOpened' } });
        const { contentUrl } = await openFor(someone(zhou));
        const after = await someone(zhou).call('ledger.list', { query: { kind: 'recording.viewingOpened' } });
        expect(after.total).toBe(before.total + 1);
        expect((await content(someone(zhou), contentUrl)).status).toBe(200);
        expect((await content(someone(manager), contentUrl)).status).toBe(404);
        expect((await fetch(app.url + contentUrl)).status).toBe(401);
    });

    it('gives exactly the bytes asked for', async () => {
        const { contentUrl } = await openFor(someone(zhou));
        for (const [range, start, end] of [
            ['bytes=0-99', 0, 100],
            ['bytes=1000-', 1000, good.length],
            ['bytes=-7', good.length - 7, good.length],
        ] as const) {
            const answer = await content(someone(zhou), contentUrl, range);
            expect([answer.status, answer.headers.get('content-range')]).toEqual([
                206,
                `bytes ${start}-${end - 1}/${good.length}`,
            ]);
            expect(Buffer.from(await answer.arrayBuffer())).toEqual(Buffer.from(good.subarray(start, end)));
        }
        const outside = await content(someone(zhou), contentUrl, `bytes=${good.length}-`);
        expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${good.length}`]);
    });

    it('is for those whom the recording concerns and for custodians', async () => {
        await expect(openFor(someone(he))).rejects.toMatchObject({ code: 'access.denied' });
        expect(await openFor(someone(manager))).toMatchObject({ viewingId: expect.any(String) });
    });

    it('ends with what was really played, and then serves nothing more', async () => {
        const { viewingId, contentUrl } = await openFor(someone(zhou));
        const played = [
            { startMs: 5_000, endMs: 9_000 },
            { startMs: 0, endMs: 6_000 },
            { startMs: 63_000, endMs: 99_000 },
        ];
        await someone(zhou).call('recording.closeViewing', { params: { id: viewingId }, body: { played } });
        expect((await content(someone(zhou), contentUrl)).status).toBe(404);
        await expect(
            someone(zhou).call('recording.closeViewing', { params: { id: viewingId }, body: { played: [] } }),
        ).rejects.toMatchObject({ code: 'viewing.notFound' });
        const rows = await app.services.db.read({ readOrgs: [institute.organisationId] }, (db) =>
            db.selectFrom('viewing').select('played').where('id', '=', viewingId).execute(),
        );
        expect(rows).toEqual([
            {
                played: [
                    { startMs: 0, endMs: 9_000 },
                    { startMs: 63_000, endMs: 64_000 },
                ],
            },
        ]);
    });

    it('says what a summary leaves out, and is one summary for each viewing of two at once', async () => {
        const [one, other] = [await openFor(someone(zhou)), await openFor(someone(zhou))];
        const head = await remote(app.url).signIn(institute.auditAdmin, INSTITUTE_PASSWORD);
        const end = (id: Id, body: BodyOf<Endpoints['recording.closeViewing']>) =>
            someone(zhou).call('recording.closeViewing', { params: { id }, body });
        const summary = async (objectId: Id) => {
            const query = { objectId, kind: 'recording.viewingClosed' as const };
            const { items } = await someone(zhou).call('ledger.list', { query });
            expect(items).toHaveLength(1);
            return (await head.call('ledger.viewBody', { params: { index: items[0]?.index ?? '' } })).body;
        };
        const played = [{ startMs: 0, endMs: 4_000 }];
        await end(one.viewingId, { played, leftOut: { ranges: 7, ms: 840 } });
        await end(other.viewingId, { played: [{ startMs: 8_000, endMs: 9_000 }] });
        expect(await summary(one.viewingId)).toEqual({ played, leftOut: { ranges: 7, ms: 840 }, abandoned: false });
        expect(await summary(other.viewingId)).toEqual({ played: [{ startMs: 8_000, endMs: 9_000 }], abandoned: false });
        const many = Array.from({ length: 501 }, (_, at) => ({ startMs: at * 100, endMs: at * 100 + 40 }));
        const { viewingId } = await openFor(someone(zhou));
        await expect(end(viewingId, { played: many })).rejects.toMatchObject({ code: 'request.invalid' });
    });

    it('shows a photograph as what it is, behind its own viewing', async () => {
        const photo = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
        const id = await handIn(someone(zhou), photo, 'DCAM_A0173_110207_20261028_140500.JPG');
        const { contentUrl, viewingId } = await openFor(someone(zhou), id);
        const answer = await content(someone(zhou), contentUrl);
        expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
        expect(Buffer.from(await answer.arrayBuffer())).toEqual(photo);
        await someone(zhou).call('recording.closeViewing', { params: { id: viewingId }, body: { played: [] } });
        expect((await content(someone(zhou), contentUrl)).status).toBe(404);
    });

    it('is open for hours, not for ever', async () => {
        const { until } = await openFor(someone(zhou));
        expect(until).toBeGreaterThan(Date.now() + HOUR);
        expect(until).toBeLessThan(Date.now() + 24 * HOUR + MINUTE);
    });
});

describe('marks at moments', () => {
    const mark = (who: Remote, body: BodyOf<Endpoints['recording.mark']>, id: Id = recording) =>
        who.call('recording.mark', { params: { id }, body });
    const marks = async (who: Remote, id: Id = recording) => (await who.call('recording.marks', { params: { id } })).items;
    const withdraw = (who: Remote, id: Id) => who.call('recording.withdrawMark', { params: { id }, body: { reason: '标错了' } });
    const refused = (what: Promise<unknown>, code: string) => expect(what).rejects.toMatchObject({ code });
    let opening: Id;

    it('have the times of both clocks, their author and an entry; the original stays as it was', async () => {
        ({ id: opening } = await mark(someone(zhou), { kind: 'opening', mediaMs: 4_000 }));
        await mark(someone(manager), { kind: 'note', mediaMs: 2_500, words: '门牌清楚' });
        const found = await marks(someone(zhou));
        expect(found.map((each) => [each.kind, each.mediaMs, each.madeBy.name, each.words])).toEqual([
            ['note', 2_500, '陆管理', '门牌清楚'],
            ['opening', 4_000, '周青', null],
        ]);
        expect(found[1]?.deviceAt).toBe(Date.parse('2026-10-28T14:05:00+08:00'));
        const { items } = await someone(zhou).call('ledger.list', {
            query: { objectId: recording, kind: 'recording.momentMarked' },
        });
        expect(items).toHaveLength(2);
        expect((await someone(zhou).call('recording.get', { params: { id: recording } })).copies[0]?.state).toBe('verified');
    });

    it('are set by those who may play it, inside its length, with words where they need them', async () => {
        await refused(mark(someone(he), { kind: 'scene', mediaMs: 0 }), 'access.denied');
        await refused(mark(someone(zhou), { kind: 'scene', mediaMs: 64_001 }), 'recording.markOutside');
        await refused(mark(someone(zhou), { kind: 'gapReason', mediaMs: 0 }), 'recording.markNeedsWords');
        const { items } = await someone(zhou).call('recording.list', { query: { q: 'secret' } });
        const secret = items[0]?.id ?? '';
        await refused(mark(someone(he), { kind: 'scene', mediaMs: 0 }, secret), 'act.restricted');
        await refused(marks(someone(he), secret), 'act.restricted');
    });

    it('are taken back by their author or a custodian, once, and stay readable', async () => {
        const second = await mark(someone(zhou), { kind: 'closing', mediaMs: 60_000 });
        await refused(withdraw(someone(he), second.id), 'access.denied');
        await withdraw(someone(zhou), second.id);
        await refused(withdraw(someone(manager), second.id), 'recording.markWithdrawn');
        await withdraw(someone(manager), opening);
        expect((await marks(someone(zhou))).map((each) => each.withdrawn?.by.name ?? null)).toEqual([null, '陆管理', '周青']);
        await refused(withdraw(someone(zhou), recording), 'recording.markNotFound');
    });

    it('stand on the page of the act of their recording', async () => {
        const { items } = await someone(zhou).call('recording.list', { query: { q: 'at-intake' } });
        const id = items[0]?.id ?? '';
        await mark(someone(zhou), { kind: 'gapReason', mediaMs: 1_000, words: '更换电池' }, id);
        const { marks: found } = await someone(zhou).call('act.get', { params: { id: act } });
        expect(found).toMatchObject([{ recordingId: id, kind: 'gapReason', words: '更换电池', withdrawn: null }]);
    });
});

describe('the whole', () => {
    it('verifies: log, rows and files', async () => {
        expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
    });

    it('never shows damaged bytes: the viewer is told, every recording of them marked, the log says so', async () => {
        const bytes = await bytesOf(OTHER);
        const { items } = await someone(zhou).call('recording.list', { query: { q: 'at-intake' } });
        const id = items[0]?.id ?? '';
        const { contentUrl } = await someone(zhou).call('recording.openViewing', { params: { id }, body: { purpose: '复核' } });
        const rows = await app.services.db.read({ readOrgs: [institute.organisationId] }, (db) =>
            db
                .selectFrom('recording as r')
                .innerJoin('blob_copy as c', 'c.blob_id', 'r.blob_id')
                .select('c.key')
                .where('r.id', '=', id)
                .execute(),
        );
        const file = await open(join(dataFolder(), 'objects/objects', rows[0]?.key ?? ''), process.getuid?.() === 0 ? 'r+' : 'r');
        await file.write(Buffer.of((bytes[200_000] ?? 0) ^ 1), 0, 1, 200_000);
        await file.close();
        const answer = await content(someone(zhou), contentUrl, 'bytes=0-99');
        expect([answer.status, ((await answer.json()) as ErrorBody).code]).toEqual([409, 'recording.damaged']);
        expect(await someone(zhou).call('recording.get', { params: { id } })).toMatchObject({
            state: 'damaged',
            playable: false,
        });
        await expect(
            someone(zhou).call('recording.openViewing', { params: { id }, body: { purpose: '复核' } }),
        ).rejects.toMatchObject({ code: 'recording.damaged' });
        const { items: ofOther } = await someone(he).call('recording.list', { query: { q: 'not-mine' } });
        const other = ofOther[0]?.id ?? '';
        expect(ofOther).toMatchObject([{ state: 'damaged', playable: false }]);
        expect((await someone(he).call('recording.list', { query: { state: 'damaged' } })).total).toBe(2);
        for (const objectId of [id, other]) {
            const { items: entries } = await someone(zhou).call('ledger.list', {
                query: { objectId, kind: 'recording.damaged' },
            });
            expect(entries).toHaveLength(1);
        }
        // The act it is filed under says so, wherever its standing is asked for.
        const standing = async () => (await someone(zhou).call('act.get', { params: { id: act } })).standing.status;
        expect(await standing()).toBe('broken');

        // The same bytes come again whole: both are read anew, and each says what happened.
        await handIn(someone(he), bytes, 'once-more.mp4');
        const state = async (of: Id) => (await someone(zhou).call('recording.get', { params: { id: of } })).state;
        for (const objectId of [id, other]) {
            await vi.waitUntil(async () => (await state(objectId)) === 'sealed', { timeout: 20_000, interval: 50 });
            const { items: entries } = await someone(zhou).call('ledger.list', {
                query: { objectId, kind: 'recording.restored' },
            });
            expect(entries).toHaveLength(1);
        }
        const { copies } = await someone(zhou).call('recording.get', { params: { id } });
        expect(copies.map((each) => each.state)).toEqual(['verified']);
        const opened = await someone(zhou).call('recording.openViewing', { params: { id }, body: { purpose: '复核' } });
        expect((await content(someone(zhou), opened.contentUrl, 'bytes=0-99')).status).toBe(206);
        expect(await verifyInstallation({ dataFolder: dataFolder() })).toMatchObject({ outcome: 'sound', findings: [] });
    });
});
