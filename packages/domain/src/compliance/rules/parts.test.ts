import { describe, expect, test } from 'vitest';
import { actSegment, officer, present, seconds } from '../../act/coverage-testing.ts';
import { facts, footage, verdictOf } from './act-rules-testing.ts';
import type { ActRuleFacts, ActRuleId } from './rule.ts';
import { clausesOfVerdict } from './rules.ts';

describe('clauses that are about a part of an act only', () => {
    // 09:31 to 10:01 a routine inspection at one place, to 10:31 a service of papers by leaving them at another.
    const [first, second] = [
        actSegment('first', seconds(0, 1800), { recording: 'should' }),
        actSegment('second', seconds(1800, 3600)),
    ];
    const both = [present(null, 'first'), present(null, 'second')];
    const divided = (of: Partial<ActRuleFacts['statement']>, scenarios: ActRuleFacts['scenarios'] = KINDS) =>
        facts(
            {
                ...{ stated: seconds(0, 3600), segments: [first, second] },
                ...{ participants: [officer('a', { own: both }), officer('b', { own: both })], ...of },
            },
            { scenarios },
        );
    const KINDS = { first: 'routineInspection', second: 'lienService' } as const;
    const byClause = (rule: ActRuleId, of: ActRuleFacts) =>
        Object.fromEntries(Object.entries(verdictOf(rule, of).byClause).map(([clause, each]) => [clause, each.verdict]));
    const whole = footage('a', -10, 3610);
    const firstOnly = footage('b', -10, 1800);

    test('stand as that part does, and are left out where there is no such part', () => {
        const recorded = divided({ recordings: [whole, footage('b', -10, 3610)] });
        expect(byClause('recordedThroughout', recorded)).toEqual({ 'Z2.2.1-6': 'pass', 'A1-5-3': 'pass', 'A1-17-1': 'pass' });
        expect(byClause('interruptionsExplained', recorded)).toEqual({ 'Z2.2.1-6': 'pass', 'A1-17-1': 'pass' });
        // Of the service nothing was recorded by one of them; of the act as a whole that is an interruption.
        const without = divided({ recordings: [whole, firstOnly] });
        expect(verdictOf('recordedThroughout', without).verdict).toBe('pass');
        expect(byClause('recordedThroughout', without)).toEqual({ 'Z2.2.1-6': 'fail', 'A1-5-3': 'pass', 'A1-17-1': 'fail' });
        expect(verdictOf('interruptionsExplained', without).verdict).toBe('fail');
        // Of the inspection nothing: what is only wanted is no violation of the clause on what is demanded.
        const late = divided({ recordings: [whole, footage('b', 1790, 3610)] });
        expect(byClause('recordedThroughout', late)).toMatchObject({ 'Z2.2.1-6': 'pass', 'A1-17-1': 'pass' });
    });
    test('of an act that is not divided as the act does; of one at a single place there are no places to tell apart', () => {
        const of = facts({ recordings: [footage('a', -10, 4570)] }, { scenarios: { whole: 'coerciveMeasure' } });
        expect(byClause('recordedThroughout', of)).toEqual({ 'Z2.2.1-4': 'fail', 'A1-17-1': 'fail' });
        expect(byClause('twoOfficers', of)).toEqual({});
        expect(byClause('recordedThroughout', facts({}, { scenarios: { whole: 'complaintHandling' } }))).toEqual({
            'A1-17-1': 'pass',
        });
    });
    test('of several places each is judged by itself', () => {
        const own = [officer('a', { own: both }), officer('b', { own: [present(null, 'first')] })];
        expect(byClause('twoOfficers', divided({ participants: own }))).toEqual({ 'A1-5-3': 'fail' });
        expect(byClause('twoOfficers', divided({}))).toEqual({ 'A1-5-3': 'pass' });
    });
    test('of a hearing the camera of the room is asked', () => {
        const room = { carrierId: null, name: '', substituteReason: null };
        const hearing = divided(
            { segments: [first, { ...second, onSite: false, room }], recordings: [whole, footage('b', -10, 3610)] },
            { ...KINDS, second: 'hearing' },
        );
        expect(byClause('roomRecorded', hearing)).toEqual({ 'Z2.2.1-9': 'fail', 'A1-17-1': 'fail' });
        expect(byClause('recordedThroughout', hearing)).toEqual({});
    });
    test('are cited only where they were judged', () => {
        const service = verdictOf('recordedThroughout', facts({}, { scenarios: { whole: 'lienService' } }));
        expect(clausesOfVerdict(service)).toEqual(['A1-5-2', 'A1-8-1', 'A1-10-1', 'Z2.2.1-6', 'A1-17-1']);
    });
});
