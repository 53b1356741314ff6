import { describe, expect, it } from 'vitest';
import { startOfDay } from '../kernel/day.ts';
import { decideLicence } from './licence.decide.ts';
import { licenceStanding } from './licence.ts';

const DUE = 60;
const TODAY = { now: startOfDay('2026-11-18'), trusted: true };

const term = (validTo: string | null, validFrom: string | null = '2020-01-01') => ({
    state: 'valid' as const,
    validFrom,
    validTo,
});

describe('how a licence stands', () => {
    it.each([
        ['2026-11-17', 'expired', 0],
        ['2026-11-18', 'due', 1],
        ['2027-01-16', 'due', DUE],
        ['2027-01-17', 'ok', DUE + 1],
    ])('valid to %s it is %s with %i days left', (validTo, standing, daysLeft) => {
        expect(licenceStanding(term(validTo), TODAY, DUE)).toEqual({ standing, daysLeft });
    });

    it('without an end it holds for good, before its beginning not yet', () => {
        expect(licenceStanding(term(null), TODAY, DUE)).toEqual({ standing: 'longTerm', daysLeft: null });
        expect(licenceStanding(term('2030-01-01', '2026-11-19'), TODAY, DUE).standing).toBe('notYet');
        expect(licenceStanding(term('2030-01-01', '2026-11-18'), TODAY, DUE).standing).toBe('ok');
    });

    it('is not said to be over or to hold while the clock is doubted', () => {
        const doubted = { ...TODAY, trusted: false };
        for (const of of [term('2020-01-02'), term('2030-01-01'), term(null)])
            expect(licenceStanding(of, doubted, DUE)).toEqual({ standing: 'clockDoubted', daysLeft: null });
        expect(licenceStanding({ ...term('2020-01-02'), state: 'revoked' }, doubted, DUE).standing).toBe('ended');
    });

    it('what an authority ended or suspended is neither due nor expired', () => {
        expect(licenceStanding({ ...term('2020-01-02'), state: 'revoked' }, TODAY, DUE).standing).toBe('ended');
        expect(licenceStanding({ ...term('2026-11-20'), state: 'suspended' }, TODAY, DUE).standing).toBe('suspended');
    });
});

describe('a licence', () => {
    it('says what another speciality is, and only then', () => {
        expect(() => decideLicence({ speciality: 'other' })).toThrow('party.specialityOther');
        expect(() => decideLicence({ speciality: 'publicPlace', specialityOther: '游泳馆' })).toThrow('party.specialityOther');
        expect(() => decideLicence({ speciality: 'other', specialityOther: '托育机构' })).not.toThrow();
    });

    it('does not end before it begins', () => {
        const wrong = { speciality: 'publicPlace' as const, validFrom: '2026-01-02', validTo: '2026-01-01' };
        expect(() => decideLicence(wrong)).toThrow(
            expect.objectContaining({ code: 'party.licenceTermWrong', params: { from: '2026-01-02', to: '2026-01-01' } }),
        );
        expect(() => decideLicence({ ...wrong, validTo: '2026-01-02' })).not.toThrow();
    });
});
