import { fill } from '@liuhen/contract';
import { PROCEDURES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import { Filters, Pick } from '../../app/filters.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Empty, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { useAsk } from '../../app/query.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCaseWords } from './case-words.ts';
import { TermList } from './term-list.tsx';

const STATES = ['late', 'soon', 'running', 'suspended', 'unset'] as const;

/** Late is visible before it is late: the terms of all running cases, the next one first. */
export function DeadlineListPage() {
    const text = useText();
    const words = useCaseWords();
    const navigate = useNavigate({ from: '/cases/deadlines' });
    const search = useSearch({ from: '/signed-in/shell/cases/deadlines' });
    const { data, error, isPending, refetch } = useAsk('case.deadlines', { query: search }, { refetchInterval: 60_000 });
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const back = <Link to="/cases">{text.case.title}</Link>;
    if (isPending) return <Waiting />;
    if (data === undefined) return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    const { late, soon, clockDoubted } = data.counts;
    return (
        <>
            <PageHead
                crumb={back}
                title={text.case.termsAll}
                facts={text.case.termsSub}
                tag={
                    clockDoubted > 0 ? (
                        <Tag status="judge">{text.serverClock.waits}</Tag>
                    ) : late > 0 ? (
                        <Tag status="broken">{fill(text.case.answersWhy.termsBroken, { late })}</Tag>
                    ) : (
                        soon > 0 && <Tag status="act">{fill(text.case.answersWhy.termsAct, { soon })}</Tag>
                    )
                }
            />
            <Card label={text.case.termsAll}>
                <Filters count={Object.keys(search).length} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.case.termKey}
                        value={search.state}
                        options={STATES.map((each) => [each, text.case.termStates[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <Pick
                        label={text.case.procedure}
                        value={search.procedure}
                        options={PROCEDURES.map((each) => [each, words.procedure(each)] as const)}
                        onChange={(procedure) => change({ procedure })}
                    />
                    <PersonPick
                        label={text.case.person}
                        placeholder={text.case.person}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                </Filters>
                {data.leftOut > 0 && (
                    <Alert banner type="warning" title={fill(text.case.termsLeftOut, { count: data.leftOut })} />
                )}
                {data.items.length === 0 ? (
                    <Empty title={text.case.termsEmptyTitle} what={text.case.termsEmptyWhat} />
                ) : (
                    <TermList
                        of={data.items.map(({ case: of, countdown }) => ({
                            id: `${of.id} ${countdown.key}`,
                            countdown,
                            about: (
                                <Link to="/cases/$id" params={{ id: of.id }}>
                                    {of.number} {of.title}
                                </Link>
                            ),
                        }))}
                    />
                )}
            </Card>
        </>
    );
}
