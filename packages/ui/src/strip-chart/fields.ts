import type { Interval, StripChart, StripChartRow } from '@liuhen/domain';

/** What is tinted in a row: the segments it belongs to; the whole act where it is not divided. */
export function fieldsOf(row: StripChartRow, { segments, stated }: Pick<StripChart, 'segments' | 'stated'>): Interval[] {
    if (segments.length < 2) return stated === null ? [] : [stated];
    if (row.kind === 'segment') return [row.during];
    const ids = 'segmentIds' in row ? row.segmentIds : null;
    return segments.filter((each) => ids === null || ids.includes(each.id)).map((each) => each.during);
}
