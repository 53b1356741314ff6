import { PARTY_KINDS, PARTY_STATES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { type Column, DataList } from '../../app/data-list.tsx';
import { Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useKeys } from '../../app/keys.ts';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { PartyDrawer } from './party-drawer.tsx';

type Party = ItemOf<'party.list'>;

export function PartyListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/parties' });
    const search = useSearch({ from: '/signed-in/shell/parties' });
    const pages = usePages('party.list', search);
    const [creating, setCreating] = useState(false);
    const mayCreate = may('party.manage');
    useKeys(mayCreate ? { n: () => setCreating(true) } : {});
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const count = Object.keys(search).length;
    const button = mayCreate && (
        <Button type="primary" onClick={() => setCreating(true)}>
            {text.party.new}
        </Button>
    );
    return (
        <>
            <PageHead title={text.party.title} facts={text.party.sub} actions={button} />
            <Card label={text.party.title}>
                <Filters
                    count={count}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={<SearchField label={text.party.search} value={search.q} onChange={(q) => change({ q })} />}
                >
                    <Pick
                        label={text.party.kind}
                        value={search.kind}
                        options={PARTY_KINDS.map((each) => [each, text.party.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    <Pick
                        label={text.party.state}
                        value={search.state}
                        options={PARTY_STATES.map((each) => [each, text.party.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                </Filters>
                <DataList<Party>
                    id="parties"
                    name={text.party.title}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(party) => party.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        count > 0 ? (
                            <Empty title={text.party.noneTitle} what={text.party.noneWhat} />
                        ) : (
                            <Empty title={text.party.emptyTitle} what={text.party.emptyWhat} action={button} />
                        )
                    }
                />
            </Card>
            {creating && (
                <PartyDrawer
                    onClose={() => setCreating(false)}
                    onCreated={(id) => void navigate({ to: '/parties/$id', params: { id } })}
                />
            )}
        </>
    );
}

function useColumns(): Column<Party>[] {
    const text = useText();
    const format = useFormat();
    return [
        {
            key: 'name',
            title: text.party.name,
            width: 'minmax(240px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (party) => (
                <>
                    <Link to="/parties/$id" params={{ id: party.id }} className="main two-lines" title={party.name}>
                        {party.name}
                    </Link>
                    <span className="second two-lines" title={party.address ?? undefined}>
                        {party.address}
                    </span>
                </>
            ),
            plain: (party) => party.name,
        },
        {
            key: 'kind',
            title: text.party.kind,
            width: '110px',
            cell: (party) => text.party.kinds[party.kind],
            plain: (party) => text.party.kinds[party.kind],
        },
        {
            key: 'code',
            title: text.party.creditCode,
            width: '190px',
            cell: (party) => <span className="mono">{party.creditCode ?? text.common.none}</span>,
            plain: (party) => party.creditCode ?? '',
        },
        {
            key: 'acts',
            title: text.party.actCount,
            width: '84px',
            number: true,
            cell: (party) => format.count(party.actCount),
            plain: (party) => String(party.actCount),
        },
        {
            key: 'last',
            title: text.party.lastAct,
            width: '186px',
            cell: (party) =>
                party.lastActAt === null ? <span className="faint">{text.party.never}</span> : format.dateTime(party.lastActAt),
            plain: (party) => (party.lastActAt === null ? '' : format.dateTime(party.lastActAt)),
        },
        {
            key: 'state',
            title: text.party.state,
            width: '96px',
            cell: (party) => text.party.states[party.state],
            plain: (party) => text.party.states[party.state],
        },
        {
            key: 'address',
            title: text.party.address,
            width: 'minmax(180px, 1.4fr)',
            shown: 'off',
            phone: 'hide',
            cell: (party) => party.address ?? text.common.none,
            plain: (party) => party.address ?? '',
        },
    ];
}
