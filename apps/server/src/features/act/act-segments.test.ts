import type { BodyOf, Endpoints } from '@liuhen/contract';
import { dayOf, HOUR, type Id, MINUTE } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import { commandBy } from '../../testing/builders.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { deviceHandlers } from '../device/device.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { actHandlers } from './act.routes.ts';

const handlersOf = (system: FeatureSystem) => ({
    ...actHandlers(system.services),
    ...partyHandlers(system.services),
    ...deviceHandlers(system.services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
let jingan: TestOrganisation;
let people: Record<'zhang' | 'zeng' | 'li' | 'wang', Id>;
let party: Id;
let premises: Id;
let room: Id;
let recorder: Id;
let now: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    const officer = (name: string) => addPerson(system, pudong, name, 'officer');
    people = {
        zhang: await officer('张明'),
        zeng: await officer('曾丽'),
        li: await officer('李航'),
        wang: await officer('王珂'),
    };
    call = caller(system, handlersOf(system));
    now = Math.floor(system.services.clock.now() / MINUTE) * MINUTE;
    party = (await call('party.create', pudong, { body: { name: '阳光口腔门诊部', kind: 'naturalPerson' } })).id;
    const at = { params: { id: party }, body: { name: '门诊部', address: '世纪大道 100 号' } };
    premises = (await call('party.addPremises', pudong, at)).id;
    room = (await call('device.create', pudong, { body: { kind: 'roomCamera', number: 'R-301', room: '听证室' } })).id;
    recorder = (await call('device.create', pudong, { body: { kind: 'recorder', number: 'A-1' } })).id;
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

type NewAct = BodyOf<Endpoints['act.create']>;
type NewSegment = BodyOf<Endpoints['act.addSegment']>;
/** Long enough ago that all its files should have come (附件1 第15条). */
const start = () => now - 50 * HOUR;
const end = () => start() + HOUR;
const make = async (more: Partial<NewAct> = {}) =>
    (
        await call('act.create', pudong, {
            body: {
                scenario: 'routineInspection',
                partyId: party,
                premisesId: premises,
                place: '世纪大道 100 号',
                startsAt: start(),
                endsAt: end(),
                participants: [people.zhang, people.zeng].map((personId) => ({ personId, part: 'officer' as const })),
                ...more,
            },
        })
    ).id;
const get = (id: Id, who = pudong) => call('act.get', who, { params: { id } });
const refused = (code: string, params: Record<string, unknown> = {}) => expect.objectContaining({ code, params });
const add = (id: Id, personId: Id, segmentIds?: Id[]) =>
    call('act.addParticipant', pudong, {
        params: { id },
        body: { personId, part: 'officer', ...(segmentIds === undefined ? {} : { segmentIds }) },
    });
const segment = (id: Id, participantIds: Id[], more: Partial<NewSegment> = {}) =>
    call('act.addSegment', pudong, {
        params: { id },
        body: {
            scenario: 'evidencePreservation',
            siteKind: 'inside',
            premisesId: premises,
            place: '三楼库房',
            startsAt: start() + 20 * MINUTE,
            endsAt: start() + 50 * MINUTE,
            participantIds,
            ...more,
        },
    });

/** An act from before segments were kept: its own row and its participants' and nothing else. */
const oldAct = () =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, pudong.actor), 'act.create', async (tx) => {
        const act = await insertRow(tx, 'act', {
            id: tx.newId(),
            number: `old-${tx.newId()}`,
            scenario: 'doubleRandomInspection',
            party_id: party,
            premises_id: premises,
            place: '世纪大道 100 号',
            starts_at: start(),
            ends_at: end(),
            state: 'open',
            search_text: 'old',
        });
        for (const person_id of [people.zhang, people.zeng])
            await insertRow(tx, 'act_participant', { id: tx.newId(), act_id: act.id, person_id, part: 'officer' });
        return { result: act.id, events: [{ kind: 'act.created', creates: [act.id], body: {} }] };
    });

const film = (actId: Id, personId: Id | null, device_id: Id | null, [from, to]: [number, number]) =>
    runCommand(
        system.services.commands,
        commandBy(system.services, pudong.id, pudong.actor),
        'recording.register',
        async (tx) => {
            const bytes = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
            const content = { sha256: bytes, sm3: bytes, size: 1n, chunk_root: bytes, chunk_digests: bytes };
            const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...content });
            const recording = await insertRow(tx, 'recording', {
                id: tx.newId(),
                blob_id: blob.id,
                role: 'original',
                state: 'registered',
                source: 'recorder',
                original_name: Buffer.from('a.mp4'),
                display_name: 'a.mp4',
                person_id: personId,
                device_id,
                uploaded_by: pudong.actor,
                received_at: tx.now,
                device_time_basis: 'fileName',
                device_start: start() + from * MINUTE,
                device_end: start() + to * MINUTE,
                act_id: actId,
                search_text: '',
            });
            const event = { kind: 'recording.registered', creates: [recording.id], objects: [actId], body: {} } as const;
            return { result: recording.id, events: [event] };
        },
    );

