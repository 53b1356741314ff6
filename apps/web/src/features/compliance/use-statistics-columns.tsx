import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import type { CountedFigure, StatisticGroup } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Column } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import type { ItemOf } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import type { CountedSearch, StatisticsSearch } from '../../routes/search.ts';
import { useStatisticWords } from './use-statistic-words.ts';

export type StatisticItem = ItemOf<'statistics.compliance'>;
/** Some filters anew; `undefined` takes one away. */
export type ChangeStatistics = (next: { readonly [K in keyof StatisticsSearch]?: StatisticsSearch[K] | undefined }) => void;

type Head = ResponseOf<Endpoints['statistics.compliance']> | undefined;

/** The columns of the table; a name leads to what its group consists of, every number to the list of what it counts. */
export function useStatisticsColumns(head: Head, search: StatisticsSearch, drill: ChangeStatistics): Column<StatisticItem>[] {
    const text = useText();
    const format = useFormat();
    const { share, tenths } = useStatisticWords();
    const words = text.statistics;
    const nameOf = useNameOf();
    const listOf = (item: StatisticItem, figure: CountedFigure, shown: string) => (
        <Link
            to="/compliance/statistics/counted"
            search={{ ...countedOf(item, head, search), figure }}
            aria-label={fill(words.counted.link, {
                group: nameOf(item, head),
                figure: words.counted.figures[figure],
                value: shown,
            })}
        >
            {shown}
        </Link>
    );
    const count = (value: number | null) => (value === null ? words.notBy : format.count(value));
    const number = (
        key: string,
        title: string,
        figure: CountedFigure,
        value: (item: StatisticItem) => number | null,
        more: Pick<Column<StatisticItem>, 'shown'> & { width?: string } = {},
    ): Column<StatisticItem> => ({
        ...{ key, title, width: '72px', number: true },
        plain: (item) => count(value(item)),
        cell: (item) => {
            const of = value(item);
            if (of === null) return <span className="faint">{words.notBy}</span>;
            return of === 0 ? count(of) : listOf(item, figure, count(of));
        },
        ...more,
    });
    const rate = (key: string, title: string, figure: CountedFigure, value: (item: StatisticItem) => number | null) => ({
        ...{ key, title, width: '92px', number: true },
        plain: (item: StatisticItem) => share(value(item)),
        cell: (item: StatisticItem) => (
            <>
                <span className="nowrap">{value(item) === null ? share(null) : listOf(item, figure, share(value(item)))}</span>
                <span className="statistics-share" aria-hidden="true">
                    <span style={{ width: `${(value(item) ?? 0) / 10}%` }} />
                </span>
            </>
        ),
    });
    const per = (key: string, title: string, value: (item: StatisticItem) => number | null): Column<StatisticItem> => ({
        ...{ key, title: fill(words.perTitle, { title }), width: '96px', number: true, shown: 'off' },
        plain: (item) => tenths(value(item)),
    });
    return [
        {
            key: 'name',
            title: words.bys[head?.by ?? 'organisation'],
            width: 'minmax(160px, 2fr)',
            shown: 'always',
            phone: 'title',
            plain: (item) => nameOf(item, head),
            cell: (item) => {
                const next = narrower(item, head?.by);
                return next === undefined ? (
                    nameOf(item, head)
                ) : (
                    <Button type="link" className="main" onClick={() => drill(next)}>
                        {nameOf(item, head)}
                    </Button>
                );
            },
        },
        number('acts', words.acts, 'acts', (item) => item.acts),
        rate('completeRate', words.completeRate, 'acts', (item) => item.completePermille),
        number('complete', words.complete, 'complete', (item) => item.complete, { shown: 'off' }),
        number('failed', words.failed, 'failed', (item) => item.failed),
        number('review', words.review, 'review', (item) => item.review),
        rate('coverage', words.coverage, 'coverage', (item) => item.coveragePermille),
        {
            ...{ key: 'interruptions', title: words.interruptions, width: '96px', number: true },
            plain: (item) => tenths(item.interruptionTenths),
            cell: (item) =>
                item.interruptions === 0
                    ? tenths(item.interruptionTenths)
                    : listOf(item, 'interruptions', tenths(item.interruptionTenths)),
        },
        number('interruptionCount', words.interruptionCount, 'interruptions', (item) => item.interruptions, { shown: 'off' }),
        number('late', words.late, 'late', (item) => item.late),
        number('openGaps', words.openGaps, 'openGaps', (item) => item.openGaps, { width: '96px' }),
        number('openWeek', words.openWeek, 'openWeek', (item) => item.openWeek, { width: '80px' }),
        number('openMonth', words.openMonth, 'openMonth', (item) => item.openMonth, { width: '84px' }),
        number('openOlder', words.openOlder, 'openOlder', (item) => item.openOlder, { width: '88px' }),
        number('faults', words.faults, 'faults', (item) => item.faults),
        number('documentErrors', words.documentErrors, 'documentErrors', (item) => item.documentErrors, { width: '92px' }),
        per('lateRate', words.late, (item) => item.lateTenths),
        per('openGapRate', words.openGaps, (item) => item.openGapTenths),
        per('openFindingRate', words.open, (item) => item.openFindingTenths),
        per('faultRate', words.faults, (item) => item.faultTenths),
        per('documentErrorRate', words.documentErrors, (item) => item.documentErrorTenths),
    ];
}

