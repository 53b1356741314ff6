import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradeWeights } from '../party/grade.ts';
import { DEADLINE_PARAMETERS } from './deadline-parameters.ts';
import { decideParameterChange, inForceAt } from './parameter.decide.ts';
import type { ParameterRow } from './parameter.ts';
import { PARAMETER_KEYS, PARAMETERS, parameterDefinition } from './parameter-catalogue.ts';

const NOW = 1_800_000_000_000;
const row = (from: number, length: number, decidedAt = from): ParameterRow => ({
    id: `${from}-${length}`,
    value: { length, unit: 'calendarDay' },
    standing: 'verified',
    basis: '依据',
    from,
    decidedAt,
});
const seizure = PARAMETERS['deadline.seizure'];
const defence = PARAMETERS['deadline.defence'];
const refusal = (body: () => void): string => {
    try {
        body();
        return 'accepted';
    } catch (error) {
        return (error as { code: string }).code;
    }
};

describe('the catalogue', () => {
    it('holds every term of the reference, and says of each how sure it is', () => {
        expect(Object.keys(DEADLINE_PARAMETERS)).toHaveLength(38);
        for (const key of PARAMETER_KEYS) {
            const { value, standing, basis, bound, zh, en } = parameterDefinition(key);
            expect([key, zh !== '' && en !== '' && basis !== '']).toEqual([key, true]);
            // What nobody knows has no figure; what is fixed or bounded by law was seen.
            if (standing === 'unknown') expect([key, value, bound]).toEqual([key, null, 'free']);
            // A tolerance is a reading of a clause and has no figure in it; it is bounded all the same.
            const isTolerance = [
                'clock.usableSeconds',
                'recording.segmentChangeMs',
                'act.documentToleranceSeconds',
                'act.spokenReasonSeconds',
            ].includes(key);
            if (bound !== 'free') expect([key, standing]).toEqual([key, isTolerance ? 'own' : 'verified']);
        }
    });

    it('keeps every figure of the law inside its own bound', () => {
        for (const key of PARAMETER_KEYS) {
            const definition = parameterDefinition(key);
            if (definition.value === null || definition.bound === 'fixed') continue;
            const standing = definition.standing === 'own' ? 'own' : 'verified';
            expect(
                refusal(() => decideParameterChange(definition, [], { value: definition.value ?? 0, standing, from: NOW }, NOW)),
            ).toBe('accepted');
        }
    });
});

describe('a decision that there is none', () => {
    const none = (from: number) => ({ value: null, standing: 'own' as const, from });
    const answer = PARAMETERS['finding.answerTerm'];
    const decided: ParameterRow = { id: 'none', value: null, standing: 'own', basis: '本机构自定', from: NOW, decidedAt: NOW };

    it('is open where no law wants a figure, and nowhere else', () => {
        expect(refusal(() => decideParameterChange(answer, [row(NOW - 5, 3)], none(NOW), NOW))).toBe('accepted');
        for (const key of PARAMETER_KEYS) {
            const definition = parameterDefinition(key);
            if (definition.mayBeNone === true) expect([key, definition.bound, definition.value]).toEqual([key, 'free', null]);
            else
                expect([
                    key,
                    refusal(() => decideParameterChange(definition, [], { ...none(NOW), standing: 'own' }, NOW)),
                ]).toEqual([key, 'parameter.valueWrong']);
        }
    });

    it('is in force like any other, and is no gap that a figure may be entered into afterwards', () => {
        expect(inForceAt(answer, [row(NOW - 5, 3), decided], NOW)).toMatchObject({ value: null, from: NOW });
        expect(
            refusal(() =>
                decideParameterChange(answer, [decided], { ...none(NOW + 1), value: { length: 3, unit: 'workday' } }, NOW + 9),
            ),
        ).toBe('parameter.rewritesHistory');
    });
});

