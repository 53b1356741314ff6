import { Button, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Facts, Tag } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Sheet } from './inspection-types.ts';

type Rectification = Sheet['rectifications'][number];
const STATUS = { open: 'act', answered: 'judge', done: 'held' } as const;

/** What has to be put right, by whom, by when; what was answered, and who checked it. */
export function RectificationsCard({ sheet }: { sheet: Sheet }) {
    const text = useText();
    const words = text.sheet;
    const [ordering, setOrdering] = useState(false);
    return (
        <Card title={words.rectifications}>
            <div className="body">
                {sheet.rectifications.length === 0 && <p className="faint">{words.noRectifications}</p>}
                {sheet.rectifications.map((each) => (
                    <One key={each.id} of={each} />
                ))}
                {sheet.may.order && (
                    <div className="buttons no-print">
                        <Button onClick={() => setOrdering(true)}>{words.order}</Button>
                    </div>
                )}
            </div>
            {ordering && <OrderDialogue sheet={sheet} onClose={() => setOrdering(false)} />}
        </Card>
    );
}

function One({ of }: { of: Rectification }) {
    const text = useText();
    const words = text.sheet;
    const [open, setOpen] = useState<'answer' | 'check'>();
    const close = () => setOpen(undefined);
    const answer = useCommand('inspectionSheet.answer', { onDone: close });
    return (
        <section className="sheet-entry" aria-label={of.words}>
            <Tag status={STATUS[of.state]}>{words.rectificationStates[of.state]}</Tag> <strong>{of.words}</strong>
            <Facts
                of={[
                    [words.responsible, of.responsible?.name ?? words.byOrganisation],
                    [words.dueDay, of.dueDay],
                    ...(of.answer === null ? [] : [[words.answerWords, `${of.answer} · ${of.answeredBy?.name ?? ''}`] as const]),
                    ...(of.checkWords === null
                        ? []
                        : [[words.checkWords, `${of.checkWords} · ${of.checkedBy?.name ?? ''}`] as const]),
                ]}
            />
            <div className="buttons no-print">
                {of.may.answer && <Button onClick={() => setOpen('answer')}>{words.answer}</Button>}
                {of.may.check && <Button onClick={() => setOpen('check')}>{words.check}</Button>}
            </div>
            {open === 'answer' && (
                <ReasonDialogue
                    title={words.answer}
                    label={words.answerWords}
                    error={answer.error}
                    busy={answer.isPending}
                    onClose={close}
                    onSubmit={(said) => answer.mutate({ params: { id: of.id }, body: { words: said } })}
                />
            )}
            {open === 'check' && <CheckDialogue of={of} onClose={close} />}
        </section>
    );
}

function CheckDialogue({ of, onClose }: { of: Rectification; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.sheet;
    const [form] = Form.useForm<{ done: boolean; words: string }>();
    const check = useCommand('inspectionSheet.check', { onDone: onClose });
    return (
        <Modal
            open
            title={words.check}
            okText={words.check}
            okButtonProps={{ disabled: check.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <ErrorNote error={check.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ done: true }}
                onFinish={(body) => check.mutate({ params: { id: of.id }, body })}
            >
                <Form.Item name="done" label={words.check}>
                    <Radio.Group
                        options={[
                            { value: true, label: words.accept },
                            { value: false, label: words.back },
                        ]}
                    />
                </Form.Item>
                <Form.Item
                    name="words"
                    label={words.checkWords}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 500)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}

function OrderDialogue({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.sheet;
    const [form] = Form.useForm<{ words: string; responsibleId?: string; dueDay: string }>();
    const order = useCommand('inspectionSheet.order', { onDone: onClose });
    const required = { required: true, message: text.common.required };
    return (
        <Modal
            open
            title={words.order}
            okText={words.order}
            okButtonProps={{ disabled: order.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <ErrorNote error={order.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={({ responsibleId, ...body }) =>
                    order.mutate({
                        params: { id: sheet.id },
                        body: { ...body, ...(responsibleId === undefined ? {} : { responsibleId }) },
                    })
                }
            >
                <Form.Item name="words" label={words.orderWords} rules={[{ ...required, whitespace: true }, atMost(text, 500)]}>
                    <Input autoComplete="off" autoFocus />
                </Form.Item>
                <Form.Item name="responsibleId" label={words.responsible}>
                    <Select
                        allowClear
                        placeholder={words.byOrganisation}
                        options={sheet.officers.map((each) => ({ value: each.id, label: each.name }))}
                    />
                </Form.Item>
                <Form.Item name="dueDay" label={words.dueDay} rules={[required]}>
                    <FieldDay label={words.dueDay} />
                </Form.Item>
            </Form>
        </Modal>
    );
}
