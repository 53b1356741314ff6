import type { Duration, Instant } from '../kernel/instant.ts';
import { DAY, HOUR } from '../kernel/instant.ts';
import type { ClockEpoch, ClockParameters, ClockReading, OffsetBounds } from './clock.ts';
import { isTwoSided, middle, offsetOf, referenceOf } from './clock.ts';

/** Readings closer together say nothing about a rate: their own uncertainty is larger than what the clock gained. */
const RATE_FROM: Duration = 12 * HOUR;
/** A rate counts as measured from three readings over two days: two alone cannot tell a drift from a small jump. */
const MEASURED_FROM = { readings: 3, span: 2 * DAY } as const;

/**
 * Divides the readings of one clock into settings that a working clock explains. The model: within a setting the offset
 * grows at a steady rate of at most `worstDriftMs` a day, from which it strays by at most `wanderMs` a day. Readings that no
 * such clock could give stand on two sides of a jump, and no rate is made of them. All bounds are exact under that model:
 * nothing is averaged.
 */
export function clockEpochs(readings: readonly ClockReading[], parameters: ClockParameters): ClockEpoch[] {
    const sorted = [...readings].sort((a, b) => referenceOf(a) - referenceOf(b) || Number(a.afterSet) - Number(b.afterSet));
    const groups: { begins: ClockEpoch['begins']; readings: ClockReading[] }[] = [];
    for (const reading of sorted) {
        const last = groups.at(-1);
        if (last === undefined) groups.push({ begins: reading.afterSet ? 'set' : 'first', readings: [reading] });
        else if (reading.afterSet) groups.push({ begins: 'set', readings: [reading] });
        else if (explains(last.readings, reading, parameters)) last.readings.push(reading);
        else groups.push({ begins: 'jump', readings: [reading] });
    }
    return groups.map((group, at) => ({
        ...group,
        ...rateOf(group.readings, parameters),
        from: beginOf(groups[at - 1]?.readings, group),
        until: endOf(groups[at + 1]),
    }));
}

/** A setting that began by being set held from that reading on; one that began by a jump, from some time after the last. */
function beginOf(before: readonly ClockReading[] | undefined, group: Pick<ClockEpoch, 'begins' | 'readings'>): Instant | null {
    const [first] = group.readings;
    if (group.begins === 'set' && first !== undefined) return first.lower ?? first.upper;
    const last = before?.at(-1);
    return last === undefined ? null : (last.lower ?? last.upper);
}

function endOf(next: Pick<ClockEpoch, 'begins' | 'readings'> | undefined): Instant | null {
    const first = next?.readings[0];
    return first === undefined ? null : referenceOf(first);
}

/** Whether one clock, never set and never stopped, can have given the reading after those before it. */
function explains(before: readonly ClockReading[], reading: ClockReading, parameters: ClockParameters): boolean {
    const offset = offsetOf(reading);
    const expected = offsetAt({ readings: before, ...rateOf(before, parameters) }, reading.device, parameters);
    if (expected.lower > expected.upper) return false;
    if (offset.upper < expected.lower || offset.lower > expected.upper) return false;
    const rate = rateBetween([...before, reading], parameters);
    return rate.lower <= rate.upper;
}

/** The rate the readings leave possible, within what a working clock can do. */
function rateBetween(readings: readonly ClockReading[], { worstDriftMs, wanderMs }: ClockParameters): OffsetBounds {
    const usable = readings.filter(isTwoSided);
    let lower = -worstDriftMs;
    let upper = worstDriftMs;
    usable.forEach((later, at) => {
        for (const earlier of usable.slice(0, at)) {
            const days = (later.device - earlier.device) / DAY;
            if (days <= 0) continue;
            const [a, b] = [offsetOf(earlier), offsetOf(later)];
            lower = Math.max(lower, (b.lower - a.upper) / days - wanderMs);
            upper = Math.min(upper, (b.upper - a.lower) / days + wanderMs);
        }
    });
    return { lower, upper };
}

function rateOf(readings: readonly ClockReading[], parameters: ClockParameters): Pick<ClockEpoch, 'rate' | 'measured'> {
    const usable = readings.filter(isTwoSided);
    const span = (usable.at(-1)?.device ?? 0) - (usable[0]?.device ?? 0);
    const measured = usable.length >= MEASURED_FROM.readings && span >= MEASURED_FROM.span;
    if (measured) return { rate: rateBetween(usable, parameters), measured };
    return { rate: { lower: -parameters.worstDriftMs, upper: parameters.worstDriftMs }, measured };
}

