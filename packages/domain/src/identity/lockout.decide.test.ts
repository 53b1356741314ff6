import { describe, expect, it } from 'vitest';
import { MINUTE } from '../kernel/instant.ts';
import { decideFailure, type Failures, lockedFor, minutesOf, NO_FAILURES } from './lockout.decide.ts';

const after = (times: readonly number[]): Failures & { lockedNow: boolean } =>
    times.reduce<Failures & { lockedNow: boolean }>((state, at) => decideFailure(state, at), {
        ...NO_FAILURES,
        lockedNow: false,
    });

describe('failed sign-ins', () => {
    it('lock at the fifth, for fifteen minutes', () => {
        expect(after([0, 1, 2, 3]).lockedNow).toBe(false);
        const locked = after([0, 1, 2, 3, 4]);
        expect(locked).toMatchObject({ lockedNow: true, failedCount: 5, lockedUntil: 4 + 15 * MINUTE });
        expect([lockedFor(locked, 4), lockedFor(locked, 4 + 15 * MINUTE - 1), lockedFor(locked, 4 + 15 * MINUTE)]).toEqual([
            15 * MINUTE,
            1,
            0,
        ]);
    });

    it('are forgotten when fifteen minutes pass without one', () => {
        expect(after([0, 1, 2, 3, 3 + 15 * MINUTE])).toMatchObject({ lockedNow: false, failedCount: 1 });
        expect(after([0, 1, 2, 3, 3 + 15 * MINUTE - 1]).lockedNow).toBe(true);
    });

    it('are counted anew after a lock', () => {
        const locked = after([0, 1, 2, 3, 4]);
        expect(decideFailure(locked, 5 + 15 * MINUTE)).toMatchObject({ failedCount: 1, lockedUntil: null, lockedNow: false });
    });

    it('tell the begun minute as a whole one', () => {
        expect([minutesOf(1), minutesOf(MINUTE), minutesOf(MINUTE + 1)]).toEqual([1, 1, 2]);
    });
});
