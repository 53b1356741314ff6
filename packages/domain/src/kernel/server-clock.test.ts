import { describe, expect, it } from 'vitest';
import { aheadOfWitnesses, driftSince, followSlew } from './server-clock.ts';

const MINUTE = 60_000;

describe('the drift of the wall clock', () => {
    it('is what it gained on the clock that only goes on', () => {
        expect(driftSince({ wall: 1_000, monotonic: 10 }, { wall: 1_500, monotonic: 510 })).toBe(0);
        expect(driftSince({ wall: 1_000, monotonic: 10 }, { wall: 86_401_500, monotonic: 510 })).toBe(86_400_000);
        expect(driftSince({ wall: 1_000, monotonic: 10 }, { wall: -86_398_500, monotonic: 510 })).toBe(-86_400_000);
    });

    it('is followed as fast as NTP slews, so that a slow one adds up to nothing and small jumps add up', () => {
        let base = { wall: 0, monotonic: 0 };
        const seen: number[] = [];
        // Slewed by 400 ppm for a day.
        for (let at = 1; at <= 1_440; at++) {
            const now = { wall: at * MINUTE * 1.0004, monotonic: at * MINUTE };
            seen.push(Math.abs(driftSince(base, now)));
            base = followSlew(base, now);
        }
        expect(Math.max(...seen)).toBeLessThan(30);
        // Ten seconds more each minute.
        for (let at = 1; at <= 10; at++) {
            const now = { wall: base.wall + MINUTE + 10_000 * at - (at - 1) * 0, monotonic: base.monotonic + MINUTE };
            seen.push(driftSince(base, now));
            base = followSlew(base, now);
        }
        expect(Math.max(...seen)).toBeGreaterThan(60_000);
    });
});

describe('what witnesses say of the clock', () => {
    const word = (witness: string, ours: number, ahead: number) => ({ witness, ours, theirs: ours - ahead });

    it('is the latest word of each, of whom the one that agrees best counts', () => {
        expect(aheadOfWitnesses([])).toBeUndefined();
        expect(aheadOfWitnesses([word('a', 0, 0), word('a', MINUTE, 7 * MINUTE)])).toBe(7 * MINUTE);
        expect(aheadOfWitnesses([word('a', MINUTE, 7 * MINUTE), word('a', 0, 0)])).toBe(7 * MINUTE);
        expect(aheadOfWitnesses([word('a', 0, -9 * MINUTE), word('b', 0, 8 * MINUTE)])).toBe(8 * MINUTE);
        // One that lies outvotes nobody.
        expect(aheadOfWitnesses([word('a', MINUTE, 365 * 1_440 * MINUTE), word('b', 0, 200)])).toBe(200);
    });

    it('is not what one said long before the others', () => {
        expect(aheadOfWitnesses([word('a', 0, 0), word('b', 61 * MINUTE, -MINUTE)])).toBe(-MINUTE);
        expect(aheadOfWitnesses([word('a', 2 * MINUTE, 0), word('b', 61 * MINUTE, -MINUTE)])).toBe(0);
    });
});
