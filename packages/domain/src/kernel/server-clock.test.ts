import { describe, expect, it } from 'vitest';
import { driftSince, followSlew } from './server-clock.ts';

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
