import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { ClockCard } from './clock-card.tsx';
import { DeviceDrawer } from './device-drawer.tsx';
import { DEVICE_STATUS } from './device-status.ts';
import { DeviceTabs } from './device-tabs.tsx';
import { IssueDialogue, ReturnDialogue } from './issue-dialogues.tsx';
import { DeviceSteps, LifeCards, ModelLine } from './life-card.tsx';

type Device = ResponseOf<Endpoints['device.get']>;

export function DevicePage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/devices/$id' });
    const { data, error, isPending, refetch } = useAsk('device.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/devices">{text.device.title}</Link>} />;
    return <Loaded key={data.id} device={data} />;
}

function Loaded({ device }: { device: Device }) {
    const text = useText();
    const format = useFormat();
    return (
        <>
            <DeviceHead device={device} />
            <DeviceTabs />
            <div className="two">
                <div>
                    <Card title={text.device.register} small={device.issues.length}>
                        {device.issues.length === 0 ? (
                            <p className="empty-small">{text.device.registerEmpty}</p>
                        ) : (
                            <ol className="timeline">
                                {device.issues.map((issue) => (
                                    <li key={issue.id}>
                                        <Link to="/persons/$id" params={{ id: issue.holder.id }}>
                                            {issue.holder.name}
                                        </Link>
                                        {issue.until === null && (
                                            <>
                                                {' '}
                                                <Tag status="brand">{text.device.holding}</Tag>
                                            </>
                                        )}
                                        <span className="second">
                                            {text.device.from} {format.dateTime(issue.from)}
                                            {issue.until !== null && ` · ${text.device.until} ${format.dateTime(issue.until)}`}
                                        </span>
                                        {issue.basis !== 'personal' && (
                                            <span className="second">
                                                {text.deviceLife.bases[issue.basis]}
                                                {issue.instead !== null &&
                                                    ` · ${fill(text.deviceLife.insteadOf, { number: issue.instead.number })}`}
                                                {issue.dueBackAt !== null &&
                                                    ` · ${fill(text.deviceLife.dueBackAt, { time: format.dateTime(issue.dueBackAt) })}`}
                                            </span>
                                        )}
                                        {issue.note !== null && <span className="second">{issue.note}</span>}
                                    </li>
                                ))}
                            </ol>
                        )}
                    </Card>
                    <LifeCards device={device} />
                    <ClockCard device={device} />
                </div>
                <div>
                    <Card title={text.party.facts}>
                        <div className="body">
                            <Facts
                                of={[
                                    [text.device.number, device.number],
                                    [text.device.kind, text.device.kinds[device.kind]],
                                    [text.device.model, <ModelLine key="model" device={device} />],
                                    [text.device.serial, device.serial],
                                    ...(device.kind === 'roomCamera'
                                        ? [
                                              [
                                                  text.device.room,
                                                  device.inRoom === null ? (
                                                      device.room
                                                  ) : (
                                                      <Link key="room" to="/devices/rooms/$id" params={{ id: device.inRoom.id }}>
                                                          {device.inRoom.name}
                                                      </Link>
                                                  ),
                                              ] as const,
                                          ]
                                        : []),
                                    [text.device.state, text.device.states[device.state]],
                                    [
                                        text.device.lastRecording,
                                        device.lastRecordingAt === null
                                            ? text.device.never
                                            : format.dateTime(device.lastRecordingAt),
                                    ],
                                ]}
                            />
                        </div>
                    </Card>
                    <TraceCard objectId={device.id} />
                </div>
            </div>
        </>
    );
}

function DeviceHead({ device }: { device: Device }) {
    const text = useText();
    const may = useMay();
    const [open, setOpen] = useState<'edit' | 'issue' | 'return'>();
    const close = () => setOpen(undefined);
    const issuable = device.holder === null && device.state === 'inService' && device.kind !== 'roomCamera';
    return (
        <>
            <PageHead
                crumb={<Link to="/devices">{text.device.title}</Link>}
                title={device.number}
                tag={<Tag status={DEVICE_STATUS[device.state]}>{text.device.states[device.state]}</Tag>}
                facts={
                    <Line
                        of={[
                            text.device.kinds[device.kind],
                            device.model,
                            device.holder === null ? (
                                (device.room ?? text.device.inStock)
                            ) : (
                                <Link key="holder" to="/persons/$id" params={{ id: device.holder.id }}>
                                    {device.holder.name}
                                </Link>
                            ),
                            ...(device.kind === 'recorder'
                                ? [
                                      <Link key="passport" to="/devices/$id/passport" params={{ id: device.id }}>
                                          {text.passport.open}
                                      </Link>,
                                  ]
                                : []),
                            <Link key="recordings" to="/recordings" search={{ deviceId: device.id }}>
                                {fill(text.device.recordings, { count: device.recordingCount })}
                            </Link>,
                            may('recording.list') && device.kind === 'recorder' && (
                                <Link key="record" to="/recordings/use-records" search={{ deviceId: device.id }}>
                                    {text.useRecord.title}
                                </Link>
                            ),
                        ]}
                    />
                }
                actions={
                    <>
                        <DeviceSteps device={device} />
                        {may('device.manage') && (
                            <>
                                <Button onClick={() => setOpen('edit')}>{text.device.editTitle}</Button>
                                {device.holder !== null && (
                                    <Button onClick={() => setOpen('return')}>{text.device.return}</Button>
                                )}
                                {issuable && (
                                    <Button type="primary" onClick={() => setOpen('issue')}>
                                        {text.device.issue}
                                    </Button>
                                )}
                            </>
                        )}
                    </>
                }
            />
            {open === 'edit' && <DeviceDrawer device={device} onClose={close} />}
            {open === 'issue' && <IssueDialogue device={device} onClose={close} />}
            {open === 'return' && <ReturnDialogue device={device} onClose={close} />}
        </>
    );
}
