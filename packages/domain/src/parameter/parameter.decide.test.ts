import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEADLINE_PARAMETERS } from './deadline-parameters.ts';
import { decideParameterChange, inForceAt } from './parameter.decide.ts';
import type { ParameterRow } from './parameter.ts';
import { PARAMETER_KEYS, PARAMETERS, parameterDefinition } from './parameter-catalogue.ts';

const NOW = 1_800_000_000_000;
const row = (from: number, length: number, decidedAt = from): ParameterRow => ({
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
            if (bound !== 'free') expect([key, standing]).toEqual([key, 'verified']);
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
