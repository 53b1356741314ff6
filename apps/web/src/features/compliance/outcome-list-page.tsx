import { OUTCOME_KINDS } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { DayRange, Pick } from '../../app/filters.tsx';
import { useLanguage, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { OutcomeSearch } from '../../routes/search.ts';
import { ComplianceTabs } from './compliance-tabs.tsx';
import { useFindingWords } from './finding-words.tsx';
import { OutcomeDrawer } from './outcome-drawer.tsx';
import { OutcomeReport } from './outcome-report.tsx';

type Outcome = ItemOf<'outcome.list'>;

/** What followed confirmed violations: one's own, or those one is to look after. */
export function OutcomeListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/compliance/outcomes' });
    const search = useSearch({ from: '/signed-in/shell/compliance/outcomes' });
    return (
        <ListPage<Outcome, OutcomeSearch>
            id="outcomes"
            words={text.outcome}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns()}
            pages={usePages('outcome.list', search)}
            mayCreate={may('outcome.manage')}
            figures={
                <>
                    <ComplianceTabs />
                    {may('outcome.view') && <OutcomeReport from={search.from} to={search.to} />}
                </>
            }
            creation={(close) => (
                <OutcomeDrawer
                    onClose={close}
                    onDone={(id) => void navigate({ to: '/compliance/outcomes/$id', params: { id } })}
                />
            )}
            filters={(change) => (
                <>
                    <Pick
                        label={text.outcome.kind}
                        value={search.kind}
                        options={OUTCOME_KINDS.map((each) => [each, text.outcome.kinds[each]] as const)}
                        onChange={(kind) => change({ kind })}
                    />
                    <Pick
                        label={text.outcome.state}
                        value={search.state}
                        options={(['standing', 'ended', 'all'] as const).map(
                            (each) => [each, text.outcome.states[each]] as const,
                        )}
                        onChange={(state) => change({ state })}
                    />
                    <Pick
                        label={text.outcome.basis}
                        value={search.basis}
                        options={[['changed', text.outcome.basisChanged]] as const}
                        onChange={(basis) => change({ basis })}
                    />
                    {may('outcome.view') && (
                        <PersonPick
                            label={text.outcome.person}
                            value={search.personId}
                            onChange={(personId) => change({ personId })}
                        />
                    )}
                    <DayRange from={search.from} to={search.to} onChange={change} />
                </>
            )}
        />
    );
}

function useColumns(): Column<Outcome>[] {
    const text = useText();
    const { language } = useLanguage();
    const findingWords = useFindingWords();
    const clause = (item: Outcome) => (language === 'en' ? item.clause : `${item.article} ${item.clause}`);
    return [
        {
            key: 'subject',
            title: text.outcome.subject,
            width: 'minmax(150px, 1fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <>
                    <Link to="/compliance/outcomes/$id" params={{ id: item.id }} className="main">
                        {item.person?.name ?? text.outcome.unit}
                    </Link>
                    <span className="second">{item.organisation.name}</span>
                </>
            ),
            plain: (item) => `${item.person?.name ?? text.outcome.unit} ${item.organisation.name}`,
        },
        { key: 'clause', title: text.outcome.clause, width: '190px', plain: clause },
        { key: 'facts', title: text.outcome.facts, width: 'minmax(200px, 2fr)', plain: (item) => item.facts },
        {
            key: 'finding',
            title: text.outcome.finding,
            width: 'minmax(160px, 1.2fr)',
            shown: 'off',
            cell: ({ finding }) =>
                finding !== null && (
                    <Link to="/compliance/findings/$id" params={{ id: finding.id }}>
                        {findingWords(finding)}
                    </Link>
                ),
            plain: ({ finding }) => (finding === null ? text.common.none : findingWords(finding)),
        },
        { key: 'kind', title: text.outcome.kind, width: '170px', plain: (item) => text.outcome.kinds[item.kind] },
        { key: 'decidedDay', title: text.outcome.decidedDay, width: '120px', plain: (item) => item.decidedDay },
        {
            key: 'decidedBy',
            title: text.outcome.decidedBy,
            width: 'minmax(140px, 1fr)',
            phone: 'hide',
            plain: (item) => item.decidedBy,
        },
        {
            key: 'paper',
            title: text.outcome.paperNumber,
            width: '160px',
            plain: (item) => item.paperNumber ?? text.common.none,
        },
        {
            key: 'happenedDay',
            title: text.outcome.happenedDay,
            width: '120px',
            shown: 'off',
            plain: (item) => item.happenedDay,
        },
        {
            key: 'state',
            title: text.outcome.state,
            width: '130px',
            phone: 'hide',
            plain: (item) => (item.ended === null ? text.outcome.states.standing : text.outcome.ends[item.ended.as]),
        },
    ];
}
