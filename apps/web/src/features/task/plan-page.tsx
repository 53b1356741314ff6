import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ConfirmDialogue } from '../../app/confirm-dialogue.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Line, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { dateOf } from '../../app/shanghai.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { useCommand } from '../../app/use-command.ts';
import { TraceCard } from '../ledger/trace-card.tsx';
import { PlanItemsDrawer } from './plan-items-drawer.tsx';
import { PLAN_STATUS } from './plan-list-page.tsx';

type Plan = ResponseOf<Endpoints['plan.get']>;
type Open = 'items' | 'submit' | 'approve' | 'sendBack' | 'publish' | 'withdraw';

export function PlanPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/plans/$id' });
    const { data, error, isPending, refetch } = useAsk('plan.get', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return <Unreadable error={error} onRetry={() => void refetch()} back={<Link to="/plans">{text.plan.title}</Link>} />;
    return <Loaded key={data.id} plan={data} />;
}

function Loaded({ plan }: { plan: Plan }) {
    const text = useText();
    const format = useFormat();
    const [open, setOpen] = useState<Open>();
    const close = () => setOpen(undefined);
    return (
        <>
            <PageHead
                crumb={<Link to="/plans">{text.plan.title}</Link>}
                title={plan.title}
                tag={<Tag status={PLAN_STATUS[plan.state]}>{text.plan.states[plan.state]}</Tag>}
                facts={
                    <Line
                        of={[
                            String(plan.year),
                            `${text.plan.draftedBy} ${plan.draftedBy.name}`,
                            plan.approvedBy !== null &&
                                plan.approvedAt !== null &&
                                `${text.plan.approvedBy} ${plan.approvedBy.name} ${format.dateTime(plan.approvedAt)}`,
                            plan.publishedDay !== null && `${text.plan.published} ${plan.publishedDay} ${plan.publishedAt ?? ''}`,
                            plan.state === 'approved' && text.plan.notPublished,
                        ]}
                    />
                }
                actions={<Actions plan={plan} onOpen={setOpen} />}
            />
            {plan.reason !== null && (
                <div className="note note-act">
                    <strong>{plan.reason}</strong>
                </div>
            )}
            <div className="two">
                <div>
                    <ItemsCard plan={plan} />
                </div>
                <div>
                    <TraceCard objectId={plan.id} />
                </div>
            </div>
            {open === 'items' && <PlanItemsDrawer plan={plan} onClose={close} />}
            {open !== undefined && open !== 'items' && <StepDialogue plan={plan} step={open} onClose={close} />}
        </>
    );
}

function Actions({ plan, onOpen }: { plan: Plan; onOpen: (what: Open) => void }) {
    const text = useText();
    const may = useMay();
    const button = (what: Open, words: string, primary = false): ReactNode => (
        <Button key={what} type={primary ? 'primary' : 'default'} onClick={() => onOpen(what)}>
            {words}
        </Button>
    );
    const drafts = may('task.draw');
    return (
        <>
            {drafts && plan.state !== 'withdrawn' && button('withdraw', text.plan.withdraw)}
            {drafts && plan.state === 'draft' && button('items', text.plan.edit, plan.items.length === 0)}
            {drafts && plan.state === 'draft' && plan.items.length > 0 && button('submit', text.plan.submit, true)}
            {may('plan.approve') && plan.state === 'submitted' && button('sendBack', text.plan.sendBack)}
            {may('plan.approve') && plan.state === 'submitted' && button('approve', text.plan.approve, true)}
            {drafts && plan.state === 'approved' && button('publish', text.plan.publish, true)}
        </>
    );
}

function ItemsCard({ plan }: { plan: Plan }) {
    const text = useText();
    const may = useMay();
    const draws = may('task.draw') && (plan.state === 'approved' || plan.state === 'published');
    const take = (share: Plan['items'][number]['take']) =>
        'number' in share
            ? fill(text.plan.ofNumber, { count: share.number })
            : fill(text.plan.ofShare, { percent: share.permille / 10 });
    return (
        <Card title={text.plan.items} small={plan.items.length}>
            {plan.items.length === 0 ? (
                <p className="empty-small">{text.plan.itemsEmpty}</p>
            ) : (
                <ol className="timeline">
                    {plan.items.map((item) => (
                        <li key={item.id}>
                            {item.subject}{' '}
                            {draws && (
                                <Link to="/draws/new" search={{ planItemId: item.id }}>
                                    {text.draw.new}
                                </Link>
                            )}
                            <span className="second">
                                <Line
                                    of={[
                                        item.speciality,
                                        item.grade,
                                        take(item.take),
                                        fill(text.plan.timesOf, { count: item.timesPerYear }),
                                        fill(text.plan.progress, { tasks: item.tasks, done: item.done }),
                                        item.note,
                                    ]}
                                />
                            </span>
                        </li>
                    ))}
                </ol>
            )}
        </Card>
    );
}

type StepProps = { plan: Plan; step: Exclude<Open, 'items'>; onClose: () => void };

function StepDialogue({ plan, step, onClose }: StepProps) {
    const text = useText();
    const submit = useCommand('plan.submit', { onDone: onClose });
    const approve = useCommand('plan.approve', { onDone: onClose });
    const withdraw = useCommand('plan.withdraw', { onDone: onClose });
    const params = { id: plan.id };
    const { version } = plan;
    if (step === 'publish') return <PublishDialogue plan={plan} onClose={onClose} />;
    if (step === 'submit')
        return (
            <ConfirmDialogue
                title={text.plan.submit}
                what={text.plan.approveWhat}
                error={submit.error}
                busy={submit.isPending}
                onClose={onClose}
                onConfirm={() => submit.mutate({ params, body: { version } })}
            />
        );
    if (step === 'approve')
        return (
            <ConfirmDialogue
                title={text.plan.approve}
                what={text.plan.approveWhat}
                error={approve.error}
                busy={approve.isPending}
                onClose={onClose}
                onConfirm={() => approve.mutate({ params, body: { version } })}
            />
        );
    const back = step === 'sendBack';
    return (
        <ReasonDialogue
            title={back ? text.plan.sendBack : text.plan.withdraw}
            label={back ? text.plan.sendBackReason : text.plan.withdrawReason}
            error={back ? approve.error : withdraw.error}
            busy={back ? approve.isPending : withdraw.isPending}
            onClose={onClose}
            onSubmit={(reason) =>
                back
                    ? approve.mutate({ params, body: { version, sendBack: reason } })
                    : withdraw.mutate({ params, body: { reason } })
            }
        />
    );
}

function PublishDialogue({ plan, onClose }: { plan: Plan; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ day: string; where: string }>();
    const publish = useCommand('plan.publish', { onDone: onClose });
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <Modal
            open
            title={text.plan.publish}
            okText={text.plan.publish}
            okButtonProps={{ disabled: publish.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <ErrorNote error={publish.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ day: dateOf(Date.now()) }}
                onFinish={(body) => publish.mutate({ params: { id: plan.id }, body })}
            >
                <Form.Item name="day" label={text.plan.publishDay} rules={[required]}>
                    <FieldDay label={text.plan.publishDay} max={dateOf(Date.now())} />
                </Form.Item>
                <Form.Item name="where" label={text.plan.publishWhere} rules={[required, atMost(text, 200)]}>
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}
