import { DAY, DEFAULT_SCHEME, HOUR, type Id, type Role } from '@liuhen/domain';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { TEST_NOW } from '../../testing/services.ts';
import { actHandlers } from '../act/act.routes.ts';
import { inspectionHandlers } from '../inspection/inspection.routes.ts';
import { grantBySheet } from '../inspection/sheet-viewing.queries.ts';
import { ledgerHandlers } from '../ledger/ledger.routes.ts';
import { recordingHandlers } from './recording.routes.ts';
import { viewingHandlers } from './viewing.routes.ts';

let system: FeatureSystem;
let city: TestOrganisation;
let district: TestOrganisation;
let officer: TestOrganisation;
let manager: TestOrganisation;
let zhao: TestOrganisation;
let qian: TestOrganisation;
const handlersOf = (of: FeatureSystem) => ({
    ...inspectionHandlers(of.services),
    ...actHandlers(of.services),
    ...recordingHandlers(of.services),
    ...viewingHandlers(of.services),
    ...ledgerHandlers(of.services),
});
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
const refused = (code: string) => expect.objectContaining({ code });
const acts: Id[] = [];
const files: Id[] = [];
let early: Id;
let sheets: Map<Id, Id>;

async function organisation(
    code: string,
    kind: 'cityCommission' | 'districtInstitute',
    parentId?: Id,
): Promise<TestOrganisation> {
    const built = await buildOrganisation(system.services, {
        ...{ code, name: `机构${code}`, kind },
        ...(parentId === undefined ? {} : { parentId }),
    });
    return { ...built, code, actor: built.systemAdmin.id };
}
async function person(of: TestOrganisation, name: string, ...roles: Role[]): Promise<TestOrganisation> {
    const { id } = await buildPerson(system.services, of, { name, kind: 'officer', roles });
    return { ...of, actor: id, roles };
}
async function filmed(startsAt: number): Promise<[Id, Id]> {
    const participants = [{ personId: officer.actor, part: 'officer' as const }];
    const body = {
        scenario: 'routineInspection' as const,
        place: '示范路 1 号',
        startsAt,
        endsAt: startsAt + HOUR,
        participants,
    };
    const { id: actId } = await call('act.create', officer, { body });
    const file = await runCommand(system.services.commands, officer.as({ id: officer.actor }), 'test.recording', async (tx) => {
        const digest = Buffer.alloc(32, (startsAt / HOUR) % 251);
        const bytes = { sha256: digest, sm3: digest, size: 7n, chunk_root: digest, chunk_digests: digest };
        const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...bytes });
        const { id } = await insertRow(tx, 'recording', {
            ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'sealed', source: 'recorder' },
            ...{ original_name: Buffer.from('1.mp4'), display_name: '1.mp4', device_id: null, person_id: officer.actor },
            ...{ act_id: actId, uploaded_by: officer.actor, received_at: tx.now, device_time_basis: 'fileName', search_text: '' },
            ...{ device_start: startsAt, device_end: startsAt + HOUR, clock_state: 'noReading' },
        });
        return { result: id, events: [{ kind: 'recording.registered', creates: [id, blob.id], body: {} }] };
    });
    return [actId, file];
}

