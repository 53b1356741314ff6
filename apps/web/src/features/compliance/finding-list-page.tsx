import { FINDING_STATES, RULE_IDS, RULES, SUBJECT_KINDS } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Column } from '../../app/data-list.tsx';
import { DayRange, Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Dot } from '../../app/page.tsx';
import { PersonPick } from '../../app/pick-remote.tsx';
import { usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { daysToInstants } from '../../app/shanghai.ts';
import type { FindingSearch } from '../../routes/search.ts';
import { AnswerDue, useAnswerDueWords } from './answer-due.tsx';
import { ComplianceTabs } from './compliance-tabs.tsx';
import { FindingSubject, useSubjectWords } from './finding-subject.tsx';
import { type FindingItem, findingStatus, useFindingState, useFindingWords, useOwnerWords } from './finding-words.tsx';

const ORDERS = ['newest', 'oldest', 'due'] as const;

/** Everything that the rules found; an officer sees what is theirs to answer by one press. */
export function FindingListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/compliance/findings' });
    const search = useSearch({ from: '/signed-in/shell/compliance/findings' });
    const { from, to, ...rest } = search;
    const pages = usePages('finding.list', { ...rest, ...daysToInstants(from, to) });
    const organisations = pages.head?.organisations ?? [];
    const mine = search.mine === 'yes';
    const toDecide = search.toDecide === 'yes';
    /** One of the two presses at a time, each with its own state. */
    const turn = (on: FindingSearch) => {
        const { mine: _, toDecide: __, state: ___, ...others } = search;
        void navigate({ search: { ...others, ...on }, replace: true });
    };
    return (
        <ListPage<FindingItem, FindingSearch>
            id="findings"
            words={{ ...text.ruleFinding, new: text.ruleFinding.answer }}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={useColumns(organisations.length > 1)}
            pages={pages}
            mayCreate={false}
            creation={() => null}
            figures={<ComplianceTabs />}
            steps={
                <>
                    <Button aria-pressed={mine} onClick={() => turn(mine ? {} : { mine: 'yes', state: 'unanswered' })}>
                        {mine ? text.ruleFinding.all : text.ruleFinding.mine}
                    </Button>
                    {may('finding.decide') && (
                        <Button aria-pressed={toDecide} onClick={() => turn(toDecide ? {} : { toDecide: 'yes' })}>
                            {toDecide ? text.ruleFinding.all : text.ruleFinding.toDecide}
                        </Button>
                    )}
                </>
            }
            filters={(change) => (
                <>
                    <Pick
                        label={text.ruleFinding.state}
                        value={search.state}
                        options={[
                            ['unanswered', text.ruleFinding.unanswered] as const,
                            ...FINDING_STATES.map((each) => [each, text.ruleFinding.states[each]] as const),
                        ]}
                        onChange={(state) => change({ state })}
                    />
                    <Pick
                        label={text.ruleFinding.subject}
                        value={search.subject}
                        options={SUBJECT_KINDS.map((each) => [each, text.ruleFinding.subjects[each]] as const)}
                        onChange={(subject) => change({ subject, rule: undefined })}
                    />
                    {search.clause !== undefined && (
                        <Pick
                            label={text.ruleFinding.clause}
                            value={search.clause}
                            options={[[search.clause, search.clause]] as const}
                            onChange={(clause) => change({ clause })}
                        />
                    )}
                    <Pick
                        label={text.ruleFinding.rule}
                        value={search.rule}
                        options={RULE_IDS.filter(
                            (each) => search.subject === undefined || RULES[each].subject === search.subject,
                        ).map((each) => [each, text.ruleFinding.rules[each]] as const)}
                        onChange={(rule) => change({ rule })}
                    />
                    <Pick
                        label={text.ruleFinding.modal}
                        value={search.modal}
                        options={(['must', 'should'] as const).map((each) => [each, text.ruleFinding.modals[each]] as const)}
                        onChange={(modal) => change({ modal })}
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
                        label={text.ruleFinding.owner}
                        placeholder={text.ruleFinding.owner}
                        value={search.ownerId}
                        onChange={(ownerId) => change({ ownerId })}
                    />
                    <Pick
                        label={text.ruleFinding.due}
                        value={search.overdue}
                        options={[['yes', text.ruleFinding.onlyOverdue]] as const}
                        onChange={(overdue) => change({ overdue })}
                    />
                    <Pick
                        label={text.ruleFinding.overtakenFilter}
                        value={search.overtaken}
                        options={(['yes', 'mine'] as const).map((each) => [each, text.ruleFinding.overtakenOf[each]] as const)}
                        onChange={(overtaken) => change({ overtaken })}
                    />
                    {may('outcome.view') && (
                        <Pick
                            label={text.ruleFinding.outcomes}
                            value={search.withoutOutcome}
                            options={[['yes', text.ruleFinding.withoutOutcome]] as const}
                            onChange={(withoutOutcome) => change({ withoutOutcome })}
                        />
                    )}
                    <Pick
                        label={text.ruleFinding.order}
                        value={search.order ?? 'newest'}
                        options={ORDERS.map((each) => [each, text.ruleFinding.orders[each]] as const)}
                        onChange={(order) => change({ order: order === 'newest' ? undefined : order })}
                    />
                    <DayRange from={search.from} to={search.to} onChange={(days) => change(days)} />
                </>
            )}
        />
    );
}

