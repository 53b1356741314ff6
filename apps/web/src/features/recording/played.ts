import { PLAYED_RANGES_MOST } from '@liuhen/domain';

/** What was played of a file, ms of the file whatever the speed. */
export type PlayedRange = { startMs: number; endMs: number };
/** The summary of a viewing; `leftOut`: how many stretches it does not name and how long they are together. */
export type Played = {
    readonly played: PlayedRange[];
    readonly leftOut?: { readonly ranges: number; readonly ms: number };
};

/** Between two stretches this close no picture stands that neither of them showed. */
const ONE_PICTURE_MS = 40;

/** Sorted, and joined where they touch. */
export function joinRanges(ranges: readonly PlayedRange[]): PlayedRange[] {
    const joined: PlayedRange[] = [];
    for (const next of ranges.filter((range) => range.endMs > range.startMs).toSorted((a, b) => a.startMs - b.startMs)) {
        const last = joined.at(-1);
        if (last !== undefined && next.startMs <= last.endMs + ONE_PICTURE_MS) last.endMs = Math.max(last.endMs, next.endMs);
        else joined.push({ ...next });
    }
    return joined;
}

/** No more stretches than a summary may name: the shortest are left out, and it says so. */
export function summaryOf(ranges: readonly PlayedRange[], most = PLAYED_RANGES_MOST): Played {
    if (ranges.length <= most) return { played: [...ranges] };
    const byLength = ranges.toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs));
    const left = byLength.slice(most);
    return {
        played: byLength.slice(0, most).sort((a, b) => a.startMs - b.startMs),
        leftOut: { ranges: left.length, ms: left.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) },
    };
}
