import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { CLOCK_DOUBTED, PENDING_TASK_STATES, TASK_ORIGINS, TASK_STATES, type TaskState } from '@liuhen/domain';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { Column } from '../../app/data-list.tsx';
import { Pick } from '../../app/filters.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { ListPage } from '../../app/list-page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import type { TaskSearch } from '../../routes/search.ts';
import { Due, useDueWords } from './due.tsx';
import { TaskDrawer } from './task-drawer.tsx';
import { WorkTabs } from './work-tabs.tsx';

export type TaskItem = ItemOf<'task.list'>;

export function TaskListPage() {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate({ from: '/tasks' });
    const search = useSearch({ from: '/signed-in/shell/tasks' });
    const pages = usePages('task.list', search);
    return (
        <>
            <WorkTabs />
            <ListPage<TaskItem, TaskSearch>
                id="tasks"
                words={text.task}
                search={search}
                setSearch={(next) => void navigate({ search: next, replace: true })}
                columns={useColumns()}
                pages={pages}
                figures={<Counts counts={pages.head?.counts} search={search} />}
                mayCreate={may('task.manage')}
                creation={(close) => (
                    <TaskDrawer onClose={close} onCreated={(id) => void navigate({ to: '/tasks/$id', params: { id } })} />
                )}
                filters={(change) => (
                    <>
                        <Pick
                            label={text.task.whose}
                            value={search.whose}
                            options={(['me', 'all'] as const).map((each) => [each, text.task.whoses[each]] as const)}
                            onChange={(whose) => change({ whose })}
                        />
                        <Pick
                            label={text.task.state}
                            value={search.state}
                            options={(['pending', ...TASK_STATES] as const).map(
                                (each) => [each, text.task.states[each]] as const,
                            )}
                            onChange={(state) => change({ state })}
                        />
                        <Pick
                            label={text.task.due}
                            value={search.due}
                            options={(['late', 'soon'] as const).map((each) => [each, text.task.dueFilters[each]] as const)}
                            onChange={(due) => change({ due })}
                        />
                        <Pick
                            label={text.task.origin}
                            value={search.origin}
                            options={TASK_ORIGINS.map((each) => [each, text.task.origins[each]] as const)}
                            onChange={(origin) => change({ origin })}
                        />
                    </>
                )}
            />
        </>
    );
}

type CountsProps = { counts: ResponseOf<Endpoints['task.list']>['counts'] | undefined; search: TaskSearch };

/** How much there is, how much of it is late: each figure is a filter. */
function Counts({ counts, search }: CountsProps) {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate({ from: '/tasks' });
    if (counts === undefined) return null;
    const { state: _, due: __, ...rest } = search;
    const show = (next: TaskSearch) => void navigate({ search: { ...rest, ...next }, replace: true });
    const figures = [
        ['late', counts.late, () => show({ due: 'late' })],
        ['soon', counts.soon, () => show({ due: 'soon' })],
        ['pending', counts.pending, () => show({ state: 'pending' })],
    ] as const;
    return (
        <div className="figures no-print">
            {figures.map(([name, count, open]) => (
                <Button
                    key={name}
                    onClick={open}
                    className={name === 'late' && count !== CLOCK_DOUBTED && count > 0 ? 'figure bad' : 'figure'}
                >
                    {text.task.counts[name]}{' '}
                    <strong>{count === CLOCK_DOUBTED ? text.serverClock.waitsShort : format.count(count)}</strong>
                </Button>
            ))}
            <span className="faint">
                {text.task.counts.ended} {format.count(counts.ended)}
            </span>
        </div>
    );
}

export const isPendingTask = (state: TaskState): boolean => (PENDING_TASK_STATES as readonly TaskState[]).includes(state);

function useColumns(): Column<TaskItem>[] {
    const text = useText();
    const format = useFormat();
    const words = useDueWords();
    const officers = (task: TaskItem) => format.list(task.officers.map((each) => each.name));
    return [
        {
            key: 'title',
            title: text.task.name,
            width: 'minmax(200px, 1.6fr)',
            shown: 'always',
            phone: 'title',
            cell: (task) => (
                <>
                    <Link to="/tasks/$id" params={{ id: task.id }} className="main">
                        {task.title}
                    </Link>
                    <span className="second mono-figures">{task.number}</span>
                </>
            ),
            plain: (task) => `${task.title} ${task.number}`,
        },
        {
            key: 'party',
            title: text.task.party,
            width: 'minmax(170px, 1.4fr)',
            cell: (task) => (
                <>
                    {task.party?.name ?? ''}
                    {task.place !== null && <span className="second">{task.place}</span>}
                </>
            ),
            plain: (task) => task.party?.name ?? task.place ?? '',
        },
        {
            key: 'due',
            title: text.task.dueDay,
            width: '186px',
            cell: (task) => <Due day={task.dueDay} left={task.daysLeft} />,
            plain: (task) => (task.daysLeft === null ? task.dueDay : `${task.dueDay} ${words(task.daysLeft)}`),
        },
        {
            key: 'officers',
            title: text.task.officers,
            width: 'minmax(120px, 1fr)',
            cell: (task) => (task.officers.length === 0 ? <span className="faint">{text.task.nobody}</span> : officers(task)),
            plain: officers,
        },
        {
            key: 'state',
            title: text.task.state,
            width: '100px',
            plain: (task) => text.task.states[task.state],
        },
        {
            key: 'origin',
            title: text.task.origin,
            width: '120px',
            plain: (task) => text.task.origins[task.origin],
        },
    ];
}

/** What a task says about its remaining time, for lines of facts. */
export const dueLine = (words: string, left: number | null, leftWords: (left: number) => string): string =>
    left === null ? words : fill('{day} {left}', { day: words, left: leftWords(left) });
