import { addDays, DAY, dayOf, endOfDay, HOUR, type Id, MINUTE, type Period, type Role } from '@liuhen/domain';
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
import { setParameter } from '../../testing/set-parameter.ts';
import { actHandlers } from '../act/act.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { findingHandlers } from './finding.routes.ts';
import { LogFollower } from './follow-log.ts';
import { judgeActs } from './judging.ts';
import { outcomeHandlers } from './outcome.routes.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...findingHandlers(services),
    ...outcomeHandlers(services),
    ...parameterHandlers(services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
let follower: LogFollower;
let [zhang, zeng, he, head]: [Id, Id, Id, Id] = ['', '', '', ''];
let start: number;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    zeng = await addPerson(system, pudong, '曾丽', 'officer');
    he = await addPerson(system, pudong, '何洁', 'officer');
    head = await addPerson(system, pudong, '高远', 'officer');
    call = caller(system, handlersOf(system));
    follower = new LogFollower(system.services, async () => [pudong.id]);
    start = Math.floor(system.services.clock.now() / MINUTE) * MINUTE - 50 * HOUR;
});
afterAll(async () => {
    await follower.close();
    await system.expectSound();
    await system.close();
});

const as = (actor: Id, ...roles: Role[]): TestOrganisation => ({ ...pudong, actor, roles });
const officer = (of: Id) => as(of, 'officer');
const chief = () => as(head, 'sectionHead');

/** An act that nobody recorded, judged: one finding for each officer. */
const judgedAct = async (...people: readonly Id[]) => {
    const { id } = await call('act.create', officer(zhang), {
        body: {
            ...{ scenario: 'doubleRandomInspection', place: '示范路 1 号', startsAt: start, endsAt: start + HOUR },
            participants: people.map((personId) => ({ personId, part: 'officer' as const })),
        },
    });
    await follower.look();
    return id;
};
const findingOf = async (act: Id, person: Id) =>
    (await call('finding.ofAct', chief(), { params: { id: act } })).findings.find((each) => each.person?.id === person)?.id ?? '';
const get = (id: Id, who: TestOrganisation) => call('finding.get', who, { params: { id } });
const answer = (id: Id, who: TestOrganisation) =>
    call('finding.answer', who, { params: { id }, body: { kind: 'explain', words: '记录仪无法开机' } });

describe('whoever was taken off the list of an act', () => {
    let act: Id;
    let own: Id;
    beforeAll(async () => {
        act = await judgedAct(zhang, zeng, he);
        const { participants } = await call('act.get', officer(zhang), { params: { id: act } });
        const row = participants.find((each) => each.person?.id === he)?.id ?? '';
        await call('act.removeParticipant', officer(zhang), { params: { id: row }, body: { reason: '没有到场' } });
        await follower.look();
        own = await findingOf(act, zhang);
    });

    it('decides on none of its findings all the same', async () => {
        await answer(own, officer(zhang));
        expect(await get(own, as(he, 'sectionHead'))).toMatchObject({ state: 'answered', mayDecide: false });
        await expect(
            call('finding.decide', as(he, 'sectionHead'), { params: { id: own }, body: { as: 'accepted' } }),
        ).rejects.toMatchObject({ code: 'finding.ownAct' });
        const other = await findingOf(act, zeng);
        await expect(
            call('finding.confirm', as(he, 'sectionHead'), { params: { id: other }, body: { words: '经核查属实' } }),
        ).rejects.toMatchObject({ code: 'finding.ownAct' });
        expect(await get(own, chief())).toMatchObject({ mayDecide: true });
        await call('finding.decide', chief(), { params: { id: own }, body: { as: 'accepted' } });
    });

    it('answers for it no longer', async () => {
        const other = await findingOf(act, zeng);
        expect(await get(other, officer(he))).toMatchObject({ state: 'open', mayAnswer: false });
        await expect(answer(other, officer(he))).rejects.toMatchObject({ code: 'finding.notYours' });
    });
});

