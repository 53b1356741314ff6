import { describe, expect, it } from 'vitest';
import { caseNumber, decideHandler, decideParent, nextSteps } from './case.decide.ts';
import { type CaseFacts, type CasePost, PROCEDURES } from './case.ts';
import { at, codes, given, type Move, NOTICED, noticed, OFFICERS, served, walk, without } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';
import { ENDED } from './procedure-states.ts';

/** What may still be done once a case has ended. */
const AFTER_THE_END: Partial<Record<CaseFacts['procedure'], readonly string[]>> = {
    penalty: ['publish', 'withdrawPublication', 'reopen'],
    simplePenalty: ['publish'],
    licence: ['publish'],
};

describe('every procedure', () => {
    it.each(PROCEDURES)('%s: each state and step can be reached, and the ends are ends', (procedure) => {
        const table = PROCEDURE_TABLES[procedure];
        const reached = new Set([table.initial]);
        for (let size = 0; size !== reached.size; ) {
            size = reached.size;
            for (const step of Object.values(table.steps))
                if (step.to !== undefined && step.from.some((state) => reached.has(state))) reached.add(step.to);
        }
        expect([...reached].sort()).toEqual(Object.keys(table.states).sort());
        for (const [id, step] of Object.entries(table.steps)) {
            expect([id, step.from.every((state) => state in table.states)]).toEqual([id, true]);
            expect([id, step.zh !== '' && step.en !== '' && step.clause !== '']).toEqual([id, true]);
        }
        const ended = Object.entries(table.states).flatMap(([state, { ended: end }]) => (end === true ? [state] : []));
        expect(ended.sort()).toEqual([...ENDED[procedure]].sort());
        const leaving = Object.entries(table.steps).filter(([, step]) =>
            step.from.some((state) => ENDED[procedure].includes(state)),
        );
        expect(leaving.map(([id]) => id)).toEqual(AFTER_THE_END[procedure] ?? []);
        for (const { until, key } of table.deadlines)
            expect([key, until === undefined || typeof until === 'function']).toEqual([key, true]);
    });

    it.each(PROCEDURES)('%s: each state that is no end says what comes next and whose step it is', (procedure) => {
        const table = PROCEDURE_TABLES[procedure];
        for (const state of Object.keys(table.states)) {
            const next = nextSteps(given(procedure, { state }));
            expect([state, next.length > 0]).toEqual([
                state,
                !ENDED[procedure].includes(state) || (state === 'closed' && AFTER_THE_END[procedure] !== undefined),
            ]);
        }
    });
});

describe('whole ways', () => {
    const ways: readonly [string, CaseFacts, readonly Move[], string][] = [
        [
            'an ordinary penalty',
            given('penalty', { documents: served('priorNotice', '2026-10-13 09:00') }),
            [
                ...NOTICED,
                ['decide', '2026-10-19 09:00', { fine: 500_000 }],
                ['serve', '2026-10-20 09:00'],
                ['publish', '2026-10-21 09:00'],
                ['perform', '2026-10-30 09:00'],
                ['close', '2026-11-02 09:00'],
            ],
            'closed',
        ],
        [
            'a grave case with defence, review and discussion',
            noticed({ grave: true, legalReviewDue: true }),
            [
                ['hearDefence', '2026-10-14 09:00'],
                ['reviewDefence', '2026-10-15 09:00'],
                ['legalReview', '2026-10-16 09:00', { passed: true }],
                ['discuss', '2026-10-19 09:00'],
                ['decide', '2026-10-19 10:00', { fine: 400_000 }],
            ],
            'decided',
        ],
        [
            'an on-the-spot penalty paid in cash',
            given('simplePenalty'),
            [
                ['tell', '2026-09-01 10:00'],
                ['decide', '2026-09-01 10:20', { fine: 10_000 }],
                ['collect', '2026-09-01 10:30', { hardToCollect: false }],
                ['report', '2026-09-02 09:00'],
                ['handIn', '2026-09-02 09:10'],
                ['bankIn', '2026-09-03 09:00'],
                ['perform', '2026-09-03 10:00'],
                ['close', '2026-09-04 09:00'],
            ],
            'closed',
        ],
        [
            'a seizure, prolonged and lifted',
            given('coercion'),
            [
                ['approve', '2026-09-01 09:30'],
                ['execute', '2026-09-01 10:30', { measure: 'seizure' }],
                ['extend', '2026-09-28 10:00', { reason: '案情复杂' }],
                ['release', '2026-10-20 10:00', { reason: '不再需要' }],
                ['close', '2026-10-21 10:00'],
            ],
            'closed',
        ],
        [
            'an urgent control measure the head would not have',
            given('coercion'),
            [
                ['executeUrgently', '2026-09-01 20:00', { measure: 'control', reason: '疫情' }],
                ['refuseUrgent', '2026-09-02 09:00', { reason: '无必要' }],
                ['release', '2026-09-02 09:30', { reason: '未获批准' }],
                ['close', '2026-09-03 09:30'],
            ],
            'closed',
        ],
        [
            'preserved evidence that is given back',
            given('preservation'),
            [
                ['approve', '2026-09-01 09:30'],
                ['execute', '2026-09-01 10:30'],
                ['dispose', '2026-09-08 10:00', { outcome: 'returned' }],
                ['close', '2026-09-09 10:00'],
            ],
            'closed',
        ],
        [
            'a hearing that was postponed',
            given('hearing'),
            [
                ['notify', '2026-09-02 09:00', { day: '2026-09-14', presiderId: 'somebody' }],
                ['postpone', '2026-09-11 09:00', { reason: '当事人申请' }],
                ['notify', '2026-09-14 09:00', { day: '2026-09-28', presiderId: 'somebody' }],
                ['hold', '2026-09-28 14:00'],
                ['opinion', '2026-09-29 09:00'],
            ],
            'closed',
        ],
        [
            'a licence with site review',
            given('licence'),
            [
                ['supplement', '2026-09-02 09:00', { reason: '缺图纸' }],
                ['accept', '2026-09-03 09:00'],
                ['siteReview', '2026-09-10 09:00'],
                ['extend', '2026-09-20 09:00', { reason: '复测' }],
                ['grant', '2026-10-09 09:00'],
                ['deliver', '2026-10-12 09:00'],
                ['publish', '2026-10-12 10:00'],
                ['close', '2026-10-13 09:00'],
            ],
            'closed',
        ],
        [
            'a commitment that was not kept',
            given('licence'),
            [
                ['grantOnCommitment', '2026-09-01 10:00'],
                ['checkCommitment', '2026-10-20 09:00', { passed: false }],
                ['notify', '2026-10-21 09:00'],
                ['hearDefence', '2026-10-22 09:00'],
                ['revoke', '2026-11-02 09:00', { reason: '不符合条件' }],
                ['deliver', '2026-11-03 09:00'],
                ['close', '2026-11-04 09:00'],
            ],
            'closed',
        ],
        [
            'a complaint',
            given('complaint'),
            [
                ['accept', '2026-09-01 10:00'],
                ['check', '2026-09-08 09:00', { reason: '已到现场' }],
                ['reply', '2026-09-10 09:00'],
                ['close', '2026-09-11 09:00'],
            ],
            'closed',
        ],
    ];
    it.each(ways)('%s', (_, start, moves, end) => {
        expect(walk(start, moves).state).toBe(end);
    });
});

