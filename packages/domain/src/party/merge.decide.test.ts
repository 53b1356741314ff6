import { describe, expect, it } from 'vitest';
import { decideMergeConfirmation, decideMergeEnd, decideMergePair, decideMergeUndo } from './merge.decide.ts';

const party = (id: string, state: 'active' | 'closed' | 'merged' = 'active') => ({
    id,
    name: `第${id}户`,
    state,
    survivor: null,
});

describe('a merger', () => {
    it('is of two parties, neither merged already', () => {
        expect(() => decideMergePair(party('1'), party('1'))).toThrow('party.mergeSelf');
        expect(() => decideMergePair(party('1', 'merged'), party('2'))).toThrow('party.merged');
        expect(() => decideMergePair(party('1'), party('2', 'merged'))).toThrow('party.merged');
        expect(() => decideMergePair(party('1', 'closed'), party('2'))).not.toThrow();
    });

    it('is confirmed by another person than proposed it, once', () => {
        const proposed = { state: 'proposed', proposedBy: 'a' } as const;
        expect(() => decideMergeConfirmation(proposed, 'a')).toThrow('party.mergeSamePerson');
        expect(() => decideMergeConfirmation(proposed, 'b')).not.toThrow();
        for (const state of ['confirmed', 'rejected', 'withdrawn', 'undone'] as const) {
            expect(() => decideMergeConfirmation({ ...proposed, state }, 'b')).toThrow('party.mergeNotOpen');
            expect(() => decideMergeEnd({ ...proposed, state }, 'b')).toThrow('party.mergeNotOpen');
        }
        expect([decideMergeEnd(proposed, 'a'), decideMergeEnd(proposed, 'b')]).toEqual(['withdrawn', 'rejected']);
    });

    it('is undone exactly or not at all', () => {
        const sequel = { survivorMergedInto: undefined, movedOn: 0, usedSince: 0 };
        expect(() => decideMergeUndo('proposed', sequel)).toThrow('party.mergeNotConfirmed');
        expect(() => decideMergeUndo('undone', sequel)).toThrow('party.mergeNotConfirmed');
        expect(() => decideMergeUndo('confirmed', { ...sequel, survivorMergedInto: '第3户' })).toThrow('party.mergeLater');
        expect(() => decideMergeUndo('confirmed', { ...sequel, movedOn: 1 })).toThrow('party.mergeMovedOn');
        expect(() => decideMergeUndo('confirmed', { ...sequel, usedSince: 2 })).toThrow('party.mergeUsedSince');
        expect(() => decideMergeUndo('confirmed', sequel)).not.toThrow();
    });
});
