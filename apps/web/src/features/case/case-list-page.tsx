import { CASE_SOURCES, PROCEDURES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useKeys } from '../../app/keys.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Dot, Empty, PageHead } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { type CaseItem, TERM_STATUS, useCaseWords } from './case-words.ts';

/** Cases by their opening: what, how far, and the term that presses most. */
export function CaseListPage() {
    const text = useText();
    const words = useCaseWords();
    const may = useMay();
    const navigate = useNavigate({ from: '/cases' });
    const search = useSearch({ from: '/signed-in/shell/cases' });
    const { from, to, ...rest } = search;
    const pages = usePages('case.list', { ...rest, ...daysToInstants(from, to) });
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const { order: _, ...filters } = search;
    const count = Object.keys(filters).length;
    const mayCreate = may('case.manage');
    useKeys(mayCreate ? { n: () => void navigate({ to: '/cases/new' }) } : {});
    const newButton = mayCreate && (
        <LinkButton to="/cases/new" primary>
            {text.case.new}
        </LinkButton>
    );
    return (
        <>
            <PageHead
                title={text.case.title}
                facts={text.case.sub}
                actions={
                    <>
                        <LinkButton to="/cases/deadlines">{text.case.termsAll}</LinkButton>
                        {may('case.import') && <LinkButton to="/cases/import">{text.case.importing.open}</LinkButton>}
                        {newButton}
                    </>
                }
            />
            <Card label={text.case.title}>
                <Filters
                    count={count}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={<SearchField label={text.case.search} value={search.q} onChange={(q) => change({ q })} />}
                >
                    <Pick
                        label={text.case.procedure}
                        value={search.procedure}
                        options={PROCEDURES.map((each) => [each, words.procedure(each)] as const)}
                        onChange={(procedure) => change({ procedure })}
                    />
                    <Pick
                        label={text.case.ended}
                        value={search.ended}
                        options={(['no', 'yes'] as const).map((each) => [each, text.case.endedValues[each]] as const)}
                        onChange={(ended) => change({ ended })}
                    />
                    <Pick
                        label={text.case.source}
                        value={search.source}
                        options={CASE_SOURCES.map((each) => [each, text.case.sources[each]] as const)}
                        onChange={(source) => change({ source })}
                    />
                    <PersonPick
                        label={text.case.person}
                        placeholder={text.case.person}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                    <Pick
                        label={text.case.order}
                        always
                        value={search.order ?? 'newest'}
                        options={(['newest', 'oldest'] as const).map((each) => [each, text.case.orders[each]] as const)}
                        onChange={(order) => change({ order: order === 'newest' ? undefined : order })}
                    />
                </Filters>
                <DataList<CaseItem>
                    id="cases"
                    name={text.case.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(item) => item.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.case.noneTitle} what={text.case.noneWhat} />
                        ) : (
                            <Empty title={text.case.emptyTitle} what={text.case.emptyWhat} action={newButton} />
                        )
                    }
                />
            </Card>
        </>
    );
}

function useColumns(): Column<CaseItem>[] {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    const term = ({ next }: CaseItem): string => (next === null ? '' : `${words.term(next.key)} · ${words.termLine(next)}`);
    const handlers = (item: CaseItem) => format.list(item.handlers.map((each) => each.name));
    return [
        {
            key: 'title',
            title: text.case.caseTitle,
            width: 'minmax(240px, 2.2fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <Link to="/cases/$id" params={{ id: item.id }} className="main two-lines" title={item.title}>
                    {item.title}
                </Link>
            ),
            plain: (item) => item.title,
        },
        {
            key: 'state',
            title: text.case.state,
            width: 'minmax(150px, 1.1fr)',
            plain: (item) => words.state(item.procedure, item.state),
        },
        {
            key: 'term',
            title: text.case.nextTerm,
            width: 'minmax(210px, 1.6fr)',
            cell: (item) =>
                item.next === null ? (
                    <span className="faint">{text.common.none}</span>
                ) : (
                    <span className="status">
                        <Dot status={TERM_STATUS[item.next.state]} />
                        <span className="two-lines">{term(item)}</span>
                    </span>
                ),
            plain: term,
        },
        {
            key: 'procedure',
            title: text.case.procedure,
            width: 'minmax(130px, 1fr)',
            plain: (item) => words.procedure(item.procedure),
        },
        {
            key: 'party',
            title: text.case.party,
            width: 'minmax(140px, 1.2fr)',
            cell: (item) => item.party?.name ?? text.common.none,
            plain: (item) => item.party?.name ?? '',
        },
        { key: 'handlers', title: text.case.handlers, width: 'minmax(110px, 0.9fr)', plain: handlers },
        {
            key: 'number',
            title: text.case.number,
            width: 'minmax(150px, 1fr)',
            cell: (item) => <span className="mono-figures">{item.number}</span>,
            plain: (item) => item.number,
        },
        {
            key: 'source',
            title: text.case.source,
            width: '110px',
            shown: 'off',
            plain: (item) => text.case.sources[item.source],
        },
        {
            key: 'openedAt',
            title: text.case.openedAt,
            width: '186px',
            plain: (item) => format.dateTime(item.openedAt),
        },
    ];
}
