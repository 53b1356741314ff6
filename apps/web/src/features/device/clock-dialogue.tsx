import { fill } from '@liuhen/contract';
import { App, Checkbox, Form, Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';

type Props = { device: { readonly id: string; readonly number: string }; onClose: () => void };
type Fields = { shown: string; afterSet?: boolean; note?: string };

const HOURS_EAST = 8 * 3_600_000;
/** A time the recorder will show in half a minute, on a round ten seconds; only a proposal. */
const soon = (): string =>
    new Date(Math.ceil((Date.now() + 30_000) / 10_000) * 10_000 + HOURS_EAST).toISOString().slice(0, 19).replace('T', ' ');

/** Somebody holds the recorder and presses when it shows the time typed (附件1 第7条: 时间准确). */
export function ClockDialogue({ device, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const [proposed] = useState(soon);
    const read = useCommand('device.readClock', {
        onDone: () => {
            void message.success(text.clock.done);
            onClose();
        },
    });
    return (
        <Modal
            open
            title={fill(text.clock.readTitle, { number: device.number })}
            onCancel={onClose}
            okText={text.clock.press}
            okButtonProps={{ disabled: read.isPending }}
            onOk={() => form.submit()}
        >
            <p className="clock-what">{text.clock.readWhat}</p>
            <ErrorNote error={read.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ shown: proposed, afterSet: false }}
                onFinish={({ shown, afterSet, note }) =>
                    read.mutate({
                        params: { id: device.id },
                        body: { shown, afterSet: afterSet === true, ...omitEmpty({ note }) },
                    })
                }
            >
                <Running />
                <Form.Item
                    name="shown"
                    label={text.clock.shown}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 30)]}
                >
                    <Input className="mono" autoComplete="off" inputMode="numeric" autoFocus />
                </Form.Item>
                <Form.Item name="afterSet" valuePropName="checked" extra={text.clock.afterSetWhat}>
                    <Checkbox>{text.clock.afterSet}</Checkbox>
                </Form.Item>
                <Form.Item name="note" label={`${text.clock.note}${text.common.optional}`} rules={[atMost(text, 200)]}>
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}

/** Orientation only: what counts is when the server hears of it. */
function Running() {
    const text = useText();
    const format = useFormat();
    const [now, setNow] = useState(Date.now);
    useEffect(() => {
        const timer = setInterval(() => setNow(Date.now()), 250);
        return () => clearInterval(timer);
    }, []);
    return (
        <p className="clock-running">
            {text.clock.now} <span className="mono">{format.dateTime(now, 'second')}</span>
        </p>
    );
}
