import type { BoundedInstant, BoundedInterval } from '../act/coverage-facts.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { type ClockEpoch, type ClockParameters, FIRST_RECORDERS } from './clock.ts';
import { likeliestOffset, offsetAt, readingsBehind } from './clock-fit.ts';

/** A stretch by the device's clock, and between which true moments it can only have lain. */
export type DeviceStretch = {
    readonly start: Instant;
    readonly end: Instant;
    /** It was not yet on the recorder then (an emptied card, a recorder not yet issued); `null`: unknown. */
    readonly notBefore: Instant | null;
    /** It was there then: copied, or received here. */
    readonly notAfter: Instant;
};

/**
 * Why device time could not be corrected. `noReading`: nobody ever compared the clock · `oneSided`: only bounded on one side ·
 * `noSetting`: no known setting of the clock fits the moments between which it was recorded · `twoSettings`: the clock jumped
 * between two readings, and the stretch fits before and after · `tooWide`: less certain than is of use.
 */
export const CLOCK_DOUBTS = ['noReading', 'oneSided', 'noSetting', 'twoSettings', 'tooWide'] as const;
export type ClockDoubt = (typeof CLOCK_DOUBTS)[number];

export type Correction =
    | {
          readonly state: 'fitted';
          readonly during: BoundedInterval;
          /** No later reading of the same setting confirms it: a jump since the last one would not be known. */
          readonly beyondLast: boolean;
          /** The readings that bound its two ends, by their ids, in the order of the setting. */
          readonly readings: readonly string[];
      }
    | { readonly state: 'unknown'; readonly doubt: ClockDoubt; readonly widthMs: Duration | null };

/** Puts a stretch of device time on the true axis with its uncertainty, or says why that cannot be done. */
export function correctStretch(stretch: DeviceStretch, epochs: readonly ClockEpoch[], parameters: ClockParameters): Correction {
    if (epochs.length === 0) return unknown('noReading');
    const possible = epochs.flatMap((epoch) => {
        const during = placed(stretch, epoch, parameters);
        return during !== undefined && canBe(during, stretch, epoch) ? [{ epoch, during }] : [];
    });
    const [only, second] = possible;
    if (only === undefined) return unknown('noSetting');
    if (second !== undefined) return unknown('twoSettings');
    const widthMs = Math.max(width(only.during.start), width(only.during.end));
    if (!Number.isFinite(widthMs)) return unknown('oneSided');
    if (widthMs > parameters.usableMs) return unknown('tooWide', Math.ceil(widthMs));
    const last = only.epoch.readings.at(-1)?.device ?? Number.NEGATIVE_INFINITY;
    const behind = new Set(
        [stretch.start, stretch.end].flatMap((at) => readingsBehind(only.epoch, at, parameters).map((each) => each.id)),
    );
    const readings = only.epoch.readings.flatMap(({ id }) => (behind.has(id) ? [id] : []));
    return { state: 'fitted', during: rounded(only.during), beyondLast: stretch.end > last, readings };
}

const unknown = (doubt: ClockDoubt, widthMs: Duration | null = null): Correction => ({ state: 'unknown', doubt, widthMs });

const width = ({ lower, upper }: BoundedInstant): Duration => upper - lower;

function placed({ start, end }: DeviceStretch, epoch: ClockEpoch, parameters: ClockParameters): BoundedInterval | undefined {
    const [from, to] = [moment(start, epoch, parameters), moment(end, epoch, parameters)];
    if (from === undefined || to === undefined) return undefined;
    // Rounding and the bounds of two ends must not turn a stretch round.
    return { start: from, end: { ...to, at: Math.max(to.at, from.at + 1) } };
}

function moment(device: Instant, epoch: ClockEpoch, parameters: ClockParameters): BoundedInstant | undefined {
    const bounds = offsetAt(epoch, device, parameters);
    if (bounds.lower > bounds.upper) return undefined;
    const finite = Number.isFinite(bounds.lower) && Number.isFinite(bounds.upper);
    const offset = finite ? likeliestOffset(epoch, device, bounds) : 0;
    return { at: device + offset, lower: device + bounds.lower, upper: device + bounds.upper };
}

/** Recorded while this setting held, after the recorder was empty and before the file was copied. */
function canBe({ start, end }: BoundedInterval, { notBefore, notAfter }: DeviceStretch, { from, until }: ClockEpoch): boolean {
    const earliest = Math.max(from ?? FIRST_RECORDERS, notBefore ?? FIRST_RECORDERS);
    const latest = Math.min(until ?? Number.POSITIVE_INFINITY, notAfter);
    return start.upper >= earliest && end.lower <= latest;
}

/** Bounds go outwards to whole milliseconds, the guess to the nearest. */
const rounded = ({ start, end }: BoundedInterval): BoundedInterval => ({ start: whole(start), end: whole(end) });

const whole = ({ at, lower, upper }: BoundedInstant): BoundedInstant => ({
    at: Math.round(at),
    lower: Math.floor(lower),
    upper: Math.ceil(upper),
});