/** The list of what a number of a group counts: the filters of the page, and what the group is. */
function countedOf(item: StatisticItem, head: Head, search: StatisticsSearch): CountedSearch {
    const { departmentId, personId, scenario } = search;
    const organisationId = item.organisation?.id ?? search.organisationId;
    const own = {
        ...(departmentId === undefined ? {} : { departmentId }),
        ...(personId === undefined ? {} : { personId }),
        ...(scenario === undefined ? {} : { scenario }),
    };
    return {
        ...(organisationId === undefined ? {} : { organisationId }),
        ...own,
        ...(head?.by === 'department' ? { departmentId: item.department?.id ?? 'none' } : {}),
        ...(head?.by === 'person' ? { personId: item.person?.id ?? 'none' } : {}),
        ...(head?.by === 'scenario' ? { scenario: item.scenario ?? 'none' } : {}),
        ...periodOf(item.month ?? head?.from, item.month ?? head?.to),
    };
}

const periodOf = (from: string | undefined, to: string | undefined) =>
    from === undefined || to === undefined ? {} : { from, to };

function useNameOf() {
    const text = useText();
    const words = text.statistics;
    return (item: StatisticItem, head: Head): string => {
        const several = (head?.organisations.length ?? 0) > 1;
        const within = (name: string) => (several ? [item.organisation?.name, name].filter(Boolean).join(' ') : name);
        if (item.scenario !== null) return scenarioWords(text, item.scenario);
        if (item.month !== null) return item.month;
        if (head?.by === 'scenario') return words.noScenario;
        if (head?.by === 'department') return within(item.department?.name ?? words.noDepartment);
        if (head?.by === 'person') return within(item.person?.name ?? words.noPerson);
        return item.organisation?.name ?? text.common.none;
    };
}

/** What a group is looked at by when it is opened; an officer's months are the last step before the acts. */
function narrower(item: StatisticItem, by: StatisticGroup | undefined): Parameters<ChangeStatistics>[0] | undefined {
    const organisationId = item.organisation?.id;
    if (item.person !== null) return { organisationId, personId: item.person.id, by: 'month' };
    if (item.department !== null) return { organisationId, departmentId: item.department.id, by: 'person' };
    if (item.scenario !== null) return { scenario: item.scenario, by: undefined };
    if (item.month !== null) return { from: item.month, to: item.month, by: undefined };
    return by === 'organisation' ? { organisationId, by: undefined } : undefined;
}
