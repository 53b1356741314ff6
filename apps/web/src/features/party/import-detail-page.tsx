import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot, Line, PageHead, type Status, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { ResultButton, RowsCard } from './import-rows-card.tsx';
import { type Import, importWords } from './import-words.ts';

/** How often the progress of a running import is asked for, milliseconds. */
const PROGRESS_MS = 1_500;

/** One import: the plan before it is confirmed, the progress while it runs, and what became of every row. */
export function ImportDetailPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/parties/imports/$id' });
    const [running, setRunning] = useState(false);
    const asked = useAsk('party.getImport', { params: { id } }, { refetchInterval: running ? PROGRESS_MS : false });
    const { data, error, isPending, refetch } = asked;
    if (data !== undefined && running !== (data.state === 'running')) setRunning(data.state === 'running');
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable
                error={error}
                onRetry={() => void refetch()}
                back={<Link to="/parties/imports">{text.imports.title}</Link>}
            />
        );
    return <Loaded found={data} />;
}

function Loaded({ found }: { found: Import }) {
    const text = useText();
    const format = useFormat();
    const [asking, setAsking] = useState<'confirm' | 'withdraw'>();
    const close = () => setAsking(undefined);
    const ofGrades = found.about === 'grades';
    const confirm = useCommand(ofGrades ? 'party.confirmGradeImport' : 'party.confirmImport', { onDone: close });
    const withdraw = useCommand(ofGrades ? 'party.withdrawGradeImport' : 'party.withdrawImport', { onDone: close });
    const mayDecide = useMay()(ofGrades ? 'party.grade' : 'party.manage') && found.state === 'previewed';
    const request = { params: { id: found.id }, body: { version: found.version } };
    const { create, change } = found.planned;
    const readAs =
        found.format === 'csv'
            ? fill(text.imports.readCsv, {
                  encoding: (found.encoding ?? '').toUpperCase(),
                  delimiter: delimiterWords(found.delimiter),
              })
            : fill(text.imports.readXlsx, { sheet: found.sheet ?? '' });
    return (
        <>
            <PageHead
                crumb={<Link to="/parties/imports">{text.imports.title}</Link>}
                title={found.fileName}
                tag={<Tag status={found.state === 'running' ? 'brand' : undefined}>{text.imports.states[found.state]}</Tag>}
                facts={
                    <Line
                        of={[
                            text.imports.subjects[found.about],
                            found.source !== null &&
                                fill(text.imports.stated, { source: found.source, reason: found.reason ?? '' }),
                            fill(text.imports.rows, { count: format.count(found.rows) }),
                            readAs,
                            found.otherSheets > 0 && fill(text.imports.otherSheets, { count: found.otherSheets }),
                            fill(text.imports.madeBy, { name: found.madeBy.name, at: format.dateTime(found.madeAt) }),
                            found.confirmedBy !== null &&
                                found.confirmedAt !== null &&
                                fill(text.imports.confirmedBy, {
                                    name: found.confirmedBy.name,
                                    at: format.dateTime(found.confirmedAt),
                                }),
                        ]}
                    />
                }
                actions={
                    <>
                        {found.state !== 'withdrawn' && <ResultButton found={found} />}
                        {mayDecide && <Button onClick={() => setAsking('withdraw')}>{text.imports.withdraw}</Button>}
                        {mayDecide && (
                            <Button type="primary" disabled={create + change === 0} onClick={() => setAsking('confirm')}>
                                {text.imports.confirm}
                            </Button>
                        )}
                    </>
                }
            />
            <Figures found={found} />
            {found.ignored.length > 0 && (
                <div className="note">
                    <strong>{text.imports.ignored}</strong>
                    <p>{format.list(found.ignored)}</p>
                </div>
            )}
            {found.state !== 'withdrawn' && <RowsCard found={found} />}
            <TraceCard objectId={found.id} />
            {asking === 'confirm' && (
                <ConfirmDialogue
                    title={text.imports.confirm}
                    what={fill(ofGrades ? text.imports.confirmGrades : text.imports.confirmWhat, {
                        create: format.count(create),
                        change: format.count(change),
                    })}
                    error={confirm.error}
                    busy={confirm.isPending}
                    onClose={close}
                    onConfirm={() => confirm.mutate(request)}
                />
            )}
            {asking === 'withdraw' && (
                <ConfirmDialogue
                    title={text.imports.withdraw}
                    what={text.imports.withdrawWhat}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={close}
                    onConfirm={() => withdraw.mutate(request)}
                />
            )}
        </>
    );
}

const delimiterWords = (delimiter: string | null): string => (delimiter === '\t' ? 'Tab' : (delimiter ?? ''));

/** The answer first: how many would be, or were, created, changed, left alone and refused. */
function Figures({ found }: { found: Import }) {
    const text = useText();
    const format = useFormat();
    const { planned, done } = found;
    const asked = found.state === 'previewed';
    const { plans } = importWords(text, found.about);
    const ofGrades = found.about === 'grades';
    const created: [Status, string, number, string] = [
        'held',
        plans.create,
        asked ? planned.create : done.created,
        text.imports.whyCreate,
    ];
    const figures: [Status, string, number, string][] = [
        ...(ofGrades ? [] : [created]),
        ['held', plans.change, asked ? planned.change : done.changed, ofGrades ? text.imports.whyGrade : text.imports.whyChange],
        ['judge', plans.leave, asked ? planned.leave : done.left, text.imports.whyLeave],
        ['act', plans.refuse, asked ? planned.refuse : done.refused, text.imports.whyRefuse],
    ];
    const finished = done.created + done.changed + done.left + done.refused;
    const percent = found.rows === 0 ? 100 : Math.floor((finished / found.rows) * 100);
    return (
        <section className="card">
            <div className="answer">
                {figures.map(([status, words, count, why]) => (
                    <div key={words}>
                        <b>
                            <Dot status={count === 0 ? 'judge' : status} />
                            {words} {format.count(count)}
                        </b>
                        <span className="why">{why}</span>
                    </div>
                ))}
            </div>
            {found.state === 'running' && (
                <div className="body" aria-live="polite">
                    <Progress percent={percent} aria-label={text.imports.states.running} />
                    <p className="soft">
                        {fill(text.imports.runningWhat, { done: format.count(finished), all: format.count(found.rows) })}
                    </p>
                </div>
            )}
            {found.state === 'withdrawn' && <p className="empty-small">{text.imports.withdrawnWhat}</p>}
        </section>
    );
}
