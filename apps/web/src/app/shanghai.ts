import type { Instant } from '@liuhen/domain';

/** Shanghai is UTC+8 all year since 1991; fixed, so that what is typed does not depend on the visitor's machine. */
const OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;

/** Instant of a local date `2026-11-18` and time `09:31` (or `09:31:05`) in Shanghai; `undefined` when either is wrong. */
export function instantOf(date: string, time: string): Instant | undefined {
    if (!/^\d{4}-\d\d-\d\d$/.test(date) || !/^\d\d:\d\d(:\d\d)?$/.test(time)) return undefined;
    const utc = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
    return Number.isNaN(utc) ? undefined : utc - OFFSET;
}

export const dateOf = (at: Instant): string => new Date(at + OFFSET).toISOString().slice(0, 10);
export const timeOf = (at: Instant): string => new Date(at + OFFSET).toISOString().slice(11, 16);

/** Half-open interval of whole days, both ends named by their date: `to` includes that day. */
export function daysToInstants(from?: string, to?: string): { from?: Instant; to?: Instant } {
    const start = from === undefined ? undefined : instantOf(from, '00:00');
    const end = to === undefined ? undefined : instantOf(to, '00:00');
    return { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end + DAY }) };
}
