import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { BOARD_KINDS, BOARD_STATES, type ByClock, CLOCK_DOUBTED, type Instant } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useDepartments } from '../../app/departments.ts';
import { Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, Line, PageHead, Tag } from '../../app/page.tsx';
import { DevicePick, PersonPick } from '../../app/pick-remote.tsx';
import { usePages } from '../../app/query.ts';
import { BoardTabs } from './board-tabs.tsx';
import { BOARD_STATUS, type BoardItem, useLeft } from './board-words.tsx';
import { ExcuseSteps } from './excuse-steps.tsx';

const READ_AGAIN_MS = 60_000;

/** 附件1 第15条, before it is broken: what is known and not stored, what runs out next first. */
export function BoardPage() {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate({ from: '/recordings/board' });
    const search = useSearch({ from: '/signed-in/shell/recordings/board' });
    const pages = usePages('board.list', search);
    const { refetch } = pages;
    const [now, setNow] = useState(() => Date.now());
    useEffect(() => {
        const timer = setInterval(() => {
            setNow(Date.now());
            void refetch();
        }, READ_AGAIN_MS);
        return () => clearInterval(timer);
    }, [refetch]);
    const departments = useDepartments();
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(search).length;
    const head = pages.head;
    // Countdowns go by the server's clock: that of the phone may be wrong.
    const shownAt: ByClock<Instant> =
        head === undefined ? now : head.now === CLOCK_DOUBTED ? CLOCK_DOUBTED : now + head.now - pages.dataUpdatedAt;
    return (
        <>
            <PageHead
                crumb={<Link to="/recordings">{text.recording.title}</Link>}
                title={text.board.title}
                tag={head !== undefined && <StateTag head={head} />}
                facts={
                    <Line
                        of={[
                            text.board.sub,
                            head !== undefined &&
                                (head.officers === 0
                                    ? text.board.nothingOwed
                                    : fill(text.board.minutesOwed, {
                                          minutes: format.count(head.minutes),
                                          officers: format.count(head.officers),
                                      })),
                            head !== undefined &&
                                head.escalated > 0 &&
                                fill(text.board.escalated, { count: format.count(head.escalated) }),
                            head !== undefined && fill(text.board.workHours, head.hours),
                        ]}
                    />
                }
                actions={
                    <Button
                        aria-pressed={search.mine === 'yes'}
                        onClick={() => change({ mine: search.mine === 'yes' ? undefined : 'yes' })}
                    >
                        {search.mine === 'yes' ? text.board.all : text.board.mine}
                    </Button>
                }
            />
            <BoardTabs />
            {head?.calendarUnsure === true && <Alert banner type="warning" title={text.board.calendarUnsure} />}
            <Card label={text.board.list}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.board.state}
                        value={search.state}
                        options={BOARD_STATES.map((each) => [each, text.board.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <Pick
                        label={text.board.kind}
                        value={search.kind}
                        options={BOARD_KINDS.map((each) => [each, text.board.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    <PersonPick
                        label={text.board.who}
                        placeholder={text.board.who}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                    <Pick
                        label={text.board.department}
                        value={search.departmentId}
                        options={departments.map(({ id, name }) => [id, name] as const)}
                        onChange={(departmentId) => change({ departmentId })}
                    />
                    <DevicePick
                        label={text.board.device}
                        placeholder={text.board.device}
                        value={search.deviceId}
                        onChange={(deviceId) => change({ deviceId })}
                    />
                    <Pick
                        label={text.board.escalatedFilter}
                        value={search.escalated}
                        options={[['yes', text.board.escalatedOnly] as const]}
                        onChange={(escalated) => change({ escalated })}
                    />
                </Filters>
                <DataList<BoardItem>
                    id="board"
                    name={text.board.title}
                    columns={useColumns(shownAt)}
                    items={pages.items}
                    idOf={(item) => item.key}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.board.noneTitle} what={text.board.noneWhat} />
                        ) : (
                            <Empty title={text.board.emptyTitle} what={text.board.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

function StateTag({ head: { now, counts } }: { head: ResponseOf<Endpoints['board.list']> }) {
    const text = useText();
    const format = useFormat();
    const { late, soon } = counts;
    if (now === CLOCK_DOUBTED) return <Tag status="judge">{text.serverClock.waits}</Tag>;
    if (late > 0) return <Tag status="broken">{fill(text.board.late, { count: format.count(late) })}</Tag>;
    if (soon > 0) return <Tag status="act">{fill(text.board.soon, { count: format.count(soon) })}</Tag>;
    return <Tag status="held">{text.board.calm}</Tag>;
}

function About({ item }: { item: BoardItem }) {
    const text = useText();
    const { act, recording, kind } = item;
    if (act !== null)
        return (
            <Link to="/acts/$id" params={{ id: act.id }} className="main">
                {act.party ?? act.place}
                <span className="second">{act.number}</span>
            </Link>
        );
    if (recording !== null && kind === 'stored')
        return (
            <Link to="/recordings/$id" params={{ id: recording.id }} className="main">
                {recording.name}
            </Link>
        );
    if (item.device !== null && kind === 'check')
        return (
            <Link to="/devices/$id" params={{ id: item.device.id }} className="main">
                {text.board.kinds.check}
            </Link>
        );
    return <span>{recording?.name ?? text.board.kinds[kind]}</span>;
}

function Told({ item, now }: { item: BoardItem; now: ByClock<Instant> }) {
    const text = useText();
    const format = useFormat();
    // The last one says enough.
    const told = now === CLOCK_DOUBTED ? [] : item.reminders.filter(({ at }) => at <= now).slice(-1);
    return (
        <>
            {item.tonight && now !== CLOCK_DOUBTED && item.state !== 'late' && (
                <span className="second">{text.board.tonight}</span>
            )}
            {told.map(({ kind, at }) => (
                <span key={kind} className="second">
                    {text.board.reminders[kind]} {format.dateTime(at)}
                </span>
            ))}
            {item.unfiled > 0 && (
                <span className="second">
                    {fill(text.board.unfiled, { count: item.unfiled })}{' '}
                    <Link to="/recordings/filing" className="no-print">
                        {text.board.toFiling}
                    </Link>
                </span>
            )}
        </>
    );
}

function useColumns(now: ByClock<Instant>): Column<BoardItem>[] {
    const text = useText();
    const format = useFormat();
    const left = useLeft();
    const at = (instant: number | null) => (instant === null ? '' : format.dateTime(instant));
    const excuse = ({ excuse: of }: BoardItem) =>
        of === null ? '' : `${text.board.grounds[of.ground]}：${of.words}（${text.board.excuses[of.state]}）`;
    return [
        {
            key: 'state',
            title: text.board.state,
            width: 'minmax(170px, 1.2fr)',
            shown: 'always',
            cell: (item) => (
                <span>
                    <Dot status={BOARD_STATUS[item.state]} />
                    {text.board.states[item.state]}
                    <strong className="second">{left(item, now)}</strong>
                </span>
            ),
            plain: (item) => [text.board.states[item.state], left(item, now)].filter((each) => each !== '').join(' '),
        },
        {
            key: 'about',
            title: text.board.about,
            width: 'minmax(190px, 1.6fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <>
                    <About item={item} />
                    <Told item={item} now={now} />
                </>
            ),
            plain: ({ act, recording, kind }) =>
                [text.board.kinds[kind], act?.number, act?.party ?? act?.place, recording?.name]
                    .filter((each) => each !== undefined && each !== null)
                    .join(' '),
        },
        {
            key: 'who',
            title: text.board.who,
            width: 'minmax(100px, .8fr)',
            cell: ({ person, department }) =>
                person === null ? (
                    <span className="faint">{text.board.room}</span>
                ) : (
                    <>
                        <Link to="/persons/$id" params={{ id: person.id }}>
                            {person.name}
                        </Link>
                        {department !== null && <span className="second">{department}</span>}
                    </>
                ),
            plain: ({ person }) => person?.name ?? text.board.room,
        },
        {
            key: 'department',
            title: text.board.department,
            width: 'minmax(100px, .8fr)',
            shown: 'off',
            cell: ({ department }) => department ?? text.common.none,
            plain: ({ department }) => department ?? '',
        },
        {
            key: 'device',
            title: text.board.device,
            width: 'minmax(90px, .7fr)',
            cell: ({ device }) =>
                device === null ? (
                    <span className="faint">{text.common.none}</span>
                ) : (
                    <Link to="/devices/$id" params={{ id: device.id }}>
                        {device.number}
                    </Link>
                ),
            plain: ({ device }) => device?.number ?? '',
        },
        {
            key: 'minutes',
            title: text.board.minutes,
            width: '84px',
            number: true,
            cell: ({ minutes }) =>
                minutes === null ? <span className="faint">{text.board.minutesUnknown}</span> : format.count(minutes),
            plain: ({ minutes }) => (minutes === null ? '' : String(minutes)),
        },
        {
            key: 'ended',
            title: text.board.ended,
            width: '176px',
            phone: 'hide',
            cell: ({ endedAt }) => at(endedAt),
            plain: ({ endedAt }) => at(endedAt),
        },
        {
            key: 'due',
            title: text.board.due,
            width: '176px',
            cell: ({ due, receivedAt }) => (
                <>
                    {at(due)}
                    {receivedAt !== null && (
                        <span className="second">
                            {text.board.received} {at(receivedAt)}
                        </span>
                    )}
                </>
            ),
            plain: ({ due }) => at(due),
        },
        {
            key: 'excuse',
            title: text.board.explain,
            width: 'minmax(170px, 1.3fr)',
            cell: (item) => <ExcuseSteps item={item} />,
            plain: excuse,
        },
    ];
}
