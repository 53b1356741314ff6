import type { Duration, Instant } from './instant.ts';

/** Half-open interval [start, end): `end` itself is outside. `start < end` always; empty intervals do not exist. */
export type Interval = { readonly start: Instant; readonly end: Instant };

/** Builds an interval, or `undefined` when it would be empty or reversed. */
export const interval = (start: Instant, end: Instant): Interval | undefined => (start < end ? { start, end } : undefined);

export const length = (of: Interval): Duration => of.end - of.start;

/** Sum of the lengths; the intervals must not overlap (see `union`). */
export const totalLength = (of: readonly Interval[]): Duration => of.reduce((sum, each) => sum + length(each), 0);

export const intersect = (a: Interval, b: Interval): Interval | undefined =>
    interval(Math.max(a.start, b.start), Math.min(a.end, b.end));

export const contains = (outer: Interval, at: Instant): boolean => outer.start <= at && at < outer.end;

/** Sorted, disjoint, non-touching cover of the same instants. Holes of at most `joinWithin` ms are closed. */
export function union(of: readonly Interval[], joinWithin: Duration = 0): Interval[] {
    const sorted = [...of].sort((a, b) => a.start - b.start);
    const joined: Interval[] = [];
    for (const next of sorted) {
        const last = joined.at(-1);
        if (last !== undefined && next.start <= last.end + joinWithin) {
            joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, next.end) };
        } else {
            joined.push(next);
        }
    }
    return joined;
}

/** The parts of `whole` that no interval of `minus` covers, in order. */
export function subtract(whole: Interval, minus: readonly Interval[]): Interval[] {
    const left: Interval[] = [];
    let from = whole.start;
    for (const hole of union(minus)) {
        const free = interval(from, Math.min(hole.start, whole.end));
        if (free !== undefined) left.push(free);
        from = Math.max(from, hole.end);
    }
    const tail = interval(from, whole.end);
    return tail === undefined ? left : [...left, tail];
}
