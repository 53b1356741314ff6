import { describe, expect, it } from 'vitest';
import type { HolidayYear } from '../kernel/holiday-year.ts';
import { HOUR, MINUTE } from '../kernel/instant.ts';
import { type BoardState, byDue, storedStanding, termState, withExcuse } from './board.ts';
import { decideExcuse, decideExcuseDecision, decideExcuseWithdrawal } from './late-excuse.decide.ts';
import { endsBeforeMorning, remindersOf, remindersSince } from './reminders.ts';
import { firstAtWork, lastAtWork, timeOfDay, type WorkingHours } from './working-hours.ts';

const at = (text: string) => Date.parse(`${text}:00+08:00`);
// 2026-11-26 is a Thursday; Friday the 27th is a holiday here, Saturday the 28th is worked instead.
const year: HolidayYear = { year: 2026, off: ['2026-11-27'], work: ['2026-11-28'], source: '', standing: 'verified' };
const hours: WorkingHours = { calendar: new Map([[2026, year]]), from: 8.5 * HOUR, to: 17 * HOUR };
const plain: WorkingHours = { ...hours, calendar: new Map() };
const day = 24 * HOUR;

describe('working hours', () => {
    it.each([
        ['08:30', 510 * MINUTE],
        ['00:00', 0],
        ['23:59', 1439 * MINUTE],
        ['24:00', undefined],
        ['8:30', undefined],
        ['17', undefined],
    ])('read %s', (text, length) => expect(timeOfDay(text)).toBe(length));

    it('find the moment of work before and after', () => {
        expect(lastAtWork(at('2026-11-26T12:00'), hours)).toBe(at('2026-11-26T12:00'));
        expect(lastAtWork(at('2026-11-26T23:00'), hours)).toBe(at('2026-11-26T17:00'));
        expect(lastAtWork(at('2026-11-26T03:00'), hours)).toBe(at('2026-11-25T17:00'));
        expect(lastAtWork(at('2026-11-27T12:00'), hours)).toBe(at('2026-11-26T17:00'));
        expect(firstAtWork(at('2026-11-26T23:00'), hours)).toBe(at('2026-11-28T08:30'));
        expect(firstAtWork(at('2026-11-26T03:00'), hours)).toBe(at('2026-11-26T08:30'));
        expect(firstAtWork(at('2026-11-26T12:00'), hours)).toBe(at('2026-11-26T12:00'));
    });
});

describe('reminders (附件1 第15条)', () => {
    const of = (ended: string, by: WorkingHours = plain) =>
        remindersOf(at(ended), at(ended) + day, { hours: by, escalateBefore: 4 * HOUR });

    it('come at the end of the shift, next morning, and to the manager before it is late', () => {
        expect(of('2026-11-25T10:00')).toEqual([
            { kind: 'shiftEnd', at: at('2026-11-25T17:00') },
            // Four hours before 10:00 people are at home: the manager hears of it at the end of the day before.
            { kind: 'escalation', at: at('2026-11-25T17:00') },
            { kind: 'morning', at: at('2026-11-26T08:30') },
        ]);
        expect(of('2026-11-25T15:00').map(({ kind, at: when }) => [kind, when])).toEqual([
            ['shiftEnd', at('2026-11-25T17:00')],
            ['morning', at('2026-11-26T08:30')],
            ['escalation', at('2026-11-26T11:00')],
        ]);
    });

    it('never come at night', () => {
        for (let hour = 0; hour < 24 * 7; hour += 1) {
            const ended = at('2026-11-23T00:20') + hour * HOUR;
            for (const { at: when } of remindersOf(ended, ended + day, { hours, escalateBefore: 4 * HOUR })) {
                const ofDay = (when + 8 * HOUR) % day;
                expect(ofDay).toBeGreaterThanOrEqual(hours.from);
                expect(ofDay).toBeLessThanOrEqual(hours.to);
                expect(when).toBeGreaterThanOrEqual(ended);
            }
        }
    });

    it('of an evening have no end of the shift left, and wait over holidays by the calendar', () => {
        expect(of('2026-11-26T20:00', hours)).toEqual([
            { kind: 'morning', at: at('2026-11-28T08:30') },
            { kind: 'escalation', at: at('2026-11-28T08:30') },
        ]);
        expect(endsBeforeMorning(of('2026-11-26T20:00', hours), at('2026-11-27T20:00'))).toBe(true);
        expect(endsBeforeMorning(of('2026-11-25T10:00'), at('2026-11-26T10:00'))).toBe(false);
    });

    it('stay once they have come', () => {
        const all = of('2026-11-25T15:00');
        expect(remindersSince(all, at('2026-11-25T16:59'))).toEqual([]);
        expect(remindersSince(all, at('2026-11-25T17:00')).map(({ kind }) => kind)).toEqual(['shiftEnd']);
        expect(remindersSince(all, at('2026-11-26T12:00'))).toHaveLength(3);
    });
});

