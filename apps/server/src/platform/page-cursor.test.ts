import { expect, it } from 'vitest';
import { z } from 'zod';
import { cursorAfter, cursorKeys, pageOf } from './page-cursor.ts';

const shape = z.tuple([z.string(), z.number()]);

it('a cursor goes there and back, and a foreign one is refused', () => {
    expect(cursorKeys(shape, cursorAfter(['张 “%', 7]))).toEqual(['张 “%', 7]);
    expect(cursorKeys(shape, undefined)).toBeUndefined();
    for (const foreign of ['', 'x', cursorAfter([7, 'a']), cursorAfter(['a'])])
        expect(() => cursorKeys(shape, foreign)).toThrow('request.invalid');
});

it('a page has a next one only when there is more', () => {
    const keys = (row: number) => [row];
    expect(pageOf([1, 2, 3], 2, keys)).toEqual({ rows: [1, 2], next: cursorAfter([2]) });
    expect(pageOf([1, 2], 2, keys)).toEqual({ rows: [1, 2], next: null });
    expect(pageOf([], 2, keys)).toEqual({ rows: [], next: null });
});
