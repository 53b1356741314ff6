import { fill, LICENCE_FILTERS } from '@liuhen/contract';
import { PARTY_KINDS, PARTY_STATES, SPECIALITIES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Dot } from '../../app/page.tsx';
import { type ItemOf, useAsk, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { PartySearch } from '../../routes/search.ts';
import { licenceStatus, specialityWords, standingWords } from './licence-words.ts';
import { PartyDrawer } from './party-drawer.tsx';

type Party = ItemOf<'party.list'>;

export function PartyListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/parties' });
    const search = useSearch({ from: '/signed-in/shell/parties' });
    const pages = usePages('party.list', search);
    // Until the first page is there the days of the reminder are not known.
    const days = pages.head?.licenceDueDays ?? '…';
    return (
        <ListPage<Party, PartySearch>
            id="parties"
            words={text.party}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={pages}
            mayCreate={may('party.manage')}
            steps={
                <>
                    {may('party.manage') && <ImportLink />}
                    {may('party.merge') && <MergesLink />}
                </>
            }
            creation={(close) => (
                <PartyDrawer onClose={close} onCreated={(id) => void navigate({ to: '/parties/$id', params: { id } })} />
            )}
            filters={(change) => (
                <>
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
                    <Pick
                        label={text.party.speciality}
                        value={search.speciality}
                        options={SPECIALITIES.map((each) => [each, text.party.specialities[each]] as const)}
                        onChange={(speciality) => change({ speciality })}
                    />
                    <Pick
                        label={text.party.licenceFilter}
                        value={search.licence}
                        options={LICENCE_FILTERS.map((each) => [each, fill(text.party.licenceFilters[each], { days })] as const)}
                        onChange={(licence) => change({ licence })}
                    />
                </>
            )}
        />
    );
}

/** The way to the imports; one that runs is seen from here. */
function ImportLink() {
    const text = useText();
    const running = useAsk('party.imports', { query: { state: 'running', limit: 1 } }).data?.total ?? 0;
    return (
        <LinkButton to="/parties/imports">
            {text.imports.title}
            {running > 0 && ` · ${text.imports.states.running}`}
        </LinkButton>
    );
}

/** The way to the mergers, with the number of those that wait for somebody's second signature. */
function MergesLink() {
    const text = useText();
    const format = useFormat();
    const waiting = useAsk('party.merges', { query: { state: 'proposed', limit: 1 } }).data?.total ?? 0;
    return (
        <LinkButton to="/parties/merges" search={waiting > 0 ? { state: 'proposed' } : {}}>
            {text.merge.title}
            {waiting > 0 && ` · ${format.count(waiting)} ${text.merge.states.proposed}`}
        </LinkButton>
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
            key: 'licence',
            title: text.party.nextLicence,
            width: 'minmax(150px, 1fr)',
            cell: ({ nextLicence }) =>
                nextLicence === null ? (
                    <span className="faint">{text.common.none}</span>
                ) : (
                    <span className="status">
                        <Dot status={licenceStatus(nextLicence.standing)} />
                        <span>
                            {standingWords(text, nextLicence)}
                            <span className="second">
                                {specialityWords(text, nextLicence.speciality, nextLicence.specialityOther)}
                            </span>
                        </span>
                    </span>
                ),
            plain: ({ nextLicence }) =>
                nextLicence === null
                    ? ''
                    : `${specialityWords(text, nextLicence.speciality, nextLicence.specialityOther)} ${nextLicence.validTo}`,
        },
        {
            key: 'state',
            title: text.party.state,
            width: '96px',
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
