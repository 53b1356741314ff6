import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, isDay, startOfDay } from './day.ts';

describe('a calendar day', () => {
    it.each(['2026-11-18', '2024-02-29', '1900-01-01', '9999-12-31'])('%s exists', (day) => {
        expect(isDay(day)).toBe(true);
    });

    it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20261118', '2026-11-18T00:00', ''])('%s does not', (day) => {
        expect(isDay(day)).toBe(false);
    });

    it('begins at midnight in Shanghai', () => {
        expect(startOfDay('2026-11-18')).toBe(Date.parse('2026-11-18T00:00:00+08:00'));
        expect(dayOf(startOfDay('2026-11-18'))).toBe('2026-11-18');
        expect(dayOf(startOfDay('2026-11-18') - 1)).toBe('2026-11-17');
    });

    it('is counted on and back over months and leap days', () => {
        expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
        expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
        expect(daysBetween('2026-11-18', '2026-11-18')).toBe(0);
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: -20_000, max: 20_000 }), (start, days) => {
                const day = addDays('1960-01-01', start);
                expect(daysBetween(day, addDays(day, days))).toBe(days);
            }),
        );
    });
});
