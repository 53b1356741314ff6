import { describe, expect, it } from 'vitest';
import { fenOf, yuanOf } from './money.ts';

describe('amounts as people type them', () => {
    it('are whole fen', () => {
        expect(fenOf('3,000')).toBe(300_000);
        expect(fenOf('１５００.５')).toBe(150_050);
        expect(fenOf('200 元')).toBe(20_000);
        expect(fenOf('0.07')).toBe(7);
        // 1.15 * 100 is not 115 in binary fractions.
        expect(fenOf('1.15')).toBe(115);
    });
    it('that are none are refused', () => {
        for (const typed of ['', '-5', '1.234', '一千', '1e3']) expect(fenOf(typed), typed).toBeUndefined();
    });
    it('come back as they were', () => {
        for (const fen of [0, 7, 115, 20_000, 150_050]) expect(fenOf(yuanOf(fen))).toBe(fen);
    });
});
