import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { Button, Drawer, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { refreshAll } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { ShareInput, type ShareValue, shareOfValue, valueOfShare } from './share-input.tsx';

type Plan = ResponseOf<Endpoints['plan.get']>;
type Item = {
    id?: string;
    subject: string;
    speciality?: string;
    grade?: string;
    take: ShareValue;
    timesPerYear: number;
    note?: string;
};
type Fields = { title: string; items: Item[] };

/** The items of a draft. The version is the one that was read when it was opened: nobody's change is overwritten unseen. */
export function PlanItemsDrawer({ plan, onClose }: { plan: Plan; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<Fields>();
    const [{ version }] = useState(plan);
    const update = useCommand('plan.update', { onDone: onClose });
    const required = { required: true, whitespace: true, message: text.common.required };
    const items = plan.items.map(({ tasks: _, done: __, take, ...item }) => ({ ...item, take: valueOfShare(take) }));
    const submit = (fields: Fields) =>
        update.mutate({
            params: { id: plan.id },
            body: {
                title: fields.title,
                version,
                items: (fields.items ?? []).map(({ id, subject, take, timesPerYear, ...rest }) => ({
                    subject,
                    timesPerYear,
                    take: shareOfValue(take),
                    ...omitEmpty({ id, speciality: rest.speciality, grade: rest.grade, note: rest.note }),
                })),
            },
        });
    return (
        <Drawer
            open
            size={640}
            title={text.plan.edit}
            onClose={onClose}
            footer={
                <div className="form-foot">
                    <Button type="primary" onClick={() => form.submit()} disabled={update.isPending}>
                        {update.isPending ? text.common.saving : text.common.save}
                    </Button>
                    <Button onClick={onClose}>{text.common.cancel}</Button>
                </div>
            }
        >
            <ErrorNote error={update.error} of="command" onRetry={() => form.submit()} onReload={() => void refreshAll()} />
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                scrollToFirstError={{ focus: true }}
                initialValues={{ title: plan.title, items: items.length === 0 ? [{ timesPerYear: 1 }] : items }}
                onFinish={submit}
            >
                <Form.Item name="title" label={text.plan.name} rules={[required, atMost(text, 120)]}>
                    <Input autoComplete="off" />
                </Form.Item>
                <Form.List name="items">
                    {(rows, { add, remove }) => (
                        <>
                            {rows.map((row, index) => (
                                <fieldset className="apart" key={row.key}>
                                    <legend>
                                        {text.plan.items} {index + 1}
                                    </legend>
                                    <div className="fields">
                                        <Form.Item name={[row.name, 'id']} hidden>
                                            <Input />
                                        </Form.Item>
                                        <Form.Item
                                            className="wide"
                                            name={[row.name, 'subject']}
                                            label={text.plan.subject}
                                            rules={[required, atMost(text, 120)]}
                                        >
                                            <Input autoComplete="off" />
                                        </Form.Item>
                                        <Form.Item
                                            name={[row.name, 'speciality']}
                                            label={text.plan.speciality}
                                            rules={[atMost(text, 60)]}
                                        >
                                            <Input autoComplete="off" />
                                        </Form.Item>
                                        <Form.Item name={[row.name, 'grade']} label={text.plan.grade} rules={[atMost(text, 20)]}>
                                            <Input autoComplete="off" />
                                        </Form.Item>
                                        <Form.Item
                                            name={[row.name, 'take']}
                                            label={text.plan.take}
                                            rules={[{ required: true, message: text.common.required }]}
                                        >
                                            <ShareInput label={`${text.plan.takeKind} ${index + 1}`} />
                                        </Form.Item>
                                        <Form.Item
                                            name={[row.name, 'timesPerYear']}
                                            label={text.plan.times}
                                            rules={[{ required: true, message: text.common.required }]}
                                        >
                                            <InputNumber min={1} max={12} precision={0} />
                                        </Form.Item>
                                        <Form.Item
                                            className="wide"
                                            name={[row.name, 'note']}
                                            label={`${text.plan.note}${text.common.optional}`}
                                            rules={[atMost(text, 300)]}
                                        >
                                            <Input autoComplete="off" />
                                        </Form.Item>
                                    </div>
                                    <Button
                                        type="text"
                                        onClick={() => remove(row.name)}
                                        aria-label={`${text.plan.remove} ${index + 1}`}
                                    >
                                        {text.plan.remove}
                                    </Button>
                                </fieldset>
                            ))}
                            <Button onClick={() => add({ timesPerYear: 1 })}>{text.plan.add}</Button>
                        </>
                    )}
                </Form.List>
            </Form>
        </Drawer>
    );
}
