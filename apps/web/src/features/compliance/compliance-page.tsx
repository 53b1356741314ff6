import { fill } from '@liuhen/contract';
import {
    BUILDS,
    type Build,
    buildOf,
    CATALOGUE,
    type CatalogueItem,
    FORCES,
    lacksOf,
    NOTICE_PARTS,
    type NoticePart,
    readNotice,
} from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { ExportButton } from '../../app/export-button.tsx';
import { Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { Card, Dot, Empty, PageHead } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMe } from '../../app/session.ts';
import { BUILD_STATUS } from './build-status.ts';
import { type ClauseStanding, standingByClause } from './clause-standing.tsx';
import { ComplianceTabs } from './compliance-tabs.tsx';
import { isWanted, type Wanted } from './find-clauses.ts';
import { NoticeText } from './notice-text.tsx';

const READ = Object.fromEntries(NOTICE_PARTS.map((part) => [part, readNotice(part)])) as Record<
    NoticePart,
    ReturnType<typeof readNotice>
>;

const NOTHING: ReadonlyMap<string, readonly ClauseStanding[]> = new Map();

/** The whole notice, and beside each demand what the system does about it and how it stands in the own organisation. */
export function CompliancePage() {
    const text = useText();
    const navigate = useNavigate({ from: '/compliance' });
    const me = useMe();
    const confirmed = useAsk('attestation.list', { query: { organisationId: me.organisation.id, limit: 200 } });
    const judged = useAsk('finding.standing', {}, { enabled: me.permissions.includes('finding.list') });
    const attested = useMemo(() => new Map(confirmed.data?.items.map((item) => [item.clause, item])), [confirmed.data]);
    const standing = useMemo(() => (judged.data === undefined ? NOTHING : standingByClause(judged.data)), [judged.data]);
    const { part, ...wanted } = useSearch({ from: '/signed-in/shell/compliance' });
    const change = (next: Partial<Record<'q' | 'build' | 'force' | 'part', string | undefined>>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const filters = Object.values(wanted).filter((each) => each !== undefined).length;
    const narrowed = filters > 0;
    const found = CATALOGUE.filter((item) => isWanted(item, wanted));
    // Words may stand anywhere: a search goes through all parts, reading through one.
    const parts = narrowed && part === undefined ? NOTICE_PARTS : [part ?? 'main'];
    const ids = new Set(found.map(({ clause }) => clause.id));
    const shown = parts
        .map((each) => ({ part: each, blocks: blocksOf(each, narrowed ? ids : undefined) }))
        .filter(({ blocks }) => blocks.length > 0);
    return (
        <>
            <PageHead title={text.compliance.title} facts={text.compliance.sub} />
            <ComplianceTabs />
            <Standing of={found} wanted={wanted} onPick={(build) => change({ build })} />
            <nav className="tabs no-print" aria-label={text.compliance.title}>
                {NOTICE_PARTS.map((each) => (
                    <Link
                        key={each}
                        to="/compliance"
                        search={(before) => ({ ...before, part: each })}
                        replace
                        className={parts.length === 1 && parts[0] === each ? 'active' : ''}
                        activeProps={{}}
                        aria-current={parts.length === 1 && parts[0] === each ? 'page' : undefined}
                    >
                        {text.compliance.parts[each]}
                    </Link>
                ))}
            </nav>
            <Card label={text.compliance.title}>
                <Filters
                    count={filters}
                    onClear={() => void navigate({ search: {}, replace: true })}
                    search={
                        <SearchField
                            label={text.compliance.search}
                            value={wanted.q}
                            onChange={(q) => change({ q, ...(q === undefined ? {} : { part: undefined }) })}
                        />
                    }
                >
                    <Pick
                        label={text.compliance.build}
                        value={wanted.build}
                        options={BUILDS.map((each) => [each, text.compliance.builds[each]] as const)}
                        onChange={(build) => change({ build, part: undefined })}
                    />
                    <Pick
                        label={text.compliance.force}
                        value={wanted.force}
                        options={FORCES.map((each) => [each, text.compliance.forces[each]] as const)}
                        onChange={(force) => change({ force, part: undefined })}
                    />
                </Filters>
                <div className="list-tools no-print">
                    <span aria-live="polite">
                        {narrowed
                            ? fill(text.compliance.countFound, { count: found.length, total: CATALOGUE.length })
                            : fill(text.compliance.count, { count: CATALOGUE.length })}
                    </span>
                    <div className="right">
                        <Export found={found} />
                    </div>
                </div>
                <ErrorNote error={judged.error} of="read" onRetry={() => void judged.refetch()} />
                <ErrorNote error={confirmed.error} of="read" onRetry={() => void confirmed.refetch()} />
                {shown.length === 0 && <Empty title={text.compliance.none} what={text.compliance.noneWhat} />}
                {shown.map(({ part: each, blocks }) => (
                    <section key={each} aria-label={text.compliance.parts[each]}>
                        {parts.length > 1 && <h2 className="notice-part">{text.compliance.parts[each]}</h2>}
                        <NoticeText blocks={blocks} attested={attested} standing={standing} />
                    </section>
                ))}
            </Card>
        </>
    );
}

/** All of a part to read; of a search the blocks that hold what was found, and of those only the clauses found. */
function blocksOf(part: NoticePart, ids: ReadonlySet<string> | undefined): ReturnType<typeof readNotice> {
    if (ids === undefined) return READ[part];
    return READ[part]
        .map((each) => ({ ...each, items: each.items.filter(({ clause }) => ids.has(clause.id)) }))
        .filter(({ items }) => items.length > 0);
}

/** How many stand how; each is a filter. */
function Standing({
    of,
    wanted,
    onPick,
}: {
    of: readonly CatalogueItem[];
    wanted: Wanted;
    onPick: (build: Build | undefined) => void;
}) {
    const text = useText();
    return (
        <div className="compliance-standing">
            {BUILDS.map((build) => (
                <button
                    key={build}
                    type="button"
                    className="bare stand"
                    aria-pressed={wanted.build === build}
                    onClick={() => onPick(wanted.build === build ? undefined : build)}
                >
                    <Dot status={BUILD_STATUS[build]} />
                    <strong>{of.filter(({ treatment }) => buildOf(treatment) === build).length}</strong>{' '}
                    {text.compliance.builds[build]}
                </button>
            ))}
        </div>
    );
}

function Export({ found }: { found: readonly CatalogueItem[] }) {
    const text = useText();
    const { language } = useLanguage();
    const said = language === 'en' ? 'en' : 'zh';
    const { columns } = text.compliance;
    return (
        <ExportButton<CatalogueItem>
            name={text.compliance.title}
            items={found}
            source={undefined}
            columns={[
                { key: 'id', title: columns.id, plain: ({ clause }) => clause.id },
                { key: 'article', title: columns.article, plain: ({ clause }) => clause.article },
                { key: 'quote', title: columns.quote, plain: ({ clause }) => clause.quote },
                { key: 'force', title: columns.force, plain: ({ clause }) => text.compliance.forces[clause.force] },
                { key: 'bound', title: columns.bound, plain: ({ clause }) => text.compliance.bounds[clause.bound] },
                { key: 'build', title: columns.build, plain: ({ treatment }) => text.compliance.builds[buildOf(treatment)] },
                { key: 'does', title: columns.does, plain: ({ treatment }) => treatment[said] },
                {
                    key: 'lacks',
                    title: columns.lacks,
                    plain: ({ treatment }) => lacksOf(treatment)?.[said] ?? '',
                },
            ]}
        />
    );
}
