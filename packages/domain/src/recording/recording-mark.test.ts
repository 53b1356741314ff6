import { describe, expect, test } from 'vitest';
import { DomainError } from '../kernel/domain-error.ts';
import type { HeardState } from './heard.ts';
import { decideMark, decideMarkWithdrawal, type MarkedStretch, momentAt, speechOf } from './recording-mark.ts';

const codeOf = (what: () => void): string => {
    try {
        what();
    } catch (error) {
        return error instanceof DomainError ? error.code : 'other';
    }
    return 'none';
};
const exactly = (at: number) => ({ at, lower: at - 5, upper: at + 7 });
const stretches: MarkedStretch[] = [
    { mediaStartMs: 0, deviceStart: 1_000, deviceEnd: 1_400, corrected: { start: exactly(900), end: exactly(1_300) } },
    { mediaStartMs: 400, deviceStart: 5_000, deviceEnd: 5_100, corrected: null },
];

describe('the moment of a place in a file', () => {
    test('on both clocks, with the uncertainty of the clock', () => {
        expect(momentAt(150, stretches)).toEqual({ device: 1_150, corrected: { at: 1_050, lower: 1_045, upper: 1_057 } });
    });
    test('after a pause the second stretch counts; its end belongs to it; beyond nothing is known', () => {
        expect(momentAt(450, stretches)).toEqual({ device: 5_050, corrected: null });
        expect(momentAt(500, stretches).device).toBe(5_100);
        expect(momentAt(501, stretches)).toEqual({ device: null, corrected: null });
        expect(momentAt(0, [])).toEqual({ device: null, corrected: null });
    });
});

test('standing marks of opening and closing words are what somebody confirmed', () => {
    const corrected = exactly(5);
    const mark = (kind: 'opening' | 'scene', withdrawn: unknown = null) => ({ kind, corrected, withdrawn });
    expect(speechOf([mark('opening'), mark('scene'), mark('opening', {})], [])).toEqual([
        { kind: 'opening', state: 'confirmed', corrected },
    ]);
});

test('what a program heard is proposed until somebody has listened, and then it is their mark or nothing', () => {
    const heard = (state: HeardState) => ({ kind: 'closing', corrected: exactly(7), state }) as const;
    expect(speechOf([], [heard('waiting'), heard('confirmed'), heard('rejected')])).toEqual([
        { kind: 'closing', state: 'proposed', corrected: exactly(7) },
    ]);
});

describe('a mark', () => {
    const shown = { state: 'sealed', durationMs: 500 } as const;
    test.each([
        ['opening', 0, null, 'none'],
        ['note', 0, 'here', 'none'],
        ['note', 0, null, 'recording.markNeedsWords'],
        ['gapReason', 0, null, 'recording.markNeedsWords'],
        ['scene', 501, null, 'recording.markOutside'],
        ['scene', -1, null, 'recording.markOutside'],
    ] as const)('%s at %s with %s: %s', (kind, mediaMs, words, code) => {
        expect(codeOf(() => decideMark({ kind, mediaMs, words }, shown))).toBe(code);
    });
    test('is set in nothing that cannot be shown', () => {
        const mark = { kind: 'scene', mediaMs: 0, words: null } as const;
        expect(codeOf(() => decideMark(mark, { ...shown, state: 'damaged' }))).toBe('recording.damaged');
        expect(codeOf(() => decideMark(mark, { ...shown, state: 'quarantined' }))).toBe('recording.quarantined');
        expect(codeOf(() => decideMark(mark, { ...shown, durationMs: null }))).toBe('recording.markOutside');
    });
    test('is taken back once, by its author or a custodian', () => {
        const mark = { madeBy: 'a', withdrawnAt: null };
        expect(codeOf(() => decideMarkWithdrawal(mark, { personId: 'a', roles: ['officer'] }))).toBe('none');
        expect(codeOf(() => decideMarkWithdrawal(mark, { personId: 'b', roles: ['officer'] }))).toBe('access.denied');
        expect(codeOf(() => decideMarkWithdrawal(mark, { personId: 'b', roles: ['recordingManager'] }))).toBe('none');
        const gone = { ...mark, withdrawnAt: 1 };
        expect(codeOf(() => decideMarkWithdrawal(gone, { personId: 'a', roles: ['recordingManager'] }))).toBe(
            'recording.markWithdrawn',
        );
    });
});
