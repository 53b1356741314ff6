import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { attestableOf } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { useParameterWords } from '../parameter/parameter-words.ts';
import { AttestationDrawer } from './attestation-drawer.tsx';
import { AttestationPapers } from './attestation-papers.tsx';
import { ATTESTATION_STATUS, AttestationStanding, useQuestion } from './attestation-words.tsx';

type Attestation = ResponseOf<Endpoints['attestation.get']>;

/** What is asked about one clause of one organisation, how it stands, and everything that was ever confirmed. */
export function AttestationPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/compliance/attestations/$id' });
    const { data, error, isPending, refetch } = useAsk('attestation.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined) {
        const back = <Link to="/compliance/attestations">{text.attestation.title}</Link>;
        return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    }
    return <Loaded key={data.id} attestation={data} />;
}

function Loaded({ attestation }: { attestation: Attestation }) {
    const text = useText();
    const format = useFormat();
    const question = useQuestion();
    const { language } = useLanguage();
    const { period } = useParameterWords();
    const [confirming, setConfirming] = useState(false);
    const { clause, article, organisation, state, term, by, entries, mayConfirm } = attestation;
    return (
        <>
            <PageHead
                crumb={<Link to="/compliance/attestations">{text.attestation.title}</Link>}
                title={question(clause)}
                tag={<Tag status={ATTESTATION_STATUS[state]}>{text.attestation.states[state]}</Tag>}
                facts={
                    <Line
                        of={[
                            organisation.name,
                            language === 'en' ? clause : article,
                            <AttestationStanding key="standing" item={attestation} />,
                        ]}
                    />
                }
                actions={
                    mayConfirm && (
                        <Button type="primary" onClick={() => setConfirming(true)}>
                            {text.attestation.confirm}
                        </Button>
                    )
                }
            />
            <div className="two">
                <History entries={entries} mayWithdraw={mayConfirm} />
                <div>
                    <Card title={text.attestation.facts}>
                        <div className="body">
                            <Facts
                                of={[
                                    [text.attestation.organisation, organisation.name],
                                    [
                                        text.attestation.clause,
                                        <Link key="clause" to="/compliance" search={{ q: clause }}>
                                            {language === 'en' ? clause : `${article} ${clause}`}
                                        </Link>,
                                    ],
                                    [
                                        text.attestation.quote,
                                        <span key="quote" lang="zh-CN">
                                            {attestableOf(clause)?.clause.quote}
                                        </span>,
                                    ],
                                    [text.attestation.may, format.list(by.map((role) => text.person.roleNames[role]))],
                                    [text.attestation.term, `${period(term.value)}${format.brackets(text.attestation.termOwn)}`],
                                ]}
                            />
                        </div>
                    </Card>
                    {entries[0] !== undefined && <TraceCard objectId={entries[0].id} />}
                </div>
            </div>
            {confirming && <AttestationDrawer clause={clause} onClose={() => setConfirming(false)} />}
        </>
    );
}

function History({ entries, mayWithdraw }: { entries: Attestation['entries']; mayWithdraw: boolean }) {
    const text = useText();
    const format = useFormat();
    const [open, setOpen] = useState<string>();
    const withdraw = useCommand('attestation.withdraw', { onDone: () => setOpen(undefined) });
    return (
        <Card title={text.attestation.history} small={entries.length}>
            {entries.length === 0 && <p className="empty-small">{text.attestation.historyNone}</p>}
            <ul className="people">
                {entries.map((entry) => (
                    <li key={entry.id} className={entry.withdrawn === null ? undefined : 'faint'}>
                        <div>
                            {[entry.paper, entry.paperNumber, entry.paperDay].filter((each) => each !== null).join(' · ')}
                            <span className="second">
                                <Line
                                    of={[
                                        fill(text.attestation.from, { from: entry.fromDay, until: entry.untilDay }),
                                        entry.confirmedBy.name,
                                        format.dateTime(entry.confirmedAt),
                                    ]}
                                />
                            </span>
                            <AttestationPapers entry={entry} mayAdd={entry.withdrawn === null && mayWithdraw} />
                            {entry.note !== null && <span className="second">{entry.note}</span>}
                            {entry.withdrawn !== null && (
                                <span className="second">
                                    {fill(text.attestation.withdrawnWords, {
                                        name: entry.withdrawn.by,
                                        time: format.dateTime(entry.withdrawn.at),
                                        why: entry.withdrawn.why,
                                    })}
                                </span>
                            )}
                        </div>
                        {entry.withdrawn === null && mayWithdraw && (
                            <Button type="link" size="small" onClick={() => setOpen(entry.id)}>
                                {text.attestation.withdraw}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {open !== undefined && (
                <ReasonDialogue
                    title={text.attestation.withdrawTitle}
                    what={text.attestation.withdrawWhat}
                    label={text.attestation.withdrawReason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={() => {
                        withdraw.reset();
                        setOpen(undefined);
                    }}
                    onSubmit={(reason) => withdraw.mutate({ params: { id: open }, body: { reason } })}
                />
            )}
        </Card>
    );
}
