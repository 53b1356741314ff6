import type { Duration, Instant } from '../kernel/instant.ts';
import { DAY } from '../kernel/instant.ts';
import type { ClockEpoch, ClockParameters, OffsetBounds } from './clock.ts';
import { FIRST_RECORDERS, isTwoSided, offsetOf, referenceOf } from './clock.ts';
import { measuredRate } from './clock-fit.ts';

/** Nobody's adjustment and no drift moves a clock by this much: it had lost its setting. */
const RESET_FROM: Duration = 365 * DAY;
/** This many jumps within `UNSTEADY_WITHIN`, and the clock itself is at fault. */
const UNSTEADY_JUMPS = 3;
const UNSTEADY_WITHIN: Duration = 30 * DAY;

/** What is wrong with a clock, as codes with figures in ms and instants. Advisory as 附件2 is. */
export type ClockFinding =
    /** 附件2 ≤ 3 s a day: surely more, whatever the readings' uncertainty. Positive: the clock loses. */
    | {
          readonly code: 'clock.drift';
          readonly lowerMs: Duration;
          readonly upperMs: Duration;
          readonly from: Instant;
          readonly to: Instant;
      }
    /** Between two readings the clock moved as no working clock does. */
    | { readonly code: 'clock.jump'; readonly byMs: Duration; readonly from: Instant; readonly to: Instant }
    /** The same, to a time at which clocks restart, or by more than a year. */
    | { readonly code: 'clock.reset'; readonly shown: Instant; readonly from: Instant | null; readonly to: Instant }
    | { readonly code: 'clock.unsteady'; readonly jumps: number; readonly from: Instant; readonly to: Instant };

export const CLOCK_FINDING_CODES = [
    'clock.drift',
    'clock.jump',
    'clock.reset',
    'clock.unsteady',
] as const satisfies readonly ClockFinding['code'][];

/** Findings in order of time. */
export function clockFindings(epochs: readonly ClockEpoch[], parameters: ClockParameters): ClockFinding[] {
    const breaks = epochs.flatMap((epoch, at) => breakBefore(epoch, epochs[at - 1]) ?? []);
    return [...epochs.flatMap((epoch) => driftOf(epoch, parameters) ?? []), ...breaks, ...unsteady(breaks)].sort(
        (a, b) => a.to - b.to,
    );
}

function driftOf({ readings }: ClockEpoch, { allowedDriftMs }: ClockParameters): ClockFinding | undefined {
    const rate = measuredRate(readings);
    const [first, last] = [readings.find(isTwoSided), readings.findLast(isTwoSided)];
    if (rate === null || first === undefined || last === undefined) return undefined;
    if (rate.lower <= allowedDriftMs && rate.upper >= -allowedDriftMs) return undefined;
    const span = { from: referenceOf(first), to: referenceOf(last) };
    return { code: 'clock.drift', lowerMs: Math.round(rate.lower), upperMs: Math.round(rate.upper), ...span };
}

function breakBefore(epoch: ClockEpoch, before: ClockEpoch | undefined): ClockFinding | undefined {
    const [first] = epoch.readings;
    const last = before?.readings.at(-1);
    if (first === undefined || epoch.begins === 'set') return undefined;
    const to = referenceOf(first);
    const from = last === undefined ? null : referenceOf(last);
    if (first.device < FIRST_RECORDERS) return { code: 'clock.reset', shown: first.device, from, to };
    if (last === undefined || from === null) return undefined;
    const byMs = Math.round(movedBy(offsetOf(first), offsetOf(last)));
    if (Math.abs(byMs) >= RESET_FROM) return { code: 'clock.reset', shown: first.device, from, to };
    return { code: 'clock.jump', byMs, from, to };
}

/** By how much the clock moved forward: what the offset lost. From one-sided readings, at least this much. */
function movedBy(now: OffsetBounds, before: OffsetBounds): Duration {
    const ends = [before.lower - now.lower, before.upper - now.upper, before.lower - now.upper, before.upper - now.lower];
    const known = ends.filter(Number.isFinite);
    return known.length === 4 ? (ends[0] ?? 0) / 2 + (ends[1] ?? 0) / 2 : (known[0] ?? 0);
}

function unsteady(breaks: readonly ClockFinding[]): ClockFinding[] {
    const latest = breaks.at(-1);
    if (latest === undefined) return [];
    const near = breaks.filter((each) => each.to > latest.to - UNSTEADY_WITHIN);
    const [first] = near;
    if (first === undefined || near.length < UNSTEADY_JUMPS) return [];
    return [{ code: 'clock.unsteady', jumps: near.length, from: first.to, to: latest.to }];
}
