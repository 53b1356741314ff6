import { DAY, dayOf, HOUR, type Id, type Period, type Role, SECOND } from '@liuhen/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
    addOrganisation,
    addPerson,
    caller,
    type FeatureSystem,
    featureSystem,
    type TestOrganisation,
} from '../../testing/feature-system.ts';
import { setParameter } from '../../testing/set-parameter.ts';
import { deviceHandlers } from '../device/device.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { findingHandlers } from './finding.routes.ts';
import { SubjectFollower } from './follow-subjects.ts';
import { readKept } from './judgement-words.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...deviceHandlers(services),
    ...findingHandlers(services),
    ...parameterHandlers(services),
});

let system: FeatureSystem;
let pudong: TestOrganisation;
let follower: SubjectFollower;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let [zhang, zeng, chief, manager]: [Id, Id, Id, Id] = ['', '', '', ''];
let recorder: Id;

const as = (actor: Id, ...roles: Role[]): TestOrganisation => ({ ...pudong, actor, roles });
const holder = () => as(zhang, 'officer');
const section = () => as(chief, 'sectionHead');
const theManager = () => as(manager, 'recordingManager');

beforeAll(async () => {
    system = await featureSystem();
    pudong = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    zhang = await addPerson(system, pudong, '张明', 'officer');
    zeng = await addPerson(system, pudong, '曾丽', 'officer');
    chief = await addPerson(system, pudong, '何洁', 'staff');
    manager = await addPerson(system, pudong, '冯涛', 'staff');
    call = caller(system, handlersOf(system));
    follower = new SubjectFollower(system.services, async () => [pudong.id]);
    const body = { kind: 'recorder', number: 'R-001', model: '示例一型', serial: 'R-001', note: undefined } as never;
    recorder = (await call('device.create', theManager(), { body })).id;
    await issue();
});
afterAll(async () => {
    await follower.close();
    await system.expectSound();
    await system.close();
});

const params = () => ({ id: recorder });
const issue = () => call('device.issue', theManager(), { params: params(), body: { personId: zhang } as never });
const step = (of: 'reportFault' | 'clearFault' | 'reportLost' | 'find', who = holder()) =>
    call('device.step', who, { params: params(), body: { step: of, note: '无法开机' } });
const takeBack = () => call('device.return', theManager(), { params: params(), body: {} as never });
const after = (ms: number) => system.services.clock.advance(ms);
const setTerm = async (value: Period | null) => {
    const from = dayOf(system.services.clock.now());
    const body = { key: 'device.faultHandIn' as const, value, standing: 'own' as const, basis: '本机构自定', from };
    await setParameter(call, section(), { ...body, reason: '交修期限' });
    after(1);
};
const found = async () => {
    await follower.look();
    const { items } = await call('finding.list', section(), { query: { subject: 'device', limit: 100 } });
    return items.filter((each) => each.rule === 'faultHandedIn');
};
const verdict = async () => {
    await follower.look();
    const { rows } = await system.superPool.query(
        'select verdicts, again_at from liuhen.subject_judgement where device_id = $1',
        [recorder],
    );
    const of = readKept(rows[0].verdicts).find((each) => each.rule === 'faultHandedIn');
    return [of?.verdict, ...(of?.missing ?? [])].join(' ');
};
const handIn = async () =>
    (await call('device.get', theManager(), { params: params() })).steps.find((each) => each.handIn)?.handIn;

describe('before the unit set a term', () => {
    it('how soon a faulty recorder was handed in is not judged; while it is in hand a person has to look', async () => {
        expect(await verdict()).toBe('notApplicable');
        await step('reportFault');
        after(40 * DAY);
        expect(await verdict()).toBe('needsReview handInTerm');
        expect(await handIn()).toMatchObject({ dueAt: null, ended: null, endedAt: null });
        // A term that is set later judges nothing that was reported before.
        await setTerm({ length: 2, unit: 'hour' });
        expect(await verdict()).toBe('needsReview handInTerm');
        await takeBack();
        expect([await verdict(), await found()]).toEqual(['notApplicable', []]);
        await step('clearFault', theManager());
    });
});

describe('by the term of the unit', () => {
    let reportedAt: number;
    it('it is not due before, and found when time alone makes it late: the holder answers', async () => {
        await issue();
        after(HOUR);
        await step('reportFault');
        reportedAt = system.services.clock.now();
        expect(await verdict()).toBe('needsReview handIn');
        expect(await found()).toEqual([]);
        after(2 * HOUR + 2 * SECOND);
        expect(await found()).toMatchObject([
            {
                ...{ code: 'fault.notHandedIn', state: 'open', modal: 'must', ownerRole: null },
                ...{ person: { id: zhang }, owner: { id: zhang }, device: { id: recorder, number: 'R-001' } },
            },
        ]);
        const { dueAt = 0, reportedAt: from = 0 } = (await found())[0]?.params ?? {};
        expect(dueAt - from).toBe(2 * HOUR);
        expect(Math.abs(from - reportedAt)).toBeLessThan(SECOND);
    });

    it('handed in at last it is the same finding, which says when; the page of the recorder shows both', async () => {
        const [before] = await found();
        after(3 * HOUR);
        await takeBack();
        const [late, ...rest] = await found();
        expect(rest).toEqual([]);
        expect(late).toMatchObject({ id: before?.id, code: 'fault.handedInLate', state: 'open' });
        const shown = await handIn();
        expect(shown).toMatchObject({ ended: 'handedIn', dueAt: late?.params.dueAt, endedAt: late?.params.handedInAt });
    });

    it('is answered by the holder alone and decided by somebody else, and stays on record', async () => {
        const id = (await found())[0]?.id ?? '';
        const mine = (who: TestOrganisation) => call('finding.list', who, { query: { mine: 'yes', subject: 'device' } });
        expect((await mine(holder())).items).toMatchObject([{ id, mayAnswer: true, mayDecide: false }]);
        expect((await mine(as(zeng, 'officer'))).items).toEqual([]);
        const answer = (who: TestOrganisation) =>
            call('finding.answer', who, { params: { id }, body: { kind: 'explain', words: '外地培训，返沪当天交回' } });
        await expect(answer(as(zeng, 'officer'))).rejects.toMatchObject({ code: 'finding.notYours' });
        await answer(holder());
        const decide = (who: TestOrganisation) => call('finding.decide', who, { params: { id }, body: { as: 'accepted' } });
        await expect(decide(as(zhang, 'sectionHead'))).rejects.toMatchObject({ code: 'finding.ownAct' });
        await decide(section());
        expect(await found()).toMatchObject([{ id, state: 'explained' }]);
    });

    it('what the manager cleared, and what was lost within the term, is nothing to hand in', async () => {
        // Mended after it was taken back it was handed in all the same.
        after(HOUR);
        await step('clearFault', theManager());
        await issue();
        after(HOUR);
        await step('reportFault');
        after(HOUR);
        await step('clearFault', theManager());
        expect(await handIn()).toMatchObject({ ended: 'cleared' });
        after(HOUR);
        await step('reportFault');
        after(HOUR);
        await step('reportLost');
        after(9 * DAY);
        expect(await handIn()).toMatchObject({ ended: 'lost' });
        expect((await found()).map(({ code, state }) => `${code} ${state}`)).toEqual(['fault.handedInLate explained']);
    });
});
