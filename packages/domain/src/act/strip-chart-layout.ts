import { SHANGHAI_OFFSET } from '../kernel/format.ts';
import type { Duration, Instant } from '../kernel/instant.ts';
import { HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { length } from '../kernel/interval.ts';

/** Steps between labelled ticks: such as people count in, from 1 s to 1 day. */
export const TICK_STEPS: readonly Duration[] = [
    ...[1, 2, 5, 10, 15, 30].map((count) => count * SECOND),
    ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
    ...[1, 2, 3, 6, 12, 24].map((count) => count * HOUR),
];

/** The shortest stretch of time that can fill the view. */
export const SHORTEST_VIEW: Duration = 5 * SECOND;

/** Linear map between time and pixels. Positions are never rounded: one second has its true width at every zoom. */
export type TimeScale = {
    readonly view: Interval;
    readonly widthPx: number;
    readonly msPerPx: number;
    readonly x: (at: Instant) => number;
    /** Nearest whole millisecond. */
    readonly at: (x: number) => Instant;
};

export function timeScale(view: Interval, widthPx: number): TimeScale {
    const msPerPx = length(view) / widthPx;
    return {
        view,
        widthPx,
        msPerPx,
        x: (at) => (at - view.start) / msPerPx,
        at: (x) => Math.round(view.start + x * msPerPx),
    };
}

/** The smallest sensible step whose labels stand at least `leastPx` apart. */
export const tickStep = (msPerPx: number, leastPx = 84): Duration =>
    TICK_STEPS.find((step) => step / msPerPx >= leastPx) ?? 24 * HOUR * Math.ceil((leastPx * msPerPx) / (24 * HOUR));

/** Instants at which labels stand: multiples of `step` of the clock on the wall in Shanghai, inside `view`. */
export function ticksIn(view: Interval, step: Duration): Instant[] {
    const first = Math.ceil((view.start + SHANGHAI_OFFSET) / step) * step - SHANGHAI_OFFSET;
    const ticks: Instant[] = [];
    for (let at = first; at <= view.end; at += step) ticks.push(at);
    return ticks;
}

/** `wanted`, moved and shortened until it lies inside `axis` and is no shorter than the shortest view. */
export function clampView(wanted: Interval, axis: Interval): Interval {
    const whole = length(axis);
    const span = Math.min(whole, Math.max(Math.min(SHORTEST_VIEW, whole), length(wanted)));
    const start = Math.min(Math.max(wanted.start, axis.start), axis.end - span);
    return { start, end: start + span };
}

/** Zooms by `factor` (> 1 shows more) and keeps `pivot` at its place on screen. */
export function zoomView(view: Interval, pivot: Instant, factor: number, axis: Interval): Interval {
    const span = Math.min(length(axis), Math.max(Math.min(SHORTEST_VIEW, length(axis)), length(view) * factor));
    const start = pivot - ((pivot - view.start) / length(view)) * span;
    return clampView({ start, end: start + span }, axis);
}

export const panView = (view: Interval, by: Duration, axis: Interval): Interval =>
    clampView({ start: view.start + by, end: view.end + by }, axis);

/** Moves the view just as far as is needed to show `at`. */
export function revealInView(view: Interval, at: Instant, axis: Interval): Interval {
    const margin = length(view) * 0.06;
    if (at < view.start + margin) return panView(view, at - margin - view.start, axis);
    if (at > view.end - margin) return panView(view, at + margin - view.end, axis);
    return view;
}

/** Of spans sorted by start and disjoint, those that meet `view`: found by halving, for rows of many. */
export function visibleOf<T>(sorted: readonly T[], view: Interval, span: (of: T) => Interval): readonly T[] {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        const item = sorted[middle];
        if (item !== undefined && span(item).end < view.start) low = middle + 1;
        else high = middle;
    }
    let to = low;
    for (let item = sorted[to]; item !== undefined && span(item).start <= view.end; item = sorted[to]) to += 1;
    return sorted.slice(low, to);
}

/** Where to write a label and how long it may be. */
export type LabelSlot<T> = { readonly item: T; readonly x: number; readonly text: string };

/**
 * Writes labels along a line from left to right without overlap. Each wants its `x` and offers texts from long to short;
 * the longest that fits before the next wish is taken, and one that fits nowhere is left out (its words remain in the
 * tooltip, the spoken description and the table).
 */
export function placeLabels<T>(
    wishes: readonly {
        readonly item: T;
        readonly x: number;
        readonly texts: readonly string[];
        readonly align: 'start' | 'middle';
    }[],
    widthOf: (text: string) => number,
    { from, to, apart }: { readonly from: number; readonly to: number; readonly apart: number },
): LabelSlot<T>[] {
    const slots: LabelSlot<T>[] = [];
    let free = from;
    for (const [index, { item, x, texts, align }] of wishes.entries()) {
        const before = align === 'start' ? (wishes[index - 1]?.x ?? from) : from;
        const neighbour = (wishes[index + 1]?.x ?? Number.POSITIVE_INFINITY) - apart;
        const fit = (text: string): number | undefined => {
            const width = widthOf(text);
            const wanted = align === 'middle' ? x - width / 2 : x;
            // A neighbour pushes a centred label aside; one that starts at its thing takes shorter words instead.
            const limit = Math.min(to, neighbour);
            const left = Math.max(free, Math.min(wanted, (align === 'middle' ? limit : to) - width));
            const near = Math.abs(left - wanted) <= (align === 'middle' ? width / 2 : left > wanted ? 12 : width);
            return near && left >= before && left + width <= limit ? left : undefined;
        };
        const text = texts.find((each) => fit(each) !== undefined);
        const left = text === undefined ? undefined : fit(text);
        if (text === undefined || left === undefined) continue;
        slots.push({ item, x: left, text });
        free = left + widthOf(text) + apart;
    }
    return slots;
}