describe('a site inside the premises (附件1 第5条)', () => {
    it('is one of those premises and still kept; it stands by the segment and goes with the kind of site', async () => {
        const id = await make();
        const ids = (await get(id)).participants.map((each) => each.id);
        const addSite = async (name: string, premisesId = premises) =>
            (await call('party.addSite', pudong, { params: { id: premisesId }, body: { name } })).id;
        const pharmacy = await addSite('药房');
        const other = { params: { id: party }, body: { name: '二部', address: '世纪大道 200 号' } };
        const elsewhere = await addSite('药房', (await call('party.addPremises', pudong, other)).id);
        const wrong = refused('act.siteNotOfPremises');
        const times = { startsAt: end(), endsAt: end() + 30 * MINUTE };
        await expect(segment(id, ids, { ...times, siteId: elsewhere })).rejects.toEqual(wrong);
        await expect(segment(id, ids, { ...times, siteId: people.zhang })).rejects.toEqual(wrong);
        const added = await segment(id, ids, { ...times, siteId: pharmacy });
        const kept = async () => (await get(id)).segments.find((each) => each.id === added.id);
        expect(await kept()).toMatchObject({ siteKind: 'inside', site: { id: pharmacy, name: '药房' } });
        const body = { scenario: 'evidencePreservation', place: '门口', premisesId: premises } as const;
        const change = (more: { siteKind: 'inside' | 'premises'; siteId?: Id }, version: number) =>
            call('act.changeSegment', pudong, {
                params: { id, segmentId: added.id },
                body: { ...body, ...times, ...more, version },
            });
        await change({ siteKind: 'premises', siteId: pharmacy }, 1);
        expect(await kept()).toMatchObject({ siteKind: 'premises', site: null });
        await call('party.closeSite', pudong, {
            params: { id: pharmacy },
            body: { day: dayOf(now), reason: '停用', version: 1 },
        });
        await expect(change({ siteKind: 'inside', siteId: pharmacy }, 2)).rejects.toEqual(wrong);
    });
});

