import { MOST_STROKES, STROKES } from '@liuhen/domain';
import { describe, expect, it } from 'vitest';
import { extended, isSignature, PAD_HEIGHT, PAD_WIDTH, pathOf, type Stroke } from './handwriting.ts';

describe('handwriting', () => {
    it('is a path that the contract takes, without fractions', () => {
        const path = pathOf([
            [[1.4, 2.6]],
            [],
            [
                [0, 0],
                [PAD_WIDTH, PAD_HEIGHT],
            ],
        ]);
        expect(path).toBe('M1 3L1 3M0 0L1000 480');
        expect(path).toMatch(STROKES);
    });
    it('keeps no point that is only trembling', () => {
        const stroke = extended(extended([], [10, 10]), [12, 11]);
        expect(stroke).toEqual([[10, 10]]);
        expect(extended(stroke, [20, 10])).toHaveLength(2);
    });
    it('a dot is not a signature', () => {
        expect(isSignature([[[5, 5]]])).toBe(false);
        expect(
            isSignature([
                [
                    [0, 0],
                    [200, 0],
                ],
            ]),
        ).toBe(true);
    });
    it('a long name written slowly still fits', () => {
        const stroke: Stroke = Array.from({ length: 3_500 }, (_, at) => [(at * 4) % PAD_WIDTH, (at * 7) % PAD_HEIGHT]);
        expect(pathOf([stroke]).length).toBeLessThan(MOST_STROKES);
    });
});