/** What the offset can have been when the device showed `at`: every reading opens a cone, and all of them hold. */
export function offsetAt(
    { readings, rate }: Pick<ClockEpoch, 'readings' | 'rate'>,
    at: Instant,
    { wanderMs, worstDriftMs }: Pick<ClockParameters, 'wanderMs' | 'worstDriftMs'>,
): OffsetBounds {
    const slowest = Math.max(rate.lower - wanderMs, -worstDriftMs - wanderMs);
    const fastest = Math.min(rate.upper + wanderMs, worstDriftMs + wanderMs);
    let lower = Number.NEGATIVE_INFINITY;
    let upper = Number.POSITIVE_INFINITY;
    for (const reading of readings) {
        const known = offsetOf(reading);
        const days = (at - reading.device) / DAY;
        lower = Math.max(lower, known.lower + (days >= 0 ? slowest : fastest) * days);
        upper = Math.min(upper, known.upper + (days >= 0 ? fastest : slowest) * days);
    }
    return { lower, upper };
}

/**
 * The readings that tell when the device showed `at`: those whose cones bound the offset there, and the two between which the guess lies.
 * The first of several that say the same. Its rate rests on all readings of the setting.
 */
export function readingsBehind(
    epoch: Pick<ClockEpoch, 'readings' | 'rate'>,
    at: Instant,
    parameters: ClockParameters,
): ClockReading[] {
    const { readings, rate } = epoch;
    const cones = readings.map((reading) => ({ reading, ...offsetAt({ readings: [reading], rate }, at, parameters) }));
    const lowest = cones.reduce((best, cone) => (cone.lower > best.lower ? cone : best), cones[0] ?? NO_CONE);
    const highest = cones.reduce((best, cone) => (cone.upper < best.upper ? cone : best), cones[0] ?? NO_CONE);
    const guessed = readings.filter(isTwoSided).toSorted((a, b) => a.device - b.device);
    const around = [guessed.findLast(({ device }) => device <= at), guessed.find(({ device }) => device > at)];
    const behind = [lowest.reading, highest.reading, ...around].filter((each) => each !== undefined);
    return readings.filter((reading) => behind.includes(reading));
}

const NO_CONE = { reading: undefined, lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

/**
 * The best single guess inside the bounds: between two readings along the line through their middles, beyond them along the
 * middle of the rate; never outside what is possible. Only for finite bounds.
 */
export function likeliestOffset(
    { readings, rate, measured }: Pick<ClockEpoch, 'readings' | 'rate' | 'measured'>,
    at: Instant,
    bounds: OffsetBounds,
): Duration {
    const points = readings
        .filter(isTwoSided)
        .map((reading) => ({ at: reading.device, offset: middle(offsetOf(reading)) }))
        .sort((a, b) => a.at - b.at);
    const before = points.findLast((point) => point.at <= at);
    const after = points.find((point) => point.at > at);
    const slope = measured ? middle(rate) / DAY : 0;
    const guess =
        before !== undefined && after !== undefined
            ? before.offset + ((after.offset - before.offset) * (at - before.at)) / (after.at - before.at)
            : alone(before ?? after, at, slope, bounds);
    return Math.min(bounds.upper, Math.max(bounds.lower, guess));
}

const alone = (
    point: { at: Instant; offset: Duration } | undefined,
    at: Instant,
    slope: number,
    bounds: OffsetBounds,
): Duration => (point === undefined ? middle(bounds) : point.offset + (at - point.at) * slope);

/** What is known of a clock's rate from the two readings furthest apart, wander left in; `null` while they are too near. */
export function measuredRate(readings: readonly ClockReading[]): OffsetBounds | null {
    const usable = readings.filter(isTwoSided);
    const [first, last] = [usable[0], usable.at(-1)];
    if (first === undefined || last === undefined || last.device - first.device < RATE_FROM) return null;
    const days = (last.device - first.device) / DAY;
    const [a, b] = [offsetOf(first), offsetOf(last)];
    return { lower: (b.lower - a.upper) / days, upper: (b.upper - a.lower) / days };
}
