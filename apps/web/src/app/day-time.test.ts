import { expect, test } from 'vitest';
import { readDay, readTime } from './day-time.ts';

test.each(['2026-11-18', '2026/11/18', '20261118', '11-18', '1118', '2026年11月18日', '２０２６－１１－１８', ' 2026.11.18 '])(
    'day %s',
    (typed) => {
        expect(readDay(typed, 2026)).toBe('2026-11-18');
    },
);
test.each(['', '2026-02-30', '2026-13-01', '18', '1811-1', 'heute', '0026-11-18'])('no day %s', (typed) => {
    expect(readDay(typed, 2026)).toBeUndefined();
});
test.each(['09:31', '9:31', '9：31', '0931', '931', '9点31', '09.31'])('time %s', (typed) => {
    expect(readTime(typed)).toBe('09:31');
});
test('whole hours and limits', () => {
    expect(readTime('9')).toBe('09:00');
    expect(readTime('0')).toBe('00:00');
    for (const typed of ['', '24:00', '9:60', '12345', 'x']) expect(readTime(typed)).toBeUndefined();
});
