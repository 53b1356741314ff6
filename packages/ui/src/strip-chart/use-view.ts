import type { Instant, Interval, TimeScale } from '@liuhen/domain';
import { clampView, length, panView, revealInView, timeScale, zoomView } from '@liuhen/domain';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';

/** Narrower than this the whole act is not squeezed into the width: it scrolls sideways instead. */
const LEAST_WHOLE_PX = 720;
/** Browsers stop at about 17 million pixels; beyond this the scroll bar stands for proportions only. */
const MOST_SCROLL_PX = 8_000_000;

/** Layout effects do not exist where nothing is laid out. */
const useBrowserLayoutEffect = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/** Width of an element in pixels, followed; `initial` until it is known. */
export function useWidth(ref: RefObject<HTMLElement | null>, initial: number): number {
    const [width, setWidth] = useState(initial);
    useBrowserLayoutEffect(() => {
        const element = ref.current;
        if (element === null) return;
        const measure = () => setWidth(element.clientWidth || initial);
        measure();
        const observer = new ResizeObserver(measure);
        observer.observe(element);
        return () => observer.disconnect();
    }, [ref, initial]);
    return width;
}

export type ViewControl = {
    readonly scale: TimeScale;
    readonly isFit: boolean;
    readonly contentPx: number;
    readonly zoom: (factor: number, pivot: Instant) => void;
    /** Zooms around a place on screen, `part` of the width from the left. */
    readonly zoomAt: (factor: number, part: number) => void;
    readonly pan: (from: Interval, byMs: number) => void;
    readonly reveal: (at: Instant) => void;
    readonly fit: () => void;
    readonly onScroll: () => void;
};

const fitView = (axis: Interval, plotPx: number): Interval => {
    const whole = Math.max(LEAST_WHOLE_PX, plotPx);
    return clampView({ start: axis.start, end: axis.start + (length(axis) * plotPx) / whole }, axis);
};

/** Which part of the axis is shown: zoomed and panned by keys, wheel and pointer, scrolled by the browser itself. */
export function useView(axis: Interval, plotPx: number, scroller: RefObject<HTMLElement | null>): ViewControl {
    const [wanted, setWanted] = useState<Interval | null>(null);
    const view = useMemo(() => (wanted === null ? fitView(axis, plotPx) : clampView(wanted, axis)), [wanted, axis, plotPx]);
    const scale = useMemo(() => timeScale(view, plotPx), [view, plotPx]);

    const hidden = length(axis) - length(view);
    const contentPx = Math.max(plotPx, Math.min(MOST_SCROLL_PX, (plotPx * length(axis)) / length(view)));
    const scrollLeft = hidden <= 0 ? 0 : ((view.start - axis.start) / hidden) * (contentPx - plotPx);

    // The browser rounds what it is told; its answer is not taken for the user's hand.
    useBrowserLayoutEffect(() => {
        const element = scroller.current;
        if (element !== null && Math.abs(element.scrollLeft - scrollLeft) > 1) element.scrollLeft = scrollLeft;
    }, [scroller, scrollLeft]);

    const change = useCallback(
        (next: (from: Interval) => Interval) => setWanted((now) => next(now ?? fitView(axis, plotPx))),
        [axis, plotPx],
    );
    const onScroll = () => {
        const element = scroller.current;
        if (element === null || contentPx <= plotPx || Math.abs(element.scrollLeft - scrollLeft) <= 1.5) return;
        const start = axis.start + (element.scrollLeft / (contentPx - plotPx)) * hidden;
        setWanted(clampView({ start, end: start + length(view) }, axis));
    };
    return {
        scale,
        isFit: wanted === null,
        contentPx,
        zoom: useCallback((factor, pivot) => change((from) => zoomView(from, pivot, factor, axis)), [axis, change]),
        // The pivot is taken from the view that is zoomed: several wheel turns may come before one drawing.
        zoomAt: useCallback(
            (factor, part) => change((from) => zoomView(from, from.start + part * length(from), factor, axis)),
            [axis, change],
        ),
        pan: useCallback((from, byMs) => setWanted(panView(from, byMs, axis)), [axis]),
        reveal: useCallback((at) => change((from) => revealInView(from, at, axis)), [axis, change]),
        fit: useCallback(() => setWanted(null), []),
        onScroll,
    };
}

/** The wheel zooms around the pointer; a sideways wheel and a wheel that can zoom no further are left to the page. */
export function useWheelZoom(
    target: RefObject<Element | null>,
    scale: TimeScale,
    axis: Interval,
    zoomAt: ViewControl['zoomAt'],
): void {
    const latest = useRef({ scale, axis, zoomAt });
    useEffect(() => {
        latest.current = { scale, axis, zoomAt };
    });
    useEffect(() => {
        const element = target.current;
        if (element === null) return;
        const onWheel = (event: Event) => {
            if (!(event instanceof WheelEvent) || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
            const now = latest.current;
            const part = (event.clientX - element.getBoundingClientRect().left) / now.scale.widthPx;
            const factor = Math.exp(Math.max(-80, Math.min(80, event.deltaY)) * 0.004);
            const next = zoomView(now.scale.view, now.scale.view.start, factor, now.axis);
            if (Math.abs(length(next) - length(now.scale.view)) < 1) return;
            event.preventDefault();
            now.zoomAt(factor, part);
        };
        element.addEventListener('wheel', onWheel, { passive: false });
        return () => element.removeEventListener('wheel', onWheel);
    }, [target]);
}

const subscribePrint = (onChange: () => void) => {
    const query = window.matchMedia('print');
    query.addEventListener('change', onChange);
    return () => query.removeEventListener('change', onChange);
};

/** Whether the page is being printed right now; synchronous, so that paper never shows half a drawing. */
export const usePrinting = (): boolean =>
    useSyncExternalStore(
        subscribePrint,
        () => window.matchMedia('print').matches,
        () => false,
    );
