import { describe, expect, it } from 'vitest';
import { isNextRoundDue, isRoundLate, type ScrubPace, scrubQuota } from './scrub.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const GIB = 1n << 30n;
const pace: ScrubPace = { periodMs: 30 * DAY, mostPerSecond: 8n << 20n };
const BEGAN = 1_000 * DAY;
const round = (total: bigint, done = 0n) => ({ beganAt: BEGAN, endedAt: null, total, done });

describe('what is read in the next minute', () => {
    it.each([
        ['nothing stored', round(0n), BEGAN, 0n],
        ['one byte, at once due', round(1n), BEGAN, 1n],
        ['one byte that was read', round(1n, 1n), BEGAN, 0n],
        ['half of it after half the planned time', round(48n * GIB), BEGAN + 12 * DAY - MINUTE, 24n * GIB],
        ['nothing where it is ahead', round(48n * GIB, 25n * GIB), BEGAN + 12 * DAY - MINUTE, 0n],
        ['the rest when the planned time is over', round(1000n, 400n), BEGAN + 40 * DAY, 600n],
    ])('%s', (_what, progress, now, bytes) => {
        const most = (8n << 20n) * 60n;
        expect(scrubQuota(progress, pace, now, MINUTE)).toBe(bytes < most ? bytes : most);
    });

    it('reads everything within four fifths of the period, in steps of a minute', () => {
        const total = 3n * GIB + 17n;
        let done = 0n;
        let at = BEGAN;
        for (; done < total; at += 60 * MINUTE) done += scrubQuota(round(total, done), pace, at, 60 * MINUTE);
        expect(at).toBeLessThanOrEqual(BEGAN + 24 * DAY);
        expect(at).toBeGreaterThan(BEGAN + 23 * DAY);
        expect(done).toBe(total);
    });
});

describe('rounds', () => {
    it.each([
        ['one that goes on', null, 24 * DAY, false],
        ['one that is over, too early', 5 * DAY, 24 * DAY - 1, false],
        ['one that is over, in time', 5 * DAY, 24 * DAY, true],
    ])('the next one after %s', (_what, endedAfter, now, due) => {
        const progress = { beganAt: BEGAN, endedAt: endedAfter === null ? null : BEGAN + endedAfter, total: 1n, done: 0n };
        expect(isNextRoundDue(progress, pace, BEGAN + now)).toBe(due);
    });

    it.each([
        [null, 30 * DAY, false],
        [null, 30 * DAY + 1, true],
        [29 * DAY, 40 * DAY, false],
    ])('ended after %s, looked at after %i: late is %s', (endedAfter, now, late) => {
        const progress = { beganAt: BEGAN, endedAt: endedAfter === null ? null : BEGAN + endedAfter, total: 1n, done: 0n };
        expect(isRoundLate(progress, pace, BEGAN + now)).toBe(late);
    });
});
