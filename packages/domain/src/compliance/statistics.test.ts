import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../kernel/instant.ts';
import {
    addFigures,
    type ComplianceFigures,
    countOf,
    endOfMonth,
    findingAges,
    isMonth,
    isRunning,
    monthNumber,
    monthNumbered,
    monthsBetween,
    NO_FIGURES,
    ratesOf,
    STATISTIC_MEASURES,
    STATISTIC_ORDERS,
    startOfMonth,
    weightOf,
} from './statistics.ts';

const figures = (of: Partial<ComplianceFigures>): ComplianceFigures => ({ ...NO_FIGURES, ...of });

describe('rates', () => {
    it('divide by what had to be recorded and was not exempt', () => {
        const of = figures({ acts: 8, complete: 5, requiredMs: 10 * HOUR, exemptMs: 2 * HOUR, coveredMs: 6 * HOUR });
        expect(ratesOf(of)).toMatchObject({ completePermille: 625, coveragePermille: 750 });
    });

    it('are cut, never rounded up: what is not all is never 100 %', () => {
        const of = figures({ acts: 10_000, complete: 9_999, requiredMs: 1_000 * HOUR, coveredMs: 1_000 * HOUR - 1 });
        expect(ratesOf(of)).toMatchObject({ completePermille: 999, coveragePermille: 999 });
    });

    it('are exact where a double no longer is', () => {
        const requiredMs = 72_000_000_000_001;
        expect(ratesOf(figures({ requiredMs, coveredMs: requiredMs - 1 })).coveragePermille).toBe(999);
        expect(ratesOf(figures({ requiredMs, coveredMs: requiredMs })).coveragePermille).toBe(1_000);
    });

    it('count interruptions in 100 h that had to be recorded, to the nearest tenth', () => {
        expect(ratesOf(figures({ interruptions: 3, requiredMs: 200 * HOUR })).interruptionTenths).toBe(15);
        expect(ratesOf(figures({ interruptions: 1, requiredMs: 3 * HOUR })).interruptionTenths).toBe(333);
        expect(ratesOf(figures({ interruptions: 2, requiredMs: 3 * HOUR })).interruptionTenths).toBe(667);
        expect(ratesOf(figures({ late: 1, acts: 8 })).lateTenths).toBe(125);
    });

    it('put everything else to 100 acts; faults only where they are counted', () => {
        const of = figures({ acts: 40, openGaps: 3, openWeek: 1, openMonth: 2, openOlder: 4, documentErrors: 5 });
        expect(ratesOf(of)).toMatchObject({
            openGapTenths: 75,
            openFindingTenths: 175,
            documentErrorTenths: 125,
            faultTenths: null,
        });
        expect(ratesOf(figures({ acts: 40, faults: 0 })).faultTenths).toBe(0);
        expect(STATISTIC_MEASURES.map((each) => countOf(each, { ...of, complete: 9, faults: 2 }))).toEqual([
            ...[9, null, 0, 0, 3, 7, 2, 5],
        ]);
    });

    it('say nothing where there is nothing to divide by', () => {
        expect(Object.values(ratesOf(NO_FIGURES))).toEqual(Array(8).fill(null));
        expect(ratesOf(figures({ requiredMs: HOUR, exemptMs: HOUR })).coveragePermille).toBeNull();
    });
});

it('figures of groups add up, and faults that nobody knows stay unknown', () => {
    const one = figures({ acts: 2, complete: 1, review: 1, openOlder: 4 });
    expect(addFigures(one, figures({ acts: 3, failed: 3, faults: 2 }))).toEqual(
        figures({ acts: 5, complete: 1, failed: 3, review: 1, openOlder: 4, faults: 2 }),
    );
    expect(addFigures(one, one).faults).toBeNull();
    expect(addFigures(figures({ faults: 1 }), figures({ faults: 2 })).faults).toBe(3);
    const each = Object.fromEntries(Object.keys(NO_FIGURES).map((key, at) => [key, at + 1])) as ComplianceFigures;
    expect(Object.entries(addFigures(each, each)).every(([key, sum]) => sum === 2 * Number(each[key as 'acts']))).toBe(true);
});

it('ages go by days of the calendar in Shanghai, whatever the hour', () => {
    const morning = Date.UTC(2026, 10, 17, 16, 1);
    const night = morning + DAY - 2 * MINUTE;
    expect(findingAges(morning)).toEqual(findingAges(night));
    expect(findingAges(morning).weekFrom).toBe(Date.UTC(2026, 10, 10, 16));
    expect(findingAges(morning).monthFrom).toBe(Date.UTC(2026, 9, 18, 16));
});

it('months are counted over the year, and begin at midnight in Shanghai', () => {
    expect([isMonth('2026-12'), isMonth('2026-13'), isMonth('2026-1'), isMonth('0000-01')]).toEqual([true, false, false, false]);
    expect(monthNumbered(monthNumber('2026-12') + 1)).toBe('2027-01');
    expect(monthNumbered(monthNumber('2026-01') - 1)).toBe('2025-12');
    expect(startOfMonth('2026-11')).toBe(Date.UTC(2026, 9, 31, 16));
    expect(endOfMonth('2026-12')).toBe(Date.UTC(2026, 11, 31, 16));
});

it('a month that has not ended may still change', () => {
    const last = endOfMonth('2026-11') - 1;
    expect([isRunning('2026-11', last), isRunning('2026-11', last + 1), isRunning('2026-12', last)]).toEqual([true, false, true]);
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(monthsBetween('2026-02', '2026-01')).toEqual([]);
});

it('an order puts first what somebody should look at', () => {
    const bad = figures({
        acts: 4,
        complete: 1,
        requiredMs: 10,
        coveredMs: 5,
        interruptions: 9,
        late: 3,
        openGaps: 2,
        openOlder: 1,
    });
    const good = figures({ acts: 3, complete: 3, requiredMs: 10, coveredMs: 10 });
    for (const order of STATISTIC_ORDERS) {
        if (order !== 'name') expect(weightOf(order, bad) ?? 0).toBeGreaterThan(weightOf(order, good) ?? 0);
    }
    expect(weightOf('coverage', NO_FIGURES)).toBeNull();
});
