import { fill } from '@liuhen/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { DevicePick, PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, useAsk, usePages } from '../../app/query.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { BoardTabs } from '../board/board-tabs.tsx';

type Item = ItemOf<'device.useRecord'>;

/** 附件1 第14条: the record file, by unit, recorder number, officer and time of use; nobody writes it by hand. */
export function UseRecordPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/recordings/use-records' });
    const search = useSearch({ from: '/signed-in/shell/recordings/use-records' });
    const { from, to, ...rest } = search;
    const pages = usePages('device.useRecord', { ...rest, ...daysToInstants(from, to) });
    const person = useAsk('person.get', { params: { id: search.personId ?? '' } }, { enabled: search.personId !== undefined });
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(search).length;
    const title =
        search.personId === undefined || person.data === undefined
            ? text.useRecord.title
            : fill(text.useRecord.of, { name: person.data.name });
    return (
        <>
            <PageHead crumb={<Link to="/recordings">{text.recording.title}</Link>} title={title} facts={text.useRecord.sub} />
            <BoardTabs />
            <Card label={text.useRecord.title}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <PersonPick
                        label={text.useRecord.officer}
                        placeholder={text.useRecord.officer}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                    <DevicePick
                        label={text.useRecord.device}
                        placeholder={text.useRecord.device}
                        value={search.deviceId}
                        onChange={(deviceId) => change({ deviceId })}
                    />
                    <Pick
                        label={text.useRecord.kind}
                        value={search.kind}
                        options={(['recording', 'act', 'issue'] as const).map(
                            (each) => [each, text.useRecord.kinds[each]] as const,
                        )}
                        onChange={(kind) => change({ kind })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                </Filters>
                <DataList<Item>
                    id="use-records"
                    name={title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(item) => item.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.useRecord.noneTitle} what={text.useRecord.noneWhat} />
                        ) : (
                            <Empty title={text.useRecord.emptyTitle} what={text.useRecord.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

function useColumns(): Column<Item>[] {
    const text = useText();
    const format = useFormat();
    const none = <span className="faint">{text.common.none}</span>;
    const until = ({ to, kind }: Item) => (to === null ? (kind === 'issue' ? text.useRecord.ongoing : '') : format.dateTime(to));
    return [
        {
            key: 'unit',
            title: text.useRecord.unit,
            width: 'minmax(150px, 1.2fr)',
            cell: ({ organisation }) => organisation,
            plain: ({ organisation }) => organisation,
        },
        {
            key: 'device',
            title: text.useRecord.device,
            width: 'minmax(110px, .8fr)',
            shown: 'always',
            phone: 'title',
            cell: ({ device }) =>
                device === null ? (
                    none
                ) : (
                    <Link to="/devices/$id" params={{ id: device.id }} className="main">
                        {device.number}
                    </Link>
                ),
            plain: ({ device }) => device?.number ?? '',
        },
        {
            key: 'officer',
            title: text.useRecord.officer,
            width: 'minmax(90px, .8fr)',
            cell: ({ officer }) => (
                <Link to="/persons/$id" params={{ id: officer.id }}>
                    {officer.name}
                </Link>
            ),
            plain: ({ officer }) => officer.name,
        },
        {
            key: 'certificate',
            title: text.useRecord.certificate,
            width: 'minmax(90px, .7fr)',
            cell: ({ officer }) => officer.certificateNumber ?? none,
            plain: ({ officer }) => officer.certificateNumber ?? '',
        },
        {
            key: 'from',
            title: text.useRecord.from,
            width: '180px',
            cell: (item) => (
                <>
                    {format.dateTime(item.from)}
                    {item.kind === 'recording' && !item.corrected && <span className="second">{text.useRecord.byDevice}</span>}
                </>
            ),
            plain: (item) => format.dateTime(item.from, 'second'),
        },
        {
            key: 'to',
            title: text.useRecord.to,
            width: '180px',
            cell: (item) => until(item) || none,
            plain: (item) => (item.to === null ? until(item) : format.dateTime(item.to, 'second')),
        },
        {
            key: 'kind',
            title: text.useRecord.kind,
            width: 'minmax(110px, .9fr)',
            cell: ({ kind }) => text.useRecord.kinds[kind],
            plain: ({ kind }) => text.useRecord.kinds[kind],
        },
        {
            key: 'act',
            title: text.useRecord.act,
            width: 'minmax(130px, 1fr)',
            cell: ({ act }) =>
                act === null ? (
                    none
                ) : (
                    <Link to="/acts/$id" params={{ id: act.id }}>
                        {act.number}
                    </Link>
                ),
            plain: ({ act }) => act?.number ?? '',
        },
        {
            key: 'recording',
            title: text.useRecord.recording,
            width: 'minmax(150px, 1.2fr)',
            phone: 'hide',
            cell: ({ recording }) =>
                recording === null ? (
                    none
                ) : (
                    <Link to="/recordings/$id" params={{ id: recording.id }}>
                        {recording.name}
                    </Link>
                ),
            plain: ({ recording }) => recording?.name ?? '',
        },
    ];
}
