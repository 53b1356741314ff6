import { describe, expect, it } from 'vitest';
import { fitsSeries, nextReserved } from './reserved-numbers.ts';

const number = (place: number) => ({ blockId: 'b', place, text: `2026-000${place}` });
const block = {
    id: 'b',
    terminal: '平板 07',
    series: { numbering: 'serial' as const, category: '', year: 2026, nature: 'supervisionOpinion' },
    numbers: [number(1), number(2)],
};

describe('a number taken along', () => {
    it('is the first that no other unsent document has', () => {
        expect(nextReserved('supervisionOpinion', [block], [])).toEqual(number(1));
        expect(nextReserved('supervisionOpinion', [block], [number(1), null])).toEqual(number(2));
        expect(nextReserved('supervisionOpinion', [block], [number(1), number(2)])).toBeNull();
    });
    it('is of the register that the type is numbered in', () => {
        expect(nextReserved('sceneRecord', [block], [])).toBeNull();
        expect(fitsSeries('priorNotice', { numbering: 'docNumber', nature: '告' })).toBe(true);
        expect(fitsSeries('priorNotice', { numbering: 'docNumber', nature: '罚' })).toBe(false);
    });
});