describe('segments', () => {
    it('a visit is one, and becomes several when it escalates and the team splits', async () => {
        const id = await make();
        await add(id, people.li);
        await add(id, people.wang);
        const first = await get(id);
        expect(first.segments).toMatchObject([{ scenario: 'routineInspection', siteKind: 'premises', recording: 'should' }]);
        expect(first.participants.map((each) => each.presence.length)).toEqual([1, 1, 1, 1]);
        const [, , li, wang] = first.participants.map((each) => each.id);
        const { id: second } = await segment(id, [li ?? '', wang ?? '']);
        const page = await get(id);
        expect(page.segments.map((each) => [each.scenario, each.place, each.recording])).toEqual([
            ['routineInspection', '世纪大道 100 号', 'should'],
            ['evidencePreservation', '三楼库房', 'must'],
        ]);
        expect(page.scenarios).toEqual(['routineInspection', 'evidencePreservation']);
        expect([page.startsAt, page.endsAt]).toEqual([start(), end()]);
        // Every minute of the store room needs two of its own officers; the other two are at the premises.
        await film(id, people.li, null, [20, 50]);
        await film(id, people.wang, null, [20, 30]);
        expect((await get(id)).standing).toMatchObject({ status: 'judge', missingOfficers: 0, openGaps: 7 });
        const presence = [{ segmentId: second, from: start() + 20 * MINUTE, to: start() + 30 * MINUTE }];
        await call('act.statePresence', pudong, { params: { id: wang ?? '' }, body: { presence } });
        const after = await get(id);
        expect(after.participants.find((each) => each.id === wang)?.presence).toEqual(presence);
        // The store room is left to one officer from then on.
        expect(after.standing).toMatchObject({ status: 'act', openGaps: 4 });
        const ids = async (query: object) => (await call('act.list', pudong, { query })).items.map((each) => each.id);
        for (const query of [
            { scenario: 'evidencePreservation' },
            { mandatory: 'yes' },
            { scenario: 'routineInspection' },
            { q: '三楼库房' },
        ])
            expect([query, await ids(query)]).toEqual([query, expect.arrayContaining([id])]);
        await call('act.removeSegment', pudong, { params: { id, segmentId: second }, body: { reason: '误加' } });
        expect((await get(id)).segments).toHaveLength(1);
        expect(await ids({ scenario: 'evidencePreservation' })).not.toContain(id);
        const only = first.segments[0]?.id ?? '';
        await expect(
            call('act.removeSegment', pudong, { params: { id, segmentId: only }, body: { reason: '误加' } }),
        ).rejects.toEqual(refused('act.lastSegment'));
    });

    it('what went on ends where the next begins, and the act spans all', async () => {
        const id = await make({ scenario: 'doubleRandomInspection' });
        const before = await get(id);
        const ids = before.participants.map((each) => each.id);
        const endsSegmentId = before.segments[0]?.id ?? '';
        await segment(id, ids, {
            endsSegmentId,
            scenario: 'simpleProcedurePenalty',
            endsAt: end() + 30 * MINUTE,
            siteKind: 'premises',
        });
        const page = await get(id);
        expect(page.segments.map((each) => [each.startsAt, each.endsAt])).toEqual([
            [start(), start() + 20 * MINUTE],
            [start() + 20 * MINUTE, end() + 30 * MINUTE],
        ]);
        expect(page).toMatchObject({ startsAt: start(), endsAt: end() + 30 * MINUTE, scenario: 'doubleRandomInspection' });
        const { version, place, startsAt, endsAt } = page;
        const own = { scenario: page.scenario, partyId: party, premisesId: premises, place, startsAt, endsAt };
        const update = (more: object) => call('act.update', pudong, { params: { id }, body: { ...own, version, ...more } });
        await expect(update({ place: '别处' })).rejects.toEqual(refused('act.hasSegments'));
        await update({ note: '只改说明' });
        expect(await get(id)).toMatchObject({ note: '只改说明', segments: [{}, {}] });
    });

    it('are refused where they cannot be', async () => {
        const id = await make();
        const { participants, segments } = await get(id);
        const ids = participants.map((each) => each.id);
        const cases: [Partial<NewSegment>, string, object?][] = [
            [{ endsAt: start() }, 'act.endBeforeStart'],
            [{ startsAt: now + HOUR, endsAt: now + 2 * HOUR }, 'act.inFuture'],
            [{ startsAt: start() - 23.5 * HOUR }, 'act.tooLong', { hours: 24 }],
            [{ siteKind: 'place', place: '别处' }, 'act.inTwoPlaces', { name: '张明' }],
            [{ siteKind: 'room', roomDeviceId: recorder }, 'act.roomNotRoom'],
            [{ scenario: 'own.夜间巡查' }, 'act.scenarioUnknown', { scenario: '夜间巡查' }],
            [{ participantIds: [id] }, 'act.participantNotFound'],
            [{ endsSegmentId: id, startsAt: start() }, 'act.endBeforeStart'],
            [{ premisesId: party }, 'act.premisesNotOfParty'],
        ];
        for (const [more, code, params] of cases)
            await expect(segment(id, ids, more)).rejects.toEqual(refused(code, { ...params }));
        const body = { presence: [{ segmentId: segments[0]?.id ?? '', from: start() - 1, to: null }] };
        await expect(call('act.statePresence', pudong, { params: { id: ids[0] ?? '' }, body })).rejects.toEqual(
            refused('act.presenceOutside', { name: '张明' }),
        );
        await expect(call('act.addSegment', jingan, { params: { id }, body: { ...(await segmentBody(ids)) } })).rejects.toEqual(
            refused('act.notFound'),
        );
        expect((await get(id)).segments).toEqual(segments);
    });

    it('an act from before they were kept is read as one, and gets its row with the first change', async () => {
        const id = await oldAct();
        const page = await get(id);
        expect(page.segments).toMatchObject([{ id, version: 0, siteKind: 'premises', recording: 'must' }]);
        expect(page.participants.map((each) => each.presence)).toEqual(
            [1, 2].map(() => [{ segmentId: id, from: null, to: null }]),
        );
        expect(page.standing).toMatchObject({ status: 'broken', openGaps: 2 });
        const stay = { segmentId: id, from: null, to: start() + 30 * MINUTE };
        const [zhang] = page.participants;
        await call('act.statePresence', pudong, { params: { id: zhang?.id ?? '' }, body: { presence: [stay] } });
        const after = await get(id);
        expect(after.segments).toMatchObject([{ version: 1, scenario: 'doubleRandomInspection', startsAt: start() }]);
        expect(after.segments[0]?.id).not.toBe(id);
        expect(after.participants.map((each) => each.presence[0]?.to)).toEqual([start() + 30 * MINUTE, null]);
        const untouched = await oldAct();
        const { version, ...rest } = await get(untouched);
        const fields = { scenario: rest.scenario, place: '新地址', startsAt: rest.startsAt, endsAt: rest.endsAt, partyId: party };
        await call('act.update', pudong, { params: { id: untouched }, body: { ...fields, version } });
        expect(await get(untouched)).toMatchObject({ place: '新地址', segments: [{ version: 0, place: '新地址' }] });
    });

    it('two people who change one segment do not overwrite each other', async () => {
        const id = await make();
        const [one] = (await get(id)).segments;
        const change = (place: string) => {
            const {
                premises: _,
                room: __,
                substituteReason: ___,
                note: ____,
                recording: _____,
                id: segmentId,
                ...rest
            } = one ?? never();
            return call('act.changeSegment', pudong, {
                params: { id, segmentId },
                body: { ...rest, premisesId: premises, place },
            });
        };
        const outcomes = await Promise.allSettled([change('甲'), change('乙')]);
        expect(outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))).toEqual([
            'conflict.changedMeanwhile',
        ]);
        const page = await get(id);
        expect(page.place).toBe(page.segments[0]?.place);
    });
});

