import { type Day, yearOfDay } from './day.ts';

/**
 * What the annual notice of the General Office of the State Council (国务院办公厅) says of one year: weekdays that are off,
 * and weekend days that are worked (调休). Saturdays and Sundays are off without being listed.
 */
export type HolidayYear = {
    readonly year: number;
    readonly off: readonly Day[];
    readonly work: readonly Day[];
    readonly source: string;
    /** `verified`: compared with the notice's text. `verify`: entered, and still to be compared. */
    readonly standing: 'verified' | 'verify';
};

/** Years by number. An organisation's own entry stands before the built-in one. */
export type Calendar = ReadonlyMap<number, HolidayYear>;

export const calendarOf = (...years: readonly (readonly HolidayYear[])[]): Calendar =>
    new Map(years.flat().map((year) => [year.year, year]));

/** A run of days, both ends included. */
const run = (from: string, to: string): Day[] => {
    const days: Day[] = [];
    for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += 86_400_000)
        days.push(new Date(at).toISOString().slice(0, 10));
    return days;
};

/** The years that are known. A year that is not here is counted by weekends only, and the count says so. */
export const BUILT_IN_YEARS: readonly HolidayYear[] = [
    {
        year: 2024,
        off: [
            '2024-01-01',
            ...run('2024-02-10', '2024-02-17'),
            ...run('2024-04-04', '2024-04-06'),
            ...run('2024-05-01', '2024-05-05'),
            '2024-06-10',
            ...run('2024-09-15', '2024-09-17'),
            ...run('2024-10-01', '2024-10-07'),
        ],
        work: ['2024-02-04', '2024-02-18', '2024-04-07', '2024-04-28', '2024-05-11', '2024-09-14', '2024-09-29', '2024-10-12'],
        source: '国务院办公厅关于2024年部分节假日安排的通知（国办发明电〔2023〕7号）',
        standing: 'verified',
    },
    {
        year: 2025,
        off: [
            '2025-01-01',
            ...run('2025-01-28', '2025-02-04'),
            ...run('2025-04-04', '2025-04-06'),
            ...run('2025-05-01', '2025-05-05'),
            ...run('2025-05-31', '2025-06-02'),
            ...run('2025-10-01', '2025-10-08'),
        ],
        work: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
        source: '国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）',
        standing: 'verified',
    },
    {
        year: 2026,
        off: [
            ...run('2026-01-01', '2026-01-03'),
            ...run('2026-02-15', '2026-02-23'),
            ...run('2026-04-04', '2026-04-06'),
            ...run('2026-05-01', '2026-05-05'),
            ...run('2026-06-19', '2026-06-21'),
            ...run('2026-09-25', '2026-09-27'),
            ...run('2026-10-01', '2026-10-07'),
        ],
        work: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
        source: '国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）',
        standing: 'verified',
    },
];

/** What is wrong with a year somebody enters, or nothing. */
export function holidayYearFault({
    year,
    off,
    work,
}: Pick<HolidayYear, 'year' | 'off' | 'work'>): 'otherYear' | 'both' | undefined {
    if ([...off, ...work].some((day) => yearOfDay(day) !== year)) return 'otherYear';
    if (off.some((day) => work.includes(day))) return 'both';
    return undefined;
}
