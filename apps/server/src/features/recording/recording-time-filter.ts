import { type RawBuilder, sql } from 'kysely';

/**
 * Of `recording as r`: when it ran, by the corrected clock or else its device's. Word by word as in 0047_long_lists.sql, whose
 * indexes these are for.
 */
const START = sql<number>`(case when r.true_start is null then r.device_start else r.true_start end)`;
const END = sql<number>`(case when r.true_end is not null then r.true_end when r.device_end is not null then r.device_end else r.device_start end)`;

/** The figures of 0047_long_lists.sql and 0054_long_recordings_by_time.sql. */
const LONGEST_MS = 43_200_000;
const SOONEST_MS = 86_400_000;
const LATEST_MS = 172_800_000;
/** Runs for half a day at most. */
const SHORT = sql<boolean>`${END} - ${START} between 0 and 43200000`;
/** Came in within two days of its end, or by a clock that is ahead by no more than a day. */
const PROMPT = sql<boolean>`(r.received_at - ${END} between -86400000 and 172800000)`;
const TIMED = sql<boolean>`(r.true_start is not null or r.true_end is not null or r.device_start is not null or r.device_end is not null)`;

/** Ranges up to this are looked up by when recordings began, longer ones walked through in the order of the list. */
const NARROW_MS = 172_800_000;
/** The same value, and for no index: the planner takes two ends of a range for independent and would sort a quarter of a year. */
const walked = (value: typeof START) => sql<number>`(${value} + 0)`;

/** What came in late and ran within a range up to this is gathered and sorted; of a longer one the newest are soon met on the walk. */
const GATHERED_MS = 120 * 86_400_000;

/** Recordings by when they ran. `few`: so few that all of them are sorted sooner than the list is walked through for them. */
export type RanPart = { readonly where: RawBuilder<boolean>; readonly few: boolean };

/**
 * What ran at some time in [from, to), as conditions that no recording meets two of: what is usual, what came in late, what ran
 * long or by a clock that went back. What follows from the range is said too: by it an index is entered at both ends.
 */
export function ranWithin(from: number | undefined, to: number | undefined): readonly RanPart[] {
    if (from === undefined && to === undefined) return [];
    const range = (start: typeof START) => [
        ...(from === undefined ? [] : [sql<boolean>`${END} >= ${from}::bigint`]),
        ...(to === undefined ? [] : [sql<boolean>`${start} < ${to}::bigint`]),
    ];
    const begun = from === undefined ? [] : [sql<boolean>`${START} >= ${from - LONGEST_MS}::bigint`];
    const isNarrow = from !== undefined && to !== undefined && to - from <= NARROW_MS;
    // `is true`: of the words as a whole the planner knows how often they hold.
    const usual = [sql<boolean>`(${SHORT}) is true`, sql<boolean>`${PROMPT} is true`];
    usual.push(...(isNarrow ? [...range(START), ...begun] : range(walked(START))));
    if (from !== undefined) usual.push(sql<boolean>`r.received_at >= ${from - SOONEST_MS}::bigint`);
    if (to !== undefined) usual.push(sql<boolean>`r.received_at < ${to + LONGEST_MS + LATEST_MS}::bigint`);
    const late = [
        // By clocks that were reset much ran before any day: only from the other end are they few.
        ...range(from === undefined ? walked(START) : START),
        ...begun,
        SHORT,
        sql<boolean>`${PROMPT} is not true`,
    ];
    const long = [...range(START), sql<boolean>`(${SHORT}) is not true`, TIMED];
    return [
        { where: all(usual), few: false },
        { where: all(late), few: from !== undefined && to !== undefined && to - from <= GATHERED_MS },
        { where: all(long), few: true },
    ];
}

const all = (conditions: readonly RawBuilder<boolean>[]) => sql<boolean>`(${sql.join(conditions, sql` and `)})`;
