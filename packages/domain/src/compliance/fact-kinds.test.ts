import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '../ledger/event-kinds.ts';
import { changesFacts, FACT_KINDS } from './fact-kinds.ts';

describe('what entries change', () => {
    it('is said of every kind of entry and of nothing else', () => {
        expect(Object.keys(FACT_KINDS).toSorted()).toEqual(Object.keys(EVENT_KINDS).toSorted());
    });

    it.each(Object.entries(FACT_KINDS))('%s is followed in some way, or a reason says why it changes no fact', (_, of) => {
        if (changesFacts(of)) expect([of.acts, of.unit, of.recorders].some((each) => each !== undefined)).toBe(true);
        else expect(of.none.length).toBeGreaterThan(9);
    });

    it('reaches acts by whatever their facts stand in', () => {
        const reaching = (acts: string) =>
            Object.entries(FACT_KINDS).flatMap(([kind, of]) => (changesFacts(of) && of.acts === acts ? [kind] : []));
        expect(reaching('checked')).toEqual(['device.checked']);
        expect(reaching('carried')).toEqual(['device.updated']);
        expect(reaching('person')).toEqual(['person.updated', 'person.left']);
        expect(reaching('everything')).toEqual([
            'parameter.approved',
            'parameter.yearApproved',
            'parameter.changed',
            'parameter.yearEntered',
        ]);
    });
});
