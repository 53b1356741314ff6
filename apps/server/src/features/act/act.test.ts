import { actFactsOf, type BodyOf, type Endpoints } from '@liuhen/contract';
import { coverageOf, HOUR, type Id, type Inspection, MINUTE, statementInputOf } from '@liuhen/domain';
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
let zhang: Id;
let zeng: Id;
let wu: Id;
let party: Id;
let premises: Id;
let now: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    jingan = await addOrganisation(system, '310106', '静安区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    zeng = await addPerson(system, pudong, '曾丽', 'officer');
    wu = await addPerson(system, pudong, '吴勇', 'assistant');
    call = caller(system, handlersOf(system));
    now = system.services.clock.now();
    const body = { name: '阳光口腔门诊部', kind: 'organisation' as const, creditCode: '91350100M000100Y43' };
    party = (await call('party.create', pudong, { body })).id;
    premises = (
        await call('party.addPremises', pudong, { params: { id: party }, body: { name: '三楼诊室', address: '世纪大道 100 号' } })
    ).id;
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

type NewAct = BodyOf<Endpoints['act.create']>;
const fields = (more: Partial<NewAct> = {}): NewAct => ({
    scenario: 'doubleRandomInspection',
    partyId: party,
    premisesId: premises,
    place: '世纪大道 100 号 3 楼',
    startsAt: now - 3 * HOUR,
    endsAt: now - 2 * HOUR,
    participants: [
        { personId: zhang, part: 'officer' },
        { personId: zeng, part: 'officer' },
    ],
    ...more,
});
const make = async (more: Partial<NewAct> = {}) => (await call('act.create', pudong, { body: fields(more) })).id;
const get = (id: Id, who = pudong) => call('act.get', who, { params: { id } });
const refused = (code: string, params: Record<string, unknown> = {}) => expect.objectContaining({ code, params });
const fieldsOnly = () => {
    const { participants: _, ...rest } = fields();
    return rest;
};

let files = 0;
/** What intake writes, as far as acts see it. */
const addRecording = (actId: Id, personId: Id | null, minutes: [number, number] | null, more: object = {}): Promise<Id> =>
    runCommand(
        system.services.commands,
        commandBy(system.services, pudong.id, pudong.actor),
        'recording.register',
        async (tx) => {
            const bytes = Buffer.alloc(32, ++files);
            const blob = await insertRow(tx, 'blob', {
                id: tx.newId(),
                sha256: bytes,
                sm3: bytes,
                size: 1n,
                chunk_root: bytes,
                chunk_digests: bytes,
            });
            const start = fields().startsAt;
            const recording = await insertRow(tx, 'recording', {
                id: tx.newId(),
                blob_id: blob.id,
                role: 'original',
                state: 'registered',
                source: 'recorder',
                original_name: Buffer.from('a.mp4'),
                display_name: `${files}.mp4`,
                person_id: personId,
                uploaded_by: pudong.actor,
                received_at: tx.now,
                device_time_basis: minutes === null ? 'unknown' : 'fileName',
                device_start: minutes === null ? null : start + minutes[0] * MINUTE,
                device_end: minutes === null ? null : start + minutes[1] * MINUTE,
                act_id: actId,
                search_text: '',
                ...more,
            });
            return {
                result: recording.id,
                events: [{ kind: 'recording.registered', creates: [recording.id], objects: [actId], body: {} }],
            };
        },
    );

/** The stretches of a file that was paused, in minutes. */
const addIntervals = (recordingId: Id, from: number, minutes: readonly [number, number][]) =>
    runCommand(system.services.commands, commandBy(system.services, pudong.id, pudong.actor), 'recording.inspect', async (tx) => {
        let media = 0;
        for (const [start, end] of minutes) {
            const lasts = end - start;
            await insertRow(tx, 'recording_interval', {
                id: tx.newId(),
                recording_id: recordingId,
                // In ticks of 90,000 a second, as recorders count.
                media_start: media * 60 * 90_000,
                media_end: (media + lasts) * 60 * 90_000,
                timescale: 90_000,
                device_start: from + start * MINUTE,
                device_end: from + end * MINUTE,
            });
            media += lasts;
        }
        return { result: null, events: [{ kind: 'recording.inspected', objects: [recordingId], body: {} }] };
    });

describe('an act', () => {
    it('is kept as the officers state it', async () => {
        const id = await make({ note: '随机抽查' });
        expect(await get(id)).toMatchObject({
            scenario: 'doubleRandomInspection',
            party: { id: party, name: '阳光口腔门诊部' },
            premises: { id: premises, name: '三楼诊室' },
            place: '世纪大道 100 号 3 楼',
            startsAt: now - 3 * HOUR,
            endsAt: now - 2 * HOUR,
            state: 'open',
            note: '随机抽查',
            version: 1,
            organisation: { id: pudong.id },
            recordings: [],
            participants: [{ person: { name: '张明' }, part: 'officer', device: null }, { person: { name: '曾丽' } }],
        });
    });

    it('is refused for what cannot be', async () => {
        const stranger = await addPerson(system, jingan, '外人', 'officer');
        const one = (personId: Id, part: 'officer' | 'assistant') => ({ participants: [{ personId, part }] });
        const cases: [Partial<NewAct>, string, object?][] = [
            [{ endsAt: now - 3 * HOUR }, 'act.endBeforeStart'],
            [{ startsAt: now - 30 * HOUR }, 'act.tooLong', { hours: 24 }],
            [{ startsAt: now + 1, endsAt: now + 2 }, 'act.inFuture'],
            [{ partyId: stranger }, 'party.notFound'],
            [one(stranger, 'officer'), 'person.notFound'],
            [one(wu, 'officer'), 'act.assistantAsOfficer', { name: '吴勇' }],
            [
                { participants: [...fields().participants, { personId: zhang, part: 'assistant' }] },
                'act.participantTwice',
                { name: '张明' },
            ],
        ];
        for (const [more, code, params] of cases) await expect(make(more)).rejects.toEqual(refused(code, { ...params }));
        const other = (await call('party.create', pudong, { body: { name: '别家', kind: 'naturalPerson' } })).id;
        await expect(make({ partyId: other })).rejects.toEqual(refused('act.premisesNotOfParty'));
        const { partyId: _, ...without } = fields();
        await expect(call('act.create', pudong, { body: without })).rejects.toEqual(refused('act.premisesNotOfParty'));
    });

    it('is changed by one person at a time, and not after its end', async () => {
        const id = await make();
        const change = (place: string, version: number) =>
            call('act.update', pudong, { params: { id }, body: { ...fieldsOnly(), place, version } });
        const outcomes = await Promise.allSettled([change('甲地', 1), change('乙地', 1)]);
        const failed = outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
        expect(failed).toEqual(['conflict.changedMeanwhile']);
        expect((await get(id)).version).toBe(2);
        await call('act.close', pudong, { params: { id }, body: { as: 'closed' } });
        await expect(change('丙地', 3)).rejects.toEqual(refused('act.notOpen'));
        await expect(call('act.close', pudong, { params: { id }, body: { as: 'closed' } })).rejects.toEqual(
            refused('act.notOpen'),
        );
    });

    it('gains and loses participants', async () => {
        const id = await make({ participants: [{ personId: zhang, part: 'officer' }] });
        const add = (personId: Id, part: 'officer' | 'assistant') =>
            call('act.addParticipant', pudong, { params: { id }, body: { personId, part } });
        await add(wu, 'assistant');
        await expect(add(wu, 'assistant')).rejects.toEqual(refused('act.participantTwice', { name: '吴勇' }));
        await expect(add(wu, 'officer')).rejects.toEqual(refused('act.assistantAsOfficer', { name: '吴勇' }));
        const twice = await Promise.allSettled([add(zeng, 'officer'), add(zeng, 'officer')]);
        expect(twice.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected']);

        await addRecording(id, zeng, [0, 10]);
        const participantOf = async (person: Id) =>
            (await get(id)).participants.find((each) => each.person?.id === person)?.id ?? '';
        const remove = (participantId: Id) =>
            call('act.removeParticipant', pudong, { params: { id: participantId }, body: { reason: '误加' } });
        await expect(remove(await participantOf(zeng))).rejects.toEqual(refused('act.participantHasRecordings'));
        const gone = await participantOf(wu);
        await remove(gone);
        await expect(remove(gone)).rejects.toEqual(refused('act.participantNotFound'));
        expect((await get(id)).participants.map((each) => each.name)).toEqual(['张明', '曾丽']);
        await add(wu, 'assistant');
        expect((await get(id)).participants.map((each) => each.name)).toEqual(['张明', '曾丽', '吴勇']);
    });

    it('is cancelled with a reason and without footage', async () => {
        const id = await make();
        const cancel = (reason?: string) =>
            call('act.close', pudong, { params: { id }, body: { as: 'cancelled', ...(reason === undefined ? {} : { reason }) } });
        await expect(cancel()).rejects.toEqual(refused('act.reasonMissing'));
        await cancel('重复登记');
        expect(await get(id)).toMatchObject({
            state: 'cancelled',
            standing: { status: 'held', openGaps: 0, missingOfficers: 0 },
        });
        const filmed = await make();
        await addRecording(filmed, zhang, [0, 10]);
        await expect(
            call('act.close', pudong, { params: { id: filmed }, body: { as: 'cancelled', reason: '重复' } }),
        ).rejects.toEqual(refused('act.hasRecordings'));
    });
});

describe('numbers', () => {
    it('have no hole and no double when sixteen acts are created at once, refusals among them', async () => {
        const before = (await call('act.list', pudong, { query: {} })).total;
        const wishes = Array.from({ length: 20 }, (_, at) => make(at % 5 === 4 ? { endsAt: 0 } : {}));
        const outcomes = await Promise.allSettled(wishes);
        expect(outcomes.filter((each) => each.status === 'fulfilled')).toHaveLength(16);
        const numbers: string[] = [];
        let cursor: string | undefined;
        do {
            const page = await call('act.list', pudong, { query: { limit: 7, ...(cursor === undefined ? {} : { cursor }) } });
            numbers.push(...page.items.map((each) => each.number));
            cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        const expected = Array.from({ length: before + 16 }, (_, at) => `310115-2026-${String(at + 1).padStart(6, '0')}`);
        expect(numbers.sort()).toEqual(expected);
    });

    it('begin anew for each organisation and year of Shanghai’s calendar', async () => {
        const officer = { participants: [{ personId: jingan.actor, part: 'officer' as const }] };
        const { partyId: _, premisesId: __, ...elsewhere } = fields(officer);
        const first = await call('act.create', jingan, { body: elsewhere });
        expect((await get(first.id, jingan)).number).toBe('310106-2026-000001');
        // 2026-12-31 16:00 UTC is 2027 in Shanghai.
        system.services.clock.advance(Date.UTC(2026, 11, 31, 16) - system.services.clock.now());
        const next = await Promise.all(Array.from({ length: 3 }, () => call('act.create', jingan, { body: elsewhere })));
        const numbers = await Promise.all(next.map(async ({ id }) => (await get(id, jingan)).number));
        expect(numbers.sort()).toEqual(['310106-2027-000001', '310106-2027-000002', '310106-2027-000003']);
    });
});

describe('standing', () => {
    const inspection: Partial<Inspection> = {
        container: 'mp4',
        durationMs: 1_800_000,
        tracks: [],
        findings: [{ code: 'media.truncated', severity: 'limited', missingBytes: 5, lastUsableMs: 9 }],
    };

    it('is worked out from the recordings, the same on list and page', async () => {
        const id = await make({ place: '对照一' });
        expect((await get(id)).standing).toMatchObject({
            status: 'broken',
            openGaps: 2,
            coveragePermille: 0,
            missingOfficers: 0,
        });
        await addRecording(id, zhang, [0, 60]);
        const device_id = (await call('device.create', pudong, { body: { kind: 'recorder', number: 'C-7' } })).id;
        await addRecording(id, zeng, [0, 20], { device_id });
        await addRecording(id, zeng, [35, 60], { device_id, inspection: JSON.stringify(inspection), inspected_at: now });
        const page = await get(id);
        expect(page.standing).toMatchObject({ status: 'act', openGaps: 1, coveragePermille: 750, missingOfficers: 0 });
        expect(page.recordings.map((each) => [each.inspected, each.durationMs, each.findings])).toEqual([
            [false, null, []],
            [false, null, []],
            [true, 1_800_000, [{ code: 'media.truncated', severity: 'limited', params: { missingBytes: 5, lastUsableMs: 9 } }]],
        ]);
        const [item] = (await call('act.list', pudong, { query: { q: '对照一' } })).items;
        expect(item).toMatchObject({ standing: page.standing, recordingCount: 3 });
        const file = await call('party.get', pudong, { params: { id: party } });
        const acts = (await call('act.list', pudong, { query: { partyId: party, limit: 200 } })).items;
        expect(file.recordingCount).toBe(acts.reduce((sum, each) => sum + each.recordingCount, 0));
        expect(file.actCount).toBe(acts.filter((each) => each.state !== 'cancelled').length);
    });

    it('misses a second officer', async () => {
        const id = await make({
            participants: [
                { personId: zhang, part: 'officer' },
                { personId: wu, part: 'assistant' },
            ],
        });
        expect((await get(id)).standing).toMatchObject({ status: 'broken', missingOfficers: 1 });
    });

    it('is for a person to say where files of unknown recorders, whose clocks nobody checked, leave a gap between them', async () => {
        const id = await make();
        await addRecording(id, zhang, [0, 60]);
        await addRecording(id, zeng, [0, 20]);
        await addRecording(id, zeng, [35, 60]);
        expect((await get(id)).standing).toMatchObject({ status: 'judge', openGaps: 1, coveragePermille: 750 });
    });

    it('gives no figure where recordings do not say when they ran', async () => {
        const id = await make();
        await addRecording(id, zhang, null);
        // Of the other officer there is nothing at all, which is sure whatever the file is of.
        expect((await get(id)).standing).toMatchObject({ status: 'act', coveragePermille: null });
        await addRecording(id, zeng, null);
        expect((await get(id)).standing).toMatchObject({ status: 'judge', coveragePermille: null });
    });

    it('leaves a recording of unknown length to a person, from its start on', async () => {
        const id = await make({ startsAt: now - 60 * HOUR, endsAt: now - 59 * HOUR });
        const { startsAt } = await get(id);
        await addRecording(id, zeng, null, { device_start: startsAt, device_end: startsAt + HOUR });
        await addRecording(id, zhang, null, { device_start: startsAt + 10 * MINUTE, device_time_basis: 'fileName' });
        const page = await get(id);
        expect(page.standing).toMatchObject({ status: 'judge', coveragePermille: null, openGaps: 2 });
        expect(page.recordings.map((each) => each.stretches.length)).toEqual([1, 0]);
    });

    it('counts the pauses inside a file, the same on list, page and chart', async () => {
        const id = await make({ place: '对照二', startsAt: now - 60 * HOUR, endsAt: now - 59 * HOUR });
        const { startsAt } = await get(id);
        await addRecording(id, zeng, null, { device_start: startsAt, device_end: startsAt + HOUR });
        const paused = await addRecording(id, zhang, null, { device_start: startsAt, device_end: startsAt + HOUR });
        await addIntervals(paused, startsAt, [
            [0, 20],
            [35, 60],
        ]);
        const page = await get(id);
        expect(page.recordings.find((each) => each.id === paused)?.stretches).toMatchObject([
            { mediaStartMs: 0, deviceStart: startsAt, deviceEnd: startsAt + 20 * MINUTE },
            { mediaStartMs: 20 * MINUTE, deviceStart: startsAt + 35 * MINUTE, deviceEnd: startsAt + HOUR },
        ]);
        const drawn = coverageOf(statementInputOf(actFactsOf(page), now, ''));
        expect(drawn.map((each) => each.permille)).toEqual([750, 1000]);
        expect(page.standing).toMatchObject({ coveragePermille: 750, openGaps: 1, status: 'act' });
        const [item] = (await call('act.list', pudong, { query: { q: '对照二' } })).items;
        expect(item?.standing).toEqual(page.standing);
    });
});

it('a participant’s device is the recorder held at that time', async () => {
    const { clock } = system.services;
    const device = async (number: string, kind: 'recorder' | 'mobileTerminal') =>
        (await call('device.create', pudong, { body: { kind, number } })).id;
    const issue = (id: Id) => call('device.issue', pudong, { params: { id }, body: { personId: zhang } });
    const [old, later, terminal] = [
        await device('A-1', 'recorder'),
        await device('A-2', 'recorder'),
        await device('T-1', 'mobileTerminal'),
    ];
    await issue(old);
    clock.advance(10 * HOUR);
    await issue(terminal);
    const within = { startsAt: clock.now() - HOUR, endsAt: clock.now() - HOUR / 2 };
    await call('device.return', pudong, { params: { id: old }, body: {} });
    clock.advance(HOUR);
    await issue(later);
    clock.advance(HOUR);
    const deviceIn = async (times: Partial<NewAct>) => (await get(await make(times))).participants[0]?.device?.number ?? null;
    expect(await deviceIn(within)).toBe('A-1');
    expect(await deviceIn({ startsAt: clock.now() - HOUR / 2, endsAt: clock.now() })).toBe('A-2');
    expect(await deviceIn({ startsAt: within.startsAt - 20 * HOUR, endsAt: within.startsAt - 19 * HOUR })).toBeNull();
    expect(await deviceIn({ startsAt: within.endsAt + HOUR / 2, endsAt: within.endsAt + HOUR })).toBe('T-1');
});

describe('the list', () => {
    it('is filtered by what the acts are about', async () => {
        const day = now - 40 * HOUR;
        const id = await make({ place: '静安寺路 1 号', scenario: 'hearing', startsAt: day, endsAt: day + HOUR });
        const ids = async (query: object) => (await call('act.list', pudong, { query })).items.map((each) => each.id);
        const { number } = await get(id);
        for (const query of [
            { q: '静安寺' },
            { q: 'jasl1h' },
            { q: number.toLowerCase() },
            { scenario: 'hearing' },
            { from: day, to: day + 1 },
        ])
            expect([query, await ids(query)]).toEqual([query, [id]]);
        for (const q of ['阳光', 'ygkq', '9135', '曾丽', 'zl', '三楼诊室'])
            expect([q, await ids({ q, scenario: 'hearing' })]).toEqual([q, [id]]);
        expect(await ids({ q: '吴勇', scenario: 'hearing' })).toEqual([]);
        expect(await ids({ personId: wu, scenario: 'hearing' })).toEqual([]);
        expect(await ids({ personId: zeng, partyId: party, scenario: 'hearing' })).toEqual([id]);
        const newest = (await call('act.list', pudong, { query: { limit: 200 } })).items.map((each) => each.startsAt ?? 0);
        expect(newest).toEqual(newest.toSorted((a, b) => b - a));
        const oldest = await call('act.list', pudong, { query: { limit: 3, order: 'oldest' } });
        const then = await call('act.list', pudong, { query: { limit: 3, order: 'oldest', cursor: oldest.next ?? '' } });
        const starts = [...oldest.items, ...then.items].map((each) => each.startsAt ?? 0);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        expect(new Set([...oldest.items, ...then.items].map((each) => each.id)).size).toBe(6);
    });

    it('is of the own organisation', async () => {
        const [mine] = (await call('act.list', pudong, { query: { limit: 1 } })).items;
        const theirs = (await call('act.list', jingan, { query: { limit: 200 } })).items;
        expect(theirs).toHaveLength(4);
        const params = { id: mine?.id ?? '' };
        await expect(get(params.id, jingan)).rejects.toEqual(refused('act.notFound'));
        await expect(call('act.close', jingan, { params, body: { as: 'closed' } })).rejects.toEqual(refused('act.notFound'));
        await expect(
            call('act.addParticipant', jingan, { params, body: { personId: jingan.actor, part: 'officer' } }),
        ).rejects.toEqual(refused('act.notFound'));
    });
});

it('a repeated creation is one act', async () => {
    const commandId = system.services.clock.newId();
    const before = (await call('act.list', pudong, { query: {} })).total;
    const answers = await Promise.all(
        Array.from({ length: 4 }, () => call('act.create', pudong, { body: fields({ note: '重试' }) }, commandId)),
    );
    expect(new Set(answers.map((each) => each.id)).size).toBe(1);
    expect((await call('act.list', pudong, { query: {} })).total).toBe(before + 1);
});
