import type { StripChart } from '@liuhen/domain';
import { formatDuration, formatTime } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { fill } from '../fill.ts';
import { itemsOf, type StripChartItem } from './items.ts';
import type { StripChartTexts } from './texts.ts';
import { describe, gapLook, gapState, gapWhat, positionWhat, rowLabel } from './words.ts';

/** The same facts as the chart in rows and columns: for screen readers, for copying, for anybody who prefers to read. */
export function StripChartTable({ model, texts }: { readonly model: StripChart; readonly texts: StripChartTexts }): ReactNode {
    const items = itemsOf(model);
    const { table } = texts;
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table scrolls, and keys must reach that
        <section className="lh-strip-table" tabIndex={0} aria-label={fill(table.caption, { clock: texts.clock[model.clock] })}>
            <table>
                <caption>{fill(table.caption, { clock: texts.clock[model.clock] })}</caption>
                <thead>
                    <tr>
                        {[table.row, table.what, table.start, table.end, table.length, table.note].map((title) => (
                            <th key={title} scope="col">
                                {title}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {items.map((item, index) => {
                        const name = rowLabel(item.row, texts).name || texts.row.findings;
                        const first = items[index - 1]?.rowIndex !== item.rowIndex;
                        return (
                            <tr key={item.key} className={first ? 'lh-first' : ''}>
                                <th scope="row" className={first ? '' : 'lh-repeated'}>
                                    {name}
                                </th>
                                <td className={item.kind === 'gap' ? `lh-gap lh-${gapLook(item.subject, item.row)}` : ''}>
                                    {whatOf(item, texts)}
                                </td>
                                <td>{timeOf(item, 'start')}</td>
                                <td>{endOf(item, texts)}</td>
                                <td>
                                    {item.span.end === item.span.start
                                        ? ''
                                        : formatDuration(item.span.end - item.span.start, texts.locale)}
                                </td>
                                <td>{noteOf(item, texts)}</td>
                            </tr>
                        );
                    })}
                </tbody>
            </table>
        </section>
    );
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
