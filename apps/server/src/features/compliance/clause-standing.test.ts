import { HOUR, type ScenarioKey } from '@liuhen/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FindingSetting, findingSetting } from '../../testing/finding-setting.ts';

let setting: FindingSetting;
beforeAll(async () => {
    setting = await findingSetting();
});
afterAll(() => setting.close());

/** Nobody recorded any of it. */
const makeAct = (scenario: ScenarioKey, startsAt: number) => setting.makeAct({ scenario, startsAt });
const officer = () => setting.as(setting.people.zhang, 'officer');

const standing = async (clause: string, rule = 'recordedThroughout') => {
    const { rules, unanswered } = await setting.call('finding.standing', setting.chief(), {});
    const part = rules.find((each) => each.rule === rule)?.parts.find((each) => each.clause === clause);
    return { ...part, unanswered: unanswered.find((each) => each.rule === rule && each.clause === clause)?.count ?? 0 };
};
const listed = async (clause: string) =>
    (await setting.call('finding.list', setting.chief(), { query: { clause, rule: 'recordedThroughout', state: 'unanswered' } }))
        .items;

it('a clause about one kind of act stands by the acts that have a part of that kind, and leads to their findings', async () => {
    const { start } = setting;
    const routine = await makeAct('routineInspection', start);
    const preserved = await makeAct('evidencePreservation', start + 3 * HOUR);
    const divided = await makeAct('routineInspection', start + 6 * HOUR);
    const { participants } = await setting.call('act.get', officer(), { params: { id: divided } });
    await setting.call('act.addSegment', officer(), {
        params: { id: divided },
        body: {
            ...{ scenario: 'lienService' as const, siteKind: 'place' as const, place: '世纪大道 100 号' },
            ...{ startsAt: start + 8 * HOUR, endsAt: start + 9 * HOUR, participantIds: participants.map(({ id }) => id) },
        },
    });
    await setting.look();
    const none = { pass: 0, fail: 0, wanted: 0, needsReview: 0, unanswered: 0 };
    expect(await standing('Z2.2.1-5')).toEqual({ ...none, clause: 'Z2.2.1-5', fail: 1, unanswered: 2 });
    expect(await standing('Z2.2.1-6')).toEqual({ ...none, clause: 'Z2.2.1-6', fail: 1, unanswered: 2 });
    expect(await standing('Z2.2.1-4')).toEqual({ ...none, clause: 'Z2.2.1-4' });
    // Of the divided act the two stretches of the inspection are wanted, those of the service a must.
    expect(await standing('A1-17-1')).toEqual({ ...none, clause: 'A1-17-1', fail: 2, unanswered: 4 });
    expect(await standing('A1-5-3')).toEqual({ ...none, clause: 'A1-5-3', fail: 1, unanswered: 4 });
    expect(await standing('A1-5-3', 'twoOfficers')).toEqual({ ...none, clause: 'A1-5-3', pass: 1 });
    const actsOf = async (clause: string) => new Set((await listed(clause)).map(({ act }) => act?.id));
    expect(await actsOf('Z2.2.1-5')).toEqual(new Set([preserved]));
    expect(await actsOf('Z2.2.1-6')).toEqual(new Set([divided]));
    expect((await listed('Z2.2.1-6')).length).toBe(2);
    expect(await actsOf('Z2.2.1-4')).toEqual(new Set());
    expect(await actsOf('A1-5-3')).toEqual(new Set([divided]));
    expect(await actsOf('A1-5-2')).toEqual(new Set([routine, preserved, divided]));
});

it('another kind of the same part is another judgement, though nothing else of it is different', async () => {
    const { start } = setting;
    const id = await makeAct('doubleRandomInspection', start + 12 * HOUR);
    await setting.look();
    const of = async () => (await setting.call('act.get', officer(), { params: { id } })).version;
    const times = { startsAt: start + 12 * HOUR, endsAt: start + 13 * HOUR };
    const before = (await standing('Z2.2.1-1')).fail;
    await setting.call('act.update', officer(), {
        params: { id },
        body: { ...times, scenario: 'licenceSiteReview', place: '示范路 1 号', version: await of() },
    });
    await setting.look();
    expect([before, (await standing('Z2.2.1-1')).fail]).toEqual([0, 1]);
});
