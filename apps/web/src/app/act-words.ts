import { readDay } from './day-time.ts';
import { daysToInstants } from './shanghai.ts';

/** A day among other words: with its month said apart, or all eight figures. Four figures may be part of a number. */
const DAY_WORD = /^(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.月]\d{1,2}日?|\d{8})$/;

/** What was typed to find an act: a day in it narrows to that day, the rest is looked for in number, party, place and people. */
export function actWords(typed: string, thisYear: number): { q?: string; from?: number; to?: number } {
    const words = typed.normalize('NFKC').split(/\s+/).filter(Boolean);
    const dayWord = words.find((word) => DAY_WORD.test(word) && readDay(word, thisYear) !== undefined);
    const day = dayWord === undefined ? undefined : readDay(dayWord, thisYear);
    const q = words.filter((word) => word !== dayWord).join(' ');
    return { ...(q === '' ? {} : { q }), ...(day === undefined ? {} : daysToInstants(day, day)) };
}
