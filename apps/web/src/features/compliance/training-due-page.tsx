import { TRAINING_STATES, TRAINING_TOPICS, type TrainingState } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { Dot, type Status } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import type { TrainingDueSearch } from '../../routes/search.ts';
import { ComplianceTabs } from './compliance-tabs.tsx';

type Due = ItemOf<'training.due'>;
const STATUS: Readonly<Record<TrainingState, Status>> = { never: 'act', expired: 'act', trained: 'held', clockDoubted: 'judge' };

/** Who has to be trained in what, and who is not within the unit's own term. */
export function TrainingDuePage() {
    const text = useText();
    const navigate = useNavigate({ from: '/compliance/training-due' });
    const search = useSearch({ from: '/signed-in/shell/compliance/training-due' });
    const { due, dueSub, dueSearch, dueEmpty, dueEmptyWhat, dueNew } = text.training;
    const words = { title: due, sub: dueSub, search: dueSearch, emptyTitle: dueEmpty, emptyWhat: dueEmptyWhat, new: dueNew };
    const columns: Column<Due>[] = [
        {
            key: 'person',
            title: text.training.people,
            width: 'minmax(150px, 1.2fr)',
            shown: 'always',
            phone: 'title',
            cell: (item) => (
                <Link to="/persons/$id" params={{ id: item.person.id }} className="main">
                    {item.person.name}
                </Link>
            ),
            plain: (item) => item.person.name,
        },
        {
            key: 'department',
            title: text.person.department,
            width: 'minmax(120px, 1fr)',
            plain: (item) => item.department ?? text.common.none,
        },
        {
            key: 'topic',
            title: text.training.topics,
            width: 'minmax(160px, 1.2fr)',
            plain: (item) => text.training.topicNames[item.topic],
        },
        {
            key: 'state',
            title: text.training.state,
            width: '180px',
            cell: (item) => (
                <>
                    <Dot status={STATUS[item.state]} /> {text.training.states[item.state]}
                </>
            ),
            plain: (item) => text.training.states[item.state],
        },
        { key: 'last', title: text.training.lastDay, width: '130px', plain: (item) => item.lastDay ?? text.common.none },
        { key: 'until', title: text.training.untilDay, width: '130px', plain: (item) => item.untilDay ?? text.common.none },
    ];
    return (
        <ListPage<Due, TrainingDueSearch>
            id="training-due"
            words={{ ...text.training, ...words }}
            search={search}
            setSearch={(next) => void navigate({ search: next, replace: true })}
            columns={columns}
            pages={usePages('training.due', search)}
            mayCreate={false}
            creation={() => null}
            figures={<ComplianceTabs />}
            filters={(change) => (
                <>
                    <Pick
                        label={text.training.topics}
                        value={search.topic}
                        options={TRAINING_TOPICS.map((each) => [each, text.training.topicNames[each]] as const)}
                        onChange={(topic) => change({ topic })}
                    />
                    <Pick
                        label={text.training.state}
                        value={search.state}
                        options={TRAINING_STATES.map((each) => [each, text.training.states[each]] as const)}
                        onChange={(state) => change({ state })}
                    />
                </>
            )}
        />
    );
}
