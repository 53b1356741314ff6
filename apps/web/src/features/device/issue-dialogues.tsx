import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { ISSUE_BASES, type IssueBasis } from '@liuhen/domain';
import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { DayInput, TimeInput } from '../../app/day-input.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf, instantOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';

type Device = ResponseOf<Endpoints['device.get']>;
type Props = { device: Device; onClose: () => void };

export function IssueDialogue({ device, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ personId: string; basis: IssueBasis; forDeviceId?: string; note?: string }>();
    const basis = Form.useWatch('basis', form) ?? 'personal';
    const [day, setDay] = useState(() => dateOf(Date.now()));
    const [time, setTime] = useState('17:00');
    const away = useAsk('device.list', { query: { kind: device.kind, limit: 200 } }, { enabled: basis === 'spare' });
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
                initialValues={{ basis: 'personal' }}
                onFinish={({ personId, basis: chosen, forDeviceId, note }) => {
                    const dueBackAt = instantOf(day, time);
                    issue.mutate({
                        params: { id: device.id },
                        body: {
                            personId,
                            ...omitEmpty({ note }),
                            ...(chosen === 'personal' ? {} : { basis: chosen }),
                            ...(chosen === 'shift' && dueBackAt !== undefined ? { dueBackAt } : {}),
                            ...(chosen === 'spare' ? omitEmpty({ forDeviceId }) : {}),
                        },
                    });
                }}
            >
                <Form.Item
                    name="personId"
                    label={text.device.issueTo}
                    extra={text.device.issueWhy}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <FieldPersonPick label={text.device.issueTo} />
                </Form.Item>
                <Form.Item name="basis" label={text.deviceLife.basis} extra={text.deviceLife.basisWhat[basis]}>
                    <Select options={ISSUE_BASES.map((each) => ({ value: each, label: text.deviceLife.bases[each] }))} />
                </Form.Item>
                {basis === 'shift' && (
                    <Form.Item label={text.deviceLife.dueBack}>
                        <span className="dates">
                            <DayInput label={text.deviceLife.dueBack} value={day} onChange={setDay} />
                            <TimeInput label={text.deviceLife.dueBack} value={time} onChange={setTime} />
                        </span>
                    </Form.Item>
                )}
                {basis === 'spare' && (
                    <Form.Item
                        name="forDeviceId"
                        label={text.deviceLife.instead}
                        rules={[{ required: true, message: text.common.required }]}
                    >
                        <Select
                            options={(away.data?.items ?? [])
                                .filter((each) => each.state === 'faulty' || each.state === 'inRepair')
                                .map((each) => ({ value: each.id, label: `${each.number} · ${text.device.states[each.state]}` }))}
                            notFoundContent={text.common.noMatch}
                        />
                    </Form.Item>
                )}
                <Form.Item name="note" label={`${text.device.note}${text.common.optional}`} rules={[atMost(text, 200)]}>
                    <Input autoComplete="off" />
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
                <Form.Item name="note" label={`${text.device.note}${text.common.optional}`} rules={[atMost(text, 200)]}>
                    <Input autoComplete="off" autoFocus />
                </Form.Item>
            </Form>
        </Modal>
    );
}
