import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { App, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDevicePick, FieldPersonPick } from '../../app/form-pick.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Line } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';

type Question = ResponseOf<Endpoints['dock.questions']>['items'][number];

/** More would push everything else that is to be filed out of sight. */
const AT_FIRST = 5;

/** Numbers found at docking that nobody knows: one question each, whatever number of files waits for it. */
export function DockQuestions() {
    const text = useText();
    const format = useFormat();
    const questions = useAsk('dock.questions', {});
    const [all, setAll] = useState(false);
    const items = questions.data?.items ?? [];
    if (questions.error !== null) return <ErrorNote error={questions.error} of="read" onRetry={() => void questions.refetch()} />;
    if (items.length === 0) return null;
    return (
        <Card title={text.dock.title} small={text.dock.sub}>
            {(all ? items : items.slice(0, AT_FIRST)).map((item) => (
                <OneQuestion key={`${item.question} ${item.text}`} item={item} />
            ))}
            {!all && items.length > AT_FIRST && (
                <div className="body part">
                    <Button onClick={() => setAll(true)}>
                        {fill(text.dock.more, { count: format.count(items.length - AT_FIRST) })}
                    </Button>
                </div>
            )}
        </Card>
    );
}

function OneQuestion({ item }: { item: Question }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [settling, setSettling] = useState<{ recordings?: string[] }>();
    const single = item.question === 'profile';
    return (
        <div className="body part">
            <h3>
                {text.dock.questions[item.question]} {single ? '' : item.text}
            </h3>
            <p>{text.dock.what[item.question]}</p>
            <Line
                of={[
                    fill(text.dock.count, { count: format.count(item.count) }),
                    fill(text.dock.since, { time: format.dateTime(item.oldestAt, 'minute') }),
                ]}
            />
            <p className="second-line">{text.dock.samples}</p>
            <ul className="plain">
                {item.samples.map((sample) => (
                    <li key={sample.recordingId}>
                        <Link to="/recordings/$id" params={{ id: sample.recordingId }} className="wrap">
                            {sample.path}
                        </Link>{' '}
                        <Line
                            of={[
                                sample.device,
                                sample.station,
                                sample.serial === null ? null : fill(text.dock.serial, { serial: sample.serial }),
                            ]}
                        />
                        {single && may('dock.settle') && (
                            <Button type="link" onClick={() => setSettling({ recordings: [sample.recordingId] })}>
                                {text.dock.settleOne}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
            {!single && may('dock.settle') && <Button onClick={() => setSettling({})}>{text.dock.settle}</Button>}
            {settling !== undefined && <SettleDialogue item={item} {...settling} onClose={() => setSettling(undefined)} />}
        </div>
    );
}

type Answer = { deviceId?: string; personId?: string };

function SettleDialogue({ item, recordings, onClose }: { item: Question; recordings?: string[]; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Answer>();
    const settle = useCommand('dock.settle', {
        onDone: () => {
            void message.success(text.dock.done);
            onClose();
        },
    });
    const { question } = item;
    const send = (answer: Answer & { nobody?: true }) =>
        settle.mutate({
            body: { question, text: item.text, ...answer, ...(recordings === undefined ? {} : { recordings }) },
        });
    const required = [{ required: true, message: text.common.required }];
    return (
        <Modal
            open
            title={`${text.dock.questions[question]} ${question === 'profile' ? '' : item.text}`}
            onCancel={onClose}
            okText={text.dock.settle}
            okButtonProps={{ disabled: settle.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={settle.error} of="command" onRetry={() => form.submit()} />
            <p>{text.dock.what[question]}</p>
            <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
                {question === 'officer' ? (
                    <Form.Item name="personId" label={text.dock.person} rules={required}>
                        <FieldPersonPick label={text.dock.person} />
                    </Form.Item>
                ) : (
                    <Form.Item name="deviceId" label={text.dock.device} rules={required}>
                        <FieldDevicePick label={text.dock.device} />
                    </Form.Item>
                )}
            </Form>
            {question === 'officer' && (
                <p>
                    <Button disabled={settle.isPending} onClick={() => send({ nobody: true })}>
                        {text.dock.nobody}
                    </Button>
                    <span className="second-line">{text.dock.nobodyWhat}</span>
                </p>
            )}
        </Modal>
    );
}
