import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTime } from '../kernel/format.ts';
import { HOUR, MINUTE, SECOND } from '../kernel/instant.ts';
import { NINE_31, seconds } from './coverage-testing.ts';
import {
    clampView,
    panView,
    placeLabels,
    revealInView,
    tickStep,
    ticksIn,
    timeScale,
    visibleOf,
    zoomView,
} from './strip-chart-layout.ts';

const axis = seconds(-60, 4620);

describe('scale', () => {
    test('one second has its true width at every zoom', () => {
        fc.assert(
            fc.property(fc.integer({ min: 5_000, max: 4_680_000 }), fc.integer({ min: 100, max: 4000 }), (lasts, width) => {
                const { x } = timeScale({ start: axis.start, end: axis.start + lasts }, width);
                const second = (width * SECOND) / lasts;
                expect(x(NINE_31 + SECOND) - x(NINE_31)).toBeCloseTo(second, 6);
                expect(x(axis.start)).toBe(0);
                expect(x(axis.start + lasts)).toBeCloseTo(width, 6);
            }),
        );
    });
    test('back from pixels', () => expect(timeScale(seconds(0, 100), 1000).at(10)).toBe(NINE_31 + SECOND));
});

describe('ticks', () => {
    test.each([
        [4680 / 1120, 10 * MINUTE],
        [5 / 1120, SECOND],
        [86400 / 1000, 3 * HOUR],
        [10 * 86400, 24 * HOUR * 840],
    ])('%f s a pixel', (secondsPerPx, step) => expect(tickStep(secondsPerPx * SECOND)).toBe(step));
    test('they stand on the wall clock of Shanghai', () => {
        expect(ticksIn(axis, 10 * MINUTE).map((at) => formatTime(at, 'minute'))).toEqual([
            '09:30',
            '09:40',
            '09:50',
            '10:00',
            '10:10',
            '10:20',
            '10:30',
            '10:40',
        ]);
        const days = { start: NINE_31, end: NINE_31 + 72 * HOUR };
        expect(ticksIn(days, 24 * HOUR).map((at) => formatTime(at, 'minute'))).toEqual(['00:00', '00:00', '00:00']);
    });
});

describe('view', () => {
    const view = seconds(100, 200);
    test('the pointer stays on its instant while zooming', () => {
        const pivot = seconds(130, 131).start;
        const closer = zoomView(view, pivot, 0.5, axis);
        expect(timeScale(closer, 1000).x(pivot)).toBeCloseTo(timeScale(view, 1000).x(pivot), 6);
        expect(closer.end - closer.start).toBe(50_000);
    });
    test('it never leaves the axis and never shrinks below five seconds', () => {
        fc.assert(
            fc.property(fc.integer({ min: -9e6, max: 9e6 }), fc.double({ min: 0.0001, max: 1e4, noNaN: true }), (by, factor) => {
                const next = zoomView(panView(view, by, axis), NINE_31 + by, factor, axis);
                expect(next.start).toBeGreaterThanOrEqual(axis.start);
                expect(next.end).toBeLessThanOrEqual(axis.end + 1e-3);
                expect(next.end - next.start).toBeGreaterThanOrEqual(5 * SECOND - 1e-3);
            }),
        );
        expect(clampView(seconds(-9e5, 9e5), axis)).toEqual(axis);
    });
    test('revealing moves no further than needed', () => {
        expect(revealInView(view, seconds(150, 151).start, axis)).toEqual(view);
        expect(revealInView(view, seconds(300, 301).start, axis)).toEqual(seconds(206, 306));
        expect(revealInView(view, seconds(50, 51).start, axis)).toEqual(seconds(44, 144));
    });
});

test('only what meets the view is drawn', () => {
    const all = Array.from({ length: 1000 }, (_, index) => seconds(index * 10, index * 10 + 5));
    const view = seconds(998, 1021);
    const expected = all.filter((each) => each.end >= view.start && each.start <= view.end);
    expect(visibleOf(all, view, (each) => each)).toEqual(expected);
    expect(visibleOf([], view, (each) => each)).toEqual([]);
});

describe('labels', () => {
    const widthOf = (text: string) => text.length * 10;
    const box = { from: 0, to: 300, apart: 5 };
    test('the longest that fits, none over another', () => {
        const wishes = [
            { item: 1, x: 0, texts: ['a very long one', 'short'], align: 'start' as const },
            { item: 2, x: 80, texts: ['a very long one', 'short'], align: 'start' as const },
            { item: 3, x: 90, texts: ['does not fit'], align: 'start' as const },
        ];
        expect(placeLabels(wishes, widthOf, box)).toEqual([
            { item: 1, x: 0, text: 'short' },
            { item: 3, x: 90, text: 'does not fit' },
        ]);
    });
    test('at the right edge it slides back', () => {
        expect(placeLabels([{ item: 1, x: 280, texts: ['12345'], align: 'start' }], widthOf, box)).toEqual([
            { item: 1, x: 250, text: '12345' },
        ]);
        expect(placeLabels([{ item: 1, x: 290, texts: ['1234'], align: 'middle' }], widthOf, box)).toEqual([
            { item: 1, x: 260, text: '1234' },
        ]);
    });
});
