import { fill } from '@liuhen/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, PageHead, type Status } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { GAP_PLACES, GAP_STATES } from '../../routes/search.ts';
import { ComplianceTabs } from './compliance-tabs.tsx';

type Item = ItemOf<'finding.interruptions'>;

const GAP_STATUS: Record<Item['state'], Status> = {
    open: 'act',
    explained: 'held',
    exempt: 'held',
    exemptWaiting: 'judge',
    notDue: 'judge',
    tolerated: 'held',
};

/** The ledger of interruptions (附件1 第10条): every stretch that was not recorded, with its reason. */
export function InterruptionListPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/compliance/interruptions' });
    const search = useSearch({ from: '/signed-in/shell/compliance/interruptions' });
    const { from, to, ...rest } = search;
    const pages = usePages('finding.interruptions', { ...rest, ...daysToInstants(from, to) });
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(search).length;
    const organisations = pages.head?.organisations ?? [];
    const columns = useColumns(organisations.length > 1);
    return (
        <>
            <PageHead title={text.interruption.title} facts={text.interruption.sub} />
            <ComplianceTabs />
            <Card label={text.interruption.title}>
                <Filters count={count} onClear={() => void navigate({ search: {}, replace: true })}>
                    <Pick
                        label={text.interruption.state}
                        value={search.state}
                        options={GAP_STATES.map((each) => [each, text.interruption.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    <Pick
                        label={text.interruption.place}
                        value={search.place}
                        options={GAP_PLACES.map((each) => [each, text.interruption.places[each]] as const)}
                        onChange={(place) => change({ place })}
                    />
                    {organisations.length > 1 && (
                        <Pick
                            label={text.attestation.organisation}
                            value={search.organisationId}
                            options={organisations.map(({ id, name }) => [id, name] as const)}
                            onChange={(organisationId) => change({ organisationId })}
                        />
                    )}
                    <PersonPick
                        label={text.interruption.who}
                        placeholder={text.interruption.who}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                </Filters>
                <DataList<Item>
                    id="interruptions"
                    name={text.interruption.title}
                    columns={columns}
                    items={pages.items}
                    idOf={(item) => item.key}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.interruption.noneTitle} what={text.interruption.noneWhat} />
                        ) : (
                            <Empty title={text.interruption.emptyTitle} what={text.interruption.emptyWhat} />
                        )
                    }
                />
            </Card>
        </>
    );
}

/** A spoken reason needs nobody's consent: who marked it is said, and that nobody accepted it. */
function useAcceptance(): (item: Pick<Item, 'acceptedBy' | 'markedBy' | 'source'>) => string {
    const text = useText();
    return ({ acceptedBy, markedBy, source }) =>
        source === 'spoken' ? fill(text.interruption.marked, { name: markedBy?.name ?? '' }) : (acceptedBy?.name ?? '');
}

function useColumns(isOfSeveral: boolean): Column<Item>[] {
    const text = useText();
    const format = useFormat();
    const acceptance = useAcceptance();
    const reason = ({ words, source }: Item) =>
        [words, source === null ? null : text.interruption.sources[source]].filter((each) => each !== null).join(' · ');
    return [
        {
            key: 'from',
            title: text.interruption.from,
            width: '170px',
            shown: 'always',
            phone: 'title',
            plain: ({ from }) => format.dateTime(from, 'second'),
        },
        {
            key: 'length',
            title: text.interruption.length,
            width: '110px',
            plain: ({ from, to }) => format.duration(to - from, 2),
        },
        {
            key: 'who',
            title: text.interruption.who,
            width: '110px',
            plain: ({ person }) => person?.name ?? text.interruption.room,
        },
        ...(isOfSeveral
            ? [
                  {
                      key: 'organisation',
                      title: text.attestation.organisation,
                      width: 'minmax(120px, 1fr)',
                      plain: ({ organisation }: Item) => organisation.name,
                  },
              ]
            : []),
        {
            key: 'act',
            title: text.interruption.act,
            width: 'minmax(160px, 1.2fr)',
            cell: ({ act, own }) =>
                own ? (
                    <Link to="/acts/$id" params={{ id: act.id }} className="main">
                        {act.place}
                        <span className="second">{act.number}</span>
                    </Link>
                ) : (
                    <>
                        {act.place}
                        <span className="second">{act.number}</span>
                    </>
                ),
            plain: ({ act }) => `${act.number} ${act.place}`,
        },
        {
            key: 'place',
            title: text.interruption.place,
            width: '120px',
            phone: 'hide',
            plain: ({ place }) => text.interruption.places[place],
        },
        {
            key: 'state',
            title: text.interruption.state,
            width: '170px',
            cell: ({ state, modal }) => (
                <>
                    <Dot status={state === 'open' && modal === 'should' ? 'judge' : GAP_STATUS[state]} />{' '}
                    {text.interruption.states[state]}
                </>
            ),
            plain: ({ state }) => text.interruption.states[state],
        },
        {
            key: 'reason',
            title: text.interruption.reason,
            width: 'minmax(180px, 1.5fr)',
            cell: ({ words, source }) => (
                <>
                    {words}
                    {source !== null && <span className="second">{text.interruption.sources[source]}</span>}
                </>
            ),
            plain: reason,
        },
        {
            key: 'acceptedBy',
            title: text.interruption.acceptedBy,
            width: 'minmax(110px, 0.8fr)',
            plain: acceptance,
        },
    ];
}
