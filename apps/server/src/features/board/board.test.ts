import { HOUR, type Id, type Instant, MINUTE, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../platform/command/command.ts';
import { insertRow } from '../../platform/command/row-writer.ts';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { actHandlers } from '../act/act.routes.ts';
import { deviceHandlers } from '../device/device.routes.ts';
import { boardHandlers } from './board.routes.ts';

let system: FeatureSystem;
let manager: TestOrganisation;
let zhang: TestOrganisation;
let wu: TestOrganisation;
let own: Id;
let second: Id;
let act: Id;
const handlersOf = (of: FeatureSystem) => ({
    ...boardHandlers(of.services),
    ...deviceHandlers(of.services),
    ...actHandlers(of.services),
});
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

const now = () => system.services.clock.now();
const board = (who: TestOrganisation, query: object = {}) => call('board.list', who, { query });
const night = async (who: TestOrganisation, query: object = {}) =>
    (await call('board.sameNight', who, { query })).items.map((each) => [
        each.kind,
        each.person?.name ?? null,
        each.device?.number,
    ]);

let files = 0;
/** A recording as intake and the clock leave it; its bytes do not matter here. */
const footage = (given: { deviceId: Id; personId: Id | null; actId?: Id; start: Instant; end: Instant; checked?: boolean }) =>
    runCommand(system.services.commands, manager.as({ id: manager.actor }), 'recording.register', async (tx) => {
        files += 1;
        const digest = Buffer.alloc(32, files);
        const bytes = { sha256: digest, sm3: digest, size: 7n, chunk_root: digest, chunk_digests: digest };
        const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...bytes });
        const { start, end } = given;
        const { id } = await insertRow(tx, 'recording', {
            id: tx.newId(),
            blob_id: blob.id,
            role: 'original',
            state: 'sealed',
            source: 'recorder',
            original_name: Buffer.from(`${files}.mp4`),
            display_name: `${files}.mp4`,
            device_id: given.deviceId,
            person_id: given.personId,
            act_id: given.actId ?? null,
            uploaded_by: manager.actor,
            received_at: tx.now,
            device_time_basis: 'fileName',
            device_start: start,
            device_end: end,
            search_text: '',
            ...(given.checked === false
                ? { clock_state: 'noReading' as const }
                : {
                      clock_state: 'fitted' as const,
                      true_start: start,
                      true_start_lower: start - SECOND,
                      true_start_upper: start + SECOND,
                      true_end: end,
                      true_end_lower: end - SECOND,
                      true_end_upper: end + SECOND,
                  }),
        });
        await insertRow(tx, 'recording_interval', {
            id: tx.newId(),
            recording_id: id,
            media_start: 0,
            media_end: end - start,
            timescale: 1_000,
            device_start: start,
            device_end: end,
        });
        return { result: { id }, events: [{ kind: 'recording.registered', creates: [id], body: {} }] };
    });

