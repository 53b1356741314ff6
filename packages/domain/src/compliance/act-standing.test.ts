import { expect, it } from 'vitest';
import { type FoundOfAct, standingAmid } from './act-standing.ts';

const found = (given: Partial<FoundOfAct>): FoundOfAct => ({ verdict: 'pass', open: 0, waiting: 0, confirmed: 0, ...given });

it('is complete only where the record is and nothing found about the act is left', () => {
    expect(standingAmid('held', found({}))).toBe('held');
    expect(standingAmid('held', found({ verdict: null }))).toBe('held');
    expect(standingAmid('held', found({ verdict: 'notApplicable' }))).toBe('held');
    expect(standingAmid('held', found({ verdict: 'needsReview' }))).toBe('judge');
    expect(standingAmid('held', found({ verdict: 'needsReview', open: 1 }))).toBe('act');
    expect(standingAmid('held', found({ verdict: 'fail', waiting: 1 }))).toBe('judge');
    expect(standingAmid('held', found({ verdict: 'fail', open: 2, waiting: 1 }))).toBe('act');
});

it('is not met where a violation was confirmed, and where a rule fails that nothing makes good any more', () => {
    expect(standingAmid('held', found({ verdict: 'pass', confirmed: 1 }))).toBe('broken');
    expect(standingAmid('judge', found({ verdict: 'fail', open: 1, confirmed: 1 }))).toBe('broken');
    expect(standingAmid('held', found({ verdict: 'fail' }))).toBe('broken');
});

it('is never better than the record', () => {
    for (const record of ['held', 'judge', 'act', 'broken'] as const) {
        expect(standingAmid(record, found({}))).toBe(record);
        expect(standingAmid(record, found({ verdict: null, open: 1 }))).toBe(record === 'broken' ? 'broken' : 'act');
    }
    expect(standingAmid('act', found({ waiting: 1 }))).toBe('act');
    expect(standingAmid('broken', found({ verdict: 'needsReview', open: 1, waiting: 1 }))).toBe('broken');
});
