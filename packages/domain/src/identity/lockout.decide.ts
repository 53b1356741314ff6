import { type Duration, type Instant, MINUTE } from '../kernel/instant.ts';

/** GB/T 22239-2019 8.1.4.1 b): failed sign-ins end in a lock. */
export type LockoutPolicy = {
    readonly failures: number;
    /** A failure this long after the one before begins a new count. */
    readonly within: Duration;
    readonly lockedFor: Duration;
};

export const LOCKOUT: LockoutPolicy = { failures: 5, within: 15 * MINUTE, lockedFor: 15 * MINUTE };

/** What is kept of earlier failures. */
export type Failures = {
    readonly failedCount: number;
    readonly lastFailedAt: Instant | null;
    readonly lockedUntil: Instant | null;
};

export const NO_FAILURES: Failures = { failedCount: 0, lastFailedAt: null, lockedUntil: null };

/** Milliseconds until the lock ends; 0 when there is none. */
export const lockedFor = (failures: Failures, now: Instant): Duration =>
    failures.lockedUntil === null ? 0 : Math.max(0, failures.lockedUntil - now);

/** The minutes of a lock as told to people: the begun one counts whole. */
export const minutesOf = (duration: Duration): number => Math.max(1, Math.ceil(duration / MINUTE));

/**
 * One more wrong password or code. `lockedNow` when it was the one too many. Each failure within the window of the one
 * before counts on, so slow guessing gains nothing; an expired lock begins a new count.
 */
export function decideFailure(before: Failures, now: Instant, policy = LOCKOUT): Failures & { readonly lockedNow: boolean } {
    const goesOn = before.lockedUntil === null && before.lastFailedAt !== null && now - before.lastFailedAt < policy.within;
    const failedCount = goesOn ? before.failedCount + 1 : 1;
    const lockedNow = failedCount >= policy.failures;
    return { failedCount, lastFailedAt: now, lockedUntil: lockedNow ? now + policy.lockedFor : null, lockedNow };
}
