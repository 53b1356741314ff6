import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { App, Form, Input, Modal } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';

type Device = ResponseOf<Endpoints['device.get']>;
type Props = { device: Device; onClose: () => void };

export function IssueDialogue({ device, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ personId: string; note?: string }>();
    const issue = useCommand('device.issue', {
        onDone: () => {
            void message.success(text.device.issued);
            onClose();
        },
    });
    return (
        <Modal
            open
            title={fill(text.device.issueTitle, { number: device.number })}
            onCancel={onClose}
            okText={text.device.issue}
            okButtonProps={{ disabled: issue.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={issue.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ personId, note }) =>
                    issue.mutate({ params: { id: device.id }, body: { personId, ...omitEmpty({ note }) } })
                }
            >
                <Form.Item
                    name="personId"
                    label={text.device.issueTo}
                    extra={text.device.issueWhy}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <FieldPersonPick label={text.device.issueTo} />
                </Form.Item>
                <Form.Item name="note" label={`${text.device.note}${text.common.optional}`}>
                    <Input maxLength={200} autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}

export function ReturnDialogue({ device, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ note?: string }>();
    const giveBack = useCommand('device.return', {
        onDone: () => {
            void message.success(text.device.returned);
            onClose();
        },
    });
    return (
        <Modal
            open
            title={fill(text.device.returnTitle, { name: device.holder?.name ?? '', number: device.number })}
            onCancel={onClose}
            okText={text.device.return}
            okButtonProps={{ disabled: giveBack.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={giveBack.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ note }) => giveBack.mutate({ params: { id: device.id }, body: omitEmpty({ note }) })}
            >
                <Form.Item name="note" label={`${text.device.note}${text.common.optional}`}>
                    <Input maxLength={200} autoComplete="off" autoFocus />
                </Form.Item>
            </Form>
        </Modal>
    );
}
