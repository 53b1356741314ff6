import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay, useMe } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { AttendedCard } from '../compliance/attended-card.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { AccountCard } from './account-card.tsx';
import { PersonDrawer } from './person-drawer.tsx';
import { RolesCard } from './roles-card.tsx';

type Person = ResponseOf<Endpoints['person.get']>;

export function PersonPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/persons/$id' });
    const { data, error, isPending, refetch } = useAsk('person.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/persons">{text.person.title}</Link>} />;
    return <Loaded key={data.id} person={data} />;
}

function Loaded({ person }: { person: Person }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    return (
        <>
            <PersonHead person={person} />
            <div className="two">
                <div>
                    <RolesCard person={person} />
                    <AccountCard person={person} />
                </div>
                <div>
                    <Card title={text.person.facts}>
                        <div className="body">
                            <Facts
                                of={[
                                    [text.person.kind, text.person.kinds[person.kind]],
                                    [text.person.certificate, person.certificateNumber],
                                    [text.person.department, person.department?.name ?? text.person.departmentNone],
                                    [
                                        text.person.posts,
                                        person.posts.length === 0
                                            ? undefined
                                            : format.list(person.posts.map((post) => text.person.postNames[post])),
                                    ],
                                    [
                                        text.person.devices,
                                        person.devices.length === 0 ? undefined : (
                                            <Line
                                                key="devices"
                                                of={person.devices.map((device) =>
                                                    may('device.list') ? (
                                                        <Link key={device.id} to="/devices/$id" params={{ id: device.id }}>
                                                            {device.number}
                                                        </Link>
                                                    ) : (
                                                        device.number
                                                    ),
                                                )}
                                            />
                                        ),
                                    ],
                                ]}
                            />
                        </div>
                    </Card>
                    <AttendedCard personId={person.id} />
                    <TraceCard objectId={person.id} />
                </div>
            </div>
        </>
    );
}

function PersonHead({ person }: { person: Person }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const me = useMe();
    const { message } = App.useApp();
    const [open, setOpen] = useState<'edit' | 'leave'>();
    const leave = useCommand('person.leave', {
        onDone: () => {
            void message.success(text.person.leaveDone);
            setOpen(undefined);
        },
    });
    const present = person.leftAt === null;
    return (
        <>
            <PageHead
                crumb={<Link to="/persons">{text.person.title}</Link>}
                title={person.name}
                tag={person.leftAt !== null && <Tag>{fill(text.person.leftAt, { date: format.date(person.leftAt) })}</Tag>}
                facts={
                    <Line
                        of={[
                            text.person.kinds[person.kind],
                            person.certificateNumber,
                            person.department?.name,
                            person.organisation.name,
                            may('recording.list') && (
                                <Link key="recordings" to="/recordings" search={{ officerId: person.id }}>
                                    {text.recording.title}
                                </Link>
                            ),
                            may('recording.list') && (
                                <Link key="record" to="/recordings/use-records" search={{ personId: person.id }}>
                                    {text.useRecord.title}
                                </Link>
                            ),
                            may('act.list') && (
                                <Link key="acts" to="/acts" search={{ personId: person.id }}>
                                    {text.act.title}
                                </Link>
                            ),
                        ]}
                    />
                }
                actions={
                    may('person.manage') &&
                    present && (
                        <>
                            <Button onClick={() => setOpen('edit')}>{text.person.editTitle}</Button>
                            {me.person.id !== person.id && <Button onClick={() => setOpen('leave')}>{text.person.leave}</Button>}
                        </>
                    )
                }
            />
            {open === 'edit' && <PersonDrawer person={person} onClose={() => setOpen(undefined)} />}
            {open === 'leave' && (
                <ReasonDialogue
                    danger
                    title={fill(text.person.leaveTitle, { name: person.name })}
                    what={text.person.leaveWhat}
                    label={text.person.leaveReason}
                    error={leave.error}
                    busy={leave.isPending}
                    onClose={() => {
                        leave.reset();
                        setOpen(undefined);
                    }}
                    onSubmit={(reason) => leave.mutate({ params: { id: person.id }, body: { reason } })}
                />
            )}
        </>
    );
}
