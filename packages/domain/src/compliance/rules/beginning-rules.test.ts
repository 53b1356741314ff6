import { describe, expect, test } from 'vitest';
import { actSegment, NINE_31, officer, present, seconds } from '../../act/coverage-testing.ts';
import { HOUR } from '../../kernel/instant.ts';
import { facts, footage, verdictOf } from './act-rules-testing.ts';

const [start, end] = [NINE_31, NINE_31 + 76 * 60_000];

describe('begun on arrival (附件1 第8条)', () => {
    const late = [footage('a', -10, 4570), footage('b', 300, 4570)];
    test('what is missing at the beginning is found, with its length; under a minute it is none', () => {
        expect(verdictOf('recordedThroughout', facts({ recordings: late }))).toMatchObject({
            verdict: 'fail',
            findings: [
                { code: 'beginning.late', personId: 'b', from: start, to: start + 300_000, params: { lengthMs: 300_000 } },
            ],
        });
        expect(verdictOf('interruptionsExplained', facts({ recordings: late })).verdict).toBe('pass');
        const minute = [footage('a', -10, 4570), footage('b', 60, 4570)];
        expect(verdictOf('recordedThroughout', facts({ recordings: minute })).verdict).toBe('pass');
    });
    test('at each place anew, and while files may still come nobody is late', () => {
        const places = [actSegment('one', seconds(0, 1000)), actSegment('two', seconds(2000, 4560))];
        const of = {
            participants: ['a', 'b'].map((id) => officer(id, { own: [present(null, 'one'), present(null, 'two')] })),
            segments: places,
            recordings: [footage('a', -10, 4570), footage('b', -10, 1010), footage('b', 2100, 4570, 'second')],
        };
        expect(verdictOf('recordedThroughout', facts(of)).findings).toMatchObject([
            { code: 'beginning.late', personId: 'b', from: start + 2_000_000, to: start + 2_100_000 },
        ]);
        const pending = [officer('a'), officer('b', { intake: 'pending' })];
        expect(verdictOf('recordedThroughout', facts({ participants: pending, recordings: late }), end + HOUR).missing).toEqual([
            'notDue',
        ]);
    });
});
