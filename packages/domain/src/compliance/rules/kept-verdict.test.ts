import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptVerdict, readVerdict, type SaidVerdict } from './kept-verdict.ts';
import { MISSING_FACTS, RULE_IDS, VERDICTS } from './rule.ts';

const verdict = fc.constantFrom(...VERDICTS);
const modal = fc.constantFrom('must', 'should') as fc.Arbitrary<'must' | 'should'>;
const said: fc.Arbitrary<SaidVerdict> = fc.record({
    ...{ rule: fc.constantFrom(...RULE_IDS), version: fc.integer({ min: 1, max: 9 }), verdict, modal, counts: fc.boolean() },
    missing: fc.uniqueArray(fc.constantFrom(...MISSING_FACTS)),
    missingOf: fc.uniqueArray(fc.uuid()),
    params: fc.dictionary(fc.constantFrom('gaps', 'late', 'limitMs'), fc.integer()),
    byClause: fc.dictionary(fc.constantFrom('A1-5-1', 'A1-5-2', 'Z2.2.1-3'), fc.record({ verdict, modal })),
});
const plain = (of: unknown) => JSON.parse(JSON.stringify(of));

describe('a verdict as it is kept', () => {
    it('says all that was said, through JSON and back', () => {
        fc.assert(
            fc.property(said, (of) => {
                expect(plain(readVerdict(plain(keptVerdict(of))))).toEqual(plain(of));
            }),
        );
    });

    it('leaves out what is as it mostly is', () => {
        const of: SaidVerdict = {
            ...{ rule: 'recordedThroughout', version: 3, verdict: 'pass', modal: 'must', counts: true, missing: [] },
            ...{ missingOf: [], params: {} },
            byClause: { 'A1-17-1': { verdict: 'pass', modal: 'must' }, 'Z2.2.1-3': { verdict: 'pass', modal: 'should' } },
        };
        expect(keptVerdict(of)).toEqual({
            ...{ rule: 'recordedThroughout', version: 3, verdict: 'pass' },
            byClause: { 'A1-17-1': {}, 'Z2.2.1-3': { verdict: 'pass', modal: 'should' } },
        });
        expect(keptVerdict({ ...of, byClause: {} })).toEqual({ rule: 'recordedThroughout', version: 3, verdict: 'pass' });
    });

    it('that was kept whole is read as it stands', () => {
        fc.assert(
            fc.property(said, (of) => {
                expect(plain(readVerdict(of))).toEqual(plain(of));
            }),
        );
    });
});
