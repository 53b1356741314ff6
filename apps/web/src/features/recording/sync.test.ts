import { expect, test } from 'vitest';
import { frameTarget, nextRate, soloHeard, toggleHeard } from './sync.ts';

test('speeds go up and down by one and stop at the ends', () => {
    expect([nextRate(1, 1), nextRate(1, -1), nextRate(8, 1), nextRate(0.25, -1)]).toEqual([1.5, 0.5, 8, 0.25]);
});
test('the picture beside stands in its middle', () => {
    expect(frameTarget(1, 40, 1)).toBeCloseTo(1.06);
    expect(frameTarget(1, 40, -1)).toBeCloseTo(0.98);
    expect(frameTarget(0, 40, -1)).toBe(0);
});
test('sound of each camera, or of one alone', () => {
    expect([...toggleHeard(new Set(['a']), 'b')]).toEqual(['a', 'b']);
    expect([...toggleHeard(new Set(['a', 'b']), 'a')]).toEqual(['b']);
    expect([...soloHeard(new Set(['a', 'b']), 'b', ['a', 'b'])]).toEqual(['b']);
    expect([...soloHeard(new Set(['b']), 'b', ['a', 'b'])]).toEqual(['a', 'b']);
});
