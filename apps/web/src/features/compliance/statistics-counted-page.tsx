import { fill } from '@liuhen/contract';
import { COUNTED_FIGURES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { DataList } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, Line, PageHead } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import type { CountedSearch, StatisticsSearch } from '../../routes/search.ts';
import { ComplianceTabs } from './compliance-tabs.tsx';
import { type CountedItem, useCountedColumns } from './use-counted-columns.tsx';
import { useStatisticWords } from './use-statistic-words.ts';

/** What one figure of the statistics counts, one by one. */
export function StatisticsCountedPage() {
    const text = useText();
    const format = useFormat();
    const { share } = useStatisticWords();
    const words = text.statistics;
    const navigate = useNavigate({ from: '/compliance/statistics/counted' });
    const search = useSearch({ from: '/signed-in/shell/compliance/statistics/counted' });
    const figure = search.figure ?? 'acts';
    const pages = usePages('statistics.counted', search);
    const head = pages.head;
    const columns = useCountedColumns(figure);
    const none = (value: string | undefined, named: string) => (value === 'none' ? named : undefined);
    const time = (of: number) => format.duration(of, 2);
    return (
        <>
            <PageHead
                crumb={
                    <Link to="/compliance/statistics" search={statisticsOf(search)}>
                        {words.counted.back}
                    </Link>
                }
                title={fill(words.counted.title, { figure: words.counted.figures[figure] })}
                facts={
                    <Line
                        of={[
                            words.counted.sub,
                            head !== undefined && fill(words.period, { from: head.from, to: head.to }),
                            head?.organisation?.name,
                            head?.department?.name ?? none(search.departmentId, words.noDepartment),
                            head?.person?.name ?? none(search.personId, words.noPerson),
                            search.scenario !== undefined &&
                                (search.scenario === 'none' ? words.noScenario : scenarioWords(text, search.scenario)),
                        ]}
                    />
                }
            />
            <ComplianceTabs />
            <Card label={words.counted.figures[figure]}>
                <div className="filters no-print">
                    <Pick
                        label={words.counted.figure}
                        value={figure}
                        options={COUNTED_FIGURES.map((each) => [each, words.counted.figures[each]] as const)}
                        onChange={(next) =>
                            void navigate({ search: (before) => ({ ...before, figure: next }) as CountedSearch, replace: true })
                        }
                        always
                    />
                </div>
                {figure === 'coverage' && head !== undefined && head.sum.acts > 0 && (
                    <p className="statistics-note">
                        {fill(words.counted.covered, {
                            ...{ covered: time(head.sum.coveredMs), required: time(head.sum.requiredMs) },
                            ...{ exempt: time(head.sum.exemptMs), share: share(head.sum.coveragePermille) },
                        })}
                    </p>
                )}
                {head !== undefined && head.hidden > 0 && (
                    <p className="statistics-note">{fill(words.counted.hidden, { count: format.count(head.hidden) })}</p>
                )}
                {head !== undefined && head.count === null && <p className="statistics-note">{words.faultsNotBy}</p>}
                {pages.items.some(({ own }) => !own) && <p className="statistics-note">{words.counted.notOwn}</p>}
                <DataList<CountedItem>
                    // Each figure has columns of its own, and its own choice of them.
                    key={figure}
                    id={`statistics.${figure}`}
                    name={words.counted.figures[figure]}
                    columns={columns}
                    items={pages.items}
                    idOf={(item) => item.id}
                    total={pages.total}
                    pages={pages}
                    empty={<Empty title={words.counted.noneTitle} what={words.counted.noneWhat} />}
                />
            </Card>
        </>
    );
}

/** The statistics of the same choice; what nobody is in cannot be chosen there. */
function statisticsOf({ from, to, organisationId, departmentId, personId, scenario }: CountedSearch): StatisticsSearch {
    return {
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(organisationId === undefined ? {} : { organisationId }),
        ...(departmentId === undefined || departmentId === 'none' ? {} : { departmentId }),
        ...(personId === undefined || personId === 'none' ? {} : { personId }),
        ...(scenario === undefined || scenario === 'none' ? {} : { scenario }),
    };
}
