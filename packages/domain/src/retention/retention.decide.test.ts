import { describe, expect, it } from 'vitest';
import { dayOf } from '../kernel/day.ts';
import { decideRetention, endedBefore, lockOf } from './retention.decide.ts';
import type { DatedTerm, KeepingCase, RetentionFacts } from './retention.ts';

const at = (moment: string): number => Date.parse(`${moment.replace(' ', 'T')}:00+08:00`);
const months = (length: number): DatedTerm => ({ value: { length, unit: 'month' }, standing: 'verified', basis: '附件1第18条' });
const UNSET: DatedTerm = { value: null, standing: 'unknown', basis: '未取得' };
const years = (length: number): DatedTerm => ({ value: { length, unit: 'year' }, standing: 'verify', basis: '保管期限表' });
const of = (number: string, endedAt: string | null = null, contested = false): KeepingCase => ({
    number,
    endedAt: endedAt === null ? null : at(endedAt),
    contested,
});
const facts = (more: Partial<RetentionFacts> = {}): RetentionFacts => ({
    receivedAt: at('2026-08-31 17:00'),
    capturedTo: at('2026-08-31 10:00'),
    evidenceIn: [],
    actIn: [],
    least: months(6),
    ofCase: () => UNSET,
    ...more,
});
const lastDay = (more: Partial<RetentionFacts> = {}) => {
    const { due } = decideRetention(facts(more));
    return due === null ? null : dayOf(due - 1);
};
const said = (more: Partial<RetentionFacts>) => {
    const { state, reason, caseNumber } = decideRetention(facts(more));
    return [state, reason, caseNumber];
};

describe('what is no evidence', () => {
    it('is kept six calendar months at least, to the end of the last day of a shorter month', () => {
        expect(lastDay()).toBe('2027-02-28');
        expect(said({})).toEqual(['until', null, null]);
        expect(decideRetention(facts()).due).toBe(at('2027-03-01 00:00'));
    });
    it('counts from the later of its end and its coming in', () => {
        expect(lastDay({ receivedAt: at('2026-10-05 09:00') })).toBe('2027-04-05');
        expect(lastDay({ capturedTo: at('2026-09-30 09:00') })).toBe('2027-03-30');
        expect(lastDay({ capturedTo: null })).toBe('2027-02-28');
    });
    it('is kept as long as the organisation has decided, where that is longer', () => {
        expect(lastDay({ least: months(12) })).toBe('2027-08-31');
        expect(said({ least: UNSET })).toEqual(['review', 'termUnset', null]);
    });
    it('of an act in an open case is looked at by a person first; while that is contested nobody counts', () => {
        expect(said({ actIn: [of('A', '2026-10-01 09:00'), of('B')] })).toEqual(['review', 'actInOpenCase', 'B']);
        expect(said({ actIn: [of('B'), of('A', '2026-10-01 09:00', true)] })).toEqual(['open', 'contested', 'A']);
        expect(said({ actIn: [of('A', '2026-10-01 09:00')] })).toEqual(['until', null, null]);
        // Its least time is known all the same.
        expect(lastDay({ actIn: [of('B')] })).toBe('2027-02-28');
    });
});

describe('what is evidence', () => {
    const ofCase = () => years(10);
    it('is kept as long as the file of its case, which nobody can count before the case has ended', () => {
        expect(said({ evidenceIn: [of('A')], ofCase })).toEqual(['open', 'caseOpen', 'A']);
        expect(said({ evidenceIn: [of('A', '2026-11-20 16:00')] })).toEqual(['review', 'caseTermUnset', 'A']);
        expect(said({ evidenceIn: [of('A', '2026-11-20 16:00')], ofCase })).toEqual(['until', null, 'A']);
        expect(lastDay({ evidenceIn: [of('A', '2026-11-20 16:00')], ofCase })).toBe('2036-11-20');
    });
    it('of several cases stays for the longest, and for one that is open or contested without a day', () => {
        const both = [of('A', '2026-11-20 16:00'), of('B', '2028-01-05 09:00'), of('C', '2027-03-01 09:00')];
        expect(lastDay({ evidenceIn: both, ofCase })).toBe('2038-01-05');
        expect(said({ evidenceIn: both, ofCase })).toEqual(['until', null, 'B']);
        expect(said({ evidenceIn: [...both, of('D')], ofCase })).toEqual(['open', 'caseOpen', 'D']);
        expect(said({ evidenceIn: [...both, of('E', '2027-01-01 09:00', true)], ofCase })).toEqual(['open', 'contested', 'E']);
    });
    it('reads the term as it was when the case ended', () => {
        const dated = (moment: number) => (moment < at('2027-01-01 00:00') ? years(10) : years(30));
        expect(lastDay({ evidenceIn: [of('A', '2026-12-31 16:00')], ofCase: dated })).toBe('2036-12-31');
        expect(lastDay({ evidenceIn: [of('A', '2027-01-01 00:00')], ofCase: dated })).toBe('2057-01-01');
    });
    it('is judged as if it had never been once the mark is withdrawn', () => {
        expect(decideRetention(facts({ evidenceIn: [], ofCase }))).toEqual(decideRetention(facts()));
    });
});

it('a store is told a day where there is one, and held while there is none', () => {
    expect(lockOf(decideRetention(facts()))).toEqual({ until: at('2027-03-01 00:00'), hold: false });
    expect(lockOf(decideRetention(facts({ evidenceIn: [of('A')] })))).toEqual({ hold: true });
    expect(lockOf(decideRetention(facts({ actIn: [of('A')] })))).toEqual({ until: at('2027-03-01 00:00'), hold: true });
});

describe('what has ended by a moment', () => {
    it.each([
        ['months', months(6)],
        ['years', years(10)],
        ['days', { ...UNSET, value: { length: 30, unit: 'calendarDay' as const } }],
        ['hours', { ...UNSET, value: { length: 48, unit: 'hour' as const } }],
    ])('began before a moment that is found without asking each: %s', (_, least) => {
        for (const by of ['2027-02-28 00:00', '2027-03-01 00:00', '2027-03-01 12:30', '2028-02-29 23:59'].map(at)) {
            const before = endedBefore(by, least) ?? Number.NaN;
            const ended = (receivedAt: number) =>
                (decideRetention(facts({ receivedAt, capturedTo: null, least })).due ?? by + 1) <= by;
            expect([ended(before - 1), ended(before)], dayOf(by)).toEqual([true, false]);
        }
    });
    it('is nothing where nobody knows how long', () => {
        expect(endedBefore(at('2027-03-01 00:00'), UNSET)).toBeNull();
    });
});