describe("the unit's own deadline for answers", () => {
    const list = (query: object) => call('finding.list', chief(), { query });
    const setTerm = async (value: Period | null, from = dayOf(system.services.clock.now())) => {
        const body = { key: 'finding.answerTerm' as const, value, standing: 'own' as const, basis: '本机构自定', from };
        await setParameter(call, chief(), { ...body, reason: '答复期限' });
        system.services.clock.advance(1);
    };
    let [before, after]: [Id, Id] = ['', ''];
    let due: number;
    beforeAll(async () => {
        before = await judgedAct(zhang, zeng);
        await setTerm({ length: 3, unit: 'calendarDay' });
        due = endOfDay(addDays(dayOf(system.services.clock.now()), 3));
        after = await judgedAct(zhang, zeng);
    });

    it('is set for nothing that was found before the unit set it', async () => {
        expect(await get(await findingOf(before, zhang), chief())).toMatchObject({ dueAt: null, overdue: false });
        expect(await get(await findingOf(after, zhang), chief())).toMatchObject({ dueAt: due, overdue: false });
    });

    it('orders the list, what has none last, page by page', async () => {
        const first = await list({ state: 'open', order: 'due', limit: 1 });
        const second = await list({ state: 'open', order: 'due', limit: 1, cursor: first.next ?? '' });
        const rest = await list({ state: 'open', order: 'due', limit: 100, cursor: second.next ?? '' });
        const all = [first, second, rest].flatMap(({ items }) => items);
        expect(new Set(all.map(({ id }) => id)).size).toBe(first.total);
        expect(all.map(({ dueAt }) => dueAt)).toEqual([due, due, ...rest.items.map(() => null)]);
    });

    it('is over at its end for what nobody answered, and for nothing else', async () => {
        const [own, others] = [await findingOf(after, zhang), await findingOf(after, zeng)];
        await answer(own, officer(zhang));
        expect((await list({ overdue: 'yes' })).total).toBe(0);
        system.services.clock.advance(due - system.services.clock.now() - 1);
        expect((await list({ overdue: 'yes' })).total).toBe(0);
        system.services.clock.advance(1);
        expect((await list({ overdue: 'yes' })).items.map(({ id, overdue }) => [id, overdue])).toEqual([[others, true]]);
        expect(await get(own, chief())).toMatchObject({ state: 'answered', dueAt: due, overdue: false });
    });

    it('runs anew for what comes back after it was settled', async () => {
        const others = await findingOf(after, zeng);
        const { participants } = await call('act.get', officer(zhang), { params: { id: after } });
        const row = participants.find((each) => each.person?.id === zeng)?.id ?? '';
        await call('act.removeParticipant', officer(zhang), { params: { id: row }, body: { reason: '没有到场' } });
        await follower.look();
        expect(await get(others, chief())).toMatchObject({ state: 'settled', overdue: false });
        system.services.clock.advance(DAY);
        const body = { personId: zeng, part: 'officer' as const };
        await call('act.addParticipant', officer(zhang), { params: { id: after }, body });
        await follower.look();
        const today = dayOf(system.services.clock.now());
        expect(await get(others, chief())).toMatchObject({ state: 'open', dueAt: endOfDay(addDays(today, 3)), overdue: false });
    });

    it('goes back to none from a day on; what was found before keeps its own, and none is not filled in later', async () => {
        const today = dayOf(system.services.clock.now());
        await setTerm(null);
        const found = await judgedAct(zhang, zeng);
        expect(await get(await findingOf(found, zhang), chief())).toMatchObject({ dueAt: null, overdue: false });
        expect(await get(await findingOf(after, zeng), chief())).toMatchObject({ dueAt: endOfDay(addDays(today, 3)) });
        const { items } = await call('parameter.list', chief(), { query: {} });
        const item = items.find(({ key }) => key === 'finding.answerTerm');
        expect([item?.value, item?.from !== null, item?.rows.map(({ value }) => value)]).toEqual([
            null,
            true,
            [null, { length: 3, unit: 'calendarDay' }],
        ]);
        system.services.clock.advance(2 * DAY);
        await expect(setTerm({ length: 5, unit: 'calendarDay' }, addDays(today, 1))).rejects.toMatchObject({
            code: 'parameter.rewritesHistory',
        });
        await expect(
            setParameter(call, chief(), {
                key: 'deadline.defence',
                value: null,
                standing: 'verified',
                basis: '无',
                from: today,
                reason: '无',
            }),
        ).rejects.toMatchObject({ code: 'parameter.valueWrong' });
    });
});

