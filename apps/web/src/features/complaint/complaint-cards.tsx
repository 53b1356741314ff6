import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line } from '../../app/page.tsx';
import { usePages } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Due } from '../task/due.tsx';
import { useBeginReply, useDocumentWords } from './complaint-answer.tsx';
import { UnlinkDialogue } from './complaint-dialogues.tsx';

type Complaint = ResponseOf<Endpoints['complaint.get']>;

export function FactsCard({ complaint }: { complaint: Complaint }) {
    const text = useText();
    const format = useFormat();
    const yesNo = (of: boolean) => (of ? text.complaint.yes : text.complaint.no);
    const due =
        complaint.dueDay === null ? (
            <span className="faint">{text.complaint.dueBasis.none}</span>
        ) : (
            <>
                <Due day={complaint.dueDay} left={complaint.daysLeft} />
                <span className="second">{text.complaint.dueBasis[complaint.dueBasis]}</span>
                {complaint.dueStanding === 'verify' && <span className="second doubt">{text.complaint.dueUnverified}</span>}
            </>
        );
    return (
        <Card title={text.complaint.facts}>
            <div className="body">
                <Facts
                    of={[
                        [text.complaint.receivedAt, format.dateTime(complaint.receivedAt)],
                        [text.complaint.dueDay, due],
                        [text.complaint.externalNumber, complaint.externalNumber],
                        [text.complaint.place, complaint.place],
                        [text.complaint.premises, complaint.premises?.name ?? null],
                        [text.complaint.replyRequested, yesNo(complaint.replyRequested)],
                        [text.complaint.confidential, yesNo(complaint.confidential)],
                        [text.complaint.receivedBy, complaint.receivedBy.name],
                    ]}
                />
            </div>
        </Card>
    );
}

export function CourseCard({ complaint }: { complaint: Complaint }) {
    const text = useText();
    const format = useFormat();
    const { triage, answer, closing } = complaint;
    const steps = [
        { what: text.complaint.courseReceived, at: complaint.receivedAt, words: [text.complaint.channels[complaint.channel]] },
        ...(triage === null
            ? []
            : [{ what: text.complaint.courseTriaged, at: triage.at, words: [triage.transferredTo, triage.reason] }]),
        ...(answer === null
            ? []
            : [
                  {
                      what: text.complaint.courseAnswered,
                      at: answer.at,
                      words: [answer.documentId === null ? null : <ReplyLink key="reply" id={answer.documentId} />, answer.text],
                  },
              ]),
        ...(closing === null ? [] : [{ what: text.complaint.courseClosed, at: closing.at, words: [closing.result] }]),
    ];
    return (
        <Card title={text.complaint.course}>
            <ol className="timeline">
                {steps.map(({ what, at, words }) => (
                    <li key={what}>
                        {what}
                        <span className="second">
                            <Line of={[format.dateTime(at), ...words]} />
                        </span>
                    </li>
                ))}
            </ol>
        </Card>
    );
}

export function TasksCard({ complaint }: { complaint: Complaint }) {
    const text = useText();
    const { items } = usePages('task.list', { complaintId: complaint.id });
    return (
        <Card title={text.complaint.tasks} small={items.length}>
            {items.length === 0 ? (
                <p className="empty-small">{text.complaint.tasksEmpty}</p>
            ) : (
                <ol className="timeline">
                    {items.map((task) => (
                        <li key={task.id}>
                            <Link to="/tasks/$id" params={{ id: task.id }}>
                                {task.title}
                            </Link>
                            <span className="second">
                                <Line of={[task.number, text.task.states[task.state], task.dueDay]} />
                            </span>
                        </li>
                    ))}
                </ol>
            )}
        </Card>
    );
}

function ReplyLink({ id }: { id: string }) {
    const text = useText();
    return (
        <Link to="/documents/$id" params={{ id }}>
            {text.complaint.replyDocument}
        </Link>
    );
}

function LinkTarget({ link }: { link: Complaint['links'][number] }) {
    const text = useText();
    const documentWords = useDocumentWords();
    const words = link.title === '' && link.documentType === null ? text.complaint.linkKinds[link.kind] : documentWords(link);
    const params = { id: link.targetId };
    if (link.kind === 'act')
        return (
            <Link to="/acts/$id" params={params}>
                {words}
            </Link>
        );
    if (link.kind === 'document')
        return (
            <Link to="/documents/$id" params={params}>
                {words}
            </Link>
        );
    return <>{words}</>;
}

export function LinksCard({ complaint }: { complaint: Complaint }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [removing, setRemoving] = useState<string>();
    const reply = useBeginReply(complaint);
    const mayReply =
        may('complaint.manage') && may('document.write') && !['registered', 'answered', 'closed'].includes(complaint.state);
    return (
        <Card title={text.complaint.linked} small={complaint.links.length}>
            {complaint.links.length === 0 ? (
                <p className="empty-small">{text.complaint.linkEmpty}</p>
            ) : (
                <ol className="timeline">
                    {complaint.links.map((link) => (
                        <li key={link.id}>
                            <LinkTarget link={link} />
                            <span className="second">
                                <Line of={[text.complaint.linkKinds[link.kind], format.dateTime(link.at)]} />
                                {may('complaint.manage') && complaint.state !== 'closed' && (
                                    <Button type="link" size="small" onClick={() => setRemoving(link.id)}>
                                        {text.complaint.unlink}
                                    </Button>
                                )}
                            </span>
                        </li>
                    ))}
                </ol>
            )}
            {mayReply && !complaint.links.some((link) => link.documentType === 'complaintReply') && (
                <div className="body">
                    <Button disabled={reply.busy} onClick={reply.begin}>
                        {text.complaint.beginReply}
                    </Button>
                    <p className="soft">{text.complaint.beginReplyWhat}</p>
                </div>
            )}
            <ErrorNote error={reply.error} of="command" />
            {removing !== undefined && <UnlinkDialogue linkId={removing} onClose={() => setRemoving(undefined)} />}
        </Card>
    );
}
