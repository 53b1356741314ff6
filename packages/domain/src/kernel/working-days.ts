import { addDays, type Day, weekdayOf, yearOfDay } from './day.ts';
import type { Calendar } from './holiday-year.ts';

/** What a count could not be sure of: the year's calendar was never entered, or entered and not yet compared. */
export type CalendarNote = { readonly year: number; readonly state: 'missing' | 'verify' };

const isWeekend = (day: Day): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6;

/** Whether people work on that day. A year that was not entered knows weekends only; `calendarNotes` says so. */
export function isWorkingDay(calendar: Calendar, day: Day): boolean {
    const year = calendar.get(yearOfDay(day));
    if (year === undefined) return !isWeekend(day);
    if (year.work.includes(day)) return true;
    return !isWeekend(day) && !year.off.includes(day);
}

/**
 * Days of a year that are worked by one calendar and off by the other, in order: what becomes off, what becomes worked. A weekend day that
 * is listed as off changes nothing, whether it was listed before or not.
 */
export function changedDays(before: Calendar, after: Calendar, year: number): { readonly off: Day[]; readonly work: Day[] } {
    const [off, work]: [Day[], Day[]] = [[], []];
    for (let at: Day = `${year}-01-01`; yearOfDay(at) === year; at = addDays(at, 1)) {
        const works = isWorkingDay(after, at);
        if (works !== isWorkingDay(before, at)) (works ? work : off).push(at);
    }
    return { off, work };
}

/** What there is to say of the calendar between two days, both included. */
export function calendarNotes(calendar: Calendar, from: Day, to: Day): CalendarNote[] {
    const notes: CalendarNote[] = [];
    for (let year = yearOfDay(from); year <= yearOfDay(to); year++) {
        const standing = calendar.get(year)?.standing;
        if (standing !== 'verified') notes.push({ year, state: standing === undefined ? 'missing' : 'verify' });
    }
    return notes;
}

/** The day itself when it is a working day, else the next one (民事诉讼法 第85条: the last day on a holiday moves on). */
export function workingDayFrom(calendar: Calendar, day: Day): Day {
    let at = day;
    while (!isWorkingDay(calendar, at)) at = addDays(at, 1);
    return at;
}

/** The n-th working day after `day`, which is not counted itself. */
export function addWorkingDays(calendar: Calendar, day: Day, count: number): Day {
    let at = day;
    for (let left = count; left > 0; ) {
        at = addDays(at, 1);
        if (isWorkingDay(calendar, at)) left--;
    }
    return at;
}

/** Working days after `from` up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: Calendar, from: Day, to: Day): number {
    let count = 0;
    for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkingDay(calendar, at)) count++;
    return count;
}

/**
 * The last day on which notice can be given so that `count` whole working days lie between it and `event`: neither the
 * day of the notice nor that of the event counts (处罚法 64(2), 许可法 48(1): "七个工作日前").
 */
export function latestNotice(calendar: Calendar, event: Day, count: number): Day {
    let at = event;
    for (let left = count; left > 0; ) {
        at = addDays(at, -1);
        if (isWorkingDay(calendar, at)) left--;
    }
    return addDays(at, -1);
}
