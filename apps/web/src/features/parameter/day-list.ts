import { addDays, type Day, daysBetween } from '@liuhen/domain';
import { readDay } from '../../app/day-time.ts';

const TO = /\s*(?:至|到|—|–|~|\bto\b)\s*/;

/** Days as people type a calendar: one day or one run (`2027-02-05 至 2027-02-12`) a line. The first line that is neither is named. */
export function readDays(typed: string, year: number): { days: Day[] } | { bad: string } {
    const days: Day[] = [];
    for (const line of typed.split('\n').map((each) => each.trim())) {
        if (line === '') continue;
        const parts = line.split(TO).map((part) => readDay(part, year));
        const [from, to = from] = parts;
        if (parts.length > 2 || from === undefined || to === undefined || to < from || daysBetween(from, to) > 31)
            return { bad: line };
        for (let at = from; at <= to; at = addDays(at, 1)) days.push(at);
    }
    return { days };
}

/** The same days back as lines, each a day or a run of them, with `to` between both ends of a run. */
export function writeDays(days: readonly Day[], to: string): string[] {
    const runs: [Day, Day][] = [];
    for (const day of days) {
        const last = runs.at(-1);
        if (last !== undefined && addDays(last[1], 1) === day) last[1] = day;
        else runs.push([day, day]);
    }
    return runs.map(([from, until]) => (from === until ? from : `${from} ${to} ${until}`));
}
