import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { CHECK_POINTS, type CheckPoint, type StepOfDevice } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { App, Button, Dropdown, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FieldPersonPick } from '../../app/form-pick.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Card, Dot, Line } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';

type Device = ResponseOf<Endpoints['device.get']>;

/** The steps that whoever looks can take now, by the same table as the server's. */
export function DeviceSteps({ device }: { device: Device }) {
    const text = useText();
    const { message } = App.useApp();
    const [step, setStep] = useState<StepOfDevice>();
    const take = useCommand('device.step', {
        onDone: () => {
            void message.success(text.deviceLife.stepDone);
            setStep(undefined);
        },
    });
    if (device.possible.length === 0) return null;
    const [first, ...rest] = device.possible;
    return (
        <>
            {first !== undefined && rest.length === 0 && (
                <Button onClick={() => setStep(first)}>{text.deviceLife.steps[first]}</Button>
            )}
            {rest.length > 0 && (
                <Dropdown
                    trigger={['click']}
                    menu={{
                        items: device.possible.map((each) => ({
                            key: each,
                            label: text.deviceLife.steps[each],
                            style: { minHeight: 40 },
                        })),
                        onClick: ({ key }) => setStep(device.possible.find((each) => each === key)),
                    }}
                >
                    <Button>{text.deviceLife.more}</Button>
                </Dropdown>
            )}
            {step !== undefined && (
                <ReasonDialogue
                    title={text.deviceLife.steps[step]}
                    what={text.deviceLife.stepWhat[step]}
                    label={text.deviceLife.stepNote}
                    error={take.error}
                    busy={take.isPending}
                    onClose={() => setStep(undefined)}
                    onSubmit={(note) => take.mutate({ params: { id: device.id }, body: { step, note } })}
                />
            )}
        </>
    );
}

/** Checks before use (附件1 第7条), and the ways the device went. */
export function LifeCards({ device }: { device: Device }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const [checking, setChecking] = useState(false);
    return (
        <>
            {device.kind !== 'roomCamera' && (
                <Card
                    title={text.precheck.history}
                    small={device.checks.length}
                    right={
                        may('device.manage') &&
                        device.state !== 'retired' && <Button onClick={() => setChecking(true)}>{text.precheck.dock}</Button>
                    }
                >
                    {device.checks.length === 0 ? (
                        <p className="empty-small">{text.precheck.historyEmpty}</p>
                    ) : (
                        <ol className="timeline">
                            {device.checks.map((check) => (
                                <li key={check.id}>
                                    <Dot status={check.failed.length === 0 ? 'held' : 'broken'} />
                                    {check.failed.length === 0
                                        ? text.precheck.fine
                                        : format.list(check.failed.map((point) => text.precheck.points[point]))}
                                    <span className="second">
                                        <Line
                                            of={[
                                                format.dateTime(check.checkedAt),
                                                check.person.name,
                                                text.precheck.places[check.place],
                                                check.batteryPercent !== null && `${check.batteryPercent}%`,
                                                check.byOther && text.precheck.otherHolder,
                                                check.notedAt - check.checkedAt > 60_000 &&
                                                    fill(text.precheck.notedLater, { time: format.dateTime(check.notedAt) }),
                                            ]}
                                        />
                                    </span>
                                    {check.note !== null && <span className="second">{check.note}</span>}
                                </li>
                            ))}
                        </ol>
                    )}
                </Card>
            )}
            <Card title={text.deviceLife.history} small={device.steps.length}>
                {device.steps.length === 0 ? (
                    <p className="empty-small">{text.deviceLife.historyEmpty}</p>
                ) : (
                    <ol className="timeline">
                        {device.steps.map((step) => (
                            <li key={step.id}>
                                {text.deviceLife.steps[step.step]}
                                <span className="second">
                                    <Line of={[format.dateTime(step.at), step.by.name]} />
                                </span>
                                {step.note !== null && <span className="second">{step.note}</span>}
                                {step.handIn !== null && (
                                    <span className="second">
                                        <HandIn of={step.handIn} />
                                    </span>
                                )}
                            </li>
                        ))}
                    </ol>
                )}
            </Card>
            {checking && <DockDialogue device={device} onClose={() => setChecking(false)} />}
        </>
    );
}

/** 附件1 第15条: whether it was handed in, and by when it should have been as the unit decided for itself. */
function HandIn({ of: { dueAt, ended, endedAt } }: { of: NonNullable<Device['steps'][number]['handIn']> }) {
    const text = useText();
    const format = useFormat();
    const isLate = dueAt !== null && endedAt !== null && endedAt > dueAt;
    return (
        <>
            {isLate && (
                <>
                    <Dot status="act" />{' '}
                </>
            )}
            <Line
                of={[
                    ended === null || endedAt === null
                        ? text.deviceLife.notHandedIn
                        : fill(text.deviceLife.faultEnds[ended], { at: format.dateTime(endedAt) }),
                    dueAt === null
                        ? text.deviceLife.handInNoTerm
                        : fill(isLate ? text.deviceLife.handInLate : text.deviceLife.handInDue, { due: format.dateTime(dueAt) }),
                ]}
            />
        </>
    );
}

/** The conformity of a device: what is stated of its model; what was measured is with its recordings. */
export function ModelLine({ device }: { device: Device }) {
    const text = useText();
    if (device.modelId === null) return device.model ?? <span className="faint">{text.common.none}</span>;
    return (
        <Link to="/devices/models/$id" params={{ id: device.modelId }}>
            {device.model}
        </Link>
    );
}

function DockDialogue({ device, onClose }: { device: Device; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<{ personId: string; note?: string }>();
    const [bad, setBad] = useState<ReadonlySet<CheckPoint>>(new Set());
    const check = useCommand('device.check', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    return (
        <Modal
            open
            title={fill(text.precheck.dockTitle, { number: device.number })}
            onCancel={onClose}
            okText={text.precheck.submit}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: check.isPending }}
        >
            <ErrorNote error={check.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={device.holder === null ? {} : { personId: device.holder.id }}
                onFinish={({ personId, note }) =>
                    check.mutate({
                        params: { id: device.id },
                        body: {
                            noFault: !bad.has('noFault'),
                            timeRight: !bad.has('timeRight'),
                            batteryEnough: !bad.has('batteryEnough'),
                            spaceEnough: !bad.has('spaceEnough'),
                            place: 'dock',
                            at: Date.now(),
                            personId,
                            ...omitEmpty({ note }),
                        },
                    })
                }
            >
                <Form.Item
                    name="personId"
                    label={text.precheck.forWhom}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <FieldPersonPick label={text.precheck.forWhom} />
                </Form.Item>
                <div className="precheck">
                    {CHECK_POINTS.map((point) => (
                        <button
                            type="button"
                            key={point}
                            className="point"
                            aria-pressed={bad.has(point)}
                            onClick={() => {
                                const next = new Set(bad);
                                if (!next.delete(point)) next.add(point);
                                setBad(next);
                            }}
                        >
                            <strong>{text.precheck.points[point]}</strong>
                            <span className="verdict">
                                <Dot status={bad.has(point) ? 'broken' : 'held'} />
                                {bad.has(point) ? text.precheck.bad : text.precheck.good}
                            </span>
                        </button>
                    ))}
                </div>
                <Form.Item name="note" label={`${text.device.note}${text.common.optional}`} rules={[atMost(text, 200)]}>
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Modal>
    );
}
