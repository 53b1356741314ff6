import { describe, expect, test } from 'vitest';
import { BOTH, facts, footage, judged } from './act-rules-testing.ts';

describe('shifting, covering, widening', () => {
    test('footage that is added never makes a fail of a pass', () => {
        const more = facts({ recordings: [...BOTH, footage('a', 100, 900, 'again')] });
        for (const { rule, verdict: v } of judged(more).verdicts) {
            if (judged(facts()).verdicts.find((each) => each.rule === rule)?.verdict === 'pass')
                expect([rule, v]).toEqual([rule, 'pass']);
        }
    });
    test('the order of people and files changes nothing', () => {
        const of = facts({ recordings: [footage('a', -10, 1000), footage('a', 1100, 4570), footage('b', -10, 4570)] });
        const turned = {
            ...of,
            statement: {
                ...of.statement,
                participants: of.statement.participants.toReversed(),
                recordings: of.statement.recordings.toReversed(),
            },
        };
        expect(judged(turned).verdicts).toEqual(judged(of).verdicts);
    });
});
