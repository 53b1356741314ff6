import { ATTESTATION_STATES } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Dot } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import type { AttestationSearch } from '../../routes/search.ts';
import { ATTESTATION_STATUS, type AttestationItem, useQuestion } from './attestation-words.tsx';
import { ComplianceTabs } from './compliance-tabs.tsx';

/** Everything that people confirm, for the own organisation and those below it. */
export function AttestationListPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/compliance/attestations' });
    const search = useSearch({ from: '/signed-in/shell/compliance/attestations' });
    const pages = usePages('attestation.list', search);
    const organisations = pages.head?.organisations ?? [];
    return (
        <ListPage<AttestationItem, AttestationSearch>
            id="attestations"
            words={text.attestation}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns(organisations.length > 1)}
            pages={pages}
            mayCreate={false}
            creation={() => null}
            figures={<ComplianceTabs />}
            filters={(change) => (
                <>
                    <Pick
                        label={text.attestation.state}
                        value={search.state}
                        options={ATTESTATION_STATES.map((each) => [each, text.attestation.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                    {organisations.length > 1 && (
                        <Pick
                            label={text.attestation.organisation}
                            value={search.organisationId}
                            options={organisations.map(({ id, name }) => [id, name] as const)}
                            onChange={(organisationId) => change({ organisationId })}
                        />
                    )}
                </>
            )}
        />
    );
}

function useColumns(several: boolean): Column<AttestationItem>[] {
    const text = useText();
    const question = useQuestion();
    const { language } = useLanguage();
    const organisation: Column<AttestationItem> = {
        key: 'organisation',
        title: text.attestation.organisation,
        width: 'minmax(150px, 1fr)',
        plain: (item) => item.organisation.name,
    };
    return [
        {
            key: 'question',
            title: text.attestation.question,
            width: 'minmax(260px, 2.4fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <>
                    <Link to="/compliance/attestations/$id" params={{ id: item.id }} className="main">
                        {question(item.clause)}
                    </Link>
                    <span className="second">
                        {language === 'en' ? '' : item.article} <span className="mono">{item.clause}</span>
                    </span>
                </>
            ),
            plain: (item) => `${question(item.clause)} ${item.article} ${item.clause}`,
        },
        ...(several ? [organisation] : []),
        {
            key: 'state',
            title: text.attestation.state,
            width: '150px',
            cell: (item) => (
                <>
                    <Dot status={ATTESTATION_STATUS[item.state]} /> {text.attestation.states[item.state]}
                </>
            ),
            plain: (item) => text.attestation.states[item.state],
        },
        {
            key: 'until',
            title: text.attestation.until,
            width: '120px',
            plain: (item) => item.entry?.untilDay ?? text.common.none,
        },
        {
            key: 'by',
            title: text.attestation.confirmedBy,
            width: '120px',
            phone: 'hide',
            plain: (item) => item.entry?.confirmedBy.name ?? text.common.none,
        },
        {
            key: 'paper',
            title: text.attestation.paper,
            width: 'minmax(160px, 1.2fr)',
            phone: 'hide',
            plain: (item) =>
                item.entry === null ? text.common.none : [item.entry.paper, item.entry.paperNumber ?? ''].join(' ').trim(),
        },
    ];
}