beforeAll(async () => {
    system = await featureSystem();
    call = caller(system, handlersOf(system));
    city = await organisation('310100', 'cityCommission');
    district = await organisation('310115', 'districtInstitute', city.id);
    officer = await person(district, '周青', 'officer');
    manager = await person(district, '陆管理', 'recordingManager');
    zhao = await person(city, '赵稽查', 'inspector');
    qian = await person(city, '钱稽查', 'inspector');
    for (const number of [0, 1]) {
        const [act, file] = await filmed(TEST_NOW - 10 * HOUR + number * HOUR);
        acts.push(act);
        files.push(file);
    }
    // Begun before the period: it cannot be drawn.
    [, early] = await filmed(TEST_NOW - 3 * DAY);
    const { id } = await call('inspection.draft', zhao, {
        body: {
            ...{ title: '全过程记录稽查', organisationIds: [district.id], from: TEST_NOW - 2 * DAY, to: TEST_NOW + DAY },
            ...{ scenarios: [], byOrganisation: true, byScenario: false, take: { number: 2 }, shares: [] },
            ...{ reviewerIds: [zhao.actor], scheme: [...DEFAULT_SCHEME], appealDays: 7 },
        },
    });
    await call('inspection.commit', zhao, { params: { id } });
    system.services.clock.advance(DAY);
    await call('inspection.draw', zhao, { params: { id }, body: {} });
    const { items } = await call('inspection.sheets', zhao, { query: { inspectionId: id } });
    const pages = await Promise.all(items.map((each) => call('inspectionSheet.get', zhao, { params: { id: each.id } })));
    sheets = new Map(pages.map((page) => [page.actId, page.id]));
}, 120_000);
afterAll(async () => {
    await system?.expectSound();
    await system?.close();
});

const sheetOf = (at: number): Id => sheets.get(acts[at] ?? '') ?? '';
const play = (who: TestOrganisation, at: number, recordingId: Id = files[at] ?? '') =>
    call('viewing.openForSheet', who, { params: { id: sheetOf(at) }, body: { recordingId } });
const mayPlay = async (at: number) => (await call('inspectionSheet.get', zhao, { params: { id: sheetOf(at) } })).may.play;
const granted = (at: number) => {
    const subject = { personId: zhao.actor, organisationId: city.id, roles: ['inspector' as const], mustChangePassword: false };
    const recording = { id: files[at] ?? '', actId: acts[at] ?? '' };
    return system.services.db.read({ readOrgs: [city.id, district.id] }, (db) =>
        grantBySheet(db, subject, sheetOf(at), recording, system.services.clock.now()),
    );
};

