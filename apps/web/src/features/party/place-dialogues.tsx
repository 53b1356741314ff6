import { fill } from '@liuhen/contract';
import { App, Form, Input, Modal } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useText } from '../../app/language.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Place = { id: string; name: string; version: number };
type Props = { of: 'Premises' | 'Site'; place: Place; onClose: () => void };

/** Closes premises or a site from a day on. */
export function CloseDialogue({ of, place, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ day: string; reason: string }>();
    const today = dateOf(Date.now());
    const close = useCommand(`party.close${of}`, {
        onDone: () => {
            void message.success(text.party.closed);
            onClose();
        },
    });
    return (
        <Modal
            open
            title={fill(text.party.closeTitle, { name: place.name })}
            onCancel={onClose}
            okText={text.party.closeNow}
            okButtonProps={{ disabled: close.isPending }}
            onOk={() => form.submit()}
        >
            <p style={{ marginBottom: 12 }}>{text.party.closeWhat}</p>
            <ErrorNote error={close.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ day: today }}
                onFinish={({ day, reason }) =>
                    close.mutate({ params: { id: place.id }, body: { day, reason: reason.trim(), version: place.version } })
                }
            >
                <Form.Item name="day" label={text.party.closingDay} rules={[{ required: true, message: text.common.required }]}>
                    <FieldDay label={text.party.closingDay} max={today} />
                </Form.Item>
                <Form.Item
                    name="reason"
                    label={text.party.reason}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
                >
                    <Input autoFocus autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}

/** Takes the closing back, with a reason. */
export function ReopenDialogue({ of, place, onClose }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const reopen = useCommand(`party.reopen${of}`, {
        onDone: () => {
            void message.success(text.party.reopened);
            onClose();
        },
    });
    return (
        <ReasonDialogue
            title={fill(text.party.reopenTitle, { name: place.name })}
            label={text.party.reason}
            error={reopen.error}
            busy={reopen.isPending}
            onClose={onClose}
            onSubmit={(reason) => reopen.mutate({ params: { id: place.id }, body: { reason, version: place.version } })}
        />
    );
}
