import { expect, it } from 'vitest';
import { actWords } from './act-words.ts';
import { instantOf } from './shanghai.ts';

const DAY = 86_400_000;
const on = (day: string) => ({ from: instantOf(day, '00:00'), to: (instantOf(day, '00:00') ?? 0) + DAY });

it.each([
    ['阳光口腔', { q: '阳光口腔' }],
    ['2026-11-18', on('2026-11-18')],
    ['阳光 2026/11/18 张明', { q: '阳光 张明', ...on('2026-11-18') }],
    ['11月8日', on('2026-11-08')],
    ['20261118', on('2026-11-18')],
    ['１１－１８', on('2026-11-18')],
    ['2026-13-40', { q: '2026-13-40' }],
    ['PD-2026-000118', { q: 'PD-2026-000118' }],
    ['0118', { q: '0118' }],
    ['  ', {}],
])('%s', (typed, expected) => {
    expect(actWords(typed, 2026)).toEqual(expected);
});
