import { fill } from '@liuhen/contract';
import { Button, Checkbox, Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Facts, Tag } from '../../app/page.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Sheet } from './inspection-types.ts';

type Appeal = Sheet['appeals'][number];
const STATUS = { waiting: 'act', upheld: 'held', refused: undefined } as const;
const wordsOf = (sheet: Sheet, key: string) => sheet.scheme.find((each) => each.key === key)?.words ?? key;

/** Objections of the reviewed, and what somebody else decided on them. */
export function AppealsCard({ sheet }: { sheet: Sheet }) {
    const text = useText();
    const format = useFormat();
    const words = text.sheet;
    const [raising, setRaising] = useState(false);
    const [deciding, setDeciding] = useState<Appeal>();
    return (
        <Card title={words.appeals}>
            <div className="body">
                {sheet.appeals.length === 0 && <p className="faint">{words.noAppeals}</p>}
                {sheet.appeals.map((each) => (
                    <section key={each.id} className="sheet-entry" aria-label={each.words}>
                        <Tag status={STATUS[each.state]}>{words.appealStates[each.state]}</Tag> <strong>{each.words}</strong>
                        <Facts
                            of={[
                                [words.appealItems, format.list(each.items.map((item) => wordsOf(sheet, item)))],
                                [words.appeal, `${each.appealedBy.name} · ${format.dateTime(each.appealedAt)}`],
                                ...(each.decision === null
                                    ? []
                                    : [[words.decision, `${each.decision} · ${each.decidedBy?.name ?? ''}`] as const]),
                            ]}
                        />
                        {each.mayDecide && (
                            <div className="buttons no-print">
                                <Button onClick={() => setDeciding(each)}>{words.decide}</Button>
                            </div>
                        )}
                    </section>
                ))}
                {sheet.may.appeal && (
                    <>
                        {sheet.appealUntil !== null && (
                            <p className="faint">{fill(words.appealUntil, { time: format.dateTime(sheet.appealUntil) })}</p>
                        )}
                        <div className="buttons no-print">
                            <Button onClick={() => setRaising(true)}>{words.appeal}</Button>
                        </div>
                    </>
                )}
            </div>
            {raising && <RaiseDialogue sheet={sheet} onClose={() => setRaising(false)} />}
            {deciding !== undefined && <DecideDialogue sheet={sheet} of={deciding} onClose={() => setDeciding(undefined)} />}
        </Card>
    );
}

function RaiseDialogue({ sheet, onClose }: { sheet: Sheet; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.sheet;
    const [form] = Form.useForm<{ items: string[]; words: string }>();
    const appeal = useCommand('inspectionSheet.appeal', { onDone: onClose });
    const required = { required: true, message: text.common.required };
    return (
        <Modal
            open
            title={words.appeal}
            okText={words.appeal}
            okButtonProps={{ disabled: appeal.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <ErrorNote error={appeal.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={(body) => appeal.mutate({ params: { id: sheet.id }, body })}
            >
                <Form.Item name="items" label={words.appealItems} rules={[required]}>
                    <Checkbox.Group options={sheet.scheme.map((each) => ({ value: each.key, label: each.words }))} />
                </Form.Item>
                <Form.Item
                    name="words"
                    label={words.appealWords}
                    rules={[{ ...required, whitespace: true }, atMost(text, 1_000)]}
                >
                    <Input.TextArea autoSize={{ minRows: 2 }} />
                </Form.Item>
            </Form>
        </Modal>
    );
}

type Decision = { upheld: boolean; words: string; points?: Record<string, number | null> };

function DecideDialogue({ sheet, of, onClose }: { sheet: Sheet; of: Appeal; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.sheet;
    const [form] = Form.useForm<Decision>();
    const upheld = Form.useWatch('upheld', form) ?? true;
    const decide = useCommand('inspectionSheet.decideAppeal', { onDone: onClose });
    const send = ({ upheld: yes, words: said, points = {} }: Decision) =>
        decide.mutate({
            params: { id: of.id },
            body: {
                upheld: yes,
                words: said,
                points: yes
                    ? Object.entries(points).flatMap(([item, given]) =>
                          typeof given === 'number' ? [{ item, points: given }] : [],
                      )
                    : [],
            },
        });
    return (
        <Modal
            open
            title={words.decide}
            okText={words.decide}
            okButtonProps={{ disabled: decide.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <ErrorNote error={decide.error} of="command" onRetry={() => form.submit()} />
            <Form form={form} layout="vertical" requiredMark={false} initialValues={{ upheld: true }} onFinish={send}>
                <Form.Item name="upheld" label={words.decide}>
                    <Radio.Group
                        options={[
                            { value: true, label: words.uphold },
                            { value: false, label: words.refuse },
                        ]}
                    />
                </Form.Item>
                {upheld &&
                    of.items.map((item) => (
                        <Form.Item
                            key={item}
                            name={['points', item]}
                            label={fill(words.newPoints, { item: wordsOf(sheet, item) })}
                        >
                            <InputNumber
                                min={0}
                                max={sheet.scheme.find((each) => each.key === item)?.most ?? 100}
                                precision={0}
                            />
                        </Form.Item>
                    ))}
                <Form.Item
                    name="words"
                    label={words.decision}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 1_000)]}
                >
                    <Input.TextArea autoSize={{ minRows: 2 }} />
                </Form.Item>
            </Form>
        </Modal>
    );
}
