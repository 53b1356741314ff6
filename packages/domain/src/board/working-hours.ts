import { addDays, type Day, dayOf, startOfDay } from '../kernel/day.ts';
import type { Calendar } from '../kernel/holiday-year.ts';
import { type Duration, type Instant, MINUTE } from '../kernel/instant.ts';
import { isWorkingDay } from '../kernel/working-days.ts';

/** When people are at work: from and to as lengths from midnight, on working days. */
export type WorkingHours = { readonly calendar: Calendar; readonly from: Duration; readonly to: Duration };

/** `08:30` as a length from midnight; `undefined` of anything else. */
export function timeOfDay(text: string): Duration | undefined {
    const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
    return parts === null ? undefined : (Number(parts[1]) * 60 + Number(parts[2])) * MINUTE;
}

const opens = (day: Day, { from }: WorkingHours): Instant => startOfDay(day) + from;
const closes = (day: Day, { to }: WorkingHours): Instant => startOfDay(day) + to;

/** The end of the shift in which, or before which, something ended: whoever recorded that day was at work, holiday or not. */
export const shiftEndAfter = (at: Instant, hours: WorkingHours): Instant | undefined => {
    const end = closes(dayOf(at), hours);
    return at <= end ? end : undefined;
};

/** The morning of the next working day after the day of `at`. */
export function nextMorning(at: Instant, hours: WorkingHours): Instant {
    let day = addDays(dayOf(at), 1);
    while (!isWorkingDay(hours.calendar, day)) day = addDays(day, 1);
    return opens(day, hours);
}

/** The last moment not after `at` at which people are at work. */
export function lastAtWork(at: Instant, hours: WorkingHours): Instant {
    for (let day = dayOf(at); ; day = addDays(day, -1)) {
        if (!isWorkingDay(hours.calendar, day)) continue;
        if (at >= closes(day, hours)) return closes(day, hours);
        if (at >= opens(day, hours)) return at;
    }
}

/** The first moment not before `at` at which people are at work. */
export function firstAtWork(at: Instant, hours: WorkingHours): Instant {
    for (let day = dayOf(at); ; day = addDays(day, 1)) {
        if (!isWorkingDay(hours.calendar, day)) continue;
        if (at <= opens(day, hours)) return opens(day, hours);
        if (at < closes(day, hours)) return at;
    }
}
