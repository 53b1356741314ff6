import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { documentTypeFacts } from '@liuhen/domain';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useMay, useMe } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { Due, isLate } from './due.tsx';
import { StartDrawer } from './start-drawer.tsx';
import { AssignDialogue, FinishDialogue, ReopenDialogue, ReturnTaskDialogue } from './task-dialogues.tsx';
import { TaskDrawer } from './task-drawer.tsx';
import { isPendingTask } from './task-list-page.tsx';

type Task = ResponseOf<Endpoints['task.get']>;
type Open = 'edit' | 'assign' | 'start' | 'finish' | 'return' | 'reopen';

export function TaskPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/tasks/$id' });
    const { data, error, isPending, refetch } = useAsk('task.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/tasks">{text.task.title}</Link>} />;
    return <Loaded key={data.id} task={data} />;
}

function Loaded({ task }: { task: Task }) {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate();
    const [open, setOpen] = useState<Open>();
    const close = () => setOpen(undefined);
    return (
        <>
            <PageHead
                crumb={<Link to="/tasks">{text.task.title}</Link>}
                title={task.title}
                tag={<StateTag task={task} />}
                facts={
                    <Line
                        of={[
                            task.number,
                            task.party !== null && (
                                <Link key="party" to="/parties/$id" params={{ id: task.party.id }}>
                                    {task.party.name}
                                </Link>
                            ),
                            task.address,
                            text.task.origins[task.origin],
                        ]}
                    />
                }
                actions={<Actions task={task} onOpen={setOpen} />}
            />
            <div className="two">
                <div>
                    <Card title={text.task.facts}>
                        <div className="body">
                            <Facts of={factsOf(task, text, format.dateTime)} />
                        </div>
                    </Card>
                    <ActsCard task={task} />
                </div>
                <div>
                    <Card title={text.task.officers} small={task.officers.length}>
                        {task.officers.length === 0 ? (
                            <p className="empty-small">{text.task.nobody}</p>
                        ) : (
                            <ul className="people">
                                {task.officers.map((each) => (
                                    <li key={each.id}>
                                        {each.name} <span className="second">{each.certificateNumber}</span>
                                    </li>
                                ))}
                            </ul>
                        )}
                        {task.assistants.length > 0 && (
                            <ul className="people" aria-label={text.task.assistants}>
                                {task.assistants.map((each) => (
                                    <li key={each.id}>
                                        {each.name} <span className="second">{text.act.parts.assistant}</span>
                                    </li>
                                ))}
                            </ul>
                        )}
                    </Card>
                    <TraceCard objectId={task.id} />
                </div>
            </div>
            {open === 'edit' && <TaskDrawer task={task} onClose={close} />}
            {open === 'assign' && <AssignDialogue task={task} onClose={close} />}
            {open === 'start' && (
                <StartDrawer task={task} onClose={close} onStarted={(id) => void navigate({ to: '/acts/$id', params: { id } })} />
            )}
            {open === 'finish' && <FinishDialogue task={task} onClose={close} />}
            {open === 'return' && <ReturnTaskDialogue task={task} onClose={close} />}
            {open === 'reopen' && <ReopenDialogue task={task} onClose={close} />}
        </>
    );
}

function StateTag({ task }: { task: Task }) {
    const text = useText();
    const late = isLate(task.daysLeft);
    return <Tag status={late ? 'broken' : task.state === 'done' ? 'held' : undefined}>{text.task.states[task.state]}</Tag>;
}

/** What comes next is the one filled button: assign, begin, or end. */
function Actions({ task, onOpen }: { task: Task; onOpen: (what: Open) => void }) {
    const text = useText();
    const may = useMay();
    const me = useMe();
    const mine = task.officers.some((each) => each.id === me.person.id);
    const manages = may('task.manage');
    const button = (what: Open, words: string, primary = false): ReactNode => (
        <Button key={what} type={primary ? 'primary' : 'default'} onClick={() => onOpen(what)}>
            {words}
        </Button>
    );
    if (task.state === 'returned') return manages && button('reopen', text.task.reopen);
    if (!isPendingTask(task.state)) return null;
    const held = task.acts.some((each) => each.state !== 'cancelled');
    return (
        <>
            {manages && button('edit', text.task.editTitle)}
            {manages && button('return', text.task.return)}
            {manages &&
                button('assign', task.officers.length === 0 ? text.task.assign : text.task.reassign, task.officers.length === 0)}
            {may('act.manage') &&
                task.officers.length > 0 &&
                button(
                    'start',
                    held ? text.task.startAgain : text.task.start,
                    !held && (mine || !manages || task.state === 'assigned'),
                )}
            {may('act.manage') && held && button('finish', text.task.finish, true)}
        </>
    );
}

function factsOf(task: Task, text: ReturnType<typeof useText>, dateTime: (at: number) => string) {
    const rows: (readonly [ReactNode, ReactNode])[] = [
        [text.task.dueDay, <Due key="due" day={task.dueDay} left={task.daysLeft} />],
        [text.task.scenario, scenarioWords(text, task.scenario)],
        [text.task.note, task.note],
        [text.task.createdAt, dateTime(task.createdAt)],
    ];
    if (task.premises !== null) rows.push([text.task.premises, `${task.premises.name} · ${task.premises.address}`]);
    if (task.source !== null && task.draw === null) rows.push([text.task.source, task.source]);
    if (task.externalId !== null) rows.push([text.task.externalId, task.externalId]);
    if (task.draw !== null)
        rows.push([
            text.task.draw,
            <Link key="draw" to="/draws/$id" params={{ id: task.draw.id }}>
                {task.draw.number}
            </Link>,
        ]);
    if (task.complaint !== null)
        rows.push([
            text.task.complaint,
            <Link key="complaint" to="/complaints/$id" params={{ id: task.complaint.id }}>
                {task.complaint.number}
            </Link>,
        ]);
    if (task.afterDocument !== null)
        rows.push([
            text.task.afterDocument,
            <Link key="afterDocument" to="/documents/$id" params={{ id: task.afterDocument.id }}>
                {documentTypeFacts(task.afterDocument.type).zh} {task.afterDocument.number}
            </Link>,
        ]);
    if (task.afterAct !== null)
        rows.push([
            text.task.afterAct,
            <Link key="after" to="/acts/$id" params={{ id: task.afterAct.id }}>
                {task.afterAct.number}
            </Link>,
        ]);
    if (task.result !== null) rows.push([text.task.result, text.task.results[task.result]]);
    if (task.resultNote !== null) rows.push([text.task.resultNote, task.resultNote]);
    if (task.returnReason !== null) rows.push([text.task.returnReason, task.returnReason]);
    if (task.endedAt !== null) rows.push([text.task.ended, dateTime(task.endedAt)]);
    return rows;
}

function ActsCard({ task }: { task: Task }) {
    const text = useText();
    const format = useFormat();
    return (
        <Card title={text.task.acts} small={task.acts.length}>
            {task.acts.length === 0 ? (
                <p className="empty-small">{text.task.actsEmpty}</p>
            ) : (
                <ol className="timeline">
                    {task.acts.map((act) => (
                        <li key={act.id}>
                            <Link to="/acts/$id" params={{ id: act.id }}>
                                {act.number}
                            </Link>
                            <span className="second">
                                <Line of={[format.dateTime(act.startsAt), text.act.states[act.state]]} />
                            </span>
                        </li>
                    ))}
                </ol>
            )}
        </Card>
    );
}