describe('a decision about a parameter', () => {
    const change = (length: number, from = NOW, unit: 'calendarDay' | 'workday' = 'calendarDay') => ({
        value: { length, unit },
        standing: 'verified' as const,
        from,
    });

    it.each([
        ['a shorter seizure', () => decideParameterChange(seizure, [], change(20), NOW), 'accepted'],
        ['a longer seizure', () => decideParameterChange(seizure, [], change(31), NOW), 'parameter.looser'],
        [
            'a seizure in another unit',
            () => decideParameterChange(seizure, [], change(20, NOW, 'workday'), NOW),
            'parameter.unitDiffers',
        ],
        ['no length', () => decideParameterChange(seizure, [], change(0), NOW), 'parameter.valueWrong'],
        [
            'the party’s right to a hearing',
            () => decideParameterChange(PARAMETERS['deadline.hearingRequest'], [], change(6, NOW, 'workday'), NOW),
            'parameter.fixed',
        ],
        [
            'a notice that comes later',
            () => decideParameterChange(PARAMETERS['deadline.hearingNotice'], [], change(5, NOW, 'workday'), NOW),
            'parameter.shorter',
        ],
        [
            'yesterday, where a value was in force',
            () => decideParameterChange(seizure, [], change(20, NOW - 1), NOW),
            'parameter.rewritesHistory',
        ],
        [
            'yesterday, where there was none',
            () => decideParameterChange(defence, [], change(5, NOW - 1, 'workday'), NOW),
            'accepted',
        ],
        [
            'before a first value, where there was none',
            () => decideParameterChange(defence, [row(NOW - 10, 5)], change(3, NOW - 20), NOW),
            'accepted',
        ],
        [
            'after a first value',
            () => decideParameterChange(defence, [row(NOW - 10, 5)], change(3, NOW - 5), NOW),
            'parameter.rewritesHistory',
        ],
        [
            'a sum for a term',
            () => decideParameterChange(seizure, [], { value: 20, standing: 'verified', from: NOW }, NOW),
            'parameter.valueWrong',
        ],
        [
            'an own setting called verified',
            () =>
                decideParameterChange(
                    PARAMETERS['work.deadlineWarnDays'],
                    [],
                    { value: 5, standing: 'verified', from: NOW },
                    NOW,
                ),
            'parameter.standingWrong',
        ],
    ])('%s', (_, body, expected) => {
        expect(refusal(body)).toBe(expected);
    });

    it('changes nothing before the moment from which it counts', () => {
        const rows = fc.array(
            fc
                .tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 30 }))
                .map(([from, length]) => row(from, length)),
        );
        fc.assert(
            fc.property(rows, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (before, from, at) => {
                fc.pre(at < from);
                expect(inForceAt(seizure, [...before, row(from, 7, 2000)], at)).toEqual(inForceAt(seizure, before, at));
            }),
        );
    });

    it('is the latest that has begun', () => {
        const rows = [row(10, 20), row(30, 10), row(20, 15), row(30, 12, 31)];
        expect([5, 10, 25, 30].map((at) => inForceAt(seizure, rows, at).value)).toEqual([
            { length: 30, unit: 'calendarDay' },
            { length: 20, unit: 'calendarDay' },
            { length: 15, unit: 'calendarDay' },
            { length: 12, unit: 'calendarDay' },
        ]);
        expect(inForceAt(defence, [], NOW)).toMatchObject({ value: null, standing: 'unknown', from: null });
    });
});

describe('a tolerance of a rule', () => {
    it.each([
        ['clock.usableSeconds', 60],
        ['recording.segmentChangeMs', 2_000],
        ['act.documentToleranceSeconds', 60],
        ['clock.allowedDriftSeconds', 3],
    ] as const)('%s is tightened from a day on and never loosened; the refusal names the clause', (key, most) => {
        const { standing, basis } = PARAMETERS[key];
        const change = (value: number) => () =>
            decideParameterChange(
                PARAMETERS[key],
                [],
                { value, standing: standing === 'own' ? 'own' : 'verified', from: NOW },
                NOW,
            );
        expect(change(most - 1)).not.toThrow();
        expect(change(most + 1)).toThrow(expect.objectContaining({ code: 'parameter.looser', params: { basis, limit: most } }));
        expect(basis).toMatch(/附件[123]/);
    });
});

