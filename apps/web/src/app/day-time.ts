const pad = (value: number): string => String(value).padStart(2, '0');

const exists = (year: number, month: number, day: number): boolean => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/**
 * A day as people type it: `2026-11-18`, `2026/11/18`, `20261118`, `11-18`, `1118` (this year), `2026年11月18日`.
 * `undefined` when no such day exists.
 */
export function readDay(typed: string, thisYear: number): string | undefined {
    const parts = typed
        .normalize('NFKC')
        .split(/\D+/)
        .filter((part) => part !== '');
    const joined = parts.join('');
    const [year, month, day] =
        parts.length === 3
            ? parts.map(Number)
            : parts.length === 2
              ? [thisYear, ...parts.map(Number)]
              : joined.length === 8
                ? [Number(joined.slice(0, 4)), Number(joined.slice(4, 6)), Number(joined.slice(6))]
                : joined.length === 4
                  ? [thisYear, Number(joined.slice(0, 2)), Number(joined.slice(2))]
                  : [];
    if (year === undefined || month === undefined || day === undefined) return undefined;
    if (year < 1900 || year > 9999 || !exists(year, month, day)) return undefined;
    return `${year}-${pad(month)}-${pad(day)}`;
}

/** A time of day as people type it: `09:31`, `9:31`, `9：31`, `0931`, `931`, `9点31`, `9`. 24 hours. */
export function readTime(typed: string): string | undefined {
    const parts = typed
        .normalize('NFKC')
        .split(/\D+/)
        .filter((part) => part !== '');
    const joined = parts[0] ?? '';
    const [hour, minute] =
        parts.length === 2
            ? parts.map(Number)
            : parts.length === 1 && joined.length >= 3 && joined.length <= 4
              ? [Number(joined.slice(0, -2)), Number(joined.slice(-2))]
              : parts.length === 1 && joined.length <= 2
                ? [Number(joined), 0]
                : [];
    if (hour === undefined || minute === undefined || hour > 23 || minute > 59) return undefined;
    return `${pad(hour)}:${pad(minute)}`;
}
