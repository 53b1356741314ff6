import { addDays, CLOCK_DOUBTED, DAY, dayOf, HOUR, type Id, type Role } from '@liuhen/domain';
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
import { actHandlers } from '../act/act.routes.ts';
import { boardHandlers } from '../board/board.routes.ts';
import { caseHandlers } from '../case/case.routes.ts';
import { complaintHandlers } from '../complaint/complaint.routes.ts';
import { findingHandlers } from '../compliance/finding.routes.ts';
import { LogFollower } from '../compliance/follow-log.ts';
import { trainingHandlers } from '../compliance/training.routes.ts';
import { parameterHandlers } from '../parameter/parameter.routes.ts';
import { partyHandlers } from '../party/party.routes.ts';
import { taskHandlers } from '../task/task.routes.ts';

const handlersOf = ({ services }: FeatureSystem) => ({
    ...actHandlers(services),
    ...boardHandlers(services),
    ...caseHandlers(services),
    ...complaintHandlers(services),
    ...findingHandlers(services),
    ...trainingHandlers(services),
    ...parameterHandlers(services),
    ...partyHandlers(services),
    ...taskHandlers(services),
});

let system: FeatureSystem;
let unit: TestOrganisation;
let call: ReturnType<typeof caller<keyof ReturnType<typeof handlersOf>>>;
let party: Id;

const as = (...roles: Role[]): TestOrganisation => ({ ...unit, roles });

/** Everything that is late by the clock as it is, of each kind one. */
beforeAll(async () => {
    system = await featureSystem();
    unit = await addOrganisation(system, '310115', '浦东新区卫生健康委员会监督所');
    call = caller(system, handlersOf(system));
    const { clock } = system.services;
    const [today, now] = [dayOf(clock.now()), clock.now()];
    const officer = await addPerson(system, unit, '张明', 'officer');
    const term = { key: 'finding.answerTerm' as const, value: { length: 1, unit: 'calendarDay' as const } };
    await setParameter(call, as('instituteHead'), {
        ...term,
        standing: 'own',
        basis: '本机构自定',
        from: today,
        reason: '答复期限',
    });
    ({ id: party } = await call('party.create', unit, { body: { kind: 'naturalPerson', name: '示范路诊所' } }));
    await call('party.addLicence', unit, {
        params: { id: party },
        body: {
            speciality: 'publicPlace',
            state: 'valid',
            number: '沪卫公 1',
            validFrom: '2020-01-01',
            validTo: addDays(today, -1),
        },
    });
    const act = { scenario: 'doubleRandomInspection' as const, place: '示范路 1 号', startsAt: now - 40 * HOUR };
    await call('act.create', unit, {
        body: { ...act, endsAt: now - 39 * HOUR, participants: [{ personId: officer, part: 'officer' }] },
    });
    await call('task.create', unit, {
        body: { title: '检查', scenario: 'routineInspection', origin: 'ownPlan', dueDay: addDays(today, 1), partyId: party },
    });
    await call('complaint.register', unit, {
        body: {
            channel: 'phone',
            receivedAt: now,
            replyRequested: false,
            confidential: false,
            subject: '投诉',
            content: '卫生',
            statedDueDay: addDays(today, 1),
        },
    });
    const follower = new LogFollower(system.services, async () => [unit.id]);
    await follower.look();
    clock.advance(4 * DAY);
    await follower.close();
});
afterAll(async () => {
    await system.expectSound();
    await system.close();
});

/** What stands where somebody reads whether something is late. */
const verdicts = async () => {
    const board = await call('board.list', as('recordingManager'), { query: {} });
    const { items: findings } = await call('finding.list', as('sectionHead'), { query: {} });
    const tasks = await call('task.list', unit, { query: { whose: 'all' } });
    const { items: complaints } = await call('complaint.list', unit, { query: {} });
    const { nextLicence } = await call('party.get', unit, { params: { id: party } });
    return {
        board: [...new Set(board.items.map((each) => each.state))],
        countdown: board.now,
        escalated: board.escalated,
        findings: [...new Set(findings.map((each) => each.overdue))],
        tasks: tasks.items.map((each) => each.daysLeft),
        taskCounts: [tasks.counts.late, tasks.counts.soon],
        complaints: complaints.map((each) => each.daysLeft),
        licence: [nextLicence?.standing, nextLicence?.daysLeft],
    };
};
const asked = {
    findings: () => call('finding.list', as('sectionHead'), { query: { overdue: 'yes' } }),
    tasks: () => call('task.list', unit, { query: { whose: 'all', due: 'late' } }),
    complaints: () => call('complaint.list', unit, { query: { due: 'late' } }),
    licences: () => call('party.list', unit, { query: { licence: 'expired' } }),
};

// Case 22 of the fault list.
describe('while the clock of the server is doubted', () => {
    it('nothing that is shown says that anything is late or in time; once it is confirmed, everything does again', async () => {
        const late = await verdicts();
        expect(late).toMatchObject({
            board: ['late'],
            findings: [true],
            tasks: [-3],
            taskCounts: [1, 0],
            complaints: [-3],
            licence: ['expired', -4],
        });
        expect(late.escalated).toBeGreaterThan(0);
        for (const ask of Object.values(asked)) expect((await ask()).total).toBeGreaterThan(0);

        const { clock, clockGuard } = system.services;
        clockGuard.raise({ code: 'serverClock.witness', params: { seconds: '3600' }, since: clock.now() });
        expect(await verdicts()).toEqual({
            board: [CLOCK_DOUBTED],
            countdown: CLOCK_DOUBTED,
            escalated: 0,
            findings: [CLOCK_DOUBTED],
            tasks: [CLOCK_DOUBTED],
            taskCounts: [CLOCK_DOUBTED, CLOCK_DOUBTED],
            complaints: [CLOCK_DOUBTED],
            licence: [CLOCK_DOUBTED, null],
        });
        // Nobody is told that there is nothing late either.
        for (const ask of Object.values(asked)) await expect(ask()).rejects.toMatchObject({ code: 'serverClock.doubted' });

        clockGuard.confirm();
        expect(await verdicts()).toEqual(late);
    });
});
