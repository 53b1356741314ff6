import type { PeriodUnit } from './period.ts';

/** Laws that say differently what "日" means in them. */
export const STATUTES = ['penalty', 'coercion', 'licence', 'civil', 'review'] as const;
export type Statute = (typeof STATUTES)[number];

const WORKING: Readonly<Record<Statute, (days: number) => boolean>> = {
    // 行政处罚法 第85条: 二日、三日、五日、七日 are working days; 15 and 90 are not.
    penalty: (days) => [2, 3, 5, 7].includes(days),
    // 行政强制法 第69条: ten days and fewer.
    coercion: (days) => days <= 10,
    // 行政许可法 第82条: every term of the law.
    licence: () => true,
    // 民事诉讼法 第85条: calendar days, holidays included, but for the last one.
    civil: () => false,
    // 行政复议法 第88条: 三日、五日、七日、十日.
    review: (days) => [3, 5, 7, 10].includes(days),
};

/** Whether so many days are working days under that law. One helper for all of them would be wrong. */
export const unitUnder = (statute: Statute, days: number): PeriodUnit => (WORKING[statute](days) ? 'workday' : 'calendarDay');
