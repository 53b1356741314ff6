import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { BREACHABLE } from '@liuhen/domain';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { useFindingWords } from './finding-words.tsx';
import { OutcomeBasis } from './outcome-basis.tsx';
import { OutcomeDrawer } from './outcome-drawer.tsx';

type Outcome = ResponseOf<Endpoints['outcome.get']>;

/** One outcome, with what stood before it was corrected. */
export function OutcomePage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/compliance/outcomes/$id' });
    const { data, error, isPending, refetch } = useAsk('outcome.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined) {
        const back = <Link to="/compliance/outcomes">{text.outcome.title}</Link>;
        return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    }
    return <Loaded key={data.id} outcome={data} />;
}

function Loaded({ outcome }: { outcome: Outcome }) {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate();
    const [open, setOpen] = useState<'correct' | 'withdraw'>();
    const withdraw = useCommand('outcome.withdraw', { onDone: () => setOpen(undefined) });
    const { ended } = outcome;
    return (
        <>
            <PageHead
                crumb={<Link to="/compliance/outcomes">{text.outcome.title}</Link>}
                title={`${outcome.person?.name ?? outcome.organisation.name} ${text.outcome.kinds[outcome.kind]}`}
                tag={ended !== null && <Tag>{text.outcome.ends[ended.as]}</Tag>}
                facts={
                    <Line
                        of={[
                            outcome.organisation.name,
                            outcome.decidedDay,
                            ended !== null &&
                                fill(text.outcome.endedWords, {
                                    name: ended.by,
                                    time: format.dateTime(ended.at),
                                    why: ended.why,
                                }),
                            outcome.replacedBy !== null && (
                                <Link key="next" to="/compliance/outcomes/$id" params={{ id: outcome.replacedBy }}>
                                    {text.outcome.successor}
                                </Link>
                            ),
                        ]}
                    />
                }
                actions={
                    outcome.mayChange && (
                        <>
                            <Button onClick={() => setOpen('correct')}>{text.outcome.correct}</Button>
                            <Button onClick={() => setOpen('withdraw')}>{text.outcome.withdraw}</Button>
                        </>
                    )
                }
            />
            <div className="two">
                <div>
                    <What of={outcome} />
                    {outcome.earlier.length > 0 && <Earlier of={outcome.earlier} />}
                </div>
                <TraceCard objectId={outcome.id} />
            </div>
            {open === 'correct' && (
                <OutcomeDrawer
                    of={outcome}
                    onClose={() => setOpen(undefined)}
                    onDone={(id) => void navigate({ to: '/compliance/outcomes/$id', params: { id } })}
                />
            )}
            {open === 'withdraw' && (
                <ReasonDialogue
                    title={text.outcome.withdrawTitle}
                    what={text.outcome.withdrawWhat}
                    label={text.outcome.withdrawReason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={() => {
                        withdraw.reset();
                        setOpen(undefined);
                    }}
                    onSubmit={(reason) => withdraw.mutate({ params: { id: outcome.id }, body: { reason } })}
                />
            )}
        </>
    );
}

function What({ of }: { of: Outcome }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { language } = useLanguage();
    const findingWords = useFindingWords();
    const clause = BREACHABLE.find(({ id }) => id === of.clause);
    return (
        <Card title={text.outcome.kind}>
            <div className="body">
                <Facts
                    of={[
                        [
                            text.outcome.subject,
                            of.person === null ? (
                                text.outcome.unit
                            ) : may('person.list') ? (
                                <Link key="person" to="/persons/$id" params={{ id: of.person.id }}>
                                    {of.person.name}
                                </Link>
                            ) : (
                                of.person.name
                            ),
                        ],
                        [
                            text.outcome.clause,
                            <Link key="clause" to="/compliance" search={{ q: of.clause }}>
                                {language === 'en' ? `${of.clause} ${clause?.en ?? ''}` : `${of.article} ${clause?.quote ?? ''}`}
                            </Link>,
                        ],
                        [text.outcome.happenedDay, of.happenedDay],
                        [text.outcome.facts, of.facts],
                        [
                            text.outcome.act,
                            of.act === null ? undefined : (
                                <Link key="act" to="/acts/$id" params={{ id: of.act.id }}>
                                    {of.act.number}
                                </Link>
                            ),
                        ],
                        [
                            text.outcome.finding,
                            of.finding === null ? undefined : (
                                <span key="finding">
                                    <Link to="/compliance/findings/$id" params={{ id: of.finding.id }}>
                                        {findingWords(of.finding)}
                                    </Link>
                                    <OutcomeBasis finding={of.finding} />
                                </span>
                            ),
                        ],
                        [text.outcome.kind, text.outcome.kinds[of.kind]],
                        [text.outcome.measure, of.measure ?? undefined],
                        [text.outcome.decidedBy, of.decidedBy],
                        [text.outcome.decidedDay, of.decidedDay],
                        [text.outcome.paperNumber, of.paperNumber ?? undefined],
                        [text.outcome.recordedBy, `${of.recordedBy.name} ${format.dateTime(of.recordedAt)}`],
                    ]}
                />
            </div>
        </Card>
    );
}

function Earlier({ of }: { of: Outcome['earlier'] }) {
    const text = useText();
    const format = useFormat();
    return (
        <Card title={text.outcome.earlier} small={of.length}>
            <ul className="people">
                {of.map((each) => (
                    <li key={each.id} className="faint">
                        <div>
                            <Link to="/compliance/outcomes/$id" params={{ id: each.id }}>
                                {text.outcome.kinds[each.kind]} {each.decidedDay}
                            </Link>
                            <span className="second">{each.facts}</span>
                            {each.ended !== null && (
                                <span className="second">
                                    {fill(text.outcome.endedWords, {
                                        name: each.ended.by,
                                        time: format.dateTime(each.ended.at),
                                        why: each.ended.why,
                                    })}
                                </span>
                            )}
                        </div>
                    </li>
                ))}
            </ul>
        </Card>
    );
}