describe('the term', () => {
    it.each([
        [null, 'noTerm'],
        [100, 'late'],
        [101, 'soon'],
        [110, 'soon'],
        [111, 'running'],
    ])('due %s: %s', (due, state) => {
        expect(termState(due, { now: 100, trusted: true }, 10)).toBe(state);
        // Without a clock only what has no term is known.
        expect(termState(due, { now: 100, trusted: false }, 10)).toBe(due === null ? 'noTerm' : 'clockDoubted');
    });

    it.each([
        // By a checked clock: in time, late, or within its own uncertainty.
        [{ at: 0, lower: -2, upper: 2 }, true, 20, 'inTime'],
        [{ at: 0, lower: -2, upper: 2 }, true, 22, 'inTime'],
        [{ at: 0, lower: -2, upper: 2 }, true, 23, 'unsure'],
        [{ at: 0, lower: -2, upper: 2 }, true, 26, 'unsure'],
        [{ at: 0, lower: -2, upper: 2 }, true, 27, 'late'],
        // By a clock that nobody checked it is never late for sure.
        [{ at: 0, lower: 0, upper: 0 }, false, 24, 'inTime'],
        [{ at: 0, lower: 0, upper: 0 }, false, 999, 'unsure'],
    ] as const)('of %o (checked: %s), received at %i: %s', (end, corrected, received, standing) => {
        expect(storedStanding(end, corrected, received, 24)).toBe(standing);
    });

    it('puts what runs out next first, then what is late, the newest first, then what has no term', () => {
        const of = (key: string, state: BoardState, due: number | null) => ({ key, due, state });
        const given = [
            of('h', 'settled', 1),
            of('g', 'noTerm', null),
            of('f', 'late', 2),
            of('e', 'unsure', 9),
            of('d', 'running', 40),
            of('c', 'running', 30),
            of('b', 'running', 30),
            of('a', 'soon', 12),
        ];
        expect(given.toSorted(byDue).map(({ key }) => key)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']);
    });

    it('is explained by a reason and settled by one that is confirmed, where it is over', () => {
        expect(withExcuse('late', 'waiting')).toBe('explained');
        expect(withExcuse('unsure', 'accepted')).toBe('settled');
        expect(withExcuse('late', 'refused')).toBe('late');
        expect(withExcuse('late', null)).toBe('late');
        expect(withExcuse('running', 'accepted')).toBe('running');
    });
});

describe('a reason for lateness', () => {
    const own = { personId: 'zhang', open: null };

    it('is given by whom it concerns or the manager, once', () => {
        expect(() => decideExcuse(own, { personId: 'zhang', manages: false })).not.toThrow();
        expect(() => decideExcuse(own, { personId: 'lin', manages: true })).not.toThrow();
        expect(() => decideExcuse(own, { personId: 'wu', manages: false })).toThrow('late.notYours');
        expect(() => decideExcuse({ personId: null, open: null }, { personId: 'wu', manages: false })).toThrow('late.notYours');
        expect(() => decideExcuse({ ...own, open: 'waiting' }, { personId: 'zhang', manages: false })).toThrow(
            'late.excusedAlready',
        );
    });

    it('is confirmed by another, and refused with words', () => {
        const excuse = { state: 'waiting' as const, statedBy: 'zhang', personId: 'zhang' };
        expect(() => decideExcuseDecision(excuse, 'lin', 'accepted', undefined)).not.toThrow();
        expect(() => decideExcuseDecision(excuse, 'lin', 'refused', '不符')).not.toThrow();
        expect(() => decideExcuseDecision(excuse, 'lin', 'refused', undefined)).toThrow('late.reasonMissing');
        expect(() => decideExcuseDecision(excuse, 'zhang', 'accepted', undefined)).toThrow('late.ownExcuse');
        expect(() => decideExcuseDecision({ ...excuse, statedBy: 'lin' }, 'zhang', 'accepted', undefined)).toThrow(
            'late.ownExcuse',
        );
        for (const state of ['accepted', 'refused', 'withdrawn'] as const)
            expect(() => decideExcuseDecision({ ...excuse, state }, 'lin', 'accepted', undefined)).toThrow('late.excuseSettled');
    });

    it('is taken back by whoever gave it, while nobody has decided', () => {
        expect(() => decideExcuseWithdrawal({ state: 'waiting', statedBy: 'zhang' }, 'zhang')).not.toThrow();
        expect(() => decideExcuseWithdrawal({ state: 'waiting', statedBy: 'zhang' }, 'lin')).toThrow('late.notYours');
        expect(() => decideExcuseWithdrawal({ state: 'accepted', statedBy: 'zhang' }, 'zhang')).toThrow('late.excuseSettled');
    });
});
