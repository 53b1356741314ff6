import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { AttendDrawer } from './attend-drawer.tsx';

type Training = ResponseOf<Endpoints['training.get']>;

export function TrainingPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/compliance/trainings/$id' });
    const { data, error, isPending, refetch } = useAsk('training.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined) {
        const back = <Link to="/compliance/trainings">{text.training.title}</Link>;
        return <Unreadable error={error} onRetry={() => void refetch()} back={back} />;
    }
    return <Loaded key={data.id} training={data} />;
}

function Loaded({ training }: { training: Training }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [open, setOpen] = useState<'attend' | 'cancel'>();
    const cancel = useCommand('training.cancel', { onDone: () => setOpen(undefined) });
    const mayChange = training.own && may('training.manage') && training.cancelled === null;
    return (
        <>
            <PageHead
                crumb={<Link to="/compliance/trainings">{text.training.title}</Link>}
                title={training.title}
                tag={training.cancelled !== null && <Tag>{fill(text.training.cancelled, { why: training.cancelled.why })}</Tag>}
                facts={
                    <Line
                        of={[
                            training.own ? null : training.organisation.name,
                            format.list(training.topics.map((topic) => text.training.topicNames[topic])),
                            training.fromDay === training.toDay ? training.fromDay : `${training.fromDay} – ${training.toDay}`,
                            `${text.training.hours} ${training.minutes / 60}`,
                            training.trainer,
                            training.note,
                        ]}
                    />
                }
                actions={
                    mayChange && (
                        <>
                            <Button onClick={() => setOpen('cancel')}>{text.training.cancel}</Button>
                            <Button type="primary" onClick={() => setOpen('attend')}>
                                {text.training.attend}
                            </Button>
                        </>
                    )
                }
            />
            <div className="two">
                <Attendees of={training.attendees} own={training.own} mayChange={mayChange} />
                {training.own && <TraceCard objectId={training.id} />}
            </div>
            {open === 'attend' && <AttendDrawer trainingId={training.id} onClose={() => setOpen(undefined)} />}
            {open === 'cancel' && (
                <ReasonDialogue
                    title={text.training.cancel}
                    what={text.training.cancelWhat}
                    label={text.training.cancelReason}
                    error={cancel.error}
                    busy={cancel.isPending}
                    onClose={() => setOpen(undefined)}
                    onSubmit={(reason) => cancel.mutate({ params: { id: training.id }, body: { reason } })}
                />
            )}
        </>
    );
}

function Attendees({ of, own, mayChange }: { of: Training['attendees']; own: boolean; mayChange: boolean }) {
    const text = useText();
    const [open, setOpen] = useState<string>();
    const unattend = useCommand('training.unattend', { onDone: () => setOpen(undefined) });
    return (
        <Card title={text.training.attendees} small={of.length}>
            {of.length === 0 && <p className="empty-small">{text.training.attendeesNone}</p>}
            <ul className="people">
                {of.map((each) => (
                    <li key={each.id}>
                        <div>
                            {own ? (
                                <Link to="/persons/$id" params={{ id: each.person.id }}>
                                    {each.person.name}
                                </Link>
                            ) : (
                                each.person.name
                            )}
                            <span className="second">
                                <Line of={[text.training.results[each.result], each.testedDay, each.score]} />
                            </span>
                        </div>
                        {mayChange && (
                            <Button type="link" size="small" onClick={() => setOpen(each.id)}>
                                {text.training.unattend}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {open !== undefined && (
                <ReasonDialogue
                    title={text.training.unattend}
                    label={text.training.unattendReason}
                    error={unattend.error}
                    busy={unattend.isPending}
                    onClose={() => setOpen(undefined)}
                    onSubmit={(reason) => unattend.mutate({ params: { id: open }, body: { reason } })}
                />
            )}
        </Card>
    );
}
