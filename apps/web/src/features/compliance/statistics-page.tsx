import { fill } from '@liuhen/contract';
import { dayOf, STATISTIC_GROUPS, STATISTIC_ORDERS } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DataList } from '../../app/data-list.tsx';
import { Filters, Pick } from '../../app/filters.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Empty, Line, PageHead } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import type { StatisticsSearch } from '../../routes/search.ts';
import { useScenarios } from '../act/use-scenarios.ts';
import { ProposalsButton } from '../parameter/proposals-button.tsx';
import { ComplianceTabs } from './compliance-tabs.tsx';
import { monthsUntil, PRESETS, periodOfPreset, presetOf } from './statistics-period.ts';
import { StatisticsSums } from './statistics-sums.tsx';
import { StatisticsTrend } from './statistics-trend.tsx';
import { type ChangeStatistics, type StatisticItem, useStatisticsColumns } from './use-statistics-columns.tsx';

/** Judged acts in figures: what all come to, month by month, and group by group down to the acts. */
export function StatisticsPage() {
    const text = useText();
    const words = text.statistics;
    const navigate = useNavigate({ from: '/compliance/statistics' });
    const search = useSearch({ from: '/signed-in/shell/compliance/statistics' });
    const pages = usePages('statistics.compliance', search);
    const change: ChangeStatistics = (next) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as StatisticsSearch, replace: true });
    const drill: ChangeStatistics = (next) => void navigate({ search: (before) => ({ ...before, ...next }) as StatisticsSearch });
    const head = pages.head;
    const columns = useStatisticsColumns(head, search, drill);
    const { by, order, trend = 'complete', ...filters } = search;
    const { from: _, to: __, ...chosen } = filters;
    const count = Object.keys(filters).length;
    return (
        <>
            <PageHead
                title={words.title}
                facts={<Line of={[words.sub, head !== undefined && fill(words.period, { from: head.from, to: head.to })]} />}
                actions={<ProposalsButton />}
            />
            <ComplianceTabs />
            <Card label={text.common.filters} screenOnly>
                <StatisticsFilters
                    search={search}
                    head={head}
                    count={count}
                    change={change}
                    onClear={() => void navigate({ search: {} })}
                />
            </Card>
            {head !== undefined && pages.items.length > 0 && <StatisticsSums head={head} search={chosen} />}
            {head !== undefined && pages.items.length > 0 && (
                <StatisticsTrend search={filters} measure={trend} onMeasure={(next) => change({ trend: next })} />
            )}
            <Card label={words.bys[head?.by ?? 'organisation']}>
                <div className="filters no-print">
                    <Pick
                        label={words.by}
                        value={by ?? head?.by}
                        options={STATISTIC_GROUPS.map((each) => [each, words.bys[each]] as const)}
                        onChange={(next) => change({ by: next })}
                        always
                    />
                    <Pick
                        label={words.order}
                        value={order ?? 'name'}
                        options={STATISTIC_ORDERS.map((each) => [each, words.orders[each]] as const)}
                        onChange={(next) => change({ order: next === 'name' ? undefined : next })}
                        always
                    />
                </div>
                <DataList<StatisticItem>
                    id="statistics"
                    name={words.title}
                    columns={columns}
                    items={pages.items}
                    idOf={(item) => item.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={words.noneTitle} what={words.noneWhat} />
                        ) : (
                            <Empty title={words.emptyTitle} what={words.emptyWhat} />
                        )
                    }
                />
            </Card>
            <Card title={words.how}>
                <ul className="statistics-how">
                    {Object.entries(words.hows).map(([key, said]) => (
                        <li key={key}>{said}</li>
                    ))}
                </ul>
            </Card>
        </>
    );
}

type FilterProps = {
    search: StatisticsSearch;
    head: ReturnType<typeof usePages<'statistics.compliance'>>['head'];
    count: number;
    change: ChangeStatistics;
    onClear: () => void;
};

function StatisticsFilters({ search, head, count, change, onClear }: FilterProps) {
    const text = useText();
    const words = text.statistics;
    const scenarios = useScenarios().map(({ value, label }) => [value, label] as const);
    const today = dayOf(head?.now ?? Date.now());
    const months = monthsUntil(today).map((each) => [each, each] as const);
    const organisations = head?.organisations ?? [];
    const departments = head?.departments ?? [];
    const person = head?.person ?? null;
    return (
        <Filters count={count} onClear={onClear}>
            <Pick
                label={words.preset}
                value={presetOf(search, today)}
                options={PRESETS.map((each) => [each, words.presets[each]] as const)}
                onChange={(next) => change(next === undefined ? { from: undefined, to: undefined } : periodOfPreset(next, today))}
            />
            <Pick label={words.fromMonth} value={search.from} options={months} onChange={(from) => change({ from })} />
            <Pick label={words.toMonth} value={search.to} options={months} onChange={(to) => change({ to })} />
            {organisations.length > 1 && (
                <Pick
                    label={words.organisation}
                    value={search.organisationId}
                    options={organisations.map(({ id, name }) => [id, name] as const)}
                    onChange={(organisationId) => change({ organisationId, departmentId: undefined, personId: undefined })}
                />
            )}
            {departments.length > 0 && (
                <Pick
                    label={words.department}
                    value={search.departmentId}
                    options={departments.map(({ id, name }) => [id, name] as const)}
                    onChange={(departmentId) => change({ departmentId })}
                />
            )}
            {search.personId !== undefined && (
                <Pick
                    label={words.bys.person}
                    value={search.personId}
                    options={[[search.personId, person?.name ?? words.unknownPerson]]}
                    onChange={(personId) => change({ personId })}
                />
            )}
            <Pick
                label={words.scenario}
                value={search.scenario}
                options={scenarios}
                onChange={(scenario) => change({ scenario })}
            />
        </Filters>
    );
}
