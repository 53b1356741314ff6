import { describe, expect, it } from 'vitest';
import { readDays, writeDays } from './day-list.ts';

describe('the days of a calendar', () => {
    it('are typed one by one or as runs', () => {
        expect(readDays('2027-01-01\n\n 2027-02-05 至 2027-02-07\n5-1 to 5-2', 2027)).toEqual({
            days: ['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-05-01', '2027-05-02'],
        });
    });
    it('name the line that cannot be read', () => {
        for (const bad of ['2027-02-30', '放假', '2027-02-05 至 2027-02-01', '2027-01-01 至 2027-12-31'])
            expect(readDays(`2027-01-01\n${bad}`, 2027)).toEqual({ bad });
    });
    it('are written as they are typed, each run as one line', () => {
        const days = ['2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-28', '2027-03-01', '2027-05-01'];
        const lines = ['2027-01-01', '2027-02-05 至 2027-02-07', '2027-02-28 至 2027-03-01', '2027-05-01'];
        expect(writeDays(days, '至')).toEqual(lines);
        for (const to of ['至', 'to']) expect(readDays(writeDays(days, to).join('\n'), 2026)).toEqual({ days });
        expect(writeDays([], '至')).toEqual([]);
    });
});