describe('a reviewer of the city plays what an open sheet is about', () => {
    it('registered in the register of whoever owns it, with the sheet as the reason and who it was', async () => {
        expect(await mayPlay(0)).toBe(true);
        const { viewingId } = await play(zhao, 0);
        await call('recording.closeViewing', zhao, {
            params: { id: viewingId },
            body: { played: [{ startMs: 0, endMs: 2_000 }] },
        });
        const { items } = await call('viewing.list', manager, { query: {} });
        expect(items).toMatchObject([
            {
                by: { name: '赵稽查' },
                from: { id: city.id },
                sheet: { inspection: '310100-JC-2026-0001', title: '全过程记录稽查' },
                recording: { id: files[0] },
                state: 'ended',
                played: [{ startMs: 0, endMs: 2_000 }],
            },
        ]);
        expect((await granted(0)).recordingId).toBe(files[0]);
    });

    it('named with the organisation in the log of whoever owns it, and nobody of it but who acted there', async () => {
        const [entry] = (await call('ledger.list', manager, { query: { kind: 'recording.viewingOpened' } })).items;
        const actor = { id: zhao.actor, name: '赵稽查', organisation: `机构${city.code}` };
        expect(entry?.actor).toEqual(actor);
        expect((await call('ledger.get', manager, { params: { index: entry?.index ?? '' } })).actor).toEqual(actor);
        // Filtered lists read by another way.
        const from = TEST_NOW - DAY;
        expect((await call('ledger.list', manager, { query: { actorId: zhao.actor, from } })).items[0]?.actor).toEqual(actor);
        const own = (await call('ledger.list', manager, { query: { kind: 'act.created' } })).items;
        expect(own.map((each) => each.actor)).toContainEqual({ id: officer.actor, name: '周青', organisation: null });
        const told = (readOrgs: Id[], org: Id, entries: number[]) =>
            system.services.db.read({ readOrgs }, async (db) => {
                const actors = sql<{ name: string }>`outside_actors(${org}, ${entries}::bigint[])`.as('o');
                return (await db.selectFrom(actors).select('o.name').execute()).map((each) => each.name);
            });
        const all = Array.from({ length: Number(entry?.index ?? 0) + 1 }, (_, at) => at);
        // Only who acted in this log, only by the entries that are named, and only for who may read the log.
        expect(await told([district.id], district.id, all)).toEqual(['赵稽查']);
        expect(await told([district.id], district.id, [0])).toEqual([]);
        expect(await told([city.id], district.id, all)).toEqual([]);
        const seen = await system.services.db.read({ readOrgs: [district.id] }, (db) =>
            db.selectFrom('person').select('name').where('id', 'in', [zhao.actor, qian.actor]).execute(),
        );
        expect(seen).toEqual([]);
    });

    it('and nothing else: not of another act, drawn or not, and nobody but the reviewer', async () => {
        await expect(play(zhao, 0, files[1])).rejects.toEqual(refused('inspection.recordingElsewhere'));
        await expect(play(zhao, 0, early)).rejects.toEqual(refused('inspection.recordingElsewhere'));
        await expect(play(qian, 0)).rejects.toEqual(refused('inspection.notReviewer'));
        await expect(play(manager, 0)).rejects.toEqual(refused('inspection.sheetNotFound'));
        expect((await call('viewing.list', manager, { query: {} })).total).toBe(1);
    });

    it('no longer once the act is secret, what was begun before included', async () => {
        const act = await call('act.get', officer, { params: { id: acts[1] ?? '' } });
        await play(zhao, 1);
        await call('act.markSecrecy', officer, { params: { id: act.id }, body: { secrecy: 'trade', version: act.version } });
        expect(await mayPlay(1)).toBe(false);
        await expect(play(zhao, 1)).rejects.toEqual(refused('act.restricted'));
        await expect(granted(1)).rejects.toEqual(refused('act.restricted'));
    });

    it('nor once the sheet is handed in', async () => {
        const { version } = await call('inspectionSheet.get', zhao, { params: { id: sheetOf(0) } });
        const answers = DEFAULT_SCHEME.map((each) => ({ item: each.key, points: each.most, moments: [] }));
        await call('inspectionSheet.finish', zhao, { params: { id: sheetOf(0) }, body: { answers, version } });
        expect(await mayPlay(0)).toBe(false);
        await expect(play(zhao, 0)).rejects.toEqual(refused('inspection.sheetClosed'));
        await expect(granted(0)).rejects.toEqual(refused('inspection.sheetClosed'));
    });

    it('whoever decides on an objection plays it while that waits, and nobody else', async () => {
        const chief = await person(district, '郑所长', 'instituteHead');
        const items = [DEFAULT_SCHEME[0]?.key ?? ''];
        const body = { items, words: '请复看开始告知' };
        const { id } = await call('inspectionSheet.appeal', chief, { params: { id: sheetOf(0) }, body });
        expect(await mayPlay(0)).toBe(false);
        await expect(play(zhao, 0)).rejects.toEqual(refused('inspection.ownWork'));
        expect((await call('inspectionSheet.get', qian, { params: { id: sheetOf(0) } })).may.play).toBe(true);
        await expect(play(qian, 0, files[1])).rejects.toEqual(refused('inspection.recordingElsewhere'));
        await play(qian, 0);
        const { items: viewings } = await call('viewing.list', manager, { query: {} });
        expect(viewings.filter((each) => each.sheet !== null).map((each) => each.by.name)).toContain('钱稽查');
        const points = [{ item: items[0] ?? '', points: 0 }];
        await call('inspectionSheet.decideAppeal', qian, { params: { id }, body: { upheld: true, points, words: '复看属实' } });
        expect((await call('inspectionSheet.get', qian, { params: { id: sheetOf(0) } })).may.play).toBe(false);
        await expect(play(qian, 0)).rejects.toEqual(refused('inspection.sheetClosed'));
    });
});
