import { Form, Input, Modal } from 'antd';
import { atMost } from './at-most.ts';
import { ErrorNote } from './error-note.tsx';
import { useText } from './language.tsx';
import { useReturnFocus } from './return-focus.ts';

type Props = {
    title: string;
    what?: string;
    label: string;
    error: unknown;
    busy: boolean;
    danger?: boolean;
    onClose: () => void;
    onSubmit: (reason: string) => void;
};

/** For what needs a written reason: it goes into the log with the deed. */
export function ReasonDialogue({ title, what, label, error, busy, danger, onClose, onSubmit }: Props) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ reason: string }>();
    return (
        <Modal
            open
            title={title}
            onCancel={onClose}
            okText={title}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: busy, danger: danger === true }}
        >
            {what !== undefined && <p style={{ marginBottom: 12 }}>{what}</p>}
            <ErrorNote error={error} of="command" onRetry={() => form.submit()} />
            <Form form={form} layout="vertical" requiredMark={false} onFinish={({ reason }) => onSubmit(reason.trim())}>
                <Form.Item
                    name="reason"
                    label={label}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
                >
                    <Input autoFocus />
                </Form.Item>
            </Form>
        </Modal>
    );
}
