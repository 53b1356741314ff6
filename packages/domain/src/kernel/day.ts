import { SHANGHAI_OFFSET } from './format.ts';
import { DAY, type Instant } from './instant.ts';

/** A day of Shanghai's calendar, `YYYY-MM-DD`. Compared as text. */
export type Day = string;

const FORM = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$/;

/** Days since 1970-01-01, a Thursday. */
const numberOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY;
const dayNumbered = (number: number): Day => new Date(number * DAY).toISOString().slice(0, 10);

/** Whether the text is a day that exists: `2025-02-29` is none. */
export const isDay = (text: string): text is Day =>
    FORM.test(text) && !Number.isNaN(numberOf(text)) && dayNumbered(numberOf(text)) === text;

/** The day on which an instant falls in Shanghai. */
export const dayOf = (at: Instant): Day => new Date(at + SHANGHAI_OFFSET).toISOString().slice(0, 10);

/** Midnight at which the day begins in Shanghai. */
export const startOfDay = (day: Day): Instant => numberOf(day) * DAY - SHANGHAI_OFFSET;

/** Midnight at which the day begins in Shanghai on which the instant falls. */
export const startOfDayAt = (at: Instant): Instant => Math.floor((at + SHANGHAI_OFFSET) / DAY) * DAY - SHANGHAI_OFFSET;

/** Midnight at which the day ends; itself outside, as intervals are half-open (民法典 第203条: 二十四时). */
export const endOfDay = (day: Day): Instant => startOfDay(day) + DAY;

export const addDays = (day: Day, count: number): Day => dayNumbered(numberOf(day) + count);

/** Days from one to the other; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => numberOf(to) - numberOf(from);

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: Day): number => (((numberOf(day) + 4) % 7) + 7) % 7;

export const yearOfDay = (day: Day): number => Number(day.slice(0, 4));

/** 民法典 第202条: the same number in the later month, or that month's last day where it has no such number. */
export function addMonths(day: Day, count: number): Day {
    const months = yearOfDay(day) * 12 + Number(day.slice(5, 7)) - 1 + count;
    const year = Math.floor(months / 12);
    const month = months - year * 12;
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return dayNumbered(Date.UTC(year, month, Math.min(Number(day.slice(8)), last)) / DAY);
}
