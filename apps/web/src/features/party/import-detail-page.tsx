import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill, IMPORT_OUTCOMES } from '@liuhen/contract';
import { IMPORT_PLANS, type ImportPlan } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { csvOf, download } from '../../app/csv.ts';
import { type Column, DataList } from '../../app/data-list.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, Line, PageHead, type Status, Tag, Waiting } from '../../app/page.tsx';
import { useAsk, usePages } from '../../app/query.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { type ImportRow, rowWords } from './import-words.ts';

type Import = ResponseOf<Endpoints['party.getImport']>;

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
    const confirm = useCommand('party.confirmImport', { onDone: close });
    const withdraw = useCommand('party.withdrawImport', { onDone: close });
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
                        {found.state === 'previewed' && (
                            <Button onClick={() => setAsking('withdraw')}>{text.imports.withdraw}</Button>
                        )}
                        {found.state === 'previewed' && (
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
                    what={fill(text.imports.confirmWhat, { create: format.count(create), change: format.count(change) })}
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
    const figures: [Status, string, number, string][] = [
        ['held', text.imports.plans.create, asked ? planned.create : done.created, text.imports.whyCreate],
        ['held', text.imports.plans.change, asked ? planned.change : done.changed, text.imports.whyChange],
        ['judge', text.imports.plans.leave, asked ? planned.leave : done.left, text.imports.whyLeave],
        ['act', text.imports.plans.refuse, asked ? planned.refuse : done.refused, text.imports.whyRefuse],
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

function RowsCard({ found }: { found: Import }) {
    const text = useText();
    const [plan, setPlan] = useState<ImportPlan | undefined>(found.planned.refuse > 0 ? 'refuse' : undefined);
    const [outcome, setOutcome] = useState<(typeof IMPORT_OUTCOMES)[number]>();
    const over = found.state === 'done';
    const filter = over ? (outcome === undefined ? {} : { outcome }) : plan === undefined ? {} : { plan };
    const pages = usePages(
        'party.importRows',
        { importId: found.id, ...filter },
        { unfinished: (row) => found.state !== 'previewed' && row.outcome === null },
    );
    const chosen = over ? outcome : plan;
    const keys = over ? IMPORT_OUTCOMES : IMPORT_PLANS;
    const words = { ...text.imports.plans, ...text.imports.outcomes };
    return (
        <Card label={text.imports.rowsTitle}>
            <div className="filters no-print" role="toolbar" aria-label={text.common.filters}>
                {[undefined, ...keys].map((each) => (
                    <Button
                        key={each ?? 'all'}
                        type={each === chosen ? 'primary' : 'default'}
                        aria-pressed={each === chosen}
                        onClick={() => (over ? setOutcome(each as typeof outcome) : setPlan(each as typeof plan))}
                    >
                        {each === undefined ? text.imports.all : words[each]}
                    </Button>
                ))}
            </div>
            <DataList<ImportRow>
                id="party-import-rows"
                name={text.imports.rowsTitle}
                columns={useRowColumns(over)}
                items={pages.items}
                idOf={(row) => String(row.line)}
                total={pages.total}
                pages={pages}
                empty={<Empty title={text.imports.noRowsTitle} what={text.imports.noRowsWhat} />}
            />
        </Card>
    );
}

function useRowColumns(over: boolean): Column<ImportRow>[] {
    const text = useText();
    const what = (row: ImportRow) =>
        row.outcome !== null && (over || row.outcome !== 'left')
            ? text.imports.outcomes[row.outcome]
            : text.imports.plans[row.plan];
    return [
        {
            key: 'name',
            title: text.party.name,
            width: 'minmax(180px, 1.2fr)',
            shown: 'always',
            phone: 'title',
            cell: (row) =>
                row.partyId === null ? (
                    <span>{row.name === '' ? text.common.none : row.name}</span>
                ) : (
                    <Link to="/parties/$id" params={{ id: row.partyId }} className="main two-lines">
                        {row.name}
                    </Link>
                ),
            plain: (row) => row.name,
        },
        {
            key: 'line',
            title: text.imports.line,
            width: '72px',
            number: true,
            cell: (row) => row.line,
            plain: (row) => String(row.line),
        },
        { key: 'plan', title: text.imports.what, width: '100px', cell: what, plain: what },
        {
            key: 'details',
            title: text.imports.details,
            width: 'minmax(280px, 2.6fr)',
            cell: (row) => (
                <span>
                    {rowWords(text, row).map((words) => (
                        <span key={words} style={{ display: 'block' }}>
                            {words}
                        </span>
                    ))}
                </span>
            ),
            plain: (row) => rowWords(text, row).join('；'),
        },
    ];
}

/** All rows, not only those that were read so far, as a file. */
function ResultButton({ found }: { found: Import }) {
    const text = useText();
    const [busy, setBusy] = useState(false);
    const [error, setError] = useState<unknown>();
    const fetchAll = async () => {
        setBusy(true);
        setError(undefined);
        try {
            const rows: ImportRow[] = [];
            let cursor: string | undefined;
            do {
                const query = { importId: found.id, limit: 1_000, ...(cursor === undefined ? {} : { cursor }) };
                const page = await client.call('party.importRows', { query });
                rows.push(...page.items);
                cursor = page.next ?? undefined;
            } while (cursor !== undefined);
            const head = [text.imports.line, text.party.name, text.imports.plan, text.imports.outcome, text.imports.details];
            const lines = rows.map((row) => [
                String(row.line),
                row.name,
                text.imports.plans[row.plan],
                row.outcome === null ? '' : text.imports.outcomes[row.outcome],
                rowWords(text, row).join('；'),
            ]);
            download(`${found.fileName} ${text.imports.resultName}.csv`, csvOf([head, ...lines]));
        } catch (failure) {
            setError(failure);
        } finally {
            setBusy(false);
        }
    };
    return (
        <>
            <ErrorNote error={error} of="read" onRetry={() => void fetchAll()} />
            <Button disabled={busy} onClick={() => void fetchAll()}>
                {busy ? text.common.loading : text.imports.download}
            </Button>
        </>
    );
}
