import { countOf, type StatisticMeasure } from '@liuhen/domain';
import type { ExportColumn } from '../../app/export-list.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { TableScroll } from '../../app/table-scroll.tsx';
import type { TrendMonth } from './statistics-period.ts';
import { useStatisticWords } from './use-statistic-words.ts';
import type { StatisticItem } from './use-statistics-columns.tsx';

/** The columns of a measure by month, on the page and in the file. */
export function useMonthColumns(measure: StatisticMeasure): readonly ExportColumn<StatisticItem>[] {
    const text = useText();
    const format = useFormat();
    const { rate } = useStatisticWords();
    const words = text.statistics;
    const count = (item: StatisticItem) => countOf(measure, item);
    return [
        { key: 'month', title: words.month, plain: (item) => item.month ?? '' },
        { key: 'value', title: words.measures[measure], number: true, plain: (item) => rate(measure, item) },
        {
            ...{ key: 'city', title: words.cityAverage, number: true },
            plain: (item) => (item.city === null ? '' : rate(measure, item.city)),
        },
        ...(measure === 'coverage'
            ? []
            : [
                  {
                      ...{ key: 'count', title: words.count, number: true },
                      plain: (item: StatisticItem) => {
                          const of = count(item);
                          return of === null ? words.notBy : format.count(of);
                      },
                  },
              ]),
        { key: 'acts', title: words.acts, number: true, plain: (item) => format.count(item.acts) },
    ];
}

/** The same of every month that is shown: of one without data its name, and no zero. */
export const columnsOfMonths = (columns: readonly ExportColumn<StatisticItem>[]): readonly ExportColumn<TrendMonth>[] =>
    columns.map((column) => ({
        ...column,
        plain: ({ month, item }) => (column.key === 'month' ? month : item === undefined ? '' : column.plain(item)),
    }));

/** The same as the chart, exactly, the latest month first. */
export function StatisticsMonths({ months, measure }: { months: readonly TrendMonth[]; measure: StatisticMeasure }) {
    const text = useText();
    const words = text.statistics;
    const isCompared = months.some(({ item }) => item !== undefined && item.city !== null);
    const columns = useMonthColumns(measure).filter(({ key }) => key !== 'city' || isCompared);
    const [, ...figures] = columns;
    const label = `${words.trend} ${words.measures[measure]}`;
    return (
        <div className="statistics-months">
            <TableScroll label={label}>
                <table className="table" aria-label={label}>
                    <thead>
                        <tr>
                            {columns.map(({ key, title, number }) => (
                                <th key={key} scope="col" className={number === true ? 'num' : ''}>
                                    {title}
                                </th>
                            ))}
                        </tr>
                    </thead>
                    <tbody>
                        {months.toReversed().map(({ month, item, isRunning }) => (
                            <tr key={month}>
                                <th scope="row">
                                    {month}
                                    {isRunning && <em> {words.running}</em>}
                                </th>
                                {item === undefined ? (
                                    <td colSpan={figures.length} className="faint num">
                                        {words.noData}
                                    </td>
                                ) : (
                                    figures.map(({ key, plain }) => (
                                        <td key={key} className="num">
                                            {plain(item)}
                                        </td>
                                    ))
                                )}
                            </tr>
                        ))}
                    </tbody>
                </table>
            </TableScroll>
        </div>
    );
}
