import { SAME_NIGHT } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { type Column, DataList } from '../../app/data-list.tsx';
import { Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, PageHead } from '../../app/page.tsx';
import { DevicePick, PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { BoardTabs } from './board-tabs.tsx';

type Item = ItemOf<'board.sameNight'>;

/** What does not fit, the same night: nobody has to look for it weeks later. */
export function SameNightPage() {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate({ from: '/recordings/same-night' });
    const search = useSearch({ from: '/signed-in/shell/recordings/same-night' });
    const pages = usePages('board.sameNight', search);
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(search).length;
    const counts = new Map(pages.head?.counts.map((each) => [each.kind, each.count]));
    return (
        <>
            <PageHead
                crumb={<Link to="/recordings">{text.recording.title}</Link>}
                title={text.night.title}
                facts={text.night.sub}
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
            <Card label={text.night.title}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.night.kind}
                        value={search.kind}
                        options={SAME_NIGHT.filter((each) => counts.has(each) || search.kind === each).map(
                            (each) => [each, `${text.night.kinds[each]} ${format.count(counts.get(each) ?? 0)}`] as const,
                        )}
                        onChange={(kind) => change({ kind })}
                    />
                    <PersonPick
                        label={text.night.who}
                        placeholder={text.night.who}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                    <DevicePick
                        label={text.night.device}
                        placeholder={text.night.device}
                        value={search.deviceId}
                        onChange={(deviceId) => change({ deviceId })}
                    />
                </Filters>
                <DataList<Item>
                    id="same-night"
                    name={text.night.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(item) => item.key}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.night.noneTitle} what={text.night.noneWhat} />
                        ) : (
                            <Empty title={text.night.emptyTitle} what={text.night.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

const FILED_BY_HAND: ReadonlySet<Item['kind']> = new Set(['noAct', 'question', 'noTime', 'noHolder']);

function useColumns(): Column<Item>[] {
    const text = useText();
    const format = useFormat();
    const person = (of: Item['person']) =>
        of === null ? (
            <span className="faint">{text.common.none}</span>
        ) : (
            <Link to="/persons/$id" params={{ id: of.id }}>
                {of.name}
            </Link>
        );
    const device = (of: Item['device']) =>
        of === null ? (
            <span className="faint">{text.common.none}</span>
        ) : (
            <Link to="/devices/$id" params={{ id: of.id }}>
                {of.number}
            </Link>
        );
    return [
        {
            key: 'kind',
            title: text.night.kind,
            width: 'minmax(220px, 1.8fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <span>
                    <Dot status="act" />
                    {item.recording === null ? (
                        text.night.kinds[item.kind]
                    ) : (
                        <Link to="/recordings/$id" params={{ id: item.recording.id }} className="main">
                            {text.night.kinds[item.kind]}
                        </Link>
                    )}
                    <span className="second">{text.night.what[item.kind]}</span>
                    {FILED_BY_HAND.has(item.kind) && (
                        <Link to="/recordings/filing" className="second no-print">
                            {text.board.toFiling}
                        </Link>
                    )}
                </span>
            ),
            plain: (item) => text.night.kinds[item.kind],
        },
        {
            key: 'at',
            title: text.night.at,
            width: '176px',
            cell: (item) => format.dateTime(item.at),
            plain: (item) => format.dateTime(item.at),
        },
        {
            key: 'who',
            title: text.night.who,
            width: 'minmax(90px, .7fr)',
            cell: (item) => person(item.person),
            plain: (item) => item.person?.name ?? '',
        },
        {
            key: 'other',
            title: text.night.other,
            width: 'minmax(90px, .7fr)',
            cell: (item) => person(item.other),
            plain: (item) => item.other?.name ?? '',
        },
        {
            key: 'device',
            title: text.night.device,
            width: 'minmax(90px, .7fr)',
            cell: (item) => device(item.device),
            plain: (item) => item.device?.number ?? '',
        },
        {
            key: 'otherDevice',
            title: text.night.otherDevice,
            width: 'minmax(90px, .7fr)',
            cell: (item) => device(item.otherDevice),
            plain: (item) => item.otherDevice?.number ?? '',
        },
        {
            key: 'recording',
            title: text.night.recording,
            width: 'minmax(160px, 1.2fr)',
            phone: 'hide',
            cell: (item) => item.recording?.name ?? <span className="faint">{text.common.none}</span>,
            plain: (item) => item.recording?.name ?? '',
        },
        {
            key: 'act',
            title: text.night.act,
            width: 'minmax(120px, 1fr)',
            cell: (item) =>
                item.act === null ? (
                    <span className="faint">{text.common.none}</span>
                ) : (
                    <Link to="/acts/$id" params={{ id: item.act.id }}>
                        {item.act.party ?? item.act.place}
                    </Link>
                ),
            plain: (item) => item.act?.number ?? '',
        },
    ];
}
