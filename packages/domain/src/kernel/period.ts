import { addDays, addMonths, type Day, dayOf, daysBetween, endOfDay } from './day.ts';
import type { Calendar } from './holiday-year.ts';
import { HOUR, type Instant } from './instant.ts';
import {
    addWorkingDays,
    type CalendarNote,
    calendarNotes,
    isWorkingDay,
    workingDayFrom,
    workingDaysBetween,
} from './working-days.ts';

/** Units of a term. `hour` runs through nights and holidays. */
export const PERIOD_UNITS = ['hour', 'calendarDay', 'workday', 'month', 'year'] as const;
export type PeriodUnit = (typeof PERIOD_UNITS)[number];

export type Period = { readonly length: number; readonly unit: PeriodUnit };

/**
 * A stretch that does not count: testing, appraisal, a hearing, public notice … (行政强制法 第25条: told to the party in
 * writing). Its first day is not excluded, its last is; without an end the term stands still.
 */
export type ExcludedPeriod = { readonly from: Instant; readonly until?: Instant };

export type PeriodRule = {
    readonly calendar: Calendar;
    readonly excluded?: readonly ExcludedPeriod[];
    /** Whether a last day that is a holiday moves to the next working day. Terms that hold a party's things do not move. */
    readonly rollsOn?: boolean;
};

/** Where a term ends. `due` is the first instant outside it; `lastDay` the last day inside. */
export type PeriodEnd =
    | {
          readonly state: 'running';
          readonly due: Instant;
          readonly lastDay: Day;
          readonly notes: readonly CalendarNote[];
      }
    | { readonly state: 'suspended'; readonly since: Instant };

/**
 * The end of a term that began at `from`. The day (or for hours the moment) of its beginning is not counted
 * (民事诉讼法 第85条, 民法典 第201条).
 */
export function endOfPeriod(from: Instant, period: Period, rule: PeriodRule): PeriodEnd {
    const excluded = rule.excluded ?? [];
    const open = excluded.find((each) => each.until === undefined);
    if (open !== undefined && !isOver(from, period, rule, open.from))
        return { state: 'suspended', since: Math.max(open.from, from) };
    if (period.unit === 'hour') {
        const due = hoursEnd(from, period.length, excluded);
        return { state: 'running', due, lastDay: dayOf(due), notes: [] };
    }
    const start = dayOf(from);
    const counted = lastDayOf(start, period, rule);
    const lastDay = (rule.rollsOn ?? false) ? workingDayFrom(rule.calendar, counted) : counted;
    const byCalendar = period.unit === 'workday' || (rule.rollsOn ?? false);
    const notes = byCalendar
        ? calendarNotes(rule.calendar, period.unit === 'workday' ? addDays(start, 1) : counted, lastDay)
        : [];
    return { state: 'running', due: endOfDay(lastDay), lastDay, notes };
}

/** Whether the term had already ended when an exclusion without an end began: it does not come back to life. */
function isOver(from: Instant, period: Period, rule: PeriodRule, at: Instant): boolean {
    const closed = (rule.excluded ?? []).filter((each) => each.until !== undefined);
    const end = endOfPeriod(from, period, { ...rule, excluded: closed });
    return end.state === 'running' && end.due <= at;
}

function hoursEnd(from: Instant, length: number, excluded: readonly ExcludedPeriod[]): Instant {
    let due = from + length * HOUR;
    for (const hole of merged(excluded)) {
        const start = Math.max(hole.from, from);
        if (start >= due || hole.until <= start) continue;
        due += hole.until - start;
    }
    return due;
}

/** Walks the days, since an excluded stretch may begin inside the time that an earlier one added. */
function lastDayOf(start: Day, period: Period, { calendar, excluded = [] }: PeriodRule): Day {
    const holes = merged(excluded).map((hole) => ({ after: dayOf(hole.from), until: dayOf(hole.until) }));
    const isExcluded = (day: Day): boolean => holes.some((hole) => hole.after < day && day <= hole.until);
    if (period.unit === 'workday' && holes.length === 0) return addWorkingDays(calendar, start, period.length);
    const plain = plainEnd(start, period);
    let left = period.unit === 'workday' ? period.length : daysBetween(start, plain);
    let at = start;
    while (left > 0) {
        at = addDays(at, 1);
        if (!isExcluded(at) && (period.unit !== 'workday' || isWorkingDay(calendar, at))) left--;
    }
    return at;
}

function plainEnd(start: Day, { length, unit }: Period): Day {
    if (unit === 'month') return addMonths(start, length);
    if (unit === 'year') return addMonths(start, length * 12);
    return addDays(start, length);
}

type ClosedPeriod = { readonly from: Instant; readonly until: Instant };

/** In order and without overlap, so that a day excluded twice counts once. Those without an end are dealt with before. */
function merged(excluded: readonly ExcludedPeriod[]): ClosedPeriod[] {
    const sorted = excluded
        .flatMap((each) => (each.until === undefined ? [] : [{ from: each.from, until: each.until }]))
        .sort((a, b) => a.from - b.from);
    const joined: ClosedPeriod[] = [];
    for (const next of sorted) {
        const last = joined.at(-1);
        if (last === undefined || next.from > last.until) joined.push(next);
        else joined[joined.length - 1] = { from: last.from, until: Math.max(last.until, next.until) };
    }
    return joined;
}

/** How much is left at `now`, in the term's own unit for days, in milliseconds for hours; negative once it is over. */
export type PeriodLeft =
    | { readonly unit: 'hour'; readonly ms: number }
    | { readonly unit: 'calendarDay' | 'workday'; readonly days: number };

/** Days left count today's tomorrow onwards: on the last day 0 are left, the day after −1. */
export function leftOf(
    end: Extract<PeriodEnd, { state: 'running' }>,
    unit: PeriodUnit,
    now: Instant,
    calendar: Calendar,
): PeriodLeft {
    if (unit === 'hour') return { unit, ms: end.due - now };
    const today = dayOf(now);
    if (unit !== 'workday') return { unit: 'calendarDay', days: daysBetween(today, end.lastDay) };
    const days =
        today <= end.lastDay
            ? workingDaysBetween(calendar, today, end.lastDay)
            : -Math.max(1, workingDaysBetween(calendar, end.lastDay, today));
    return { unit, days };
}
