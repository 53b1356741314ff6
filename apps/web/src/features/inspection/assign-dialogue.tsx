import { Form, Input, Modal, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Sheet } from './inspection-types.ts';

/** Another reviewer, with a reason; whoever took part in the act is refused. */
export function AssignDialogue({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ reviewerId: string; reason: string }>();
    const { data } = useAsk('inspection.setting', {});
    const assign = useCommand('inspectionSheet.assign', { onDone: onClose });
    const required = { required: true, message: text.common.required };
    return (
        <Modal
            open
            title={text.sheet.assign}
            okText={text.sheet.assign}
            okButtonProps={{ disabled: assign.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <ErrorNote error={assign.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={(body) => assign.mutate({ params: { id: sheet.id }, body })}
            >
                <Form.Item name="reviewerId" label={text.inspection.reviewer} rules={[required]}>
                    <Select options={(data?.reviewers ?? []).map((each) => ({ value: each.id, label: each.name }))} />
                </Form.Item>
                <Form.Item
                    name="reason"
                    label={text.sheet.assignReason}
                    rules={[{ ...required, whitespace: true }, atMost(text, 300)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}
