import { fill } from '@liuhen/contract';
import { RETRIEVAL_PURPOSES, RETRIEVAL_STATES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { DayRange, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Tag } from '../../app/page.tsx';
import { type ItemOf, useAsk, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import type { RetrievalSearch } from '../../routes/search.ts';
import { RETRIEVAL_STATUS } from './retrieval-words.ts';

type Retrieval = ItemOf<'retrieval.list'>;

/** The register of retrievals as evidence (附件1 第19、20条). */
export function RetrievalListPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/recordings/retrievals' });
    const search = useSearch({ from: '/signed-in/shell/recordings/retrievals' });
    const { from, to, ...rest } = search;
    return (
        <ListPage<Retrieval, RetrievalSearch>
            id="retrievals"
            words={text.retrieval}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={usePages('retrieval.list', { ...rest, ...daysToInstants(from, to) })}
            mayCreate={false}
            steps={<LinkButton to="/recordings">{text.recording.title}</LinkButton>}
            creation={() => null}
            filters={(change) => (
                <>
                    <Pick
                        label={text.retrieval.state}
                        value={search.state}
                        options={RETRIEVAL_STATES.map((each) => [each, text.retrieval.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <Pick
                        label={text.retrieval.purpose}
                        value={search.purpose}
                        options={RETRIEVAL_PURPOSES.map((each) => [each, text.retrieval.purposes[each]] as const)}
                        onChange={(purpose) => change({ purpose })}
                    />
                    <Pick
                        label={text.retrieval.sort}
                        value={search.sort}
                        options={(['earliest', 'largest'] as const).map((each) => [each, text.retrieval.sorts[each]] as const)}
                        onChange={(sort) => change({ sort })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                </>
            )}
        />
    );
}

/** What waits for the consent of who is signed in; otherwise the way to the register. */
export function RetrievalsButton() {
    const text = useText();
    const may = useMay();
    return may('retrieval.list') ? <Waiting title={text.retrieval.title} /> : null;
}

function Waiting({ title }: { title: string }) {
    const text = useText();
    const format = useFormat();
    const { data } = useAsk('retrieval.waiting', {});
    const count = data?.count ?? 0;
    return count === 0 ? (
        <LinkButton to="/recordings/retrievals">{title}</LinkButton>
    ) : (
        <LinkButton to="/recordings/retrievals" search={{ state: 'requested' }}>
            {fill(text.retrieval.waiting, { count: format.count(count) })}
        </LinkButton>
    );
}

function useColumns(): Column<Retrieval>[] {
    const text = useText();
    const format = useFormat();
    const from = (item: Retrieval) => item.act?.number ?? item.case?.number ?? text.retrieval.sources.recordings;
    const plainWords = (key: 'proceeding' | 'basis' | 'recipient' | 'reason', width: string): Column<Retrieval> => ({
        key,
        title: text.retrieval[key],
        width,
        ...(key === 'proceeding' ? {} : { phone: 'hide' as const }),
        ...(key === 'basis' || key === 'reason' ? { shown: 'off' as const } : {}),
        plain: (item) => item[key],
    });
    return [
        {
            key: 'number',
            title: text.retrieval.number,
            width: '170px',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <Link to="/recordings/retrievals/$id" params={{ id: item.id }} className="main">
                    {item.number}
                </Link>
            ),
            plain: (item) => item.number,
        },
        {
            key: 'state',
            title: text.retrieval.state,
            width: '100px',
            cell: (item) => <Tag status={RETRIEVAL_STATUS[item.state]}>{text.retrieval.states[item.state]}</Tag>,
            plain: (item) => text.retrieval.states[item.state],
        },
        { key: 'purpose', title: text.retrieval.purpose, width: '110px', plain: (item) => text.retrieval.purposes[item.purpose] },
        plainWords('proceeding', 'minmax(130px, 1.4fr)'),
        { key: 'from', title: text.retrieval.from, width: '150px', plain: from },
        {
            key: 'recordings',
            title: text.retrieval.recordings,
            width: '130px',
            plain: (item) =>
                fill(text.retrieval.recordingCount, {
                    count: format.count(item.recordings),
                    size: format.bytes(Number(item.size)),
                }),
        },
        plainWords('recipient', 'minmax(120px, 1fr)'),
        plainWords('basis', 'minmax(140px, 1fr)'),
        plainWords('reason', 'minmax(140px, 1fr)'),
        { key: 'requestedBy', title: text.retrieval.requestedBy, width: '90px', plain: (item) => item.requestedBy.name },
        {
            key: 'requestedAt',
            title: text.retrieval.requestedAt,
            width: '140px',
            plain: (item) => format.dateTime(item.requestedAt),
        },
        {
            key: 'decidedBy',
            title: text.retrieval.decidedBy,
            width: '90px',
            plain: (item) => item.decided?.by.name ?? text.common.none,
        },
        {
            key: 'note',
            title: text.retrieval.note,
            width: 'minmax(140px, 1fr)',
            shown: 'off',
            plain: (item) => item.decided?.note ?? text.common.none,
        },
    ];
}