const never = (): never => {
    throw new Error('there is a segment');
};
const segmentBody = async (participantIds: Id[]): Promise<NewSegment> => ({
    scenario: 'evidencePreservation',
    place: '库房',
    startsAt: start(),
    endsAt: start() + MINUTE,
    participantIds,
});

describe('a hearing', () => {
    it('is judged on the room’s camera, or on a reasoned substitute (正文二(二)3)', async () => {
        const { partyId: _, premisesId: __, ...nowhere } = { partyId: undefined, premisesId: undefined };
        const hearing = { scenario: 'hearing', siteKind: 'room', roomDeviceId: room, place: '听证室', ...nowhere } as const;
        const id = await make({ ...hearing, premisesId: undefined });
        expect((await get(id)).segments).toMatchObject([{ siteKind: 'room', room: { number: 'R-301' } }]);
        await film(id, people.zhang, null, [0, 60]);
        // Somebody's recorder is not the room's camera.
        expect((await get(id)).standing).toMatchObject({ status: 'act', coveragePermille: 0 });
        await film(id, null, room, [0, 60]);
        expect((await get(id)).standing).toMatchObject({ status: 'judge', openGaps: 0, coveragePermille: 1000 });
        const other = await make({ ...hearing, roomDeviceId: undefined, premisesId: undefined });
        await film(other, people.zhang, null, [0, 60]);
        expect((await get(other)).standing).toMatchObject({ status: 'act', openGaps: 0, coveragePermille: 1000 });
        const { segments } = await get(other);
        const body = { ...(await segmentBody([])), scenario: 'hearing' as const, siteKind: 'room' as const, place: '听证室' };
        await call('act.changeSegment', pudong, {
            params: { id: other, segmentId: segments[0]?.id ?? '' },
            body: { ...body, endsAt: end(), substituteReason: '摄像设备检修', version: 1 },
        });
        expect((await get(other)).standing).toMatchObject({ status: 'judge', openGaps: 0 });
    });
});

