import { Form, Input, Modal } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Inspection } from './inspection-types.ts';

type Props = { of: Inspection; onClose: () => void; onDrawn: (done: { drawn: number; unassigned: number }) => void };

/** Opens the seed and draws; asks for the public value that was announced. */
export function DrawDialogue({ of, onClose, onDrawn }: Props) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ publicValue?: string }>();
    const draw = useCommand('inspection.draw', { onDone: onDrawn });
    const words = text.inspection;
    return (
        <Modal
            open
            title={words.draw}
            okText={words.draw}
            okButtonProps={{ disabled: draw.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <p style={{ marginBottom: 12 }}>{words.drawWhat}</p>
            <ErrorNote error={draw.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ publicValue }) => draw.mutate({ params: { id: of.id }, body: omitEmpty({ publicValue }) })}
            >
                {of.publicValueIs !== null && (
                    <Form.Item
                        name="publicValue"
                        label={of.publicValueIs}
                        rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
                    >
                        <Input autoComplete="off" autoFocus />
                    </Form.Item>
                )}
            </Form>
        </Modal>
    );
}
