import { expect, it } from 'vitest';
import { monthsUntil, PRESETS, periodOfPreset, presetOf } from './statistics-period.ts';

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
