import { ACT_STATES, ownScenarioName } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useKeys } from '../../app/keys.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { Card, Dot, Empty, PageHead } from '../../app/page.tsx';
import { PartyPick, PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useMay } from '../../app/session.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { TodayCard } from '../board/today-card.tsx';
import { useActWords } from './use-act-words.ts';
import { useScenarios } from './use-scenarios.ts';

type Act = ItemOf<'act.list'>;

const STANDINGS = ['held', 'act', 'judge', 'broken'] as const;

export function ActListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/acts' });
    const search = useSearch({ from: '/signed-in/shell/acts' });
    const { from, to, ...rest } = search;
    const options = useScenarios().map(({ value, label }) => [value, label] as const);
    // What the address asks for stays readable when the organisation has taken it off its list.
    const asked = search.scenario;
    const scenarios =
        asked === undefined || options.some(([key]) => key === asked)
            ? options
            : [...options, [asked, ownScenarioName(asked) ?? asked] as const];
    const pages = usePages('act.list', { ...rest, ...daysToInstants(from, to) });
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const { order: _, ...filters } = search;
    const count = Object.keys(filters).length;
    const mayCreate = may('act.manage');
    const create = () => void navigate({ to: '/acts/new' });
    useKeys(mayCreate ? { n: create } : {});
    const newButton = mayCreate && (
        <LinkButton to="/acts/new" primary>
            {text.act.new}
        </LinkButton>
    );
    return (
        <>
            <PageHead title={text.act.title} facts={text.act.sub} actions={newButton} />
            {count === 0 && <TodayCard />}
            <Card label={text.act.title}>
                <Filters
                    count={count}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={<SearchField label={text.act.search} value={search.q} onChange={(q) => change({ q })} />}
                >
                    <Pick
                        label={text.act.scenario}
                        value={search.scenario}
                        options={scenarios}
                        onChange={(scenario) => change({ scenario })}
                    />
                    <Pick
                        label={text.act.mandatoryFilter}
                        value={search.mandatory}
                        options={[['yes', text.actPart.start.mandatoryYes] as const]}
                        onChange={(mandatory) => change({ mandatory })}
                    />
                    <Pick
                        label={text.act.standing}
                        value={search.standing}
                        options={STANDINGS.map((each) => [each, text.act.status[each]] as const)}
                        onChange={(standing) => change({ standing })}
                    />
                    <Pick
                        label={text.act.state}
                        value={search.state}
                        options={ACT_STATES.map((each) => [each, text.act.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <PersonPick
                        label={text.act.person}
                        placeholder={text.act.person}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                    <PartyPick
                        label={text.act.party}
                        placeholder={text.act.party}
                        value={search.partyId}
                        onChange={(partyId) => change({ partyId })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                    <Pick
                        always
                        label={text.act.order}
                        value={search.order ?? 'newest'}
                        options={(['newest', 'oldest'] as const).map((each) => [each, text.act[each]] as const)}
                        onChange={(order) => change({ order: order === 'newest' ? undefined : order })}
                    />
                </Filters>
                <DataList<Act>
                    id="acts"
                    name={text.act.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(act) => act.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.act.noneTitle} what={text.act.noneWhat} />
                        ) : (
                            <Empty
                                title={text.act.emptyTitle}
                                what={mayCreate ? text.act.emptyWhat : text.act.emptyWhatRead}
                                action={newButton}
                            />
                        )
                    }
                />
            </Card>
        </>
    );
}

function useColumns(): Column<Act>[] {
    const text = useText();
    const format = useFormat();
    const words = useActWords();
    const period = ({ startsAt, endsAt }: Act) =>
        startsAt === null || endsAt === null ? text.common.none : format.period(startsAt, endsAt);
    const names = (act: Act, part: 'officer' | 'assistant') =>
        format.list(act.participants.filter((each) => each.part === part).map((each) => each.name));
    return [
        {
            key: 'title',
            title: text.act.party,
            width: 'minmax(240px, 2.4fr)',
            shown: 'always',
            phone: 'title',
            cell: (act) => (
                <>
                    {act.restricted ? (
                        <span className="main two-lines">{`${act.number} · ${words.title(act)}`}</span>
                    ) : (
                        <Link to="/acts/$id" params={{ id: act.id }} className="main two-lines" title={words.title(act)}>
                            {words.title(act)}
                        </Link>
                    )}
                    <span className="second two-lines" title={act.place}>
                        {[
                            act.secrecy === 'open' ? null : text.actPart.mark.secrecies[act.secrecy],
                            act.restricted ? text.actPart.mark.restricted : act.place,
                            ...act.scenarios.filter((each) => each !== act.scenario).map((each) => scenarioWords(text, each)),
                        ]
                            .filter((each) => each !== null && each !== '')
                            .join(' · ')}
                    </span>
                </>
            ),
            plain: words.title,
        },
        {
            key: 'standing',
            title: text.act.standing,
            width: 'minmax(150px, 1fr)',
            phone: 'title',
            cell: (act) =>
                act.restricted ? (
                    text.common.none
                ) : (
                    <span className="status">
                        <Dot status={act.state === 'planned' ? 'brand' : act.standing.status} />
                        <span>{words.standing(act)}</span>
                    </span>
                ),
            plain: words.standing,
        },
        {
            key: 'period',
            title: text.act.period,
            width: 'minmax(230px, 1.5fr)',
            plain: period,
        },
        {
            key: 'officers',
            title: text.act.participants,
            width: 'minmax(150px, 1.2fr)',
            cell: (act) => (
                <span>
                    {names(act, 'officer')}
                    {names(act, 'assistant') !== '' && <span className="faint"> · {names(act, 'assistant')}</span>}
                </span>
            ),
            plain: (act) =>
                format.list(act.participants.map((each) => `${each.name}${format.brackets(text.act.parts[each.part])}`)),
        },
        {
            key: 'coverage',
            title: text.act.coverage,
            width: '84px',
            number: true,
            plain: words.coverage,
        },
        {
            key: 'recordings',
            title: text.act.recordings,
            width: '92px',
            number: true,
            cell: (act) => format.count(act.recordingCount),
            plain: (act) => String(act.recordingCount),
        },
        {
            key: 'state',
            title: text.act.state,
            width: '84px',
            plain: (act) => text.act.states[act.state],
        },
        {
            key: 'number',
            title: text.act.number,
            width: '168px',
            shown: 'off',
            cell: (act) => <span className="mono">{act.number}</span>,
            plain: (act) => act.number,
        },
        {
            key: 'place',
            title: text.act.place,
            width: 'minmax(160px, 1.2fr)',
            shown: 'off',
            phone: 'hide',
            plain: (act) => act.place,
        },
    ];
}
