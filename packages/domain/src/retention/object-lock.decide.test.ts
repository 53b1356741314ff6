import { describe, expect, it } from 'vitest';
import { decideLock, lockOfAll } from './object-lock.decide.ts';
import type { Retention } from './retention.ts';

const until = (due: number): Retention => ({
    class: 'ordinary',
    state: 'until',
    due,
    term: null,
    reason: null,
    caseNumber: null,
});
const open: Retention = { class: 'evidence', state: 'open', due: null, term: null, reason: 'caseOpen', caseNumber: 'A' };

describe('what a store is told to keep', () => {
    it('is the longest of all that have the same bytes, and held while one of them has no day', () => {
        expect(lockOfAll([until(30), until(50), until(40)])).toEqual({ until: 50, hold: false });
        expect(lockOfAll([until(30), open])).toEqual({ until: 30, hold: true });
        expect(lockOfAll([open])).toEqual({ until: null, hold: true });
        expect(lockOfAll([])).toEqual({ until: null, hold: false });
    });

    it('is told once, and a day only ever later', () => {
        const first = decideLock({ until: 50, hold: false }, undefined, 10);
        expect(first).toEqual({ tell: { until: 50 }, told: { until: 50, hold: false } });
        expect(decideLock({ until: 50, hold: false }, first?.told, 10)).toBeUndefined();
        expect(decideLock({ until: 40, hold: false }, first?.told, 10)).toBeUndefined();
        expect(decideLock({ until: 60, hold: false }, first?.told, 10)?.tell).toEqual({ until: 60 });
        expect(decideLock({ until: 60, hold: false }, first?.told, 60)).toBeUndefined();
        expect(decideLock({ until: null, hold: false }, undefined, 10)).toBeUndefined();
    });

    it('is held beside its day, and let go to that day and not before', () => {
        const held = decideLock({ until: null, hold: true }, { until: 50, hold: false }, 10);
        expect(held).toEqual({ tell: { hold: true }, told: { until: 50, hold: true } });
        expect(decideLock({ until: null, hold: true }, held?.told, 10)).toBeUndefined();
        expect(decideLock({ until: 90, hold: false }, held?.told, 10)).toEqual({
            tell: { until: 90, hold: false },
            told: { until: 90, hold: false },
        });
        expect(decideLock({ until: 50, hold: false }, held?.told, 10)?.tell).toEqual({ hold: false });
    });
});
