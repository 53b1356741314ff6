import { fill } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type Column, DataList } from '../../app/data-list.tsx';
import { DayRange, Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty, PageHead, Tag } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import { DocumentTabs } from './document-tabs.tsx';

type Use = ItemOf<'document.sealRegister'>;

/** 用印登记: who put the seal on what, when, on how many copies, and whether the sealed paper has been scanned. */
export function SealRegisterPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/documents/seals' });
    const search = useSearch({ from: '/signed-in/shell/documents/seals' });
    const { from, to, ...rest } = search;
    const pages = usePages('document.sealRegister', { ...rest, ...daysToInstants(from, to) });
    const change = (next: Partial<Record<keyof typeof search, string | undefined>>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const filtered = Object.keys(search).length;
    return (
        <>
            <DocumentTabs />
            <PageHead title={text.documentRegisters.sealsTitle} facts={text.documentRegisters.sealsSub} />
            <Card label={text.documentRegisters.sealsTitle}>
                <Filters
                    count={filtered}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={
                        <SearchField
                            label={text.documentRegisters.sealsSearch}
                            value={search.q}
                            onChange={(q) => change({ q })}
                        />
                    }
                >
                    <PersonPick
                        label={text.documentRegisters.sealedBy}
                        placeholder={text.documentRegisters.sealedBy}
                        value={search.personId}
                        onChange={(personId) => change({ personId })}
                    />
                    <Pick
                        label={text.documentRegisters.scan}
                        value={search.scanned}
                        options={(['yes', 'no'] as const).map((each) => [each, text.documentRegisters.scanned[each]] as const)}
                        onChange={(scanned) => change({ scanned })}
                    />
                    <DayRange from={from} to={to} onChange={change} />
                </Filters>
                <DataList<Use>
                    id="seal-uses"
                    name={text.documentRegisters.sealsTitle}
                    columns={useColumns()}
                    items={pages.items}
                    idOf={(use) => use.id}
                    total={pages.total}
                    pages={pages}
                    empty={
                        <Empty
                            title={filtered > 0 ? text.documentRegisters.sealsNone : text.documentRegisters.sealsEmpty}
                            what={filtered > 0 ? text.document.noneWhat : text.documentRegisters.sealsEmptyWhat}
                        />
                    }
                />
            </Card>
        </>
    );
}

function useColumns(): Column<Use>[] {
    const text = useText();
    const format = useFormat();
    const what = ({ document, block }: Use): string =>
        document !== null
            ? document.title
            : block === null
              ? ''
              : fill(text.documentRegisters.sealedForms, { first: block.first, last: block.last, terminal: block.terminal });
    const which = ({ document }: Use): string =>
        document === null
            ? ''
            : [
                  document.number ?? '',
                  document.title === documentTypeFacts(document.type).zh ? '' : documentTypeFacts(document.type).zh,
                  document.revision === null ? '' : fill(text.document.version, { revision: document.revision }),
                  document.digest === null ? '' : fill(text.documentPaper.printCode, { code: document.digest.slice(0, 16) }),
              ]
                  .filter((part) => part !== '')
                  .join(' · ');
    const scan = (use: Use) =>
        use.scan === null ? text.documentRegisters.scanned.no : text.documentScan.findings[use.scan.finding];
    return [
        {
            key: 'document',
            title: text.documentRegisters.document,
            width: 'minmax(260px, 2fr)',
            shown: 'always',
            phone: 'title',
            cell: (use) => (
                <>
                    {use.document === null ? (
                        what(use)
                    ) : (
                        <Link to="/documents/$id" params={{ id: use.document.id }} className="main two-lines" title={what(use)}>
                            {what(use)}
                        </Link>
                    )}
                    <span className="second">{which(use)}</span>
                </>
            ),
            plain: (use) => [what(use), which(use)].filter((part) => part !== '').join(' '),
        },
        {
            key: 'usedAt',
            title: text.documentRegisters.sealedAt,
            width: '180px',
            plain: (use) => format.dateTime(use.usedAt),
        },
        {
            key: 'usedBy',
            title: text.documentRegisters.sealedBy,
            width: '110px',
            plain: (use) => use.usedBy.name,
        },
        {
            key: 'copies',
            title: text.documentPaper.sealCopies,
            width: '80px',
            number: true,
            cell: (use) => format.count(use.copies),
            plain: (use) => String(use.copies),
        },
        {
            key: 'purpose',
            title: text.documentPaper.sealPurpose,
            width: 'minmax(120px, 1fr)',
            plain: (use) => use.purpose,
        },
        {
            key: 'means',
            title: text.documentRegisters.means,
            width: '100px',
            shown: 'off',
            plain: (use) => text.documentRegisters.meansNames[use.means],
        },
        {
            key: 'scan',
            title: text.documentRegisters.scan,
            width: '150px',
            cell: (use) =>
                use.scan === null || use.document === null ? (
                    <Tag status="act">{scan(use)}</Tag>
                ) : (
                    <a href={`/api/documents/${use.document.id}/scans/${use.scan.id}`} target="_blank" rel="noreferrer">
                        {scan(use)}
                    </a>
                ),
            plain: scan,
        },
    ];
}
