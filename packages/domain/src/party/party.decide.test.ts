import { describe, expect, it } from 'vitest';
import { decideChange, decideChangeable, decideClosing, decideCreditCode, decidePosition } from './party.decide.ts';

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

describe('a name or legal representative over time', () => {
    const present = { value: '阳光口腔', since: '2024-05-01' };
    const refused = (change: { value: string; from: string }, code: string, params = {}) =>
        expect(() => decideChange(change, present, '2026-11-18')).toThrow(expect.objectContaining({ code, params }));

    it('changes to something else, on a day that has come, not before the last change', () => {
        refused({ value: '阳光口腔', from: '2026-01-01' }, 'party.changeSame');
        refused({ value: '晨光口腔', from: '2026-11-19' }, 'party.changeInFuture');
        refused({ value: '晨光口腔', from: '2024-04-30' }, 'party.changeBeforeLast', { day: '2024-05-01' });
        expect(() => decideChange({ value: '晨光口腔', from: '2024-05-01' }, present, '2026-11-18')).not.toThrow();
        expect(() =>
            decideChange({ value: '曾小贤', from: '1999-01-01' }, { value: null, since: undefined }, '2026-11-18'),
        ).not.toThrow();
    });
});

it('a merged party is not changed', () => {
    const party = { name: '阳光口腔', survivor: '晨光口腔' };
    expect(() => decideChangeable({ ...party, state: 'merged' })).toThrow(
        expect.objectContaining({ code: 'party.merged', params: { name: '阳光口腔', survivor: '晨光口腔' } }),
    );
    for (const state of ['active', 'closed'] as const)
        expect(() => decideChangeable({ ...party, state, survivor: null })).not.toThrow();
});

it('a place is closed once, and not in the future', () => {
    expect(() => decideClosing('2026-01-01', '2026-02-01', '2026-11-18')).toThrow('party.placeClosed');
    expect(() => decideClosing(null, '2026-11-19', '2026-11-18')).toThrow('party.changeInFuture');
    expect(() => decideClosing(null, '2026-11-18', '2026-11-18')).not.toThrow();
});

it('a change counts from today on, and from the day of the last one', () => {
    const change = (from: string, since: string) => () =>
        decideChange({ value: '新名', from }, { value: '旧名', since }, '2026-11-18');
    expect(change('2026-11-18', '2026-11-18')).not.toThrow();
    expect(change('2026-11-19', '2026-11-18')).toThrow('party.changeInFuture');
    expect(change('2026-11-17', '2026-11-18')).toThrow('party.changeBeforeLast');
});