describe('participants', () => {
    it('who are not ours are known by name and never count', async () => {
        const id = await make({ participants: [{ personId: people.zhang, part: 'officer' }] });
        const name = (body: object) => call('act.addParticipant', pudong, { params: { id }, body: body as never });
        await name({ part: 'partyPerson', name: '高见山', relation: '负责人', idShown: true });
        await name({ part: 'otherAgency', name: '周宁', agency: '示范区市场监督管理局' });
        await expect(name({ part: 'otherAgency', name: '周平' })).rejects.toEqual(refused('act.agencyMissing', { name: '周平' }));
        await expect(name({ part: 'partyPerson', name: '高见山' })).rejects.toEqual(
            refused('act.participantTwice', { name: '高见山' }),
        );
        const page = await get(id);
        expect(page.standing).toMatchObject({ missingOfficers: 1 });
        expect(page.participants).toMatchObject([
            { name: '张明', part: 'officer', person: { name: '张明' } },
            { name: '高见山', person: null, relation: '负责人', idShown: true, presence: [{}] },
            { name: '周宁', person: null, agency: '示范区市场监督管理局' },
        ]);
        const [zhang, gao] = page.participants;
        const update = (participant: typeof zhang, body: object) =>
            call('act.updateParticipant', pudong, {
                params: { id: participant?.id ?? '' },
                body: { version: participant?.version ?? 0, ...body },
            });
        await update(zhang, { certificateShownAt: start() + MINUTE });
        await expect(update(gao, { certificateShownAt: start() + MINUTE })).rejects.toEqual(refused('act.certificateNotOfficer'));
        await expect(update(zhang, { idShown: true })).rejects.toEqual(refused('conflict.changedMeanwhile'));
        await update(gao, { idShown: false });
        const after = await get(id);
        expect(after.participants.map((each) => [each.certificateShownAt, each.idShown])).toEqual([
            [start() + MINUTE, null],
            [null, false],
            [null, null],
        ]);
        await call('act.removeParticipant', pudong, { params: { id: gao?.id ?? '' }, body: { reason: '没有到场' } });
        expect((await get(id)).participants.map((each) => each.name)).toEqual(['张明', '周宁']);
    });
});

describe('an announced act', () => {
    it('may lie ahead, begins when it does, and is closed when it is over', async () => {
        const id = await make({ planned: true, startsAt: now + HOUR, endsAt: now + 2 * HOUR });
        expect(await get(id)).toMatchObject({ state: 'planned', startsAt: now + HOUR });
        const close = () => call('act.close', pudong, { params: { id }, body: { as: 'closed' } });
        const begin = (startsAt: number) => call('act.start', pudong, { params: { id }, body: { startsAt } });
        await expect(close()).rejects.toEqual(refused('act.notStarted'));
        await expect(begin(now + HOUR)).rejects.toEqual(refused('act.inFuture'));
        await begin(now - MINUTE);
        expect(await get(id)).toMatchObject({
            state: 'open',
            startsAt: now - MINUTE,
            endsAt: now - MINUTE + HOUR,
            segments: [{ startsAt: now - MINUTE, endsAt: now - MINUTE + HOUR }],
        });
        await expect(begin(now - MINUTE)).rejects.toEqual(refused('act.alreadyStarted'));
        await expect(close()).rejects.toEqual(refused('act.endInFuture'));
        system.services.clock.advance(2 * HOUR);
        await close();
        const cancelled = await make({ planned: true, startsAt: now + 9 * HOUR, endsAt: now + 10 * HOUR });
        await call('act.close', pudong, { params: { id: cancelled }, body: { as: 'cancelled', reason: '改期' } });
    });
});
