import { describe, expect, test } from 'vitest';
import { cutOff, exemption, NINE_31, officer, present, recording, seconds, segment, WHOLE } from '../../act/coverage-testing.ts';
import { BOTH, facts, footage, verdictOf } from './act-rules-testing.ts';

/** By a recorder whose clock nobody checked: where it says to have run, nobody knows. */
const unchecked = (carrier: string, from: number, to: number, id = `u ${carrier} ${from}`) => ({
    ...recording(id, carrier, [segment(`s ${id}`, seconds(from, to), null)]),
    deviceId: `spare of ${carrier}`,
});
const RULES = ['recordedThroughout', 'interruptionsExplained'] as const;
const verdicts = (of: Parameters<typeof facts>[0]) =>
    RULES.map((rule) => {
        const { verdict, missing } = verdictOf(rule, facts(of));
        return [verdict, ...missing].join(' ');
    });

describe('a rule does not pass where it does not know', () => {
    test('footage whose clock nobody checked covers nothing for sure, however well it seems to fit', () => {
        const waits = ['needsReview clock', 'needsReview clock'];
        expect(verdicts({ recordings: [footage('a', -10, 4570), unchecked('b', -10, 4570)] })).toEqual(waits);
        expect(verdicts({ recordings: [footage('a', -10, 4570), footage('b', -10, 2000), unchecked('b', 1999, 4570)] })).toEqual([
            'pass',
            'needsReview clock',
        ]);
        // Of the same officer another recorder, whose clock is known, ran all the time.
        expect(verdicts({ recordings: [...BOTH, unchecked('b', 100, 900)] })).toEqual(['pass', 'pass']);
    });
    test('a file that does not say when it ran may lie where nothing seems to be recorded: whether anything broke off nobody knows', () => {
        const untimed = recording('x', 'b', []);
        const waits = ['needsReview recordingTime', 'needsReview recordingTime'];
        expect(verdicts({ recordings: [footage('a', -10, 4570), untimed] })).toEqual(waits);
        for (const rule of RULES)
            expect(verdictOf(rule, facts({ recordings: [footage('a', -10, 4570), untimed] })).missingOf).toEqual(['x']);
        expect(verdicts({ recordings: [footage('a', -10, 4570), footage('b', 600, 4570), untimed] })).toEqual(waits);
        expect(verdicts({ recordings: [...BOTH, untimed] })).toEqual(['pass', 'pass']);
        // Where nothing had to be recorded nothing breaks off, whenever it ran.
        const exemptions = [exemption('e', seconds(0, 4560), { personId: 'b' })];
        expect(verdicts({ recordings: [footage('a', -10, 4570), untimed], exemptions })).toEqual(['pass', 'pass']);
        // What the other lacks for sure is found all the same, and of what was found before of this one nobody says that it is gone.
        const broken = [footage('a', -10, 1800), footage('a', 1860, 4570), untimed];
        expect(verdicts({ recordings: broken })).toEqual(['needsReview recordingTime', 'fail']);
        const { findings, unsure } = verdictOf('interruptionsExplained', facts({ recordings: broken }));
        expect([findings.map((each) => each.personId), unsure.map((each) => [each.personId, each.code])]).toEqual([
            ['a'],
            [['b', 'recording.gap']],
        ]);
    });
    test('so may one of which only the beginning is known, and one whose clock nobody checked', () => {
        const cut = cutOff('x', 'b', -60);
        const of = (...more: ReturnType<typeof cutOff>[]) => verdicts({ recordings: [footage('a', -10, 4570), ...more] });
        expect(of(cut)).toEqual(['needsReview recordingLength', 'needsReview recordingLength']);
        // By its own time hours before the act.
        const before = unchecked('b', -9000, -5000);
        expect(of(before)).toEqual(['needsReview clock', 'needsReview clock']);
        expect(verdictOf('recordedThroughout', facts({ recordings: [footage('a', -10, 4570), before] })).missingOf).toEqual([
            before.id,
        ]);
        expect(verdicts({ recordings: [before] })).toEqual(['fail', 'needsReview clock']);
    });
    test('what began by a clock that nobody checked did not begin in time for sure, and what another recorder lacks it may hold', () => {
        const rest = footage('b', 900, 4570);
        expect(verdicts({ recordings: [footage('a', -10, 4570), unchecked('b', -10, 901), rest] })).toEqual([
            'needsReview clock',
            'needsReview clock',
        ]);
        const hole = [footage('a', -10, 4570), footage('b', -10, 1800), footage('b', 1860, 4570)];
        expect(verdicts({ recordings: hole })).toEqual(['pass', 'fail']);
        expect(verdicts({ recordings: [...hole, unchecked('b', -9000, -5000)] })).toEqual(['pass', 'needsReview clock']);
    });
    test('by a clock that nobody checked no check is missing that may have been in time', () => {
        const of = (checks: { checkedAt: number; passed: boolean }[]) => {
            const all = checks.map((each, at) => ({ id: `c${at}`, deviceId: 'spare of a', ...each }));
            return verdictOf('checkedBeforeUse', facts({ recordings: [unchecked('a', 0, 4560)] }, { checks: all }));
        };
        const after = { checkedAt: NINE_31 + 1, passed: true };
        expect(of([after])).toMatchObject({ verdict: 'needsReview', missing: ['clock'], missingOf: ['u a 0'] });
        expect(of([{ ...after, checkedAt: NINE_31 - 1 }]).verdict).toBe('pass');
        expect(of([{ ...after, passed: false }]).findings).toMatchObject([{ code: 'check.missing' }]);
        expect(of([]).findings).toMatchObject([{ code: 'check.missing' }]);
    });
    test('footage without length shows nothing: nobody was recorded', () => {
        const nothing = footage('b', 600, 600);
        expect(verdicts({ recordings: [footage('a', -10, 4570), nothing] })).toEqual(['fail', 'pass']);
        const broken = [footage('a', -10, 4570), footage('b', -10, 1000), footage('b', 1300, 1300), footage('b', 1600, 4570)];
        const { findings } = verdictOf('interruptionsExplained', facts({ recordings: broken }));
        expect(findings).toMatchObject([{ from: NINE_31 + 1_000_000, to: NINE_31 + 1_600_000 }]);
    });
    test('two officers are not there throughout an act of which no part is known', () => {
        expect(verdictOf('twoOfficers', facts({ segments: [] }))).toMatchObject({
            verdict: 'needsReview',
            missing: ['actTimes'],
        });
    });
    test('of a recorder of which it is not known when it was used nobody says that it was checked before that', () => {
        const untimed = recording('x', 'a', []);
        const only = (checks: { checkedAt: number; passed: boolean }[]) => {
            const all = checks.map((each, at) => ({ id: `c${at}`, deviceId: 'device of a', ...each }));
            const { verdict, missing } = verdictOf('checkedBeforeUse', facts({ recordings: [untimed] }, { checks: all }));
            return [verdict, ...missing].join(' ');
        };
        expect(only([])).toBe('needsReview recordingTime');
        expect(only([{ checkedAt: NINE_31 - 1, passed: true }])).toBe('needsReview recordingTime');
    });
    test('two recorders of one officer at once are one recording, whoever is replaced midway has their own time', () => {
        const participants = [
            officer('a'),
            officer('b', { own: [present(seconds(0, 2000), WHOLE)] }),
            officer('c', { own: [present(seconds(2000, 4560), WHOLE)] }),
        ];
        const recordings = [
            footage('a', -10, 4570),
            footage('b', -10, 1500),
            footage('b', 1400, 2000, 'b2'),
            footage('c', 2000, 4570),
        ];
        expect(verdicts({ participants, recordings })).toEqual(['pass', 'pass']);
        expect(verdicts({ participants, recordings: recordings.slice(0, 3) })).toEqual(['fail', 'pass']);
    });
});
