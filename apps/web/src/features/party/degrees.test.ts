import { expect, test } from 'vitest';
import { degreesE7, degreesText } from './degrees.ts';

test('degrees are kept exactly', () => {
    expect(degreesE7('31.2304', 90)).toBe(312_304_000);
    expect(degreesE7('121.4737001', 180)).toBe(1_214_737_001);
    expect(degreesE7('-0.5', 90)).toBe(-5_000_000);
    expect(degreesE7('３１．２', 90)).toBe(312_000_000);
    expect(degreesE7('90', 90)).toBe(900_000_000);
});
test('what is no degree is refused', () => {
    for (const typed of ['', 'x', '91', '31.12345678', '1e2', '31,2']) expect(degreesE7(typed, 90)).toBeUndefined();
});
test('and read back', () => {
    expect(degreesText(312_304_000)).toBe('31.23040');
    expect(degreesText(-5_000_000)).toBe('−0.50000');
    expect(degreesText(1_214_737_001)).toBe('121.4737001');
});
