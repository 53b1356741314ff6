import { HOUR, MINUTE, SECOND, startOfDay } from '@liuhen/domain';
import { expect, test } from 'vitest';
import { typedMoment } from './typed-moment.ts';

const DAY = startOfDay('2026-11-18');
const at = (hours: number, minutes: number, seconds = 0): number => DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;

test('a time of day is found between beginning and end, however it is typed', () => {
    const extent = { start: at(9, 30), end: at(10, 45) };
    const typed = (words: string) => typedMoment(words, extent, true);
    expect(typed('10:03:20')).toBe(at(10, 3, 20));
    expect(typed('10：03：20')).toBe(at(10, 3, 20));
    expect(typed('100320')).toBe(at(10, 3, 20));
    expect(typed(' 10:03 ')).toBe(at(10, 3));
    expect(typed('10:03:20.25')).toBe(at(10, 3, 20) + 250);
    for (const wrong of ['9:29:59', '10:45', '10:75:00', '25:00', '十点', '', '10:3:99']) expect(typed(wrong)).toBeUndefined();
});
test('after midnight it is the next day', () => {
    expect(typedMoment('00:10:00', { start: at(23, 50), end: at(24, 20) }, true)).toBe(at(24, 10));
});
test('without a clock it counts from the beginning', () => {
    const extent = { start: 0, end: 2 * HOUR };
    expect(typedMoment('1:30', extent, false)).toBe(90 * SECOND);
    expect(typedMoment('1:01:30', extent, false)).toBe(HOUR + 90 * SECOND);
    expect(typedMoment('2:00:00', extent, false)).toBeUndefined();
});
