import { expect, it } from 'vitest';
import { monthsOfTrend, monthsUntil, PRESETS, periodOfPreset, presetOf, scaleOf } from './statistics-period.ts';

it('periods by their names', () => {
    expect(PRESETS.map((each) => Object.values(periodOfPreset(each, '2026-11-18')))).toEqual([
        ['2026-11', '2026-11'],
        ['2026-10', '2026-10'],
        ['2026-10', '2026-11'],
        ['2026-01', '2026-11'],
        ['2025-01', '2025-12'],
    ]);
    expect(periodOfPreset('lastMonth', '2026-01-01')).toEqual({ from: '2025-12', to: '2025-12' });
    expect(periodOfPreset('quarter', '2026-01-01')).toEqual({ from: '2026-01', to: '2026-01' });
});

it('a period in the address is called by its name where it has one', () => {
    expect(presetOf({}, '2026-11-18')).toBe('year');
    expect(presetOf({ from: '2025-01', to: '2025-12' }, '2026-11-18')).toBe('lastYear');
    expect(presetOf({ from: '2026-02', to: '2026-05' }, '2026-11-18')).toBeUndefined();
    expect(presetOf({ from: '2026-02' }, '2026-11-18')).toBeUndefined();
});

it('months can be chosen since the notice came into force', () => {
    const months = monthsUntil('2026-11-18');
    expect([months[0], months.at(-1), months.length]).toEqual(['2026-11', '2020-07', 77]);
});

it('a trend has every month that has begun: holes where nothing is counted, and the last one not over', () => {
    const items = ['2026-01', '2026-03'].map((month) => ({ month })) as Parameters<typeof monthsOfTrend>[0]['items'];
    const now = Date.UTC(2026, 2, 20);
    const trend = monthsOfTrend({ items, from: '2025-12', to: '2026-12', now } as Parameters<typeof monthsOfTrend>[0]);
    expect(trend.map(({ month, item, isRunning }) => [month, item !== undefined, isRunning])).toEqual([
        ['2025-12', false, false],
        ['2026-01', true, false],
        ['2026-02', false, false],
        ['2026-03', true, true],
    ]);
});

it('a scale ends at a round number above all values', () => {
    expect([[], [0], [10], [11], [199], [201], [667], [2167]].map(scaleOf)).toEqual([10, 10, 10, 20, 200, 500, 1_000, 5_000]);
});
