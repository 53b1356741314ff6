import { fill } from '@liuhen/contract';
import { formatMediaTime, VIEWING_KINDS } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { DayRange, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import type { ViewingSearch } from '../../routes/search.ts';

type Viewing = ItemOf<'viewing.list'>;

/** The register of viewings (附件1 第19条). */
export function ViewingListPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/recordings/viewings' });
    const search = useSearch({ from: '/signed-in/shell/recordings/viewings' });
    const { from, to, ...rest } = search;
    const pages = usePages('viewing.list', { ...rest, ...daysToInstants(from, to) });
    const everybody = pages.head?.everybody !== false;
    return (
        <ListPage<Viewing, ViewingSearch>
            id="viewings"
            words={{ ...text.viewing, sub: everybody ? text.viewing.sub : text.viewing.subOwn }}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={pages}
            mayCreate={false}
            steps={<LinkButton to="/recordings">{text.recording.title}</LinkButton>}
            creation={() => null}
            filters={(change) => (
                <>
                    <Pick
                        label={text.viewing.kind}
                        value={search.kind}
                        options={VIEWING_KINDS.map((each) => [each, text.viewing.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    {everybody && (
                        <PersonPick
                            label={text.viewing.by}
                            placeholder={text.viewing.by}
                            value={search.personId}
                            onChange={(personId) => change({ personId })}
                        />
                    )}
                    <DayRange from={from} to={to} onChange={change} />
                </>
            )}
        />
    );
}

function useColumns(): Column<Viewing>[] {
    const text = useText();
    const format = useFormat();
    const name = ({ recording, recordings }: Viewing) => {
        if (recording === null) return text.common.none;
        if (recordings === 1) return recording.name;
        return fill(text.viewing.andMore, { name: recording.name, count: format.count(recordings) });
    };
    const purposeOf = ({ sheet, purpose }: Viewing) => (sheet === null ? purpose : fill(text.viewing.forSheet, sheet));
    return [
        {
            key: 'recording',
            title: text.viewing.recording,
            width: 'minmax(240px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) =>
                item.recording === null ? (
                    name(item)
                ) : (
                    <Link
                        to="/recordings/$id"
                        params={{ id: item.recording.id }}
                        className="main two-lines"
                        title={item.recording.name}
                    >
                        {name(item)}
                    </Link>
                ),
            plain: name,
        },
        {
            key: 'by',
            title: text.viewing.by,
            width: 'minmax(90px, 0.7fr)',
            plain: ({ by, from }) => (from === null ? by.name : `${by.name}${format.brackets(from.name)}`),
        },
        {
            key: 'openedAt',
            title: text.viewing.openedAt,
            width: '160px',
            plain: (item) => format.dateTime(item.openedAt, 'second'),
        },
        { key: 'purpose', title: text.viewing.purpose, width: 'minmax(110px, 1fr)', plain: purposeOf },
        { key: 'played', title: text.viewing.played, width: 'minmax(190px, 1.4fr)', plain: usePlayedWords() },
        {
            key: 'endedAt',
            title: text.viewing.endedAt,
            width: '160px',
            phone: 'hide',
            plain: ({ endedAt, state }) => (endedAt === null ? text.viewing.states[state] : format.dateTime(endedAt, 'second')),
        },
        { key: 'kind', title: text.viewing.kind, width: '110px', phone: 'hide', plain: (item) => text.viewing.kinds[item.kind] },
        {
            key: 'act',
            title: text.viewing.act,
            width: '170px',
            phone: 'hide',
            cell: ({ act }) =>
                act === null ? (
                    text.common.none
                ) : (
                    <Link to="/acts/$id" params={{ id: act.id }}>
                        {act.number}
                    </Link>
                ),
            plain: ({ act }) => act?.number ?? text.common.none,
        },
    ];
}

/** What was really played; of a viewing that time closed nobody knows it. */
function usePlayedWords() {
    const text = useText();
    const format = useFormat();
    return ({ plays, played, state }: Viewing): string => {
        if (!plays || state === 'open') return text.common.none;
        if (played === null) return text.viewing.notKnown;
        if (played.length === 0) return text.viewing.nothingPlayed;
        const ranges = played.map(({ startMs, endMs }) => `${formatMediaTime(startMs)}–${formatMediaTime(endMs)}`);
        const total = played.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
        return fill(text.viewing.playedWords, { ranges: format.list(ranges), total: format.duration(total) });
    };
}
