import { expect, test } from 'vitest';
import { decideMedium, decideMediumCheck, decideMediumMove, decideMediumSource } from './medium.decide.ts';
import { type MediumResult, mediumStanding } from './medium.ts';

const kept = { withdrawnAt: null, writtenAt: 90_000, copies: 2 };
const check = { copy: 1, checkedAt: 90_000, result: 'equal' as MediumResult, done: null };

test('what is on a medium comes from one act or case with its recordings, or from one package', () => {
    expect(() => decideMediumSource({ caseId: 'c', recordingIds: ['r'] })).not.toThrow();
    expect(() => decideMediumSource({ retrievalId: 'd' })).not.toThrow();
    const unclear = [{}, { caseId: 'c' }, { recordingIds: ['r'] }, { actId: 'a', caseId: 'c', recordingIds: ['r'] }];
    for (const source of [...unclear, { retrievalId: 'd', recordingIds: ['r'] }, { actId: 'a', retrievalId: 'd' }])
        expect(() => decideMediumSource(source)).toThrow('medium.sourceUnclear');
});

test('a writing lies behind, and not before its package was there', () => {
    expect(() => decideMedium(60_000, 90_000, 100_000)).not.toThrow();
    expect(() => decideMedium(59_999, 90_000, 100_000)).toThrow('medium.writtenBefore');
    expect(() => decideMedium(0, undefined, 100_000)).not.toThrow();
    expect(() => decideMedium(100_001, undefined, 100_000)).toThrow('medium.writtenInFuture');
});

test('a check is of a copy that there is, after the writing, and damage says what was done', () => {
    expect(() => decideMediumCheck(kept, check, 100_000)).not.toThrow();
    expect(() => decideMediumCheck(kept, { ...check, checkedAt: 60_000 }, 100_000)).not.toThrow();
    expect(() => decideMediumCheck(kept, { ...check, checkedAt: 59_999 }, 100_000)).toThrow('medium.checkedBefore');
    expect(() => decideMediumCheck(kept, { ...check, checkedAt: 100_001 }, 100_000)).toThrow('medium.checkedInFuture');
    expect(() => decideMediumCheck(kept, { ...check, copy: 3 }, 100_000)).toThrow('medium.noSuchCopy');
    expect(() => decideMediumCheck(kept, { ...check, result: 'damaged' }, 100_000)).toThrow('medium.doneMissing');
    expect(() => decideMediumCheck(kept, { ...check, result: 'damaged', done: '重新刻录' }, 100_000)).not.toThrow();
    expect(() => decideMediumCheck({ ...kept, withdrawnAt: 95_000 }, check, 100_000)).toThrow('medium.ended');
});

test('a medium is not moved to where it lies, and not after it was taken back', () => {
    expect(() => decideMediumMove({ withdrawnAt: null, keptAt: '一柜' }, '二柜')).not.toThrow();
    expect(() => decideMediumMove({ withdrawnAt: null, keptAt: '一柜' }, '一柜')).toThrow('medium.keptThere');
    expect(() => decideMediumMove({ withdrawnAt: 1, keptAt: '一柜' }, '二柜')).toThrow('medium.ended');
});

test('a medium stands as the last check of each of its copies says', () => {
    const at = (copy: number, result: MediumResult, checkedAt: number) => ({ copy, result, checkedAt });
    expect(mediumStanding(2, [])).toBe('unread');
    expect(mediumStanding(2, [at(1, 'equal', 1)])).toBe('unread');
    expect(mediumStanding(2, [at(1, 'equal', 1), at(2, 'readable', 1)])).toBe('unread');
    expect(mediumStanding(2, [at(1, 'equal', 1), at(2, 'equal', 1)])).toBe('whole');
    // What was found readable later was read back before, and stays so.
    expect(mediumStanding(1, [at(1, 'readable', 2), at(1, 'equal', 1)])).toBe('whole');
    expect(mediumStanding(2, [at(1, 'equal', 1), at(2, 'equal', 1), at(2, 'damaged', 2)])).toBe('partly');
    expect(mediumStanding(1, [at(1, 'damaged', 2), at(1, 'equal', 1)])).toBe('damaged');
    // Mended: read back anew, or only seen to be readable.
    expect(mediumStanding(1, [at(1, 'damaged', 2), at(1, 'equal', 3)])).toBe('whole');
    expect(mediumStanding(1, [at(1, 'equal', 1), at(1, 'damaged', 2), at(1, 'readable', 3)])).toBe('unread');
    expect(mediumStanding(1, [at(1, 'equal', 2), at(1, 'damaged', 2)])).toBe('damaged');
});
