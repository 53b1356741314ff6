import { expect, it } from 'vitest';
import { clockSources } from './fact-sources.ts';

it('each set of clock readings stands once with its recordings; what was never kept is said to be unknown, what was not corrected is nothing', () => {
    const basis = { readings: ['a', 'b'], decisions: ['d'] };
    const of = (id: string, more: object = {}) => ({ id, corrected: true, basis, ...more });
    expect(
        clockSources(
            [
                of('1'),
                of('2', { basis: { ...basis, readings: ['a'] } }),
                of('3'),
                of('4', { basis: null }),
                of('5', { corrected: false }),
            ],
            (decision) => ({ decision, proposal: null, entry: 7 }),
        ),
    ).toEqual({
        clocks: [
            { readings: ['a', 'b'], decisions: [{ decision: 'd', proposal: null, entry: 7 }], recordings: ['1', '3'] },
            { readings: ['a'], decisions: [{ decision: 'd', proposal: null, entry: 7 }], recordings: ['2'] },
        ],
        clocksUnknown: ['4'],
    });
});