/** 2026-11-18, a Wednesday, 09:31 by the test clock. */
beforeAll(async () => {
    system = await featureSystem();
    const org = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    manager = { ...org, roles: ['recordingManager'] };
    zhang = { ...org, actor: await addPerson(system, org, '张明', 'officer'), roles: ['officer'] };
    wu = { ...org, actor: await addPerson(system, org, '吴勇', 'officer'), roles: ['officer'] };
    call = caller(system, handlersOf(system));
    const make = async (number: string, holder?: TestOrganisation) => {
        const { id } = await call('device.create', manager, { body: { kind: 'recorder', number } });
        if (holder !== undefined) await call('device.issue', manager, { params: { id }, body: { personId: holder.actor } });
        return id;
    };
    own = await make('B-0001', zhang);
    second = await make('B-0002', wu);
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

describe('the 24-hour board (附件1 第15条)', () => {
    it('knows what an act of today owes, by whom and on which recorder, until when', async () => {
        const startsAt = now() + 10 * MINUTE;
        system.services.clock.advance(2 * HOUR);
        const participants = [zhang, wu].map((each) => ({ personId: each.actor, part: 'officer' as const }));
        const body = { scenario: 'licenceSiteReview' as const, place: '示范路 1 号', startsAt, endsAt: startsAt + 60 * MINUTE };
        ({ id: act } = await call('act.create', zhang, { body: { ...body, participants } }));
        const { items, counts, minutes, officers } = await board(manager);
        const due = startsAt + 25 * HOUR;
        expect(
            items.map(({ kind, state, person, device, minutes: own, due: until }) => [
                kind,
                state,
                person?.name,
                device?.number,
                own,
                until,
            ]),
        ).toEqual(
            [
                ['act', 'running', '张明', 'B-0001', 60, due],
                ['act', 'running', '吴勇', 'B-0002', 60, due],
            ].sort((a, b) => (items[0]?.person?.name === a[2] ? -1 : items[0]?.person?.name === b[2] ? 1 : 0)),
        );
        expect([counts.running, minutes, officers]).toEqual([2, 120, 2]);
        expect(items[0]?.reminders.map(({ kind }) => kind)).toEqual(['shiftEnd', 'escalation', 'morning']);
        expect((await board(zhang, { mine: 'yes' })).items.map((each) => each.person?.name)).toEqual(['张明']);
        expect((await board(manager, { deviceId: second })).total).toBe(1);
    });

    it('lets go of what came, and runs out before it is late', async () => {
        const start = now() - 110 * MINUTE;
        await footage({ deviceId: own, personId: zhang.actor, actId: act, start, end: start + 65 * MINUTE });
        expect((await board(manager)).items.map((each) => each.person?.name)).toEqual(['吴勇']);
        // An unfiled file of that time may be what is missing.
        await footage({ deviceId: second, personId: wu.actor, start, end: start + 30 * MINUTE });
        expect((await board(manager)).items[0]?.unfiled).toBe(1);
        system.services.clock.advance(20 * HOUR);
        const soon = await board(manager);
        expect(soon.items.map((each) => each.state)).toEqual(['soon']);
        expect([soon.escalated, (await board(manager, { escalated: 'yes' })).total]).toEqual([1, 1]);
        await expect(
            call('board.excuse', wu, { body: { actId: act, personId: wu.actor, ground: 'fault', words: '卡坏' } }),
        ).rejects.toMatchObject({ code: 'late.nothingOwed' });
        system.services.clock.advance(5 * HOUR);
        expect((await board(manager)).items.map((each) => each.state)).toEqual(['late']);
    });

    it('keeps it late when somebody says why, and puts it aside when another confirms that', async () => {
        const reason = { actId: act, personId: wu.actor, ground: 'fault' as const, words: '内存卡损坏，已送修' };
        await expect(call('board.excuse', zhang, { body: reason })).rejects.toMatchObject({ code: 'late.notYours' });
        const { id } = await call('board.excuse', wu, { body: reason });
        await expect(call('board.excuse', manager, { body: reason })).rejects.toMatchObject({ code: 'late.excusedAlready' });
        expect((await board(manager)).items[0]).toMatchObject({
            state: 'explained',
            excuse: { ground: 'fault', state: 'waiting' },
        });
        const decide = (who: TestOrganisation, as: 'accepted' | 'refused', words?: string) =>
            call('board.decideExcuse', who, { params: { id }, body: { as, ...(words === undefined ? {} : { words }) } });
        await expect(decide(wu, 'accepted')).rejects.toMatchObject({ code: 'late.ownExcuse' });
        await expect(decide(manager, 'refused')).rejects.toMatchObject({ code: 'late.reasonMissing' });
        await decide(manager, 'accepted');
        await expect(decide(manager, 'accepted')).rejects.toMatchObject({ code: 'late.excuseSettled' });
        expect((await board(manager)).items).toEqual([]);
        const settled = await board(manager, { state: 'settled' });
        expect(settled.items).toMatchObject([{ state: 'settled', excuse: { decidedBy: { id: manager.actor } } }]);
    });

    it('accepts a late file, marks it, and is not sure by a clock that nobody checked', async () => {
        const end = now() - 30 * HOUR;
        const late = await footage({ deviceId: own, personId: zhang.actor, start: end - HOUR, end });
        const unchecked = { deviceId: own, personId: zhang.actor, start: end - 3 * HOUR, end: end - 2 * HOUR, checked: false };
        await footage(unchecked);
        await footage({ deviceId: own, personId: zhang.actor, start: now() - 5 * HOUR, end: now() - 4 * HOUR });
        const { items } = await board(manager, { kind: 'stored' });
        expect(items.map((each) => [each.state, each.minutes, (each.receivedAt ?? 0) - (each.endedAt ?? 0)])).toEqual([
            ['late', 60, 30 * HOUR],
            ['unsure', 60, 32 * HOUR],
        ]);
        const inTime = await footage({ deviceId: own, personId: zhang.actor, start: now() - 2 * HOUR, end: now() - HOUR });
        const reason = { ground: 'duty' as const, words: '连续外勤' };
        await expect(call('board.excuse', zhang, { body: { recordingId: inTime.id, ...reason } })).rejects.toMatchObject({
            code: 'late.nothingOwed',
        });
        const { id } = await call('board.excuse', zhang, { body: { recordingId: late.id, ...reason } });
        await call('board.withdrawExcuse', zhang, { params: { id }, body: {} });
        expect((await board(manager, { kind: 'stored' })).items[0]?.state).toBe('late');
    });

    it('asks at the end of the shift for a recorder that was checked and not heard of', async () => {
        const good = { noFault: true, timeRight: true, batteryEnough: true, spaceEnough: true };
        await call('device.check', wu, { params: { id: second }, body: { ...good, place: 'phone', at: now() } });
        expect((await board(manager, { kind: 'check' })).items).toEqual([]);
        system.services.clock.advance(8 * HOUR);
        expect((await board(manager, { kind: 'check' })).items).toMatchObject([
            { state: 'noTerm', person: { name: '吴勇' }, device: { number: 'B-0002' }, due: null },
        ]);
    });
});

describe('the same night', () => {
    it('two recorders on one person, and a recorder in another hand, are seen (附件1 第15条)', async () => {
        const start = now() - 3 * HOUR;
        const during = { start, end: start + HOUR, actId: act };
        expect(await night(manager, { mine: 'yes' })).toEqual([]);
        await footage({ deviceId: own, personId: zhang.actor, ...during });
        await footage({ deviceId: second, personId: zhang.actor, ...during });
        expect(await night(manager)).toEqual(
            expect.arrayContaining([
                ['twoDevices', '张明', 'B-0001'],
                ['otherHand', '张明', 'B-0002'],
            ]),
        );
        // Whose recorder it was hears of it too.
        expect((await night(wu, { mine: 'yes' })).map(([kind]) => kind)).toEqual(['otherHand']);
        const { counts } = await call('board.sameNight', manager, { query: { kind: 'otherHand' } });
        expect(counts).toEqual([
            { kind: 'twoDevices', count: 1 },
            { kind: 'otherHand', count: 1 },
        ]);
    });

    it('a check by another, use after a fault, and what was to be back, too', async () => {
        const good = { noFault: true, timeRight: true, batteryEnough: true, spaceEnough: true };
        await call('device.check', wu, { params: { id: own }, body: { ...good, place: 'phone', at: now() } });
        await call('device.step', zhang, { params: { id: own }, body: { step: 'reportFault', note: '黑屏' } });
        system.services.clock.advance(HOUR);
        await footage({ deviceId: own, personId: zhang.actor, start: now() - 10 * MINUTE, end: now() - MINUTE });
        const { id } = await call('device.create', manager, { body: { kind: 'recorder', number: 'B-0009' } });
        const due = now() + HOUR;
        const chen = await addPerson(system, manager, '陈实', 'officer');
        await call('device.issue', manager, { params: { id }, body: { personId: chen, basis: 'shift', dueBackAt: due } });
        system.services.clock.advance(2 * HOUR);
        const found = (await night(manager)).filter(([kind]) => kind !== 'twoDevices' && kind !== 'otherHand');
        expect(found).toEqual([
            ['overdueBack', '陈实', 'B-0009'],
            ['usedFaulty', '张明', 'B-0001'],
            ['checkedByOther', '吴勇', 'B-0001'],
        ]);
    });
});
