import { describe, expect, it } from 'vitest';
import { decidePlanApproval, decidePlanPublish, decidePlanStep, decidePlanSubmit, decidePlanUpdate } from './plan.decide.ts';
import {
    decideAssign,
    decideFinish,
    decideFollowUp,
    decideReopen,
    decideReturn,
    decideTaskFields,
    decideTaskStart,
    taskIsLate,
} from './task.decide.ts';
import { PLAN_STATES, TASK_STATES } from './task.ts';

const officer = (personId: string) => ({
    personId,
    name: personId,
    kind: 'officer' as const,
    certificateNumber: '3101',
    leftAt: null,
});
const two = [officer('a'), officer('b')];
const open = { state: 'open', origin: 'ownPlan' } as const;

describe('a task', () => {
    it('needs two certified officers (行政处罚法 第42条)', () => {
        expect(() => decideAssign(open, two, undefined)).not.toThrow();
        expect(() => decideAssign(open, [officer('a')], undefined)).toThrow('task.needsTwoOfficers');
        expect(() => decideAssign(open, [officer('a'), officer('a')], undefined)).toThrow('task.officerTwice');
        expect(() => decideAssign(open, [officer('a'), { ...officer('b'), kind: 'assistant' }], undefined)).toThrow(
            'act.officerNeedsCertificate',
        );
        expect(() => decideAssign(open, [officer('a'), { ...officer('b'), leftAt: 1 }], undefined)).toThrow('person.hasLeft');
    });

    it('that chance gave to somebody is given to others with a reason only', () => {
        expect(() => decideAssign({ state: 'assigned', origin: 'doubleRandom' }, two, undefined)).toThrow('task.reasonMissing');
        expect(() => decideAssign({ state: 'assigned', origin: 'doubleRandom' }, two, '病假')).not.toThrow();
    });

    it('goes its way and no other', () => {
        const refused = (body: (state: (typeof TASK_STATES)[number]) => void) =>
            TASK_STATES.filter((state) => {
                try {
                    body(state);
                    return false;
                } catch {
                    return true;
                }
            });
        expect(refused((state) => decideAssign({ ...open, state }, two, undefined))).toEqual(['done', 'returned']);
        const act = { state: 'open', partyId: 'p' } as const;
        expect(refused((state) => decideTaskStart({ state, partyId: 'p' }, act))).toEqual(['open', 'done', 'returned']);
        expect(refused((state) => decideFinish(state, ['closed']))).toEqual(['open', 'assigned', 'done', 'returned']);
        expect(refused(decideReturn)).toEqual(['done', 'returned']);
        expect(refused(decideReopen)).toEqual(['open', 'assigned', 'started', 'done']);
    });

    it('is begun at its own party, and done by an act that took place', () => {
        const task = { state: 'assigned', partyId: 'p' } as const;
        expect(() => decideTaskStart(task, { state: 'open', partyId: 'q' })).toThrow('task.otherParty');
        expect(() => decideTaskStart(task, { state: 'cancelled', partyId: 'p' })).toThrow('act.cancelled');
        expect(() => decideTaskStart({ ...task, partyId: null }, { state: 'open', partyId: 'q' })).not.toThrow();
        expect(() => decideFinish('started', ['cancelled'])).toThrow('task.noAct');
    });

    it('says whom or where, and is late from the day after its last', () => {
        expect(() => decideTaskFields({ dueDay: '2026-11-18' }, '2026-11-18')).toThrow('task.nothingToInspect');
        expect(() => decideTaskFields({ dueDay: '2026-11-17', place: 'x' }, '2026-11-18')).toThrow('task.dueInPast');
        expect([taskIsLate('open', '2026-11-17', '2026-11-18'), taskIsLate('open', '2026-11-18', '2026-11-18')]).toEqual([
            true,
            false,
        ]);
        expect(taskIsLate('done', '2026-11-17', '2026-11-18')).toBe(false);
    });
});

describe('a plan', () => {
    const item = { id: 'i', subject: '公共场所', take: { number: 1 }, timesPerYear: 1 };

    it('is approved by somebody else than who handed it in', () => {
        expect(() => decidePlanApproval({ state: 'submitted', submittedBy: 'a' }, 'a')).toThrow('plan.ownWork');
        expect(() => decidePlanApproval({ state: 'submitted', submittedBy: 'a' }, 'b')).not.toThrow();
        expect(() => decidePlanSubmit('draft', [])).toThrow('plan.empty');
        expect(() => decidePlanSubmit('draft', [item])).not.toThrow();
        expect(() => decidePlanPublish('approved', '2026-11-19', '2026-11-18')).toThrow('plan.publishedInFuture');
    });

    it('that was withdrawn stays so', () => {
        for (const state of PLAN_STATES) expect(() => decidePlanStep('withdrawn', state)).toThrow('plan.wrongState');
    });
});

it('assistants go along and never count towards the two officers', () => {
    const task = { state: 'open', origin: 'ownPlan' } as const;
    const helper = { ...officer('h'), kind: 'assistant' as const, certificateNumber: null };
    expect(() => decideAssign(task, [officer('a'), officer('b')], undefined, [helper])).not.toThrow();
    expect(() => decideAssign(task, [officer('a')], undefined, [helper])).toThrow('task.needsTwoOfficers');
    expect(() => decideAssign(task, [officer('a'), officer('b')], undefined, [officer('c')])).toThrow('task.notAssistant');
    expect(() => decideAssign(task, [officer('a'), officer('b')], undefined, [helper, helper])).toThrow('task.officerTwice');
    expect(() => decideAssign(task, [officer('a'), officer('b')], undefined, [{ ...helper, leftAt: 1 }])).toThrow(
        'person.hasLeft',
    );
});

it('looks again after an opinion that was handed over, and after nothing else', () => {
    for (const state of ['issued', 'served', 'filed', 'imported'] as const)
        expect(() => decideFollowUp({ type: 'supervisionOpinion', state })).not.toThrow();
    expect(() => decideFollowUp({ type: 'supervisionOpinion', state: 'draft' })).toThrow('task.nothingToFollow');
    expect(() => decideFollowUp({ type: 'supervisionOpinion', state: 'voided' })).toThrow('task.nothingToFollow');
    expect(() => decideFollowUp({ type: 'sceneRecord', state: 'issued' })).toThrow('task.nothingToFollow');
});

it('today is not over yet', () => {
    expect(() => decideTaskFields({ place: '世纪大道 100 号', dueDay: '2026-11-18' }, '2026-11-18')).not.toThrow();
    expect(() => decideTaskFields({ place: '世纪大道 100 号', dueDay: '2026-11-17' }, '2026-11-18')).toThrow('task.dueInPast');
    expect(() => decidePlanPublish('approved', '2026-11-18', '2026-11-18')).not.toThrow();
    expect(() => decidePlanPublish('approved', '2026-11-19', '2026-11-18')).toThrow('plan.publishedInFuture');
});

it('a plan is changed as a draft only', () => {
    expect(() => decidePlanUpdate('draft')).not.toThrow();
    for (const state of ['submitted', 'approved', 'published', 'withdrawn'] as const)
        expect(() => decidePlanUpdate(state)).toThrow('plan.wrongState');
});
