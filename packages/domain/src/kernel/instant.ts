/** A point in time: integer milliseconds since 1970-01-01T00:00:00Z, UTC. Never a `Date`, never a fraction. */
export type Instant = number;

/** A length of time in integer milliseconds. */
export type Duration = number;

export const SECOND: Duration = 1_000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;

/** Whether `value` can be an instant: an integer that survives JSON exactly. */
export const isInstant = (value: unknown): value is Instant => Number.isSafeInteger(value);
