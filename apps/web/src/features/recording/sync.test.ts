import { expect, test } from 'vitest';
import { clockAfter, correctionOf, frameTarget, nextRate, soloHeard, toggleHeard } from './sync.ts';

test('a large difference jumps, a small one drifts back, by the seconds of the viewer', () => {
    expect(correctionOf(1.5, 1, 1)).toEqual({ kind: 'jump' });
    expect(correctionOf(1.5, 1, 4).kind).toBe('rate');
    expect(correctionOf(1.01, 1, 1)).toEqual({ kind: 'rate', factor: 1 });
    const ahead = correctionOf(1.05, 1, 1);
    expect(ahead.kind === 'rate' && ahead.factor < 1 && ahead.factor >= 0.85).toBe(true);
    expect(correctionOf(0.945, 1, 1)).toEqual({ kind: 'rate', factor: 1.15 });
    expect(correctionOf(0.82, 1, 1)).toEqual({ kind: 'rate', factor: 1.5 });
});
test('the clock waits for the slowest, never goes back, and gives up one that does not move', () => {
    expect(clockAfter({ at: 1_000, waitedMs: 0 }, 16, 1, undefined)).toEqual({ at: 1_016, waitedMs: 0 });
    expect(clockAfter({ at: 1_000, waitedMs: 0 }, 16, 2, 1_000)).toEqual({ at: 1_032, waitedMs: 0 });
    expect(clockAfter({ at: 1_030, waitedMs: 0 }, 16, 1, 1_000)).toEqual({ at: 1_035, waitedMs: 16 });
    expect(clockAfter({ at: 1_030, waitedMs: 0 }, 16, 1, 900)).toEqual({ at: 1_030, waitedMs: 16 });
    let clock = { at: 1_000, waitedMs: 0 };
    for (let step = 0; step < 50; step++) clock = clockAfter(clock, 16, 1, 1_000);
    expect(clock.at).toBeGreaterThan(1_200);
    expect(clockAfter(clock, 16, 1, clock.at)).toEqual({ at: clock.at + 16, waitedMs: 0 });
});
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