describe('next steps', () => {
    it('say what is missing, not what is filled in later', () => {
        const next = nextSteps(walk(given('penalty', { documents: without('panelRecord') }), NOTICED.slice(0, 2)));
        expect(next.find((each) => each.step === 'deliberate')?.refusals).toEqual([
            { code: 'case.documentMissing', params: { document: 'panelRecord', level: 'made' } },
        ]);
    });
});

describe('what a case serves', () => {
    const refused = (body: () => void) => {
        try {
            body();
            return 'accepted';
        } catch (error) {
            return (error as { code: string }).code;
        }
    };
    it('is a running case of the right procedure', () => {
        expect(refused(() => decideParent('hearing', undefined))).toBe('case.parentMissing');
        expect(refused(() => decideParent('coercion', undefined))).toBe('accepted');
        expect(refused(() => decideParent('hearing', { procedure: 'coercion', state: 'held' }))).toBe('case.parentWrong');
        expect(refused(() => decideParent('hearing', { procedure: 'penalty', state: 'closed' }))).toBe('case.ended');
        expect(refused(() => decideParent('hearing', { procedure: 'penalty', state: 'noticed' }))).toBe('accepted');
    });
    it('is handled by officers', () => {
        const person = { name: '吴勇', kind: 'assistant', certificateNumber: null, leftAt: null };
        expect(refused(() => decideHandler(person))).toBe('case.handlerNeedsCertificate');
        expect(refused(() => decideHandler({ ...person, leftAt: 1 }))).toBe('person.hasLeft');
        expect(refused(() => decideHandler({ ...person, kind: 'officer', certificateNumber: '1' }))).toBe('accepted');
    });
    it('has a number by the organisation’s pattern', () => {
        expect(caseNumber('{code}-{kind}-{year}-{number}', { code: 'SF01', procedure: 'penalty', year: 2026, place: 7 })).toBe(
            'SF01-CF-2026-0007',
        );
        expect(caseNumber('沪{year}第{number}号', { code: 'SF01', procedure: 'hearing', year: 2026, place: 12_345 })).toBe(
            '沪2026第12345号',
        );
    });
});

it('what was done in time can still be entered when its day or term is over', () => {
    const notified = walk(given('hearing', { now: at('2026-12-31 12:00') }), [
        ['notify', '2026-10-13 09:00', { day: '2026-11-05', presiderId: 'presider' }],
    ]);
    const held = walk(given('coercion'), [
        ['approve', '2026-09-02 09:00'],
        ['execute', '2026-09-02 10:00', { measure: 'seizure' }],
    ]);
    for (const [of, step] of [
        [notified, 'hold'],
        [held, 'dispose'],
    ] as const)
        expect(nextSteps(of).find((each) => each.step === step)?.refusals).toEqual([]);
    expect(codes(held, 'dispose', '2026-12-30 09:00', { outcome: 'destroyed' })).toEqual(['case.termOver']);
});

it('the post that approves is asked for by name in every step', () => {
    const asked = new Set<CasePost>(
        PROCEDURES.flatMap((each) => Object.values(PROCEDURE_TABLES[each].steps).map((step) => step.by)),
    );
    expect([...asked].sort()).toEqual(['agencyHead', 'handler', 'legalReviewer', 'reviewer']);
    expect(OFFICERS).toHaveLength(2);
});
