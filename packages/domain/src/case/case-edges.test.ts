import { describe, expect, it } from 'vitest';
import { HOUR } from '../kernel/instant.ts';
import { decideOpenCase, decideStep } from './case.decide.ts';
import { caseAnswers } from './case-answers.ts';
import { countdownFor, countdownsOf } from './case-deadlines.ts';
import { isCurrent, sinceReopening } from './case-facts.ts';
import { figuresOf } from './case-figures.ts';
import { actor, at, codes, document, given, NOTICED, noticed, walk, without } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';

const refusal = (body: () => unknown) => {
    try {
        body();
        return 'done';
    } catch (error) {
        return (error as { code: string }).code;
    }
};

it('a step that is refused is not taken, and what has ended is not changed', () => {
    const file = { step: 'file', at: at('2026-09-02 09:00'), data: {} };
    expect(refusal(() => decideStep(given('penalty'), file, actor('reviewer')))).toBe('done');
    expect(refusal(() => decideStep(given('penalty', { handlers: ['a'] }), file, actor('reviewer')))).toBe(
        'case.needsTwoOfficers',
    );
    expect(refusal(() => decideStep(given('penalty'), { ...file, step: 'fly' }, actor('reviewer')))).toBe('case.unknownStep');
    expect(refusal(() => decideOpenCase({ procedure: 'penalty', state: 'closed' }))).toBe('case.ended');
    expect(refusal(() => decideOpenCase({ procedure: 'penalty', state: 'performed' }))).toBe('done');
});

describe('to the minute', () => {
    it('a step may come with the one that led to it', () => {
        const filed = walk(given('penalty'), NOTICED.slice(0, 1));
        expect(codes(filed, 'investigate', '2026-09-02 09:00')).toEqual([]);
        expect(codes(filed, 'investigate', '2026-09-02 08:59')).toEqual(['case.dateBeforeStep']);
    });

    it('who was told and penalised on one day was told first (处罚法 44)', () => {
        const on = (day: string) => ({
            ...noticed(),
            documents: [
                ...noticed().documents.filter((each) => each.type !== 'penaltyDecision'),
                { ...document('penaltyDecision', 'approved'), datedOn: day },
            ],
        });
        const decide = (day: string) => codes(on(day), 'decide', '2026-10-19 09:00', { fine: 1 });
        expect([decide('2026-10-13'), decide('2026-10-12')]).toEqual([[], ['case.decidedBeforeTold']]);
    });

    it('as much as was proposed is not heavier, and without a defence more is possible (处罚法 45)', () => {
        const heard = walk(noticed(), [
            ['hearDefence', '2026-10-14 09:00'],
            ['reviewDefence', '2026-10-15 09:00'],
        ]);
        expect(codes(heard, 'decide', '2026-10-20 09:00', { fine: 500_000 })).toEqual([]);
        expect(codes(noticed(), 'decide', '2026-10-20 09:00', { fine: 500_001 })).toEqual([]);
    });

    it('a term to wait for is over with its last instant', () => {
        const decide = (when: string) => codes(noticed(), 'decide', when, { fine: 1 });
        expect([decide('2026-10-16 23:59'), decide('2026-10-17 00:00')]).toEqual([['case.defenceTermRuns'], []]);
    });

    it('a hearing is held on its day, from midnight to midnight', () => {
        const told = walk(given('hearing'), [['notify', '2026-09-02 09:00', { day: '2026-09-14', presiderId: 'x' }]]);
        const hold = (when: string) => codes(told, 'hold', when);
        expect([hold('2026-09-14 00:00'), hold('2026-09-14 23:59'), hold('2026-09-15 00:00'), hold('2026-09-13 23:59')]).toEqual([
            [],
            [],
            ['case.otherHearingDay'],
            ['case.otherHearingDay'],
        ]);
    });
});

describe('terms', () => {
    const seized = walk(given('coercion'), [
        ['approve', '2026-09-01 09:30'],
        ['execute', '2026-09-01 10:30', { measure: 'seizure' }],
    ]);
    const seizure = (now: number, of = seized) => countdownFor(PROCEDURE_TABLES.coercion, { ...of, now }, 'deadline.seizure');
    const due = at('2026-10-02 00:00');

    it('what was done in its last minute was in time, at the first instant after it late', () => {
        const lifted = (when: string) => walk(seized, [['release', when, { reason: '期满' }]]);
        expect(seizure(due, lifted('2026-10-01 23:59'))?.state).toBe('met');
        expect(seizure(due, lifted('2026-10-02 00:00'))?.state).toBe('metLate');
    });

    it('is soon from so many days before its end, of hours from six before', () => {
        expect([seizure(at('2026-09-27 23:59'))?.state, seizure(at('2026-09-28 00:00'))?.state]).toEqual(['running', 'soon']);
        const urgent = walk(given('coercion'), [['executeUrgently', '2026-09-01 20:00', { measure: 'seizure', reason: '紧急' }]]);
        const report = (now: number) => countdownFor(PROCEDURE_TABLES.coercion, { ...urgent, now }, 'deadline.coercionReport');
        const end = report(at('2026-09-01 21:00'))?.end;
        const last = end?.state === 'running' ? end.due : 0;
        expect([report(last - 6 * HOUR - 1)?.state, report(last - 6 * HOUR)?.state]).toEqual(['running', 'soon']);
    });

    it('what was done at the moment it began counts, what was done before it does not', () => {
        const begins = { ...seized, steps: [...seized.steps, { ...walked('release'), at: at('2026-09-01 10:30') }] };
        expect(seizure(due, begins)?.metAt).toBe(at('2026-09-01 10:30'));
        const before = { ...seized, steps: [...seized.steps, { ...walked('release'), at: at('2026-09-01 10:29') }] };
        expect(seizure(due, before)).toMatchObject({ metAt: null, state: 'late' });
    });

    const walked = (step: string) => ({
        step,
        at: 0,
        actor: 'officer-1',
        as: 'handler' as const,
        data: {},
        from: 'held',
        to: 'released',
    });
});