describe('an explanation that was accepted', () => {
    const lasts = async (id: Id, endsAt: number) => {
        const { version } = await call('act.get', officer(zhang), { params: { id } });
        const body = { scenario: 'doubleRandomInspection' as const, place: '示范路 1 号', startsAt: start, endsAt, version };
        await call('act.update', officer(zhang), { params: { id }, body });
        await follower.look();
    };
    const ofZhang = async (act: Id) =>
        (await call('finding.ofAct', chief(), { params: { id: act } })).findings
            .filter((each) => each.person?.id === zhang)
            .map(({ state, from, to }) => [state, from, to]);

    it('explains the time that it was given for: what is missing beyond it is asked about anew', async () => {
        const act = await judgedAct(zhang, zeng);
        const own = await findingOf(act, zhang);
        await answer(own, officer(zhang));
        await call('finding.decide', chief(), { params: { id: own }, body: { as: 'accepted' } });
        await follower.look();
        const explained = ['explained', start, start + HOUR];
        expect(await ofZhang(act)).toEqual([explained]);
        await lasts(act, start + 3 * HOUR);
        expect(await ofZhang(act)).toEqual([['open', start, start + 3 * HOUR], explained]);
        // Judged once more, as every night, the words have not spread over the rest.
        expect(await judgeActs(system.services, pudong.id, [act])).toBe(0);
        // Within the minute to which officers state times it is still what was explained.
        await lasts(act, start + HOUR + MINUTE);
        expect((await ofZhang(act)).map(([state]) => state)).toEqual(['explained', 'settled']);
    });
});

describe('an explanation that was spoken', () => {
    const record = (act_id: Id, durationMs: number | null) =>
        runCommand(
            system.services.commands,
            commandBy(system.services, pudong.id, pudong.actor),
            'recording.register',
            async (tx) => {
                const bytes = Buffer.from(tx.newId().replaceAll('-', '').padEnd(64, '0'), 'hex');
                const content = { sha256: bytes, sm3: bytes, size: 1n, chunk_root: bytes, chunk_digests: bytes };
                const blob = await insertRow(tx, 'blob', { id: tx.newId(), ...content });
                const recording = await insertRow(tx, 'recording', {
                    ...{ id: tx.newId(), blob_id: blob.id, role: 'original', state: 'sealed', source: 'recorder' },
                    ...{ original_name: Buffer.from('a.mp4'), display_name: 'a.mp4', search_text: '' },
                    ...{ person_id: zhang, act_id, uploaded_by: pudong.actor, received_at: tx.now },
                    ...{
                        device_time_basis: 'fileName',
                        device_start: start,
                        device_end: start + MINUTE,
                        clock_state: 'noReading',
                    },
                    inspection: durationMs === null ? null : JSON.stringify({ durationMs }),
                });
                const body = {};
                return {
                    result: recording.id,
                    events: [{ kind: 'recording.registered', creates: [recording.id], objects: [act_id], body }],
                };
            },
        );
    const say = (id: Id, recordingId: Id, mediaMs: number) =>
        call('finding.answer', officer(zeng), {
            params: { id },
            body: { kind: 'explain', words: '已在音像中口述', moment: { recordingId, mediaMs } },
        });

    it('points at a moment of a recording of this act, and of no other, and not behind its end', async () => {
        const [act, other] = [await judgedAct(zhang, zeng), await judgedAct(zhang, zeng)];
        const [own, unread, strange] = [await record(act, MINUTE), await record(act, null), await record(other, MINUTE)];
        const finding = await findingOf(act, zeng);
        for (const [recording, at] of [
            [strange, 0],
            [unread, 0],
            [own, MINUTE + 1],
        ] as const)
            await expect(say(finding, recording, at)).rejects.toMatchObject({ code: 'finding.momentUnknown' });
        expect((await get(finding, chief())).answers).toEqual([]);
        await say(finding, own, MINUTE);
        expect((await get(finding, chief())).answers).toMatchObject([
            { words: '已在音像中口述', moment: { recordingId: own, fileName: 'a.mp4', mediaMs: MINUTE } },
        ]);
    });

    it('is not needed', async () => {
        const finding = await findingOf(await judgedAct(zhang, zeng), zhang);
        await answer(finding, officer(zhang));
        expect((await get(finding, chief())).answers).toMatchObject([{ moment: null }]);
    });
});

