import { describe, expect, it } from 'vitest';
import { figuresOf } from './case-figures.ts';
import { at, given, type Move, NOTICED, noticed, served, walk } from './case-testing.ts';

const only = (of: ReturnType<typeof figuresOf>, code: string) => of.find((each) => each.code === code);

describe('the sum from which a hearing is offered', () => {
    it('is compared once the panel has met, and says that its figure is not verified', () => {
        expect(figuresOf(given('penalty'))).toEqual([]);
        expect(only(figuresOf(noticed()), 'hearingFine')).toMatchObject({
            key: 'penalty.hearingFineOrganisation',
            sum: 500_000,
            limit: 5_000_000,
            standing: 'verify',
            state: 'below',
            differs: false,
        });
    });

    it('is another for a person; reached without a hearing offered it asks for a look', () => {
        const person = { partyIsPerson: true };
        expect(only(figuresOf(noticed({}, person)), 'hearingFine')).toMatchObject({ state: 'reached', differs: true });
        expect(only(figuresOf(noticed({ hearingDue: true }, person)), 'hearingFine')).toMatchObject({ differs: false });
    });
});

describe('what may be added to a fine that is late', () => {
    const decided: readonly Move[] = [
        ...NOTICED,
        ['decide', '2026-10-19 09:00', { fine: 500_000 }],
        ['serve', '2026-10-20 09:00'],
    ];
    const documents = served('priorNotice', '2026-10-13 09:00').map((each) =>
        each.type === 'penaltyDecision' ? { ...each, servedAt: at('2026-10-20 09:00') } : each,
    );
    const late = (now: string, more: readonly Move[] = []) =>
        only(
            figuresOf({
                ...walk(given('penalty', { documents, now: at('2027-03-31 12:00') }), [...decided, ...more]),
                now: at(now),
            }),
            'lateFine',
        );

    it('is nothing up to the last day of payment', () => {
        expect(late('2026-11-04 23:59')).toBeUndefined();
    });

    it('is the per cent of each day after it, and never more than the fine', () => {
        expect(late('2026-11-05 00:00')).toMatchObject({
            days: 1,
            limit: 3,
            sum: 15_000,
            standing: 'verified',
            state: 'counted',
        });
        expect(late('2026-11-14 12:00')).toMatchObject({ days: 10, sum: 150_000 });
        expect(late('2026-12-31 12:00')).toMatchObject({ sum: 500_000 });
    });

    it('grows no more once the fine is paid', () => {
        expect(late('2026-12-31 12:00', [['perform', '2026-11-09 10:00']])).toMatchObject({ days: 5, sum: 75_000 });
    });
});

it('on the spot a fine is compared with what is allowed there and in cash: up to the limit is not above it', () => {
    const fined = (fine: number) =>
        figuresOf(
            walk(given('simplePenalty'), [
                ['tell', '2026-09-02 09:00'],
                ['decide', '2026-09-02 09:10', { fine }],
            ]),
        );
    expect(only(fined(300_000), 'spotFine')).toMatchObject({ state: 'below', limit: 300_000, standing: 'verified' });
    expect(only(fined(10_000), 'spotCash')).toMatchObject({ state: 'below' });
    expect(only(fined(10_001), 'spotCash')).toMatchObject({ state: 'reached' });
    expect(only(figuresOf(given('simplePenalty')), 'spotFine')).toMatchObject({ state: 'open', sum: null });
});
