import type { StripChart } from '@liuhen/domain';
import { formatDuration, formatTime } from '@liuhen/domain';
import { fill } from '../fill.ts';
import { itemsOf, type StripChartItem } from './items.ts';
import type { StripChartTexts } from './texts.ts';
import { describe, gapState, gapWhat, positionWhat, rowLabel } from './words.ts';

/** One thing of the chart in words: the row it stands in, what it is, from when to when, how long, and what is to be said of it. */
export type StripChartTableRow = {
    readonly item: StripChartItem;
    /** Whether another row of the chart begins here. */
    readonly first: boolean;
    readonly cells: readonly [row: string, what: string, start: string, end: string, length: string, note: string];
};

export const tableTitles = ({ table }: StripChartTexts): StripChartTableRow['cells'] => [
    table.row,
    table.what,
    table.start,
    table.end,
    table.length,
    table.note,
];

/** Everything that the chart shows, row by row and in order of time. */
export function tableRows(model: StripChart, texts: StripChartTexts): StripChartTableRow[] {
    const items = itemsOf(model);
    return items.map((item, index) => ({
        item,
        first: items[index - 1]?.rowIndex !== item.rowIndex,
        cells: [
            rowLabel(item.row, texts).name || texts.row.findings,
            whatOf(item, texts),
            timeOf(item, 'start'),
            endOf(item, texts),
            item.span.end === item.span.start ? '' : formatDuration(item.span.end - item.span.start, texts.locale),
            noteOf(item, texts),
        ],
    }));
}

function timeOf(item: StripChartItem, side: 'start' | 'end'): string {
    if (item.kind === 'segment') return formatTime(item.span[side], 'minute');
    if (item.kind !== 'document') return formatTime(item.span[side]);
    const at = item.subject[side];
    return at === null ? '' : formatTime(at, 'minute');
}

function endOf(item: StripChartItem, texts: StripChartTexts): string {
    if (item.kind === 'mark' || (item.kind === 'finding' && item.span.start === item.span.end)) return '';
    return item.kind === 'start' ? texts.openEnd.end : timeOf(item, 'end');
}

function whatOf(item: StripChartItem, texts: StripChartTexts): string {
    switch (item.kind) {
        case 'segment':
            return item.subject.title;
        case 'exemption':
            return item.subject.ground;
        case 'document':
            return texts.row.document;
        case 'run': {
            const first = item.subject.firstNumber;
            const count = item.subject.segments.length;
            return count === 1
                ? (describe(item, texts).lines[0] ?? '')
                : fill(texts.table.segmentCount, { first, last: first + count - 1 });
        }
        case 'start':
            return texts.openEnd.what;
        case 'gap':
            return gapWhat(item.subject, texts);
        case 'position':
            return positionWhat(item.subject, texts);
        case 'finding':
            return item.subject.words;
        case 'mark':
            return item.subject.label ?? texts.mark.kind[item.subject.kind];
    }
}

function noteOf(item: StripChartItem, texts: StripChartTexts): string {
    const { lines } = describe(item, texts);
    switch (item.kind) {
        case 'segment':
        case 'document':
        case 'position':
            return '';
        case 'exemption':
            return lines.slice(1).join(' · ');
        case 'run':
            return [item.row.devices.join('、'), ...lines.slice(2)].join(' · ');
        case 'start':
            return [item.subject.deviceLabel, ...lines.slice(2)].join(' · ');
        case 'gap':
            return [gapState(item.subject, item.row, texts), ...lines.slice(2)].join(' · ');
        case 'finding':
            return item.subject.note;
        case 'mark':
            return [...(item.subject.personName === null ? [] : [item.subject.personName]), ...lines.slice(1)].join(' · ');
    }
}
