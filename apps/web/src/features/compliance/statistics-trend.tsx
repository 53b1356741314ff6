import { STATISTIC_MEASURES, type StatisticMeasure } from '@liuhen/domain';
import { Radio } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { ExportButton } from '../../app/export-button.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import type { StatisticsSearch } from '../../routes/search.ts';
import { StatisticsChart } from './statistics-chart.tsx';
import { columnsOfMonths, StatisticsMonths, useMonthColumns } from './statistics-months.tsx';
import { monthsOfTrend } from './statistics-period.ts';
import type { StatisticItem } from './use-statistics-columns.tsx';

/** Sixteen years and more: nobody reads more bars than that. */
const MOST = 200;

type Props = {
    search: Omit<StatisticsSearch, 'by' | 'order' | 'trend'>;
    measure: StatisticMeasure;
    onMeasure: (next: StatisticMeasure) => void;
};

/** One measure month by month: a chart to see which way it goes, and beside it a table with the same, exactly. */
export function StatisticsTrend({ search, measure, onMeasure }: Props) {
    const text = useText();
    const words = text.statistics;
    const query = { ...search, by: 'month' as const };
    const months = useAsk('statistics.compliance', { query: { ...query, limit: MOST } });
    const columns = columnsOfMonths(useMonthColumns(measure));
    const { data } = months;
    const shown = data === undefined ? [] : monthsOfTrend(data);
    return (
        <Card
            title={words.trend}
            small={`${words.measures[measure]} · ${words.units[measure]}`}
            right={
                data !== undefined && (
                    <ExportButton
                        name={`${words.trend} ${words.measures[measure]}`}
                        columns={columns}
                        items={shown.toReversed()}
                        source={{ list: 'statistics.compliance', query }}
                        arrange={(items: readonly StatisticItem[]) => monthsOfTrend({ ...data, items: [...items] }).toReversed()}
                    />
                )
            }
        >
            <div className="statistics-pick no-print">
                <Radio.Group
                    aria-label={words.measure}
                    optionType="button"
                    value={measure}
                    onChange={({ target }) => onMeasure(target.value as StatisticMeasure)}
                    options={STATISTIC_MEASURES.map((value) => ({ value, label: words.measures[value] }))}
                />
            </div>
            {months.error !== null && months.data === undefined && (
                <div className="body">
                    <ErrorNote error={months.error} of="read" onRetry={() => void months.refetch()} />
                </div>
            )}
            {months.isPending && <Waiting />}
            {months.data !== undefined && (
                <div className="statistics-two">
                    <StatisticsChart months={shown} measure={measure} filters={search} />
                    <StatisticsMonths months={shown} measure={measure} />
                </div>
            )}
        </Card>
    );
}
