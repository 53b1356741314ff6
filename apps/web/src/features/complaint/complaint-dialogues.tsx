import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { PROCEDURES, TRIAGE_OUTCOMES, type TriageOutcome } from '@liuhen/domain';
import { Form, Input, Modal, Radio } from 'antd';
import type { ReactNode } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { ActPick } from '../../app/pick-remote.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { CasePick } from '../case/case-pick.tsx';

type Complaint = ResponseOf<Endpoints['complaint.get']>;
type Props = { complaint: Complaint; onClose: () => void };

export function Dialogue({
    title,
    error,
    busy,
    onOk,
    onClose,
    children,
}: {
    title: string;
    error: unknown;
    busy: boolean;
    onOk: () => void;
    onClose: () => void;
    children: ReactNode;
}) {
    useReturnFocus();
    return (
        <Modal open title={title} okText={title} okButtonProps={{ disabled: busy }} onOk={onOk} onCancel={onClose}>
            <ErrorNote error={error} of="command" onRetry={onOk} />
            {children}
        </Modal>
    );
}

export function TriageDialogue({ complaint, onClose }: Props) {
    const text = useText();
    const [form] = Form.useForm<{ outcome: TriageOutcome; reason?: string; transferredTo?: string }>();
    const outcome = Form.useWatch('outcome', form);
    const triage = useCommand('complaint.triage', { onDone: onClose });
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <Dialogue
            title={text.complaint.triage}
            error={triage.error}
            busy={triage.isPending}
            onOk={() => form.submit()}
            onClose={onClose}
        >
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ outcome: 'accepted' }}
                onFinish={({ outcome: chosen, reason, transferredTo }) =>
                    triage.mutate({
                        params: { id: complaint.id },
                        body: { outcome: chosen, ...omitEmpty({ reason, transferredTo }) },
                    })
                }
            >
                <Form.Item name="outcome" label={text.complaint.triageOutcome}>
                    <Radio.Group
                        options={TRIAGE_OUTCOMES.map((each) => ({ value: each, label: text.complaint.triageOutcomes[each] }))}
                    />
                </Form.Item>
                {outcome === 'transferred' && (
                    <Form.Item name="transferredTo" label={text.complaint.transferredTo} rules={[required, atMost(text, 120)]}>
                        <Input autoComplete="off" />
                    </Form.Item>
                )}
                <Form.Item
                    name="reason"
                    label={`${text.complaint.reason}${outcome === 'accepted' ? text.common.optional : ''}`}
                    rules={[...(outcome === 'accepted' ? [] : [required]), atMost(text, 300)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
            </Form>
        </Dialogue>
    );
}

const LINKABLE = ['act', 'case'] as const;

/** What the complaint led to: the act in which it was looked into, or the case that came of it. */
export function LinkDialogue({ complaint, onClose }: Props) {
    const text = useText();
    const [form] = Form.useForm<{ kind: (typeof LINKABLE)[number]; targetId?: string }>();
    const kind = Form.useWatch('kind', form) ?? 'act';
    const targetId = Form.useWatch('targetId', form);
    const link = useCommand('complaint.link', { onDone: onClose });
    return (
        <Dialogue
            title={text.complaint.link}
            error={link.error}
            busy={link.isPending}
            onOk={() => form.submit()}
            onClose={onClose}
        >
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ kind: 'act' }}
                onFinish={({ targetId: target }) => {
                    if (target !== undefined) link.mutate({ params: { id: complaint.id }, body: { kind, targetId: target } });
                }}
            >
                <Form.Item name="kind" noStyle>
                    <Radio.Group
                        aria-label={text.complaint.link}
                        options={LINKABLE.map((each) => ({ value: each, label: text.complaint.linkKinds[each] }))}
                        onChange={() => form.setFieldValue('targetId', undefined)}
                    />
                </Form.Item>
                <Form.Item
                    name="targetId"
                    label={text.complaint.linkKinds[kind]}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    {kind === 'act' ? (
                        <ActPick
                            label={text.complaint.linkKinds.act}
                            className="whole"
                            value={targetId}
                            onChange={(next) => form.setFieldValue('targetId', next)}
                        />
                    ) : (
                        <CasePick label={text.complaint.linkKinds.case} of={PROCEDURES} />
                    )}
                </Form.Item>
            </Form>
        </Dialogue>
    );
}

export function UnlinkDialogue({ linkId, onClose }: { linkId: string; onClose: () => void }) {
    const text = useText();
    const unlink = useCommand('complaint.unlink', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.complaint.unlink}
            label={text.complaint.unlinkReason}
            error={unlink.error}
            busy={unlink.isPending}
            onClose={onClose}
            onSubmit={(reason) => unlink.mutate({ params: { id: linkId }, body: { reason } })}
        />
    );
}

export function CloseDialogue({ complaint, onClose }: Props) {
    const text = useText();
    const close = useCommand('complaint.close', { onDone: onClose });
    return (
        <ReasonDialogue
            title={text.complaint.close}
            label={text.complaint.closeResult}
            error={close.error}
            busy={close.isPending}
            onClose={onClose}
            onSubmit={(result) => close.mutate({ params: { id: complaint.id }, body: { result } })}
        />
    );
}
