import type { CheckedLog, Endpoints, ResponseOf } from '@liuhen/contract';
import { CHECKED_LOGS, fill } from '@liuhen/contract';
import { LOG_CHECK_STATES, type LogCheckState } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { DayRange, Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, PageHead, type Status } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { FoundDifferences } from './found-differences.tsx';
import { LogTabs } from './log-tabs.tsx';

type Check = ItemOf<'logCheck.list'>;
type Standing = ResponseOf<Endpoints['logCheck.list']>['standing'];

const DOTS: Readonly<Record<LogCheckState, Status>> = { sound: 'held', wrong: 'broken', unfinished: 'act', running: 'judge' };

/** What each night's check of the log came to, and what somebody still has to explain. */
export function LogCheckPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/log/checks' });
    const { state, log, from, to, check } = useSearch({ from: '/signed-in/shell/log/checks' });
    const start = useCommand('logCheck.start');
    /** The newest check when another was asked for, which begins a moment later. */
    const [before, setBefore] = useState<string>();
    const awaited = (items: readonly Check[]) => start.isSuccess && items[0]?.id === before;
    const pages = usePages(
        'logCheck.list',
        { state, log, from, to },
        { unfinished: (each) => each.state === 'running', awaited },
    );
    const ask = () => {
        setBefore(pages.items[0]?.id);
        start.mutate({ body: {} });
    };
    type Change = {
        state?: LogCheckState | undefined;
        log?: CheckedLog | undefined;
        from?: string | undefined;
        to?: string | undefined;
        check?: string | undefined;
    };
    const change = (next: Change) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = [state, log, from, to].filter((each) => each !== undefined).length;
    // Where somebody has to give a reason, that comes first.
    const alarms = (pages.head?.standing.alarms.length ?? 0) > 0;
    const button = may('ledger.check') && (
        <Button type={alarms ? 'default' : 'primary'} onClick={ask} disabled={start.isPending || awaited(pages.items)}>
            {text.logCheck.start}
        </Button>
    );
    return (
        <>
            <PageHead title={text.logCheck.title} facts={text.logCheck.sub} actions={button} />
            <LogTabs />
            <ErrorNote error={start.error} of="command" />
            {awaited(pages.items) && (
                <p className="note" aria-live="polite">
                    {text.logCheck.startBusy}
                </p>
            )}
            {pages.head !== undefined && <StandingCard standing={pages.head.standing} onOpen={(id) => change({ check: id })} />}
            {check !== undefined && <FoundDifferences checkId={check} onClose={() => change({ check: undefined })} />}
            <Card label={text.logCheck.title}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.logCheck.state}
                        value={state}
                        options={LOG_CHECK_STATES.map((each) => [each, text.logCheck.states[each]] as const)}
                        onChange={(next) => change({ state: next })}
                    />
                    <Pick
                        label={text.logCheck.log}
                        value={log}
                        options={CHECKED_LOGS.map((each) => [each, text.logCheck.logs[each]] as const)}
                        onChange={(next) => change({ log: next })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                </Filters>
                <DataList<Check>
                    id="log-checks"
                    name={text.logCheck.title}
                    columns={useColumns((id) => change({ check: id }))}
                    items={pages.items}
                    idOf={(each) => each.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.logCheck.noneTitle} what={text.logCheck.noneWhat} />
                        ) : (
                            <Empty title={text.logCheck.emptyTitle} what={text.logCheck.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

function StandingCard({ standing, onOpen }: { standing: Standing; onOpen: (id: string) => void }) {
    const text = useText();
    const format = useFormat();
    return (
        <Card label={text.logCheck.state}>
            {standing.alarms.map((each) => (
                <Alarm key={each.id} check={each} onOpen={onOpen} />
            ))}
            <div className="body chain">
                {standing.running.map((each) => (
                    <p key={each.id} aria-live="polite">
                        {fill(text.logCheck.progress, {
                            log: text.logCheck.logs[each.log],
                            read: format.count(BigInt(each.read)),
                            size: format.count(BigInt(each.size)),
                        })}
                    </p>
                ))}
                <p>
                    <Dot status={standing.soundAt === null ? 'judge' : 'held'} />{' '}
                    {standing.soundAt === null
                        ? text.logCheck.never
                        : fill(text.logCheck.soundAt, { time: format.dateTime(standing.soundAt) })}
                </p>
                <SecondDisk disk={standing.disk} />
                <p className="faint">
                    {fill(text.logCheck.how, { nights: format.count(standing.signatureNights) })} {text.logCheck.howParameter}
                </p>
            </div>
        </Card>
    );
}

/** Where the log is kept as well, and what keeps it from that. */
function SecondDisk({ disk }: { disk: Standing['disk'] }) {
    const text = useText();
    const format = useFormat();
    const words = text.logCheck.disk;
    if (disk === null) return <p>{words.off}</p>;
    const { trouble } = disk;
    return (
        <>
            <p>
                {disk.at === null
                    ? words.never
                    : fill(words.last, { time: format.dateTime(disk.at), size: format.count(BigInt(disk.size)) })}{' '}
                {disk.bodies ? words.bodies : words.noBodies}
            </p>
            {trouble !== null && (
                <div className="note note-bad wrap" role="alert">
                    {fill(words.troubles[trouble.code], trouble.params)}
                    {format.brackets(fill(words.since, { time: format.dateTime(trouble.since) }))}
                </div>
            )}
        </>
    );
}

/** Stands until somebody has given the reason. */
function Alarm({ check, onOpen }: { check: Check; onOpen: (id: string) => void }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [asking, setAsking] = useState(false);
    const answer = useCommand('logCheck.answer', { onDone: () => setAsking(false) });
    const words = { night: check.night, log: text.logCheck.logs[check.log], count: format.count(check.findings) };
    return (
        <div className="note note-bad" role="alert">
            <strong>{fill(text.logCheck.alarm, words)}</strong>
            <p>{text.logCheck.alarmWhat}</p>
            <p>
                <Button size="small" onClick={() => onOpen(check.id)}>
                    {text.logCheck.open}
                </Button>{' '}
                {may('ledger.check') && (
                    <Button size="small" type="primary" onClick={() => setAsking(true)}>
                        {text.logCheck.answerDo}
                    </Button>
                )}
            </p>
            {asking && (
                <ReasonDialogue
                    title={text.logCheck.answerDo}
                    what={text.logCheck.answerWhat}
                    label={text.logCheck.answerLabel}
                    error={answer.error}
                    busy={answer.isPending}
                    onClose={() => setAsking(false)}
                    onSubmit={(reason) => answer.mutate({ params: { id: check.id }, body: { reason } })}
                />
            )}
        </div>
    );
}

function useColumns(onOpen: (id: string) => void): Column<Check>[] {
    const text = useText();
    const format = useFormat();
    const words = text.logCheck;
    const stateOf = ({ state, reason, attempt }: Check) =>
        [
            words.states[state],
            ...(reason === null ? [] : [format.brackets(words.reasons[reason])]),
            ...(attempt > 1 && state !== 'running' && reason === null
                ? [format.brackets(fill(words.again, { attempt: format.count(attempt) }))]
                : []),
        ].join('');
    const answerOf = ({ answer, state }: Check): string => {
        if (answer === null) return state === 'wrong' ? words.unanswered : '';
        const by = answer.by ?? words.answeredUnknown;
        return fill(words.answered, { by, time: format.dateTime(answer.at), reason: answer.reason });
    };
    return [
        {
            key: 'night',
            title: words.night,
            width: '120px',
            shown: 'always',
            phone: 'title',
            plain: (each) => each.night,
        },
        { key: 'log', title: words.log, width: 'minmax(120px, 1fr)', plain: (each) => words.logs[each.log] },
        {
            key: 'state',
            title: words.state,
            width: 'minmax(170px, 2fr)',
            cell: (each) => (
                <>
                    <Dot status={DOTS[each.state]} /> {stateOf(each)}
                </>
            ),
            plain: stateOf,
        },
        {
            key: 'findings',
            title: words.findings,
            width: '130px',
            cell: (each) =>
                each.findings > 0 && (
                    <>
                        {fill(words.findingCount, { count: format.count(each.findings) })}{' '}
                        <Button
                            size="small"
                            onClick={() => onOpen(each.id)}
                            aria-label={fill(words.openLabel, { night: each.night, log: words.logs[each.log] })}
                        >
                            {words.open}
                        </Button>
                    </>
                ),
            plain: (each) => String(each.findings),
        },
        {
            key: 'entries',
            title: words.entries,
            width: '110px',
            number: true,
            cell: (each) => format.count(BigInt(each.size)),
            plain: (each) => each.size,
        },
        {
            key: 'rows',
            title: words.rows,
            width: '110px',
            number: true,
            cell: (each) => format.count(each.rows),
            plain: (each) => String(each.rows),
        },
        {
            key: 'signatures',
            title: words.signatures,
            width: '110px',
            number: true,
            phone: 'hide',
            cell: (each) => format.count(BigInt(each.signatures)),
            plain: (each) => each.signatures,
        },
        {
            key: 'began',
            title: words.began,
            width: '180px',
            plain: (each) => format.dateTime(each.startedAt, 'second'),
        },
        {
            key: 'took',
            title: words.took,
            width: '100px',
            phone: 'hide',
            plain: (each) => (each.endedAt === null ? '' : format.duration(each.endedAt - each.startedAt)),
        },
        { key: 'answer', title: words.answer, width: 'minmax(160px, 2fr)', plain: answerOf },
    ];
}
