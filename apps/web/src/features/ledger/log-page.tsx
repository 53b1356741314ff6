import { fill } from '@liuhen/contract';
import { EVENT_KINDS, type EventKind } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { Hash } from '../../app/copy.tsx';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead, Tag } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { useActorWords } from './actor-words.ts';
import { EntryDrawer } from './entry-drawer.tsx';
import { useEventWords } from './event-words.ts';
import { LogTabs } from './log-tabs.tsx';

type Entry = ItemOf<'ledger.list'>;
const KINDS = Object.keys(EVENT_KINDS) as EventKind[];

export function LogPage() {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const eventWords = useEventWords();
    const navigate = useNavigate({ from: '/log' });
    const search = useSearch({ from: '/signed-in/shell/log' });
    const { from, to, entry, ...rest } = search;
    const pages = usePages('ledger.list', { ...rest, ...daysToInstants(from, to) });
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(rest).length + (from === undefined ? 0 : 1) + (to === undefined ? 0 : 1);
    const head = pages.head?.head;
    return (
        <>
            <PageHead
                title={text.log.title}
                facts={
                    <>
                        {text.log.sub}
                        {head !== undefined && ` · ${fill(text.log.size, { size: format.count(BigInt(head.size)) })}`}
                    </>
                }
            />
            <LogTabs />
            {head !== undefined && (
                <Card label={text.log.chain}>
                    <div className="body chain">
                        <strong>{text.log.chain}</strong>
                        <Hash value={head.chain} label={text.log.chain} />
                        <p className="faint">
                            {text.log.chainWhat}
                            {text.log.verifyHow}
                        </p>
                    </div>
                </Card>
            )}
            <Card label={text.log.title}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Select
                        className="pick"
                        showSearch={{ optionFilterProp: 'label' }}
                        allowClear
                        aria-label={text.log.kind}
                        placeholder={text.log.kind}
                        value={search.kind ?? null}
                        onChange={(kind) => change({ kind: kind ?? undefined })}
                        popupMatchSelectWidth={false}
                        options={KINDS.map((kind) => ({ value: kind, label: eventWords(kind) }))}
                    />
                    {may('person.list') && (
                        <PersonPick
                            label={text.log.actor}
                            placeholder={text.log.actor}
                            value={search.actorId}
                            onChange={(actorId) => change({ actorId })}
                        />
                    )}
                    <DayRange from={from} to={to} onChange={change} />
                    {search.objectId !== undefined && (
                        <Tag status="brand">
                            {fill(text.log.objectFilter, { id: search.objectId.slice(-8) })}{' '}
                            <button
                                type="button"
                                className="linkish"
                                aria-label={text.common.clear}
                                onClick={() => change({ objectId: undefined })}
                            >
                                ×
                            </button>
                        </Tag>
                    )}
                </Filters>
                {search.objectId !== undefined && <p className="card-note">{text.log.seqComplete}</p>}
                <DataList<Entry>
                    id="log"
                    name={text.log.title}
                    columns={useColumns(search.objectId)}
                    items={pages.items}
                    idOf={(each) => each.index}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.log.noneTitle} what={text.log.noneWhat} />
                        ) : (
                            <Empty title={text.log.emptyTitle} what={text.log.emptyWhat} />
                        )
                    }
                />
            </Card>
            {entry !== undefined && (
                <EntryDrawer key={entry} index={entry} size={head?.size} onClose={() => change({ entry: undefined })} />
            )}
        </>
    );
}

function useColumns(objectId: string | undefined): Column<Entry>[] {
    const text = useText();
    const format = useFormat();
    const eventWords = useEventWords();
    const actorWords = useActorWords();
    const seqOf = (entry: Entry) => entry.objects.find((each) => each.id === objectId)?.seq;
    return [
        {
            key: 'kind',
            title: text.log.kind,
            width: 'minmax(180px, 1.6fr)',
            shown: 'always',
            phone: 'title',
            cell: (entry) => (
                <Link from="/log" to="/log" search={(before) => ({ ...before, entry: entry.index })} className="main" replace>
                    {eventWords(entry.kind)}
                </Link>
            ),
            plain: (entry) => eventWords(entry.kind),
        },
        {
            key: 'at',
            title: text.log.at,
            width: '200px',
            plain: (entry) => format.dateTime(entry.at, 'second'),
        },
        {
            key: 'actor',
            title: text.log.actor,
            width: 'minmax(120px, 1fr)',
            plain: (entry) => actorWords(entry.actor),
        },
        ...(objectId === undefined
            ? []
            : [
                  {
                      key: 'seq',
                      title: text.log.objects,
                      width: '110px',
                      cell: (entry: Entry) => fill(text.log.objectSeq, { seq: seqOf(entry) ?? text.common.none }),
                      plain: (entry: Entry) => String(seqOf(entry) ?? ''),
                  },
              ]),
        {
            key: 'index',
            title: text.log.index,
            width: '110px',
            number: true,
            cell: (entry) => <span className="mono">{format.count(BigInt(entry.index))}</span>,
            plain: (entry) => entry.index,
        },
        {
            key: 'leaf',
            title: text.log.leaf,
            width: '150px',
            phone: 'hide',
            cell: (entry) => <span className="mono faint nowrap">{entry.leaf.slice(0, 14)}…</span>,
            plain: (entry) => entry.leaf,
        },
    ];
}
