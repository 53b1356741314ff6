import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { FindingAct } from '../act/finding-act.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { AnswerDue } from './answer-due.tsx';
import { FindingAnswers } from './finding-answers.tsx';
import { FindingOutcomes } from './finding-outcomes.tsx';
import { FindingRulings } from './finding-rulings.tsx';
import { FindingSteps } from './finding-steps.tsx';
import { FindingSubject } from './finding-subject.tsx';
import { articlesOf, findingStatus, useFindingState, useFindingWords, useOwnerWords } from './finding-words.tsx';

/** One finding: what it is, the picture it is read from, what was answered. One screen per answer; the next is one press away. */
export function FindingPage() {
    const text = useText();
    const stateOf = useFindingState();
    const format = useFormat();
    const { language } = useLanguage();
    const words = useFindingWords();
    const ownerOf = useOwnerWords();
    const may = useMay();
    const { id } = useParams({ from: '/signed-in/shell/compliance/findings/$id' });
    const { data, error, isPending, refetch } = useAsk('finding.get', { params: { id } });
    const back = <Link to="/compliance/findings">{text.ruleFinding.title}</Link>;
    if (isPending) return <Waiting />;
    if (data === undefined) return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    const { act, device, unit, person } = data;
    const judgedOf = ({ id: objectId, judgedAt, count }: NonNullable<typeof data.judgement>): [string, ReactNode] => [
        text.ruleFinding.judged,
        <Line
            key="judged"
            of={[
                format.dateTime(judgedAt),
                may('ledger.view') ? (
                    <Link key="all" to="/log" search={{ objectId }}>
                        {fill(text.ruleFinding.judgedTimes, { count: format.count(count) })}
                    </Link>
                ) : (
                    fill(text.ruleFinding.judgedTimes, { count: format.count(count) })
                ),
            ]}
        />,
    ];
    return (
        <>
            <PageHead
                crumb={
                    <>
                        {back} / {data.own ? '' : `${data.organisation.name} / `}
                        {act?.number ?? device?.number ?? unit?.name}
                    </>
                }
                title={words(data)}
                tag={
                    <Tag status={findingStatus(data)}>
                        {data.state === 'settled' && data.rulings.at(-1)?.kind === 'revised'
                            ? text.ruleFinding.revisedState
                            : stateOf(data)}
                        {data.goneSince !== null && ` · ${text.ruleFinding.overtaken}`}
                        {data.overdue === true && ` · ${text.ruleFinding.overdue}`}
                    </Tag>
                }
                facts={
                    <Line
                        of={[
                            text.ruleFinding.rules[data.rule],
                            data.modal === 'should' ? text.ruleFinding.wanted : null,
                            person?.name ?? ownerOf(data),
                            data.from !== null && data.to !== null ? format.period(data.from, data.to, 'second') : null,
                            language === 'en' ? null : articlesOf(data).join('、'),
                        ]}
                    />
                }
                actions={
                    <>
                        <FindingSteps finding={data} />
                        {data.next !== null && (
                            <LinkButton to="/compliance/findings/$id" params={{ id: data.next }}>
                                {text.ruleFinding.next}
                            </LinkButton>
                        )}
                    </>
                }
            />
            {data.own && act !== null && <FindingAct actId={act.id} at={data.from} />}
            <div className="two">
                <div>
                    <Card title={text.ruleFinding.history}>
                        {(data.answers.length > 0 || data.rulings.length === 0) && (
                            <FindingAnswers finding={data} actId={data.own ? (act?.id ?? null) : null} />
                        )}
                        <FindingRulings finding={data} />
                        {data.mayAnswer && (
                            <p className="empty-small">
                                {act === null ? text.ruleFinding.supplySubject : text.ruleFinding.supply}
                            </p>
                        )}
                    </Card>
                </div>
                <div>
                    <Card title={text.ruleFinding.facts}>
                        <div className="body">
                            <Facts
                                of={[
                                    act === null || !data.own
                                        ? [text.ruleFinding.subject, <FindingSubject key="of" finding={data} />]
                                        : [
                                              text.ruleFinding.act,
                                              <Link key="act" to="/acts/$id" params={{ id: act.id }}>
                                                  {act.party ?? act.place} · {scenarioWords(text, act.scenario)}
                                              </Link>,
                                          ],
                                    [text.ruleFinding.owner, ownerOf(data)],
                                    [text.ruleFinding.found, format.dateTime(data.foundAt)],
                                    [text.ruleFinding.due, <AnswerDue key="due" finding={data} />],
                                    ...(data.judgement === null ? [] : [judgedOf(data.judgement)]),
                                ]}
                            />
                        </div>
                    </Card>
                    {(data.state === 'stands' || data.outcomes.length > 0) && <FindingOutcomes finding={data} />}
                    {data.own && <TraceCard objectId={data.id} />}
                </div>
            </div>
        </>
    );
}