it('what is of the moment of a reopening belongs to what is done anew', () => {
    const reopened = {
        ...given('penalty'),
        steps: [
            {
                step: 'reopen',
                at: at('2026-11-02 09:00'),
                actor: 'a',
                as: 'agencyHead' as const,
                data: {},
                from: 'closed',
                to: 'filed',
            },
        ],
    };
    expect(sinceReopening(reopened, at('2026-11-02 09:00'))).toBe(true);
    expect(sinceReopening(reopened, at('2026-11-02 08:59'))).toBe(false);
    expect(isCurrent(reopened, { ...document('panelRecord'), datedOn: '2026-11-02' })).toBe(true);
    expect(isCurrent(reopened, { ...document('panelRecord'), datedOn: '2026-11-01' })).toBe(false);
});

it('a warning has nothing to be late with', () => {
    const warned = walk(noticed(), [
        ['decide', '2026-10-19 09:00', { fine: 0 }],
        ['serve', '2026-10-20 09:00'],
    ]);
    expect(figuresOf({ ...warned, now: at('2027-03-01 09:00') }).map((each) => each.code)).toEqual(['hearingFine']);
});

describe('a decision is made public whenever it is', () => {
    const closed = walk(noticed(), [
        ['decide', '2026-10-19 09:00', { fine: 500_000 }],
        ['serve', '2026-10-20 09:00'],
        ['perform', '2026-10-30 09:00'],
        ['close', '2026-11-02 09:00'],
    ]);
    it('also after the case was closed, and on a day before that too', () => {
        expect(codes(closed, 'publish', '2026-11-03 09:00')).toEqual([]);
        expect(codes(closed, 'publish', '2026-10-21 09:00')).toEqual([]);
        // Not before it was served: that led to where it can be published.
        expect(codes(closed, 'publish', '2026-10-20 08:59')).toEqual(['case.dateBeforeStep']);
        const published = walk(closed, [['publish', '2026-11-03 09:00']]);
        expect(published.state).toBe('closed');
        expect(codes(published, 'withdrawPublication', '2026-11-04 09:00')).toEqual([]);
        expect(codes(published, 'withdrawPublication', '2026-11-03 09:00')).toEqual([]);
        expect(codes(published, 'withdrawPublication', '2026-11-02 10:00')).toEqual(['case.dateBeforeStep']);
    });

    it('and what was never published stays late after the end', () => {
        const late = (of: typeof closed) => {
            const later = { ...of, now: at('2026-12-01 09:00') };
            return caseAnswers(later, countdownsOf(PROCEDURE_TABLES.penalty, later), 1).find((each) => each.code === 'terms');
        };
        expect(late(closed)).toMatchObject({ status: 'broken', params: { late: 1 } });
        expect(late(walk(closed, [['publish', '2026-10-21 09:00']]))).toMatchObject({ status: 'held', params: { late: 0 } });
    });
});

describe.each([
    ['coercion', 'release', 'coercionApproval', { reason: '不再需要' }],
    ['preservation', 'dispose', 'preservationApproval', { outcome: 'returned' }],
] as const)('an urgent measure that was lifted before it was approved (强制法 19): %s', (procedure, end, paper, data) => {
    const lifted = walk(given(procedure), [
        ['executeUrgently', '2026-09-01 20:00', { measure: 'seizure', reason: '紧急' }],
        [end, '2026-09-02 09:00', data],
    ]);
    const report = (of: typeof lifted, now: string) =>
        countdownFor(PROCEDURE_TABLES[procedure], { ...of, now: at(now) }, 'deadline.coercionReport')?.state;

    it('still owes its report', () => {
        expect([report(lifted, '2026-09-02 10:00'), report(lifted, '2026-09-03 09:00')]).toEqual(['running', 'late']);
        expect(codes(lifted, 'close', '2026-09-03 09:00')).toEqual(['case.urgencyUnanswered']);
    });

    it('is answered for afterwards, in time or late, one way or the other, once', () => {
        const approved = walk(lifted, [['regulariseLater', '2026-09-02 19:00']]);
        const refused = walk(lifted, [['refuseLater', '2026-09-02 20:01', { reason: '无必要' }]]);
        expect([approved.state, refused.state]).toEqual([lifted.state, lifted.state]);
        expect([report(approved, '2026-09-05 09:00'), report(refused, '2026-09-05 09:00')]).toEqual(['met', 'metLate']);
        for (const answered of [approved, refused]) {
            expect(codes(answered, 'close', '2026-09-03 09:00')).toEqual([]);
            expect(codes(answered, 'regulariseLater', '2026-09-03 09:00')).toEqual(['case.urgencyAnswered']);
            expect(codes(answered, 'refuseLater', '2026-09-03 09:00', { reason: 'x' })).toEqual(['case.urgencyAnswered']);
        }
        expect(codes({ ...lifted, documents: without(paper) }, 'regulariseLater', '2026-09-02 19:00')).toEqual([
            'case.documentMissing',
        ]);
    });
});
