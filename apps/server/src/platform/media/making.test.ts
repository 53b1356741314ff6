import { expect, test } from 'vitest';
import { makingPart, sayMaking, stopMaking, writtenMs } from './making.ts';

test('the last moment of a report counts; nothing is made of none', () => {
    expect(writtenMs('frame=1\nout_time_us=40000\nprogress=continue\nframe=2\nout_time_us=2080000\nprogress=continue\n')).toBe(
        2_080,
    );
    expect(writtenMs('out_time_us=N/A\nprogress=continue\n')).toBeUndefined();
});
test('what is made is known while it is made, between nothing and all', () => {
    expect(makingPart('a')).toBeUndefined();
    sayMaking('a', 412.4);
    sayMaking('b', 1_700);
    expect([makingPart('a'), makingPart('b')]).toEqual([412, 1_000]);
    stopMaking('a');
    expect(makingPart('a')).toBeUndefined();
});
