import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day, daysBetween, endOfDay, startOfDay } from './day.ts';
import { BUILT_IN_YEARS, calendarOf } from './holiday-year.ts';
import { HOUR, type Instant } from './instant.ts';
import { endOfPeriod, leftOf, type Period, type PeriodEnd, type PeriodRule } from './period.ts';
import { unitUnder } from './statute-days.ts';
import { isWorkingDay } from './working-days.ts';

const calendar = calendarOf(BUILT_IN_YEARS);
const at = (text: string): Instant => Date.parse(`${text}+08:00`);
const lastDay = (from: string, period: Period, rule: Partial<PeriodRule> = {}): Day => running(from, period, rule).lastDay;
function running(from: string, period: Period, rule: Partial<PeriodRule> = {}): Extract<PeriodEnd, { state: 'running' }> {
    const end = endOfPeriod(at(from), period, { calendar, ...rule });
    if (end.state !== 'running') throw new Error('stands still');
    return end;
}

describe('worked examples', () => {
    it('处罚法 56 + 85: seven working days for what was registered and preserved, over the National Day holiday', () => {
        expect(lastDay('2025-09-26T10:00:00', { length: 7, unit: unitUnder('penalty', 7) })).toBe('2025-10-13');
        // Sunday 28th is worked (29, 30 too), 1–8 October are off, 9, 10 and Saturday 11th are worked.
    });

    it('处罚法 60: ninety calendar days from the filing of the case', () => {
        expect(unitUnder('penalty', 90)).toBe('calendarDay');
        expect(lastDay('2026-08-20T09:00:00', { length: 90, unit: 'calendarDay' })).toBe('2026-11-18');
    });

    it('处罚法 67: fifteen days to pay, and a last day on a holiday moves on', () => {
        expect(unitUnder('penalty', 15)).toBe('calendarDay');
        expect(lastDay('2026-11-06T15:00:00', { length: 15, unit: 'calendarDay' }, { rollsOn: true })).toBe('2026-11-23');
        expect(lastDay('2026-11-06T15:00:00', { length: 15, unit: 'calendarDay' })).toBe('2026-11-21');
    });

    it('强制法 25 + 69: thirty days of seizure are calendar days, ten of a demand are working days', () => {
        expect([unitUnder('coercion', 30), unitUnder('coercion', 10)]).toEqual(['calendarDay', 'workday']);
        expect(lastDay('2026-09-20T11:20:00', { length: 30, unit: 'calendarDay' })).toBe('2026-10-20');
        expect(lastDay('2026-09-21T11:20:00', { length: 10, unit: 'workday' })).toBe('2026-10-12');
    });

    it('强制法 25(3): the time of testing does not count', () => {
        const excluded = [{ from: at('2026-09-25T09:00:00'), until: at('2026-10-05T17:00:00') }];
        expect(lastDay('2026-09-20T11:20:00', { length: 30, unit: 'calendarDay' }, { excluded })).toBe('2026-10-30');
        // Twice excluded counts once.
        const twice = [...excluded, { from: at('2026-09-28T09:00:00'), until: at('2026-10-05T08:00:00') }];
        expect(lastDay('2026-09-20T11:20:00', { length: 30, unit: 'calendarDay' }, { excluded: twice })).toBe('2026-10-30');
    });

    it('强制法 19: twenty-four hours run through a night and a holiday', () => {
        expect(running('2026-10-01T22:30:00', { length: 24, unit: 'hour' }).due).toBe(at('2026-10-02T22:30:00'));
    });

    it('许可法 42 + 82: twenty working days, ten more when prolonged', () => {
        expect([unitUnder('licence', 20), unitUnder('licence', 45)]).toEqual(['workday', 'workday']);
        expect(lastDay('2026-02-10T09:00:00', { length: 20, unit: 'workday' })).toBe('2026-03-16');
        expect(lastDay('2026-02-10T09:00:00', { length: 30, unit: 'workday' })).toBe('2026-03-30');
    });

    it('强制法 53, 行政诉讼法 46, 处罚法 36: months and years by the number of the day', () => {
        expect(lastDay('2026-08-31T09:00:00', { length: 3, unit: 'month' })).toBe('2026-11-30');
        expect(lastDay('2026-08-31T09:00:00', { length: 6, unit: 'month' })).toBe('2027-02-28');
        expect(lastDay('2024-02-29T09:00:00', { length: 2, unit: 'year' })).toBe('2026-02-28');
    });

    it('say which calendar they could not see', () => {
        expect(running('2026-12-24T09:00:00', { length: 7, unit: 'workday' }).notes).toEqual([{ year: 2027, state: 'missing' }]);
        expect(running('2026-12-24T09:00:00', { length: 30, unit: 'calendarDay' }).notes).toEqual([]);
    });
});