describe('what followed a confirmed violation', () => {
    const boss = () => as(head, 'instituteHead');
    const record = (findingId: Id, more: object = {}) =>
        call('outcome.record', boss(), {
            body: {
                ...{
                    clause: 'A1-5-2',
                    personId: zeng,
                    happenedDay: dayOf(start),
                    facts: '没有记录',
                    kind: 'instruction' as const,
                },
                ...{ decidedBy: '所务会', decidedDay: dayOf(system.services.clock.now()), findingId, ...more },
            },
        });
    const without = async (who = boss()) =>
        (await call('finding.list', who, { query: { withoutOutcome: 'yes', limit: 100 } })).items.map(({ id }) => id);
    let act: Id;
    let finding: Id;
    beforeAll(async () => {
        act = await judgedAct(zhang, zeng);
        finding = await findingOf(act, zeng);
    });

    it('is registered of no finding that is not confirmed', async () => {
        await expect(record(finding)).rejects.toMatchObject({ code: 'outcome.findingNotConfirmed' });
        await expect(record(act)).rejects.toMatchObject({ code: 'finding.notFound' });
        expect(await without()).toEqual([]);
    });

    it('is found missing until it is registered, and again once it was taken back', async () => {
        await call('finding.confirm', chief(), { params: { id: finding }, body: { words: '经核查属实' } });
        expect(await without()).toEqual([finding]);
        const { id } = await record(finding);
        expect(await without()).toEqual([]);
        expect(await call('outcome.get', boss(), { params: { id } })).toMatchObject({
            act: { id: act },
            finding: { id: finding, code: 'recording.none', params: { lengthMs: HOUR } },
        });
        expect((await get(finding, boss())).outcomes).toMatchObject([{ id, kind: 'instruction' }]);
        const { id: second } = await call('outcome.correct', boss(), {
            params: { id },
            body: {
                ...{ clause: 'A1-5-2', personId: zeng, happenedDay: dayOf(start), facts: '没有记录', kind: 'accountability' },
                ...{ decidedBy: '所务会', decidedDay: dayOf(system.services.clock.now()), findingId: finding, reason: '更正' },
            },
        });
        expect((await get(finding, boss())).outcomes).toMatchObject([{ id: second, kind: 'accountability' }]);
        await call('outcome.withdraw', boss(), { params: { id: second }, body: { reason: '复核后撤回' } });
        expect(await without()).toEqual([finding]);
        await record(finding);
    });

    it('is told on the finding to whoever may see it, and to nobody else', async () => {
        expect((await get(finding, officer(zeng))).outcomes).toHaveLength(1);
        expect((await get(finding, officer(zhang))).outcomes).toEqual([]);
        await expect(without(officer(zhang))).rejects.toMatchObject({ code: 'access.denied' });
    });
});
