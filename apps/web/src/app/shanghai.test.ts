import { expect, test } from 'vitest';
import { dateOf, daysToInstants, instantOf, timeOf } from './shanghai.ts';

test('what is typed is Shanghai time, wherever the machine stands', () => {
    const at = instantOf('2026-11-18', '09:31');
    expect(at).toBe(Date.UTC(2026, 10, 18, 1, 31));
    expect(dateOf(at ?? 0)).toBe('2026-11-18');
    expect(timeOf(at ?? 0)).toBe('09:31');
    expect(dateOf(Date.UTC(2026, 10, 18, 16))).toBe('2026-11-19');
});
test('half-typed values are nothing', () => {
    expect(instantOf('', '09:31')).toBeUndefined();
    expect(instantOf('2026-11-18', '')).toBeUndefined();
    expect(instantOf('2026-13-18', '09:31')).toBeUndefined();
});
test('the last day of a range is inside it', () => {
    expect(daysToInstants('2026-11-18', '2026-11-18')).toEqual({
        from: Date.UTC(2026, 10, 17, 16),
        to: Date.UTC(2026, 10, 18, 16),
    });
    expect(daysToInstants()).toEqual({});
});
