import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, type Day, dayOf, daysBetween, endOfDay, isDay, startOfDay, weekdayOf } from './day.ts';
import { BUILT_IN_YEARS, calendarOf, holidayYearFault } from './holiday-year.ts';
import {
    addWorkingDays,
    calendarNotes,
    changedDays,
    isWorkingDay,
    latestNotice,
    workingDayFrom,
    workingDaysBetween,
} from './working-days.ts';

const calendar = calendarOf(BUILT_IN_YEARS);
const anyDay = fc.integer({ min: 0, max: 365 * 12 }).map((count) => addDays('2020-01-01', count));

describe('days', () => {
    it('are Shanghai’s: 16:00 UTC is midnight there', () => {
        expect(dayOf(Date.parse('2026-11-17T15:59:59.999Z'))).toBe('2026-11-17');
        expect(dayOf(Date.parse('2026-11-17T16:00:00Z'))).toBe('2026-11-18');
        expect(startOfDay('2026-11-18')).toBe(Date.parse('2026-11-17T16:00:00Z'));
        expect(endOfDay('2026-11-18')).toBe(startOfDay('2026-11-19'));
    });

    it('exist or do not', () => {
        expect(['2024-02-29', '2025-02-29', '2026-13-01', '2026-1-01', 'x', '2026-04-31'].map(isDay)).toEqual([
            true,
            false,
            false,
            false,
            false,
            false,
        ]);
        expect(weekdayOf('2026-11-18')).toBe(3);
        expect(weekdayOf('1969-12-31')).toBe(3);
    });

    it('add up to months as 民法典 第202条 says', () => {
        expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
        expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
        expect(addMonths('2026-11-18', 3)).toBe('2027-02-18');
        expect(addMonths('2026-01-15', -2)).toBe('2025-11-15');
    });

    it('come back from wherever they were moved to', () => {
        fc.assert(
            fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
                expect(addDays(addDays(day, count), -count)).toBe(day);
                expect(daysBetween(day, addDays(day, count))).toBe(count);
                expect(isDay(addDays(day, count))).toBe(true);
            }),
        );
    });
});

describe('the official calendar', () => {
    it('knows holidays and the weekend days worked for them', () => {
        const days: readonly [Day, boolean][] = [
            ['2025-01-26', true], // Sunday, worked
            ['2025-01-28', false],
            ['2025-02-04', false],
            ['2025-02-08', true],
            ['2025-10-08', false],
            ['2025-10-11', true],
            ['2026-02-23', false],
            ['2026-02-28', true],
            ['2026-11-18', true],
            ['2026-11-21', false],
            ['2024-05-11', true],
        ];
        for (const [day, works] of days) expect([day, isWorkingDay(calendar, day)]).toEqual([day, works]);
    });

    it('changed, says which days become off and which become worked, and nothing of days that stay as they were', () => {
        const year = { year: 2027, source: '通知', standing: 'verify' } as const;
        const of = (off: Day[], work: Day[]) => calendarOf([{ ...year, off, work }]);
        // 2027-01-01 is a Friday, -02 a Saturday that is off anyway, -10 a Sunday.
        const first = of(['2027-01-01', '2027-01-02'], ['2027-01-10']);
        expect(changedDays(new Map(), first, 2027)).toEqual({ off: ['2027-01-01'], work: ['2027-01-10'] });
        const second = of(['2027-01-01', '2027-12-31'], ['2027-01-02']);
        expect(changedDays(first, second, 2027)).toEqual({ off: ['2027-01-10', '2027-12-31'], work: ['2027-01-02'] });
        expect(changedDays(first, of(['2027-01-01'], ['2027-01-10']), 2027)).toEqual({ off: [], work: [] });
        expect(changedDays(first, second, 2026)).toEqual({ off: [], work: [] });
    });

    it('lists what a year of the state council lists: off on weekdays, worked on weekends', () => {
        for (const year of BUILT_IN_YEARS) {
            expect(holidayYearFault(year)).toBeUndefined();
            for (const day of year.work) expect([day, [0, 6].includes(weekdayOf(day))]).toEqual([day, true]);
            for (const day of [...year.off, ...year.work]) expect(isDay(day)).toBe(true);
        }
        // 11 statutory holidays until 2024, 13 since (全国年节及纪念日放假办法, 2024 revision): weekdays off less weekend days worked.
        const net = BUILT_IN_YEARS.map(
            ({ year, off, work }) => [year, off.filter((day) => ![0, 6].includes(weekdayOf(day))).length - work.length] as const,
        );
        expect(net).toEqual([
            [2024, 11],
            [2025, 13],
            [2026, 13],
        ]);
    });

    it('says aloud of which years it knows nothing', () => {
        expect(calendarNotes(calendar, '2026-12-20', '2027-01-10')).toEqual([{ year: 2027, state: 'missing' }]);
        expect(calendarNotes(calendar, '2025-12-20', '2026-01-10')).toEqual([]);
        const own = calendarOf(BUILT_IN_YEARS, [
            { year: 2027, off: ['2027-01-01'], work: [], source: '录入', standing: 'verify' },
        ]);
        expect(calendarNotes(own, '2026-12-20', '2027-01-10')).toEqual([{ year: 2027, state: 'verify' }]);
        expect([isWorkingDay(calendar, '2027-01-01'), isWorkingDay(own, '2027-01-01')]).toEqual([true, false]);
    });

    it('refuses a year whose days are another year’s, or both off and worked', () => {
        expect(holidayYearFault({ year: 2027, off: ['2026-12-31'], work: [] })).toBe('otherYear');
        expect(holidayYearFault({ year: 2027, off: ['2027-01-01'], work: ['2027-01-01'] })).toBe('both');
    });
});

describe('working days', () => {
    it('go round the spring festival', () => {
        expect(addWorkingDays(calendar, '2025-01-24', 2)).toBe('2025-01-27'); // Sunday 26th is worked
        expect(addWorkingDays(calendar, '2025-01-27', 1)).toBe('2025-02-05');
        expect(workingDayFrom(calendar, '2025-10-04')).toBe('2025-10-09');
        expect(latestNotice(calendar, '2026-11-30', 7)).toBe('2026-11-18');
    });

    it('are as many as were added, and the last of them is one', () => {
        fc.assert(
            fc.property(anyDay, fc.integer({ min: 1, max: 90 }), (day, count) => {
                const end = addWorkingDays(calendar, day, count);
                expect(isWorkingDay(calendar, end)).toBe(true);
                expect(workingDaysBetween(calendar, day, end)).toBe(count);
                expect(workingDaysBetween(calendar, day, addDays(end, -1))).toBe(count - 1);
            }),
        );
    });

    it('of a notice before an event lie wholly between the two', () => {
        fc.assert(
            fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (event, count) => {
                const notice = latestNotice(calendar, event, count);
                expect(workingDaysBetween(calendar, notice, addDays(event, -1))).toBe(count);
                expect(workingDaysBetween(calendar, addDays(notice, 1), addDays(event, -1))).toBe(count - 1);
            }),
        );
    });
});
