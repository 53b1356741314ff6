import { describe, expect, it } from 'vitest';
import { sheetColumns } from './sheet-columns.ts';

describe('columns on paper', () => {
    it('are as wide as the longest word of their head, and share what is left as on screen', () => {
        expect(
            sheetColumns([
                { title: 'Unexplained gaps', width: '84px' },
                { title: '未说明缺口', width: 'minmax(110px, 1fr)' },
            ]),
        ).toBe('minmax(min(66.6pt, 72.55%), 84fr) minmax(min(25.2pt, 27.45%), 110fr)');
    });

    it('never ask for more than the sheet together', () => {
        const many = Array.from({ length: 30 }, (_, index) => ({ title: `Interruptions ${'x'.repeat(index)}`, width: '60px' }));
        const shares = [...sheetColumns(many).matchAll(/([\d.]+)%/g)].map(([, share]) => Number(share));
        expect(shares).toHaveLength(30);
        expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(100, 0);
    });
});
