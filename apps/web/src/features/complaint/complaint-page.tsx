import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { isLate } from '../task/due.tsx';
import { TaskDrawer } from '../task/task-drawer.tsx';
import { AnswerDialogue } from './complaint-answer.tsx';
import { CourseCard, FactsCard, LinksCard, TasksCard } from './complaint-cards.tsx';
import { CloseDialogue, LinkDialogue, TriageDialogue } from './complaint-dialogues.tsx';
import { ComplaintDrawer } from './complaint-drawer.tsx';
import { IdentityCard } from './identity-card.tsx';

type Complaint = ResponseOf<Endpoints['complaint.get']>;
type Open = 'edit' | 'triage' | 'task' | 'link' | 'answer' | 'close';

export function ComplaintPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/complaints/$id' });
    const { data, error, isPending, refetch } = useAsk('complaint.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable
                error={error}
                onRetry={() => void refetch()}
                back={<Link to="/complaints">{text.complaint.title}</Link>}
            />
        );
    return <Loaded key={data.id} complaint={data} />;
}

function Loaded({ complaint }: { complaint: Complaint }) {
    const text = useText();
    const navigate = useNavigate();
    const [open, setOpen] = useState<Open>();
    const close = () => setOpen(undefined);
    const late = isLate(complaint.daysLeft);
    return (
        <>
            <PageHead
                crumb={<Link to="/complaints">{text.complaint.title}</Link>}
                title={complaint.subject}
                tag={
                    <Tag status={late ? 'broken' : complaint.state === 'closed' ? 'held' : undefined}>
                        {text.complaint.states[complaint.state]}
                    </Tag>
                }
                facts={
                    <Line
                        of={[
                            complaint.number,
                            text.complaint.channels[complaint.channel],
                            complaint.party !== null && (
                                <Link key="party" to="/parties/$id" params={{ id: complaint.party.id }}>
                                    {complaint.party.name}
                                </Link>
                            ),
                            complaint.confidential && text.complaint.confidential,
                        ]}
                    />
                }
                actions={<Actions complaint={complaint} onOpen={setOpen} />}
            />
            <div className="two">
                <div>
                    <Card title={text.complaint.content}>
                        <div className="body">
                            <p className="said">{complaint.content}</p>
                        </div>
                    </Card>
                    <CourseCard complaint={complaint} />
                    <TasksCard complaint={complaint} />
                    <LinksCard complaint={complaint} />
                </div>
                <div>
                    <FactsCard complaint={complaint} />
                    <IdentityCard complaint={complaint} />
                    <TraceCard objectId={complaint.id} />
                </div>
            </div>
            {open === 'edit' && <ComplaintDrawer complaint={complaint} onClose={close} />}
            {open === 'triage' && <TriageDialogue complaint={complaint} onClose={close} />}
            {open === 'link' && <LinkDialogue complaint={complaint} onClose={close} />}
            {open === 'answer' && <AnswerDialogue complaint={complaint} onClose={close} />}
            {open === 'close' && <CloseDialogue complaint={complaint} onClose={close} />}
            {open === 'task' && (
                <TaskDrawer
                    from={{
                        origin: 'complaint',
                        complaintId: complaint.id,
                        title: complaint.subject,
                        scenario: 'complaintHandling',
                        ...(complaint.party === null ? {} : { partyId: complaint.party.id }),
                        ...(complaint.premises === null ? {} : { premisesId: complaint.premises.id }),
                        ...(complaint.place === null ? {} : { place: complaint.place }),
                        ...(complaint.dueDay === null ? {} : { dueDay: complaint.dueDay }),
                    }}
                    onClose={close}
                    onCreated={(id) => void navigate({ to: '/tasks/$id', params: { id } })}
                />
            )}
        </>
    );
}

/** The next step of each state is the one filled button. */
function Actions({ complaint, onOpen }: { complaint: Complaint; onOpen: (what: Open) => void }) {
    const text = useText();
    const may = useMay();
    if (!may('complaint.manage') || complaint.state === 'closed') return null;
    const { state } = complaint;
    const checking = state === 'accepted' || state === 'inChecking';
    const owed = complaint.replyRequested && state !== 'answered';
    const button = (what: Open, words: string, primary = false): ReactNode => (
        <Button key={what} type={primary ? 'primary' : 'default'} onClick={() => onOpen(what)}>
            {words}
        </Button>
    );
    return (
        <>
            {button('edit', text.complaint.edit)}
            {state === 'registered' && button('triage', text.complaint.triage, true)}
            {checking && may('task.manage') && button('task', text.complaint.newTask, state === 'accepted')}
            {state !== 'registered' && button('link', text.complaint.link)}
            {state !== 'registered' &&
                state !== 'answered' &&
                button('answer', text.complaint.answer, state !== 'accepted' && owed)}
            {state !== 'registered' && !owed && button('close', text.complaint.close, state !== 'accepted')}
        </>
    );
}
