import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { TASK_RESULTS, type TaskResult } from '@liuhen/domain';
import { Form, Input, Modal, Radio } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { OfficersField } from './officers-field.tsx';

type Task = ResponseOf<Endpoints['task.get']>;
type Props = { task: Task; onClose: () => void };
type Assigned = { officers: { personId?: string }[]; assistants: { personId?: string }[]; reason?: string };

export function AssignDialogue({ task, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<Assigned>();
    const assign = useCommand('task.assign', { onDone: onClose });
    const drawn = task.origin === 'doubleRandom';
    const had = task.officers.map((each) => ({ personId: each.id }));
    return (
        <Modal
            open
            title={task.officers.length === 0 ? text.task.assign : text.task.reassign}
            onCancel={onClose}
            okText={task.officers.length === 0 ? text.task.assign : text.task.reassign}
            okButtonProps={{ disabled: assign.isPending }}
            onOk={() => form.submit()}
        >
            {drawn && <p style={{ marginBottom: 12 }}>{text.task.assignRandom}</p>}
            <ErrorNote error={assign.error} of="command" onRetry={() => form.submit()} />
            <Form<Assigned>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{
                    officers: had.length === 0 ? [{}, {}] : had,
                    assistants: task.assistants.map((each) => ({ personId: each.id })),
                }}
                onFinish={({ officers, assistants, reason }) =>
                    assign.mutate({
                        params: { id: task.id },
                        body: {
                            officerIds: officers.flatMap((each) => each?.personId ?? []),
                            assistantIds: assistants.flatMap((each) => each?.personId ?? []),
                            ...omitEmpty({ reason }),
                        },
                    })
                }
            >
                <OfficersField label={text.task.officers} />
                <OfficersField label={`${text.task.assistants}${text.common.optional}`} of="assistants" />
                <Form.Item
                    name="reason"
                    label={`${text.task.assignReason}${drawn ? '' : text.common.optional}`}
                    rules={[{ required: drawn, whitespace: drawn, message: text.common.required }, atMost(text, 200)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}

export function FinishDialogue({ task, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ result: TaskResult; note?: string }>();
    const finish = useCommand('task.finish', { onDone: onClose });
    return (
        <Modal
            open
            title={text.task.finish}
            onCancel={onClose}
            okText={text.task.finish}
            okButtonProps={{ disabled: finish.isPending }}
            onOk={() => form.submit()}
        >
            <ErrorNote error={finish.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ result, note }) =>
                    finish.mutate({ params: { id: task.id }, body: { result, ...omitEmpty({ note }) } })
                }
            >
                <Form.Item name="result" label={text.task.result} rules={[{ required: true, message: text.common.required }]}>
                    <Radio.Group
                        className="radio-column"
                        options={TASK_RESULTS.map((each) => ({ value: each, label: text.task.results[each] }))}
                    />
                </Form.Item>
                <Form.Item name="note" label={`${text.task.resultNote}${text.common.optional}`} rules={[atMost(text, 500)]}>
                    <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
                </Form.Item>
            </Form>
        </Modal>
    );
}

export function ReturnTaskDialogue({ task, onClose }: Props) {
    const text = useText();
    const back = useCommand('task.return', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.task.return}
            what={text.task.returnWhat}
            label={text.task.returnReason}
            error={back.error}
            busy={back.isPending}
            onClose={onClose}
            onSubmit={(reason) => back.mutate({ params: { id: task.id }, body: { reason } })}
        />
    );
}

export function ReopenDialogue({ task, onClose }: Props) {
    const text = useText();
    const reopen = useCommand('task.reopen', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.task.reopen}
            label={text.task.reopenReason}
            error={reopen.error}
            busy={reopen.isPending}
            onClose={onClose}
            onSubmit={(reason) => reopen.mutate({ params: { id: task.id }, body: { reason } })}
        />
    );
}
