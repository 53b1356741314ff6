import { fill } from '@liuhen/contract';
import { countOf, isShare, RATE_OF, type StatisticMeasure } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import type { StatisticsSearch } from '../../routes/search.ts';
import { scaleOf, type TrendMonth } from './statistics-period.ts';
import { useStatisticWords } from './use-statistic-words.ts';

type Props = {
    months: readonly TrendMonth[];
    measure: StatisticMeasure;
    filters: Omit<StatisticsSearch, 'by' | 'order' | 'trend'>;
};

/**
 * A bar for each month with the average of the city as a line across it; a month without data is an empty place, one that is not over
 * is hatched. The arrow keys go from month to month, each says its exact figures, and leads to the month.
 */
export function StatisticsChart({ months, measure, filters }: Props) {
    const text = useText();
    const words = text.statistics;
    const { share, tenths } = useStatisticWords();
    const said = useMonthWords(measure);
    const box = useRef<HTMLUListElement>(null);
    const [at, setAt] = useState(months.length - 1);
    // Where not all months have room the newest are seen first.
    const newest = months.at(-1)?.month;
    useEffect(() => {
        if (box.current !== null && newest !== undefined) box.current.scrollLeft = box.current.scrollWidth;
    }, [newest]);
    const here = Math.min(at, months.length - 1);
    const rates = months.flatMap(({ item }) => (item === undefined ? [] : [item, ...(item.city === null ? [] : [item.city])]));
    const top = isShare(measure) ? 1_000 : scaleOf(rates.flatMap((each) => each[RATE_OF[measure]] ?? []));
    const step = (event: KeyboardEvent) => {
        const by = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: months.length - 1 }[event.key];
        if (by === undefined) return;
        event.preventDefault();
        const next = Math.max(0, Math.min(months.length - 1, by));
        setAt(next);
        box.current?.querySelectorAll<HTMLElement>('a')[next]?.focus();
    };
    const isCompared = months.some(({ item }) => item !== undefined && item.city !== null);
    const shown = months[here];
    return (
        <div className="statistics-chart">
            <Legend isCompared={isCompared} months={months} />
            {/* What is said by pointer or key; a screen reader hears it of the month itself. */}
            <p className="statistics-said no-print" aria-hidden="true">
                {shown !== undefined && said(shown)}
            </p>
            <ul className="statistics-trend" aria-label={`${words.trend} ${words.measures[measure]}`} ref={box}>
                <li className="scale" aria-hidden="true">
                    <span className="bars">
                        {[top, top / 2, 0].map((of) => (
                            <span key={of}>{isShare(measure) ? share(of) : tenths(of)}</span>
                        ))}
                    </span>
                    <span>&nbsp;</span>
                </li>
                {months.map((each, index) => {
                    const { month, item, isRunning } = each;
                    const value = item?.[RATE_OF[measure]] ?? null;
                    const city = item?.city?.[RATE_OF[measure]] ?? null;
                    return (
                        <li key={month}>
                            <Link
                                to="/compliance/statistics"
                                search={{ ...filters, trend: measure, from: month, to: month }}
                                tabIndex={index === here ? 0 : -1}
                                title={said(each)}
                                aria-label={said(each)}
                                onFocus={() => setAt(index)}
                                onMouseEnter={() => setAt(index)}
                                onKeyDown={step}
                            >
                                <span className="bars">
                                    {value === null ? (
                                        <span className="none">{words.noData}</span>
                                    ) : (
                                        <span
                                            className={isRunning ? 'bar running' : 'bar'}
                                            style={{ height: `${(value * 100) / top}%` }}
                                        />
                                    )}
                                    {city !== null && <span className="city" style={{ bottom: `${(city * 100) / top}%` }} />}
                                </span>
                                <span aria-hidden="true">
                                    {month}
                                    {isRunning && <em>{words.running}</em>}
                                </span>
                            </Link>
                        </li>
                    );
                })}
            </ul>
        </div>
    );
}

function Legend({ isCompared, months }: { isCompared: boolean; months: Props['months'] }) {
    const words = useText().statistics;
    return (
        <div className="statistics-legend" aria-hidden="true">
            <span>
                <span className="bar" />
                {words.own}
            </span>
            {isCompared && (
                <span>
                    <span className="city" />
                    {words.cityAverage}
                </span>
            )}
            {months.some(({ isRunning }) => isRunning) && (
                <span>
                    <span className="bar running" />
                    {words.runningWhat}
                </span>
            )}
            {months.some(({ item }) => item === undefined) && (
                <span>
                    <span className="none">{words.noData}</span> {words.noDataWhat}
                </span>
            )}
        </div>
    );
}

/** Everything about a month in a line. */
export function useMonthWords(measure: StatisticMeasure): (of: TrendMonth) => string {
    const text = useText();
    const format = useFormat();
    const { rate } = useStatisticWords();
    const words = text.statistics;
    return ({ month, item, isRunning }) => {
        const value = item === undefined ? words.noData : rate(measure, item);
        const count = item === undefined ? null : countOf(measure, item);
        return [
            fill(words.saidValue, { month, measure: words.measures[measure], value }),
            count !== null && fill(words.saidCount, { count: format.count(count) }),
            item !== undefined && fill(words.saidActs, { acts: format.count(item.acts) }),
            item !== undefined && item.city !== null && fill(words.city, { value: rate(measure, item.city) }),
            isRunning && words.runningWhat,
        ]
            .filter((each) => each !== false)
            .join(text.statistics.comma);
    };
}
