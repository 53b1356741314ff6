import { expect, it } from 'vitest';
import { readMediaTime } from './media-time.ts';

it('a place in a recording is read as people type it', () => {
    expect(['12:40', '0:00', '1:02:05', ' 12：40.5 ', '99:59'].map(readMediaTime)).toEqual([
        760_000, 0, 3_725_000, 760_500, 5_999_000,
    ]);
    for (const bad of ['', '12', '12:60', '1:60:00', 'a:b', '1:2:3:4', '-1:00'])
        expect([bad, readMediaTime(bad)]).toEqual([bad, undefined]);
});
