import { DAY, type Id, type Role } from '@liuhen/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildOrganisation, buildPerson } from '../../testing/builders.ts';
import { caller, type FeatureSystem, featureSystem, type TestOrganisation } from '../../testing/feature-system.ts';
import { trainingHandlers } from './training.routes.ts';

let system: FeatureSystem;
let manager: TestOrganisation;
let zhang: TestOrganisation;
let wu: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof trainingHandlers>>>;

const record = async (given: object = {}) =>
    (
        await call('training.record', manager, {
            body: {
                title: '执法记录仪操作实训',
                topics: ['recorder'],
                fromDay: '2026-11-10',
                toDay: '2026-11-11',
                minutes: 360,
                trainer: '市监督所 罗老师',
                ...given,
            },
        })
    ).id;
const attend = (id: Id, people: readonly TestOrganisation[], given: object = {}) =>
    call('training.attend', manager, {
        params: { id },
        body: { personIds: people.map(({ actor }) => actor), result: 'notTested', ...given },
    });
const due = async (query: object) =>
    (await call('training.due', manager, { query })).items.map(({ person, state, untilDay }) => [person.name, state, untilDay]);

/** 2026-11-18 by the test clock. */
beforeAll(async () => {
    system = await featureSystem();
    const built = await buildOrganisation(system.services, { code: '310115', name: '浦东新区监督所' });
    const somebody = async (name: string, ...roles: Role[]): Promise<TestOrganisation> => ({
        ...built,
        code: '310115',
        roles,
        actor: (await buildPerson(system.services, built, { name, kind: roles[0] === 'officer' ? 'officer' : 'staff', roles }))
            .id,
    });
    zhang = await somebody('张明', 'officer');
    wu = await somebody('吴勇', 'officer');
    manager = await somebody('林知远', 'recordingManager');
    await somebody('周档', 'archivist');
    call = caller(system, trainingHandlers(system.services));
});

afterAll(async () => {
    await system.expectSound();
    await system.close();
});

test('who was trained in what, by test, until when; a failed test leaves it open (正文四(一))', async () => {
    expect(await due({ topic: 'recorder' })).toEqual([
        ['吴勇', 'never', null],
        ['张明', 'never', null],
    ]);
    expect(await due({ topic: 'archive' })).toEqual([['周档', 'never', null]]);
    const id = await record();
    await attend(id, [zhang, wu], { result: 'failed', testedDay: '2026-11-11' });
    expect(await due({ topic: 'recorder', state: 'never' })).toHaveLength(2);
    await attend(id, [zhang], { result: 'passed', testedDay: '2026-11-17', score: '92' });
    expect(await due({ topic: 'recorder' })).toEqual([
        ['吴勇', 'never', null],
        ['张明', 'trained', '2027-11-11'],
    ]);
    const training = await call('training.get', manager, { params: { id } });
    expect(training).toMatchObject({ attended: 2, failed: 1, minutes: 360 });
    expect(training.attendees.map(({ person, result, score }) => [person.name, result, score])).toEqual([
        ['吴勇', 'failed', null],
        ['张明', 'passed', '92'],
    ]);
    const old = await record({ topics: ['wholeProcess', 'recorder'], fromDay: '2025-11-10', toDay: '2025-11-10' });
    await attend(old, [wu]);
    expect(await due({ state: 'expired' })).toEqual([
        ['吴勇', 'expired', '2026-11-10'],
        ['吴勇', 'expired', '2026-11-10'],
    ]);
});

test('one sees what one attended oneself; others are for those who look after trainings', async () => {
    const of = (who: TestOrganisation, query: object = {}) => call('training.attended', who, { query });
    expect((await of(zhang)).items.map(({ training, result }) => [training.title, result])).toEqual([
        ['执法记录仪操作实训', 'passed'],
    ]);
    expect((await of(manager, { personId: wu.actor })).total).toBe(2);
    await expect(of(zhang, { personId: wu.actor })).rejects.toMatchObject({ code: 'access.denied' });
});

test('what cannot be is refused; what was taken back does not count', async () => {
    await expect(record({ toDay: '2026-11-09' })).rejects.toMatchObject({ code: 'training.endsBefore' });
    const ahead = await record({ fromDay: '2026-11-19', toDay: '2026-11-19' });
    await expect(attend(ahead, [zhang])).rejects.toMatchObject({ code: 'training.notYet' });
    await expect(attend(ahead, [{ ...zhang, actor: ahead }])).rejects.toMatchObject({ code: 'training.notYet' });
    system.services.clock.advance(DAY);
    await expect(attend(ahead, [{ ...zhang, actor: ahead }])).rejects.toMatchObject({ code: 'person.notFound' });
    await attend(ahead, [wu]);
    expect(await due({ topic: 'recorder', q: '吴勇' })).toEqual([['吴勇', 'trained', '2027-11-19']]);
    const { attendees } = await call('training.get', manager, { params: { id: ahead } });
    const unattend = () =>
        call('training.unattend', manager, { params: { id: attendees[0]?.id ?? '' }, body: { reason: '签到有误' } });
    await unattend();
    await expect(unattend()).rejects.toMatchObject({ code: 'training.attendanceNotFound' });
    expect(await due({ topic: 'recorder', q: '吴勇' })).toEqual([['吴勇', 'expired', '2026-11-10']]);
    const [latest] = (
        await call('training.list', manager, { query: { topic: 'recorder', from: '2026-11-01', to: '2026-11-12' } })
    ).items;
    await call('training.cancel', manager, { params: { id: latest?.id ?? '' }, body: { reason: '重复登记' } });
    expect(await due({ topic: 'recorder', q: '张明' })).toEqual([['张明', 'never', null]]);
    await expect(attend(latest?.id ?? '', [zhang])).rejects.toMatchObject({ code: 'training.cancelled' });
});
