import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from './interval.ts';
import { contains, intersect, interval, length, subtract, totalLength, union } from './interval.ts';

const LAST = 30;
const instants = Array.from({ length: LAST + 1 }, (_, at) => at);
const some = fc
    .tuple(fc.nat(LAST - 1), fc.integer({ min: 1, max: LAST }))
    .map(([start, more]): Interval => ({ start, end: Math.min(LAST, start + more) }));
const several = fc.array(some, { maxLength: 6 });
/** The definition itself, instant by instant. */
const covered = (of: readonly Interval[]): number[] => instants.filter((at) => of.some((each) => contains(each, at)));

describe('interval', () => {
    it('is half-open and never empty or reversed', () => {
        expect([interval(1, 1), interval(2, 1)]).toEqual([undefined, undefined]);
        expect([contains({ start: 1, end: 3 }, 1), contains({ start: 1, end: 3 }, 3)]).toEqual([true, false]);
        expect([
            length({ start: 1, end: 3 }),
            totalLength([]),
            totalLength([
                { start: 1, end: 3 },
                { start: 5, end: 6 },
            ]),
        ]).toEqual([2, 0, 3]);
    });

    it('intersects what both cover', () => {
        fc.assert(
            fc.property(some, some, (a, b) => {
                const both = intersect(a, b);
                expect(covered(both === undefined ? [] : [both])).toEqual(
                    instants.filter((at) => contains(a, at) && contains(b, at)),
                );
            }),
        );
    });

    it('unites into sorted, disjoint, non-touching parts that cover the same', () => {
        fc.assert(
            fc.property(several, (of) => {
                const parts = union(of);
                expect(covered(parts)).toEqual(covered(of));
                for (const [at, part] of parts.entries()) expect(part.start).toBeGreaterThan(parts[at - 1]?.end ?? -1);
            }),
        );
    });

    it('closes holes up to the given length and no longer ones', () => {
        const of = [
            { start: 0, end: 10 },
            { start: 13, end: 20 },
            { start: 24, end: 30 },
        ];
        expect(union(of, 3)).toEqual([
            { start: 0, end: 20 },
            { start: 24, end: 30 },
        ]);
        expect(
            union([
                { start: 5, end: 9 },
                { start: 0, end: 20 },
            ]),
        ).toEqual([{ start: 0, end: 20 }]);
    });

    it('subtracts to what is left', () => {
        fc.assert(
            fc.property(some, several, (whole, minus) => {
                const left = subtract(whole, minus);
                expect(covered(left)).toEqual(
                    instants.filter((at) => contains(whole, at) && !minus.some((each) => contains(each, at))),
                );
                for (const [at, part] of left.entries()) expect(part.start).toBeGreaterThan(left[at - 1]?.end ?? -1);
            }),
        );
    });
});
