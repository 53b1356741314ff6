import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Empty, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { WorkTabs } from './work-tabs.tsx';

export const PLAN_STATUS = {
    draft: undefined,
    submitted: 'act',
    approved: 'act',
    published: 'held',
    withdrawn: undefined,
} as const;

export function PlanListPage() {
    const text = useText();
    const may = useMay();
    const [drafting, setDrafting] = useState(false);
    const { data, error, isPending, refetch } = useAsk('plan.list', {});
    const button = may('task.draw') && (
        <Button type="primary" onClick={() => setDrafting(true)}>
            {text.plan.new}
        </Button>
    );
    return (
        <>
            <WorkTabs />
            <PageHead title={text.plan.title} facts={text.plan.sub} actions={button} />
            <Card label={text.plan.title}>
                {isPending && <Waiting />}
                <ErrorNote error={error} of="read" onRetry={() => void refetch()} />
                {data?.items.length === 0 && <Empty title={text.plan.emptyTitle} what={text.plan.emptyWhat} action={button} />}
                {data !== undefined && data.items.length > 0 && (
                    <ol className="timeline">
                        {data.items.map((plan) => (
                            <li key={plan.id}>
                                <Link to="/plans/$id" params={{ id: plan.id }}>
                                    {plan.title}
                                </Link>{' '}
                                <Tag status={PLAN_STATUS[plan.state]}>{text.plan.states[plan.state]}</Tag>
                                <span className="second">
                                    <Line
                                        of={[
                                            String(plan.year),
                                            `${text.plan.items} ${plan.itemCount}`,
                                            `${text.plan.draftedBy} ${plan.draftedBy.name}`,
                                            plan.publishedDay !== null && `${text.plan.published} ${plan.publishedDay}`,
                                        ]}
                                    />
                                </span>
                            </li>
                        ))}
                    </ol>
                )}
            </Card>
            {drafting && <DraftDialogue onClose={() => setDrafting(false)} />}
        </>
    );
}

function DraftDialogue({ onClose }: { onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const navigate = useNavigate();
    const [form] = Form.useForm<{ year: number; title: string }>();
    const draft = useCommand('plan.draft', { onDone: ({ id }) => void navigate({ to: '/plans/$id', params: { id } }) });
    return (
        <Modal
            open
            title={text.plan.new}
            okText={text.common.save}
            okButtonProps={{ disabled: draft.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <ErrorNote error={draft.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ year: Number(dateOf(Date.now()).slice(0, 4)) }}
                onFinish={(body) => draft.mutate({ body })}
            >
                <Form.Item name="year" label={text.plan.year} rules={[{ required: true, message: text.common.required }]}>
                    <InputNumber min={2000} max={2100} precision={0} />
                </Form.Item>
                <Form.Item
                    name="title"
                    label={text.plan.name}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 120)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}
