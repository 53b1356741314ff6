import type { Duration, Instant } from '../kernel/instant.ts';
import { SECOND } from '../kernel/instant.ts';

/**
 * Where a reading of a device's clock comes from. `driver`: the vendor's channel, before the clock is set · `person`: somebody
 * read the display · `gnss`: a satellite sentence beside the device's own time · `network`: a registration that carries the
 * device's time · `dockFiles`: no reading at all, only that files were there before the dock copied them.
 */
export const CLOCK_SOURCES = ['driver', 'person', 'gnss', 'network', 'dockFiles'] as const;
export type ClockSource = (typeof CLOCK_SOURCES)[number];

/** What the clock showed, and between which true moments it showed it. Kept for ever; a device's time is never overwritten. */
export type ClockReading = {
    readonly id: string;
    readonly source: ClockSource;
    /** The time shown; the clock stood in [`device`, `device` + `resolutionMs`). */
    readonly device: Instant;
    readonly resolutionMs: Duration;
    /** The true moment lay between these; `null`: not bounded on that side. One of the two is always known. */
    readonly lower: Instant | null;
    readonly upper: Instant | null;
    /** The clock was set just before this reading: nothing read earlier holds from here on. */
    readonly afterSet: boolean;
    /** When it came to be known here, by the server's clock. */
    readonly learntAt: Instant;
};

/** Milliseconds to add to device time to get true time: `lower ≤ offset ≤ upper`. */
export type OffsetBounds = { readonly lower: Duration; readonly upper: Duration };

/** Readings of one setting of the clock. `begins`: how it started; `jump` where nobody set it, e.g. a battery went flat. */
export type ClockEpoch = {
    readonly begins: 'first' | 'set' | 'jump';
    readonly readings: readonly ClockReading[];
    /** Gain in ms per day of device time, as far as the readings tell; offset grows by it. */
    readonly rate: OffsetBounds;
    /** Whether `rate` was measured from this clock, and not only assumed of any working one. */
    readonly measured: boolean;
    /** The true moments between which this setting can have held; `null`: open. */
    readonly from: Instant | null;
    readonly until: Instant | null;
};

/** Dated parameters of how clocks are believed. */
export type ClockParameters = {
    /** What a working clock may gain or lose in a day; more is a jump. */
    readonly worstDriftMs: Duration;
    /** How far a clock's rate strays from its own mean in a day, by warmth and cold. */
    readonly wanderMs: Duration;
    /** 附件2: 时钟误差 ≤ 3 s a day. */
    readonly allowedDriftMs: Duration;
    /** A corrected moment less certain than this is no corrected moment. */
    readonly usableMs: Duration;
};

export const CLOCK_PARAMETERS: ClockParameters = {
    worstDriftMs: 20 * SECOND,
    wanderMs: 2 * SECOND,
    allowedDriftMs: 3 * SECOND,
    usableMs: 60 * SECOND,
};

/** What one reading says of the offset; a side that is not bounded is infinite. */
export const offsetOf = ({ device, resolutionMs, lower, upper }: ClockReading): OffsetBounds => ({
    // The clock stood somewhere before the next figure.
    lower: lower === null ? Number.NEGATIVE_INFINITY : lower - device - resolutionMs,
    upper: upper === null ? Number.POSITIVE_INFINITY : upper - device,
});

export const isTwoSided = ({ lower, upper }: Pick<ClockReading, 'lower' | 'upper'>): boolean => lower !== null && upper !== null;

/** The middle of what is possible; only of bounds that are finite. */
export const middle = ({ lower, upper }: OffsetBounds): Duration => lower + (upper - lower) / 2;

/** The true moment by which readings are put in order: at the latest then the clock stood so. */
export const referenceOf = ({ upper, learntAt }: Pick<ClockReading, 'upper' | 'learntAt'>): Instant => upper ?? learntAt;

/** Recorders of this kind did not exist before (GA/T 947 is of 2011): a clock that shows an earlier year had lost its setting. */
export const FIRST_RECORDERS: Instant = Date.UTC(2010, 0, 1);
