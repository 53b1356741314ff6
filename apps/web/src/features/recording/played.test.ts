import { expect, test } from 'vitest';
import { joinRanges, summaryOf } from './played.ts';

const range = (startMs: number, endMs: number) => ({ startMs, endMs });

test('what was played is sorted and joined; a picture that was not shown is not counted', () => {
    const ranges = [range(500, 900), range(0, 470), range(5_000, 5_000), range(3_000, 4_000), range(4_041, 4_100)];
    expect(joinRanges(ranges)).toEqual([range(0, 900), range(3_000, 4_000), range(4_041, 4_100)]);
});

test('what is played again and again counts once, in whatever order it is said', () => {
    const once = joinRanges([range(0, 2_000), range(1_000, 1_040)]);
    expect(joinRanges([...once, range(500, 1_500), range(0, 2_000)])).toEqual([range(0, 2_000)]);
});

test('a summary that cannot name every stretch says how many are missing and how long they are', () => {
    const ranges = [range(0, 40), range(1_000, 4_000), range(5_000, 5_120), range(6_000, 8_000)];
    expect(summaryOf(ranges, 4)).toEqual({ played: ranges });
    expect(summaryOf(ranges, 2)).toEqual({
        played: [range(1_000, 4_000), range(6_000, 8_000)],
        leftOut: { ranges: 2, ms: 160 },
    });
});
