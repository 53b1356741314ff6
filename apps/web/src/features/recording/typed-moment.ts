import { addDays, dayOf, HOUR, type Instant, type Interval, MINUTE, SECOND, startOfDay } from '@liuhen/domain';

const NUMBER = '(\\d{1,2})';
const TYPED = new RegExp(`^(?:${NUMBER}:)?${NUMBER}:${NUMBER}(?:[.,](\\d{1,3}))?$`);

/**
 * The moment that somebody typed: by the clock, as `10:03:20`, `10:03` or `100320`; without a clock from the beginning of the file.
 * `undefined`: no time, or none between the beginning and the end.
 */
export function typedMoment(words: string, extent: Interval, clock: boolean): Instant | undefined {
    const ms = typedMs(words.trim().replaceAll('：', ':'), clock);
    if (ms === undefined) return undefined;
    if (!clock) return inside(extent.start + ms, extent);
    const day = dayOf(extent.start);
    return inside(startOfDay(day) + ms, extent) ?? inside(startOfDay(addDays(day, 1)) + ms, extent);
}

function typedMs(words: string, clock: boolean): number | undefined {
    const spaced = /^\d{6}$/.test(words) ? words.replace(/(..)(..)(..)/, '$1:$2:$3') : words;
    const found = TYPED.exec(spaced);
    if (found === null) return undefined;
    const [, first, second = '0', third = '0', part = ''] = found;
    // Two numbers are hours and minutes of a day, minutes and seconds of a file.
    const [hours, minutes, seconds] =
        first !== undefined ? [first, second, third] : clock ? [second, third, '0'] : ['0', second, third];
    if (Number(minutes) > 59 || Number(seconds) > 59 || Number(hours) > (clock ? 23 : 99)) return undefined;
    return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND + Number(part.padEnd(3, '0'));
}

const inside = (at: Instant, { start, end }: Interval): Instant | undefined => (start <= at && at < end ? at : undefined);