function useColumns(several: boolean): Column<FindingItem>[] {
    const text = useText();
    const format = useFormat();
    const words = useFindingWords();
    const due = useAnswerDueWords();
    const owner = useOwnerWords();
    const subject = useSubjectWords();
    const standing = useFindingState();
    const stateOf = (item: FindingItem) =>
        [standing(item), ...(item.goneSince === null ? [] : [text.ruleFinding.overtaken])].join(' · ');
    return [
        {
            key: 'what',
            title: text.ruleFinding.what,
            width: 'minmax(260px, 2.2fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <>
                    <Link to="/compliance/findings/$id" params={{ id: item.id }} className="main">
                        {words(item)}
                    </Link>
                    <span className="second">
                        {text.ruleFinding.rules[item.rule]}
                        {item.modal === 'should' && ` · ${text.ruleFinding.wanted}`}
                    </span>
                </>
            ),
            plain: words,
        },
        {
            key: 'rule',
            title: text.ruleFinding.rule,
            width: '160px',
            shown: 'off',
            plain: ({ rule }) => text.ruleFinding.rules[rule],
        },
        {
            key: 'state',
            title: text.ruleFinding.state,
            width: '150px',
            cell: (item) => (
                <>
                    <Dot status={findingStatus(item)} /> {stateOf(item)}
                </>
            ),
            plain: stateOf,
        },
        {
            key: 'act',
            title: text.ruleFinding.subject,
            width: 'minmax(180px, 1.4fr)',
            cell: (item) => <FindingSubject finding={item} />,
            plain: subject,
        },
        ...(several
            ? [
                  {
                      key: 'organisation',
                      title: text.attestation.organisation,
                      width: '160px',
                      plain: ({ organisation }: FindingItem) => organisation.name,
                  },
              ]
            : []),
        {
            key: 'owner',
            title: text.ruleFinding.owner,
            width: '110px',
            plain: owner,
        },
        {
            key: 'due',
            title: text.ruleFinding.due,
            width: '190px',
            cell: (item) => <AnswerDue finding={item} />,
            plain: ({ dueAt }) => (dueAt === null ? text.ruleFinding.noDue : due(dueAt)),
        },
        {
            key: 'found',
            title: text.ruleFinding.found,
            width: '160px',
            phone: 'hide',
            plain: ({ foundAt }) => format.dateTime(foundAt),
        },
    ];
}
