import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { App, Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { DayInput, TimeInput } from '../../app/day-input.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Card, Facts, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { dateOf, instantOf, timeOf } from '../../app/shanghai.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { DeviceTabs } from './device-tabs.tsx';
import { RoomDrawer } from './room-drawer.tsx';

type Room = ResponseOf<Endpoints['device.room']>;

export function RoomPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/devices/rooms/$id' });
    const { data, error, isPending, refetch } = useAsk('device.room', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/devices/rooms">{text.room.title}</Link>} />
        );
    return <Loaded key={data.id} room={data} />;
}

function Loaded({ room }: { room: Room }) {
    const text = useText();
    const format = useFormat();
    return (
        <>
            <Head room={room} />
            <DeviceTabs />
            <div className="two">
                <Card title={text.room.history} small={room.bindings.length}>
                    {room.bindings.length === 0 ? (
                        <p className="empty-small">{text.room.historyEmpty}</p>
                    ) : (
                        <ol className="timeline">
                            {room.bindings.map((binding) => (
                                <Binding key={binding.id} room={room} binding={binding} />
                            ))}
                        </ol>
                    )}
                </Card>
                <div>
                    <Card title={text.party.facts}>
                        <div className="body">
                            <Facts
                                of={[
                                    [text.room.name, room.name],
                                    [text.room.kind, text.room.kinds[room.kind]],
                                    [text.room.place, room.place],
                                    [
                                        text.room.lastRecording,
                                        room.lastRecordingAt === null ? text.device.never : format.dateTime(room.lastRecordingAt),
                                    ],
                                ]}
                            />
                        </div>
                    </Card>
                    <TraceCard objectId={room.id} />
                </div>
            </div>
        </>
    );
}

function Head({ room }: { room: Room }) {
    const text = useText();
    const may = useMay();
    const { message } = App.useApp();
    const [open, setOpen] = useState<'edit' | 'bind' | 'close'>();
    const close = () => setOpen(undefined);
    const shut = useCommand('device.closeRoom', {
        onDone: () => {
            void message.success(text.room.done);
            close();
        },
    });
    return (
        <>
            <PageHead
                crumb={<Link to="/devices/rooms">{text.room.title}</Link>}
                title={room.name}
                tag={
                    room.closedAt !== null ? (
                        <Tag>{text.room.closed}</Tag>
                    ) : (
                        room.cameras.length === 0 && <Tag status="broken">{text.room.noCamera}</Tag>
                    )
                }
                facts={
                    <Line
                        of={[text.room.kinds[room.kind], room.place, fill(text.room.recordings, { count: room.recordingCount })]}
                    />
                }
                actions={
                    may('device.manage') &&
                    room.closedAt === null && (
                        <>
                            <Button onClick={() => setOpen('edit')}>{text.room.edit}</Button>
                            {room.cameras.length === 0 && <Button onClick={() => setOpen('close')}>{text.room.close}</Button>}
                            <Button type="primary" onClick={() => setOpen('bind')}>
                                {text.room.bind}
                            </Button>
                        </>
                    )
                }
            />
            {open === 'edit' && <RoomDrawer room={room} onClose={close} />}
            {open === 'bind' && <BindDialogue room={room} onClose={close} />}
            {open === 'close' && (
                <ReasonDialogue
                    title={text.room.close}
                    label={text.room.closeReason}
                    error={shut.error}
                    busy={shut.isPending}
                    onClose={close}
                    onSubmit={(note) => shut.mutate({ params: { id: room.id }, body: { note } })}
                />
            )}
        </>
    );
}

function Binding({ room, binding }: { room: Room; binding: Room['bindings'][number] }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { message } = App.useApp();
    const [open, setOpen] = useState(false);
    const release = useCommand('device.releaseCamera', {
        onDone: () => {
            void message.success(text.room.done);
            setOpen(false);
        },
    });
    return (
        <li>
            <Link to="/devices/$id" params={{ id: binding.device.id }}>
                {binding.device.number}
            </Link>
            {binding.view !== null && ` · ${binding.view}`}
            {binding.until === null && (
                <>
                    {' '}
                    <Tag status="brand">{text.room.now}</Tag>
                </>
            )}
            <span className="second">
                {text.room.from} {format.dateTime(binding.from)}
                {binding.until !== null && ` · ${text.room.until} ${format.dateTime(binding.until)}`}
            </span>
            {binding.until === null && may('device.manage') && (
                <Button size="small" type="link" className="no-print" onClick={() => setOpen(true)}>
                    {text.room.release}
                </Button>
            )}
            {open && (
                <ConfirmDialogue
                    title={text.room.release}
                    what={text.room.releaseWhat}
                    error={release.error}
                    busy={release.isPending}
                    onClose={() => setOpen(false)}
                    onConfirm={() => release.mutate({ params: { id: room.id, bindingId: binding.id }, body: {} })}
                />
            )}
        </li>
    );
}

function BindDialogue({ room, onClose }: { room: Room; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ deviceId: string; view?: string }>();
    const [day, setDay] = useState(() => dateOf(Date.now()));
    const [time, setTime] = useState(() => timeOf(Date.now()));
    const cameras = useAsk('device.list', { query: { kind: 'roomCamera', state: 'inService', limit: 200 } });
    const bind = useCommand('device.bindCamera', {
        onDone: () => {
            void message.success(text.room.done);
            onClose();
        },
    });
    return (
        <Modal
            open
            title={text.room.bind}
            onCancel={onClose}
            okText={text.room.bind}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: bind.isPending }}
        >
            <p style={{ marginBottom: 12 }}>{text.room.bindWhat}</p>
            <ErrorNote error={bind.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ deviceId, view }) => {
                    const from = instantOf(day, time);
                    const at = from === undefined || from > Date.now() - 60_000 ? {} : { from };
                    bind.mutate({ params: { id: room.id }, body: { deviceId, ...omitEmpty({ view }), ...at } });
                }}
            >
                <Form.Item name="deviceId" label={text.room.camera} rules={[{ required: true, message: text.common.required }]}>
                    <Select
                        options={(cameras.data?.items ?? []).map((each) => ({
                            value: each.id,
                            label: [each.number, each.room].filter((part) => part !== null).join(' · '),
                        }))}
                        notFoundContent={text.common.noMatch}
                    />
                </Form.Item>
                <Form.Item label={text.room.from}>
                    <span className="dates">
                        <DayInput label={text.room.from} value={day} onChange={setDay} />
                        <TimeInput label={text.room.from} value={time} onChange={setTime} />
                    </span>
                </Form.Item>
                <Form.Item name="view" label={`${text.room.view}${text.common.optional}`} rules={[atMost(text, 60)]}>
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}
