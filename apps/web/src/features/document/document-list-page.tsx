import { DOCUMENT_STATES, DOCUMENT_TYPE_IDS, documentTypeFacts, isNumbered } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Column } from '../../app/data-list.tsx';
import { DayRange, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { LinkButton } from '../../app/link-button.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Tag } from '../../app/page.tsx';
import { PartyPick, PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import type { DocumentSearch } from '../../routes/search.ts';
import { DocumentNewDrawer } from './document-new-drawer.tsx';
import { DOCUMENT_STATUS } from './document-status.ts';
import { DocumentTabs } from './document-tabs.tsx';
import { OfflineDraftsNote } from './offline-drafts-note.tsx';

type Item = ItemOf<'document.list'>;

export function DocumentListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/documents' });
    const search = useSearch({ from: '/signed-in/shell/documents' });
    const { from, to, ...rest } = search;
    return (
        <>
            <DocumentTabs />
            <OfflineDraftsNote />
            <ListPage<Item, DocumentSearch>
                id="documents"
                words={text.document}
                search={search}
                setSearch={(next) => void navigate({ search: next, replace: true })}
                columns={useColumns()}
                pages={usePages('document.list', { ...rest, ...daysToInstants(from, to) })}
                mayCreate={may('document.write')}
                steps={may('document.write') && <LinkButton to="/documents/import">{text.documentImport.new}</LinkButton>}
                creation={(close) => <DocumentNewDrawer onClose={close} links={{}} />}
                filters={(change) => (
                    <>
                        <Button
                            aria-pressed={search.waiting === 'me'}
                            type={search.waiting === 'me' ? 'primary' : 'default'}
                            ghost={search.waiting === 'me'}
                            onClick={() => change({ waiting: search.waiting === 'me' ? undefined : 'me' })}
                        >
                            {text.document.waitingMe}
                        </Button>
                        <Pick
                            label={text.document.type}
                            value={search.type}
                            options={DOCUMENT_TYPE_IDS.map((each) => [each, documentTypeFacts(each).zh] as const)}
                            onChange={(type) => change({ type })}
                        />
                        <Pick
                            label={text.document.state}
                            value={search.state}
                            options={DOCUMENT_STATES.map((each) => [each, text.document.states[each]] as const)}
                            onChange={(state) => change({ state })}
                        />
                        <PartyPick
                            label={text.document.party}
                            placeholder={text.document.party}
                            value={search.partyId}
                            onChange={(partyId) => change({ partyId })}
                        />
                        <PersonPick
                            label={text.document.author}
                            placeholder={text.document.author}
                            value={search.authorId}
                            onChange={(authorId) => change({ authorId })}
                        />
                        <DayRange from={from} to={to} onChange={change} />
                    </>
                )}
            />
        </>
    );
}

function useColumns(): Column<Item>[] {
    const text = useText();
    const format = useFormat();
    return [
        {
            key: 'title',
            title: text.document.title,
            width: 'minmax(260px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <>
                    <Link to="/documents/$id" params={{ id: item.id }} className="main two-lines" title={item.title}>
                        {item.title}
                    </Link>
                    <span className="second">
                        {documentTypeFacts(item.type).zh === item.title ? null : documentTypeFacts(item.type).zh}
                    </span>
                </>
            ),
            plain: (item) => item.title,
        },
        {
            key: 'number',
            title: text.document.number,
            width: '200px',
            cell: (item) =>
                item.number ?? (isNumbered(item.type) ? <span className="faint">{text.document.noNumber}</span> : '—'),
            plain: (item) => item.number ?? '',
        },
        {
            key: 'party',
            title: text.document.party,
            width: 'minmax(160px, 1fr)',
            cell: (item) => item.party?.name ?? text.common.none,
            plain: (item) => item.party?.name ?? '',
        },
        {
            key: 'state',
            title: text.document.state,
            width: '110px',
            cell: (item) => <Tag status={DOCUMENT_STATUS[item.state]}>{text.document.states[item.state]}</Tag>,
            plain: (item) => text.document.states[item.state],
        },
        {
            key: 'waits',
            title: text.document.waits,
            width: '150px',
            cell: (item) => (item.waitsFor === null ? text.common.none : text.document.waitsFor[item.waitsFor]),
            plain: (item) => (item.waitsFor === null ? '' : text.document.waitsFor[item.waitsFor]),
        },
        {
            key: 'author',
            title: text.document.author,
            width: '96px',
            plain: (item) => item.author.name,
        },
        {
            key: 'saved',
            title: text.document.savedAt,
            width: '186px',
            plain: (item) => format.dateTime(item.savedAt),
        },
        {
            key: 'issued',
            title: text.document.issuedAt,
            width: '186px',
            shown: 'off',
            phone: 'hide',
            cell: (item) => (item.issuedAt === null ? text.common.none : format.dateTime(item.issuedAt)),
            plain: (item) => (item.issuedAt === null ? '' : format.dateTime(item.issuedAt)),
        },
    ];
}
