import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideFiling, playedRanges } from './filing.decide.ts';

const recording = { actId: null, state: 'sealed', personId: 'officer' } as const;
const act = { id: 'act', state: 'open', participants: ['officer', 'second'] } as const;

describe('filing a recording under an act', () => {
    it('takes the officer of the recorder unless somebody else is named', () => {
        expect(decideFiling(recording, act, undefined)).toEqual({ personId: 'officer' });
        expect(decideFiling(recording, act, 'second')).toEqual({ personId: 'second' });
        expect(decideFiling({ ...recording, personId: null }, act, undefined)).toEqual({ personId: null });
    });

    it.each([
        ['recording.quarantined', { ...recording, state: 'quarantined' as const }, act, undefined],
        ['recording.alreadyFiled', { ...recording, actId: 'other' }, act, undefined],
        ['act.cancelled', recording, { ...act, state: 'cancelled' as const }, undefined],
        ['recording.personNotInAct', recording, act, 'stranger'],
        ['recording.personNotInAct', { ...recording, personId: 'stranger' }, act, undefined],
    ])('refuses with %s', (code, of, into, named) => {
        expect(() => decideFiling(of, into, named)).toThrow(code);
    });
});

describe('played ranges', () => {
    it('are sorted, disjoint and inside the recording, and cover exactly what was reported', () => {
        const range = fc
            .tuple(fc.integer({ min: -50, max: 150 }), fc.integer({ min: -50, max: 150 }))
            .map(([a, b]) => ({ startMs: a, endMs: b }));
        fc.assert(
            fc.property(fc.array(range, { maxLength: 8 }), (reported) => {
                const played = playedRanges(reported, 100);
                const covered = (at: number, of: readonly { startMs: number; endMs: number }[]) =>
                    of.some((each) => each.startMs <= at && at < each.endMs);
                for (let at = 0; at < 100; at++) expect(covered(at, played)).toBe(covered(at, reported));
                for (let i = 1; i < played.length; i++) expect(played[i - 1]?.endMs).toBeLessThan(played[i]?.startMs ?? 0);
                expect(played.every((each) => each.startMs >= 0 && each.endMs <= 100)).toBe(true);
            }),
        );
    });
});
