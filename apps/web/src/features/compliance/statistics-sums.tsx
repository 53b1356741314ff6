import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { type CountedFigure, openFindingsOf, type StatisticMeasure } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { useFormat, useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import type { CountedSearch } from '../../routes/search.ts';
import { useStatisticWords } from './use-statistic-words.ts';

type Answer = ResponseOf<Endpoints['statistics.compliance']>;
type Fact = {
    readonly name: string;
    readonly value: string;
    /** What it counts; absent where nothing is. */
    readonly figure?: CountedFigure | undefined;
    readonly more: readonly (string | undefined)[];
};

/** What all groups come to, each measure beside that of the whole city where only a part of it is shown; every number leads to its parts. */
export function StatisticsSums({ head, search }: { head: Answer; search: CountedSearch }) {
    const text = useText();
    const format = useFormat();
    const { rate } = useStatisticWords();
    const words = text.statistics;
    const { sum: of, city } = head;
    const count = (value: number) => format.count(value);
    const inCity = (measure: StatisticMeasure) => (city === null ? undefined : fill(words.city, { value: rate(measure, city) }));
    /** A count with what it is for 100 acts. */
    const counted = (measure: StatisticMeasure, name: string, value: number, figure: CountedFigure, ...more: string[]): Fact => ({
        ...{ name, value: count(value), figure: value === 0 ? undefined : figure },
        more: [...more, fill(words.per, { value: rate(measure, of) }), inCity(measure)],
    });
    const facts: readonly Fact[] = [
        {
            ...{ name: words.acts, value: count(of.acts), figure: 'acts' },
            more: [fill(words.ofActs, { complete: count(of.complete), failed: count(of.failed), review: count(of.review) })],
        },
        { name: words.completeRate, value: rate('complete', of), figure: 'acts', more: [inCity('complete')] },
        { name: words.coverage, value: rate('coverage', of), figure: 'coverage', more: [inCity('coverage')] },
        {
            ...{ name: words.interruptions, value: rate('interruptions', of) },
            figure: of.interruptions === 0 ? undefined : 'interruptions',
            more: [fill(words.timesAll, { count: count(of.interruptions) }), inCity('interruptions')],
        },
        counted('late', words.late, of.late, 'late'),
        counted('openGaps', words.openGaps, of.openGaps, 'openGaps'),
        counted(
            ...(['openFindings', words.open, openFindingsOf(of), 'openFindings'] as const),
            fill(words.ages, { week: count(of.openWeek), month: count(of.openMonth), older: count(of.openOlder) }),
        ),
        counted('documentErrors', words.documentErrors, of.documentErrors, 'documentErrors'),
        of.faults === null
            ? { name: words.faults, value: words.notBy, more: [words.faultsNotBy] }
            : counted('faults', words.faults, of.faults, 'faults'),
    ];
    return (
        <Card title={words.summary}>
            <dl className="statistics-sums">
                {facts.map(({ name, value, figure, more }) => (
                    <div key={name}>
                        <dt>{name}</dt>
                        <dd>
                            <strong>
                                {figure === undefined ? (
                                    value
                                ) : (
                                    <Link
                                        to="/compliance/statistics/counted"
                                        search={{ ...search, from: head.from, to: head.to, figure }}
                                        aria-label={fill(words.counted.link, {
                                            ...{ group: words.summary, figure: words.counted.figures[figure], value },
                                        })}
                                    >
                                        {value}
                                    </Link>
                                )}
                            </strong>
                            {more.map((each) => each !== undefined && <div key={each}>{each}</div>)}
                        </dd>
                    </div>
                ))}
            </dl>
            {head.cityWithheld && <p className="statistics-note">{words.cityWithheld}</p>}
        </Card>
    );
}