describe('a list whose lines have a form', () => {
    type Listed = 'act.addedScenarios' | 'act.addedChecks' | 'act.highRiskGrounds' | 'inspection.riskWeights';
    const change = (key: Listed, value: string[]) => () =>
        decideParameterChange(PARAMETERS[key], [], { value, standing: 'own', from: NOW }, NOW);
    it('refuses a line that would be passed over, and names it', () => {
        expect(change('act.addedScenarios', ['应急处置｜应当', '日常检查|可以', '走访'])).not.toThrow();
        expect(change('act.addedScenarios', ['应急处置｜必须'])).toThrow(
            expect.objectContaining({ code: 'parameter.lineWrong', params: { line: '应急处置｜必须' } }),
        );
        expect(change('act.addedChecks', ['执法前｜带齐采样箱'])).not.toThrow();
        expect(change('act.addedChecks', ['带齐采样箱'])).toThrow(expect.objectContaining({ code: 'parameter.lineWrong' }));
    });

    it('takes weights of grades only as a draw reads them: every line that is let in counts', () => {
        const lines = ['A级｜1', ' B级 | 20 ', 'C级｜100'];
        expect(change('inspection.riskWeights', lines)).not.toThrow();
        expect(gradeWeights(lines)).toHaveLength(3);
        for (const line of ['E级', '｜3', ' |3', 'C级|0', 'D级|101', 'F级|1.5', 'G级|2|3', 'H级|-1', ''])
            expect(change('inspection.riskWeights', ['A级｜1', line]), line).toThrow(
                expect.objectContaining({ code: 'parameter.lineWrong', params: { line } }),
            );
        // The second of two would count for nothing; width and spaces make no other grade.
        expect(change('inspection.riskWeights', ['B级｜2', ' Ｂ级 |9'])).toThrow(
            expect.objectContaining({ code: 'parameter.lineTwice', params: { line: ' Ｂ级 |9', what: 'B级' } }),
        );
    });
});

describe('a value of its kind', () => {
    const [percent, money, line, count] = [
        PARAMETERS['penalty.lateFinePercent'],
        PARAMETERS['penalty.hearingFinePerson'],
        PARAMETERS['case.numberPattern'],
        PARAMETERS['work.deadlineWarnDays'],
    ];
    it.each([
        ['no per cent', percent, 0, 'verified', 'accepted'],
        ['less than nothing', percent, -1, 'verified', 'parameter.valueWrong'],
        ['half a per cent', percent, 0.5, 'verified', 'parameter.valueWrong'],
        ['all of it and more', percent, 101, 'verified', 'parameter.valueWrong'],
        ['all of it, where the law has less', percent, 100, 'verified', 'parameter.looser'],
        ['a sum beyond all sums', money, 1e13 + 1, 'verified', 'parameter.valueWrong'],
        ['the largest sum', money, 1e13, 'verified', 'accepted'],
        ['words for a sum', money, 'much', 'verified', 'parameter.valueWrong'],
        ['an empty line', line, '', 'own', 'parameter.valueWrong'],
        ['a line of one character', line, 'x', 'own', 'accepted'],
        ['a figure for a line', line, 7, 'own', 'parameter.valueWrong'],
        ['as many as can be counted', count, 1_000_000, 'own', 'accepted'],
        ['more than can be counted', count, 1_000_001, 'own', 'parameter.valueWrong'],
        ['a term of one day', defence, { length: 1, unit: 'workday' }, 'verified', 'accepted'],
        ['the longest term', defence, { length: 2_500, unit: 'workday' }, 'verified', 'accepted'],
        ['a term beyond it', defence, { length: 2_501, unit: 'workday' }, 'verified', 'parameter.valueWrong'],
    ] as const)('%s', (_, definition, value, standing, expected) => {
        expect(refusal(() => decideParameterChange(definition, [], { value, standing, from: NOW }, NOW))).toBe(expected);
    });

    it('of two decisions of one moment counts the one decided last, of two decided together the one that stands last', () => {
        expect(inForceAt(seizure, [row(10, 20, 5), row(10, 15, 4)], 10).value).toMatchObject({ length: 20 });
        expect(inForceAt(seizure, [row(10, 20, 5), row(10, 15, 5)], 10).value).toMatchObject({ length: 15 });
        expect(inForceAt(seizure, [row(10, 20, 5), row(9, 15, 6)], 10).value).toMatchObject({ length: 20 });
    });
});
