import { fill } from '@liuhen/contract';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import type { StatisticsSearch } from '../../routes/search.ts';
import { useStatisticWords } from './use-statistic-words.ts';

/** Sixteen years and more: nobody reads more bars than that. */
const MOST = 200;

/** Two shares, month by month, as bars; the same figures as a table are those by month. */
export function StatisticsTrend({ search }: { search: Omit<StatisticsSearch, 'by' | 'order'> }) {
    const text = useText();
    const format = useFormat();
    const { share } = useStatisticWords();
    const words = text.statistics;
    const months = useAsk('statistics.compliance', { query: { ...search, by: 'month', limit: MOST } });
    return (
        <Card title={words.trend}>
            {months.error !== null && months.data === undefined && (
                <div className="body">
                    <ErrorNote error={months.error} of="read" onRetry={() => void months.refetch()} />
                </div>
            )}
            {months.isPending && <Waiting />}
            {months.data !== undefined && (
                <>
                    <div className="statistics-legend" aria-hidden="true">
                        <span>
                            <span className="bar complete" />
                            {words.completeRate}
                        </span>
                        <span>
                            <span className="bar" />
                            {words.coverage}
                        </span>
                    </div>
                    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled by keyboard too */}
                    <ul className="statistics-trend" tabIndex={0} aria-label={words.trend}>
                        <li className="scale" aria-hidden="true">
                            <span className="bars">
                                {[1000, 500, 0].map((permille) => (
                                    <span key={permille}>{share(permille)}</span>
                                ))}
                            </span>
                            <span>&nbsp;</span>
                        </li>
                        {months.data.items.map((item) => {
                            const said = fill(words.trendMonth, {
                                month: item.month ?? '',
                                complete: share(item.completePermille),
                                coverage: share(item.coveragePermille),
                                acts: format.count(item.acts),
                            });
                            return (
                                <li key={item.id} title={said}>
                                    <span className="bars" role="img" aria-label={said}>
                                        <span
                                            className="bar complete"
                                            style={{ height: `${(item.completePermille ?? 0) / 10}%` }}
                                        />
                                        <span className="bar" style={{ height: `${(item.coveragePermille ?? 0) / 10}%` }} />
                                    </span>
                                    <span aria-hidden="true">{item.month}</span>
                                </li>
                            );
                        })}
                    </ul>
                </>
            )}
        </Card>
    );
}