describe('an excluded stretch without an end', () => {
    const open = [{ from: at('2026-09-25T09:00:00') }];
    it('makes the term stand still', () => {
        expect(endOfPeriod(at('2026-09-20T11:20:00'), { length: 30, unit: 'calendarDay' }, { calendar, excluded: open })).toEqual(
            {
                state: 'suspended',
                since: at('2026-09-25T09:00:00'),
            },
        );
    });
    it('does not bring back a term that had ended', () => {
        expect(lastDay('2026-09-01T11:20:00', { length: 10, unit: 'calendarDay' }, { excluded: open })).toBe('2026-09-11');
    });
});

describe('what is left', () => {
    it('is nought on the last day and less than nought after it', () => {
        const end = running('2026-11-18T09:00:00', { length: 5, unit: 'workday' });
        const left = (now: string) => leftOf(end, 'workday', at(now), calendar);
        expect(end.lastDay).toBe('2026-11-25');
        expect([left('2026-11-20T12:00:00'), left('2026-11-25T23:59:59'), left('2026-11-26T00:00:00')]).toEqual([
            { unit: 'workday', days: 3 },
            { unit: 'workday', days: 0 },
            { unit: 'workday', days: -1 },
        ]);
        const hours = running('2026-11-18T09:00:00', { length: 24, unit: 'hour' });
        expect(leftOf(hours, 'hour', at('2026-11-19T08:00:00'), calendar)).toEqual({ unit: 'hour', ms: HOUR });
    });
});

const periods = fc.record({
    length: fc.integer({ min: 1, max: 120 }),
    unit: fc.constantFrom('hour', 'calendarDay', 'workday', 'month', 'year' as const),
}) as fc.Arbitrary<Period>;
const moments = fc.integer({ min: startOfDay('2023-11-01'), max: startOfDay('2027-02-01') });
const holes = fc.array(
    fc.tuple(moments, fc.integer({ min: 1, max: 60 * 24 })).map(([from, hours]) => ({ from, until: from + hours * HOUR })),
    { maxLength: 4 },
);

describe('any term', () => {
    it('ends after it began, later with more length, and never earlier because something was excluded', () => {
        fc.assert(
            fc.property(moments, periods, holes, (from, period, excluded) => {
                const due = (of: Period, rule: Partial<PeriodRule>) => {
                    const end = endOfPeriod(from, of, { calendar, ...rule });
                    return end.state === 'running' ? end.due : Number.NaN;
                };
                const plain = due(period, {});
                expect(plain).toBeGreaterThan(from);
                expect(due({ ...period, length: period.length + 1 }, {})).toBeGreaterThan(plain);
                expect(due(period, { excluded })).toBeGreaterThanOrEqual(plain);
                expect(due(period, { rollsOn: true })).toBeGreaterThanOrEqual(plain);
            }),
        );
    });

    it('that moves on ends on a working day, and no later than the first one', () => {
        fc.assert(
            fc.property(moments, periods, (from, period) => {
                fc.pre(period.unit !== 'hour');
                const end = endOfPeriod(from, period, { calendar });
                const moved = endOfPeriod(from, period, { calendar, rollsOn: true });
                if (end.state !== 'running' || moved.state !== 'running') throw new Error('stands still');
                expect(isWorkingDay(calendar, moved.lastDay)).toBe(true);
                for (let day = end.lastDay; day < moved.lastDay; day = addDays(day, 1))
                    expect(isWorkingDay(calendar, day)).toBe(false);
                expect(moved.due).toBe(endOfDay(moved.lastDay));
            }),
        );
    });

    it('of calendar days leaves exactly its length outside what was excluded', () => {
        fc.assert(
            fc.property(moments, fc.integer({ min: 1, max: 120 }), holes, (from, length, excluded) => {
                const end = endOfPeriod(from, { length, unit: 'calendarDay' }, { calendar, excluded });
                if (end.state !== 'running') throw new Error('stands still');
                const start = new Date(from + 8 * HOUR).toISOString().slice(0, 10);
                let counted = 0;
                for (let day = addDays(start, 1); day <= end.lastDay; day = addDays(day, 1)) {
                    const out = excluded.some(
                        (hole) =>
                            new Date(hole.from + 8 * HOUR).toISOString().slice(0, 10) < day &&
                            day <= new Date(hole.until + 8 * HOUR).toISOString().slice(0, 10),
                    );
                    if (!out) counted++;
                }
                expect(counted).toBe(length);
                expect(daysBetween(start, end.lastDay)).toBeGreaterThanOrEqual(length);
            }),
        );
    });
});
