import type { StripChart } from '@liuhen/domain';
import type { ReactNode } from 'react';
import { fill } from '../fill.ts';
import { tableRows, tableTitles } from './table-rows.ts';
import type { StripChartTexts } from './texts.ts';
import { gapLook } from './words.ts';

/** The same facts as the chart in rows and columns: for screen readers, for copying, for anybody who prefers to read. */
export function StripChartTable({ model, texts }: { readonly model: StripChart; readonly texts: StripChartTexts }): ReactNode {
    const caption = fill(texts.table.caption, { clock: texts.clock[model.clock] });
    return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long table scrolls, and keys must reach that
        <section className="lh-strip-table" tabIndex={0} aria-label={caption}>
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        {tableTitles(texts).map((title) => (
                            <th key={title} scope="col">
                                {title}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {tableRows(model, texts).map(({ item, first, cells: [name, what, start, end, length, note] }) => (
                        <tr key={item.key} className={first ? 'lh-first' : ''}>
                            <th scope="row" className={first ? '' : 'lh-repeated'}>
                                {name}
                            </th>
                            <td className={item.kind === 'gap' ? `lh-gap lh-${gapLook(item.subject, item.row)}` : ''}>{what}</td>
                            <td>{start}</td>
                            <td>{end}</td>
                            <td>{length}</td>
                            <td>{note}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
        </section>
    );
}
