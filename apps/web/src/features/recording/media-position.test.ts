import { expect, it } from 'vitest';
import { readPosition } from './media-position.ts';

it.each([
    ['02:03', 123_000],
    ['1:02:03', 3_723_000],
    [' 0：05 ', 5_000],
    ['60:00', undefined],
    ['1:60', undefined],
    ['90', undefined],
    ['', undefined],
])('a position in a recording, %s', (typed, ms) => {
    expect(readPosition(typed)).toBe(ms);
});
