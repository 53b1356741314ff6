import { expect, it } from 'vitest';
import { clockOf, millisecondsOf } from './clock-text.ts';

it('moments of a recording are read as people type them', () => {
    expect(millisecondsOf('1:02:36')).toBe(3_756_000);
    expect(millisecondsOf('2：36')).toBe(156_000);
    expect(millisecondsOf('156')).toBe(156_000);
    for (const wrong of ['', 'x', '1:60', '1:60:00', '1:2:3:4']) expect(millisecondsOf(wrong), wrong).toBeUndefined();
    for (const at of [0, 59_000, 3_756_000]) expect(millisecondsOf(clockOf(at))).toBe(at);
});
