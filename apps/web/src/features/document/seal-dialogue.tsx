import { Form, Input, InputNumber, Modal } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail } from './document-types.ts';

/** One entry in the register of the seal: how many copies, and for what. */
export function SealDialogue({ document, onClose }: { document: DocumentDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ copies: number; purpose: string }>();
    const seal = useCommand('document.useSeal', { onDone: onClose });
    return (
        <Modal
            open
            title={text.documentPaper.useSeal}
            okText={text.documentPaper.useSeal}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: seal.isPending }}
        >
            <p className="step-what">{text.documentPaper.sealWhat}</p>
            <ErrorNote error={seal.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ copies: 2 }}
                onFinish={({ copies, purpose }) =>
                    seal.mutate({
                        params: { id: document.id },
                        body: { means: 'ink', copies, purpose, version: document.version },
                    })
                }
            >
                <Form.Item
                    name="copies"
                    label={text.documentPaper.sealCopies}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <InputNumber min={1} max={200} precision={0} />
                </Form.Item>
                <Form.Item
                    name="purpose"
                    label={text.documentPaper.sealPurpose}
                    rules={[{ required: true, whitespace: true, message: text.common.required }]}
                >
                    <Input maxLength={200} />
                </Form.Item>
            </Form>
        </Modal>
    );
}
