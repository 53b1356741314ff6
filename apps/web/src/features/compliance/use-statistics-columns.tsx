import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { type Day, dayOf, endOfMonth, type Month, type StatisticGroup } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Column } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import type { ItemOf } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useMe } from '../../app/session.ts';
import type { ActSearch, StatisticsSearch } from '../../routes/search.ts';
import { useStatisticWords } from './use-statistic-words.ts';

export type StatisticItem = ItemOf<'statistics.compliance'>;
/** Some filters anew; `undefined` takes one away. */
export type ChangeStatistics = (next: { readonly [K in keyof StatisticsSearch]?: StatisticsSearch[K] | undefined }) => void;

type Head = ResponseOf<Endpoints['statistics.compliance']> | undefined;

/** The columns of the table; a group leads to what it consists of, and at last to its acts. */
export function useStatisticsColumns(head: Head, search: StatisticsSearch, drill: ChangeStatistics): Column<StatisticItem>[] {
    const text = useText();
    const format = useFormat();
    const { share, tenths } = useStatisticWords();
    const actsOf = useActsOf(head, search);
    const words = text.statistics;
    const number = (key: string, title: string, value: (item: StatisticItem) => number | null, more: object = {}) => ({
        ...{ key, title, width: '72px', number: true },
        plain: (item: StatisticItem) => {
            const of = value(item);
            return of === null ? text.common.none : format.count(of);
        },
        ...more,
    });
    const rate = (key: string, title: string, value: (item: StatisticItem) => number | null) => ({
        ...{ key, title, width: '92px', number: true },
        plain: (item: StatisticItem) => share(value(item)),
        cell: (item: StatisticItem) => (
            <>
                {share(value(item))}
                <span className="statistics-share" aria-hidden="true">
                    <span style={{ width: `${(value(item) ?? 0) / 10}%` }} />
                </span>
            </>
        ),
    });
    const nameOf = useNameOf();
    const own = useMe().organisation.id;
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
                const acts = actsOf(item);
                return (
                    <>
                        {next === undefined ? (
                            nameOf(item, head)
                        ) : (
                            <Button type="link" className="main" onClick={() => drill(next)}>
                                {nameOf(item, head)}
                            </Button>
                        )}
                        {head?.by === 'organisation' && item.organisation !== null && item.organisation.id !== own && (
                            <span className="second">
                                <Link
                                    to="/compliance/findings"
                                    search={{
                                        ...monthsOf(head.from, head.to),
                                        state: 'unanswered',
                                        organisationId: item.organisation.id,
                                    }}
                                >
                                    {words.findingsOf}
                                </Link>
                            </span>
                        )}
                        {acts !== undefined && (
                            <span className="second">
                                <Link to="/acts" search={acts}>
                                    {words.actsOf}
                                </Link>
                                {acts.personId === undefined && acts.scenario === undefined && (
                                    <>
                                        {' · '}
                                        <Link
                                            to="/compliance/findings"
                                            search={{ from: acts.from, to: acts.to, state: 'unanswered' }}
                                        >
                                            {words.findingsOf}
                                        </Link>
                                    </>
                                )}
                            </span>
                        )}
                    </>
                );
            },
        },
        number('acts', words.acts, (item) => item.acts),
        rate('completeRate', words.completeRate, (item) => item.completePermille),
        number('complete', words.complete, (item) => item.complete, { shown: 'off' }),
        number('failed', words.failed, (item) => item.failed),
        number('review', words.review, (item) => item.review),
        rate('coverage', words.coverage, (item) => item.coveragePermille),
        {
            ...{ key: 'interruptions', title: words.interruptions, width: '96px', number: true },
            plain: (item) => tenths(item.interruptionTenths),
        },
        number('interruptionCount', words.interruptionCount, (item) => item.interruptions, { shown: 'off' }),
        number('late', words.late, (item) => item.late),
        number('openGaps', words.openGaps, (item) => item.openGaps, { width: '84px' }),
        number('openWeek', words.openWeek, (item) => item.openWeek, { width: '80px' }),
        number('openMonth', words.openMonth, (item) => item.openMonth, { width: '84px' }),
        number('openOlder', words.openOlder, (item) => item.openOlder, { width: '88px' }),
        number('faults', words.faults, (item) => item.faults),
        number('documentErrors', words.documentErrors, (item) => item.documentErrors),
    ];
}

function useNameOf() {
    const text = useText();
    const words = text.statistics;
    return (item: StatisticItem, head: Head): string => {
        const several = (head?.organisations.length ?? 0) > 1;
        const within = (name: string) => (several ? [item.organisation?.name, name].filter(Boolean).join(' ') : name);
        if (item.scenario !== null) return scenarioWords(text, item.scenario);
        if (item.month !== null) return item.month;
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

/** First and last day of months. */
const monthsOf = (from: Month, to: Month): { from: Day; to: Day } => ({ from: `${from}-01`, to: dayOf(endOfMonth(to) - 1) });

/** The acts of a group on their own list; those of other organisations are not to be seen, and no list knows departments. */
function useActsOf(head: Head, search: StatisticsSearch) {
    const own = useMe().organisation.id;
    return (item: StatisticItem): (ActSearch & { from: Day; to: Day }) | undefined => {
        if (head === undefined || item.department !== null || search.departmentId !== undefined) return undefined;
        const shown = head.organisations.filter(({ id }) => search.organisationId === undefined || id === search.organisationId);
        const of = item.organisation?.id ?? (shown.length === 1 ? shown[0]?.id : undefined);
        if (of !== own || (head.by === 'person' && item.person === null) || head.by === 'department') return undefined;
        const scenario = item.scenario ?? search.scenario;
        const personId = item.person?.id ?? search.personId;
        return {
            ...monthsOf(item.month ?? head.from, item.month ?? head.to),
            ...(scenario === undefined ? {} : { scenario }),
            ...(personId === undefined ? {} : { personId }),
        };
    };
}
