import { describe, expect, it } from 'vitest';
import { decideCreditCode, decidePosition } from './party.decide.ts';

describe('credit code of a party', () => {
    it('is asked of organisations and sole traders, not of natural persons', () => {
        expect(() => decideCreditCode('organisation', undefined)).toThrow('party.creditCodeMissing');
        expect(() => decideCreditCode('soleTrader', ' ')).toThrow('party.creditCodeMissing');
        expect(decideCreditCode('naturalPerson', undefined)).toBeNull();
    });

    it('is checked wherever it is given, and kept in its plain form', () => {
        expect(decideCreditCode('organisation', '91350100 m000100y43')).toBe('91350100M000100Y43');
        for (const kind of ['organisation', 'soleTrader', 'naturalPerson'] as const) {
            const refusal = expect(() => decideCreditCode(kind, '91350100M000100Y44'));
            refusal.toThrow(expect.objectContaining({ code: 'party.creditCodeWrong', params: { reason: 'checkCharacter' } }));
        }
    });
});

it('a position has both coordinates or none', () => {
    expect(() => decidePosition(1, undefined)).toThrow('party.positionIncomplete');
    expect(() => decidePosition(undefined, 0)).toThrow('party.positionIncomplete');
    expect(() => decidePosition(0, 0)).not.toThrow();
    expect(() => decidePosition(undefined, undefined)).not.toThrow();
});
