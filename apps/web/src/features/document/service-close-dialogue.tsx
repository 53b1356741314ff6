import { Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { ActPick } from '../../app/pick-remote.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Service } from './document-types.ts';
import { MomentInput } from './fields/moment-input.tsx';
import { RECORDED_MODES } from './service-fields.ts';

const DATED_LATER: readonly Service['mode'][] = ['post', 'entrusted', 'electronic'];

/** States the outcome. What must be recorded cannot be closed as complete without recording or a stated reason. */
export function ServiceCloseDialogue({ service, onClose }: { service: Service; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [outcome, setOutcome] = useState<'served' | 'failed'>('served');
    const [at, setAt] = useState<number | null>(null);
    const [actId, setActId] = useState<string | undefined>(service.actId ?? undefined);
    const [form] = Form.useForm<{ unrecordedReason?: string; note?: string }>();
    const close = useCommand('document.closeService', { onDone: onClose });
    const submit = ({ unrecordedReason, note }: { unrecordedReason?: string; note?: string }) =>
        close.mutate({
            params: { id: service.id },
            body:
                outcome === 'failed'
                    ? { outcome, note: note ?? '' }
                    : {
                          outcome,
                          ...(at === null ? {} : { at }),
                          ...(actId === undefined ? {} : { actId }),
                          ...omitEmpty({ unrecordedReason, note }),
                      },
        });
    return (
        <Modal
            open
            title={text.documentService.close}
            okText={text.documentService.close}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: close.isPending }}
        >
            <ErrorNote error={close.error} of="command" onRetry={() => form.submit()} />
            <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
                <Form.Item>
                    <Radio.Group
                        aria-label={text.documentService.close}
                        value={outcome}
                        options={(['served', 'failed'] as const).map((value) => ({
                            value,
                            label: text.documentService.states[value],
                        }))}
                        onChange={({ target }) => setOutcome(target.value === 'failed' ? 'failed' : 'served')}
                    />
                </Form.Item>
                {outcome === 'served' && DATED_LATER.includes(service.mode) && (
                    <Form.Item label={text.documentService.servedAt}>
                        <MomentInput
                            id="served-at"
                            label={text.documentService.servedAt}
                            disabled={false}
                            value={at}
                            onChange={setAt}
                        />
                    </Form.Item>
                )}
                {outcome === 'served' && RECORDED_MODES.includes(service.mode) && (
                    <>
                        <Form.Item label={text.documentService.act} extra={text.documentService.actWhy}>
                            <ActPick label={text.documentService.act} value={actId} onChange={setActId} />
                        </Form.Item>
                        <Form.Item
                            name="unrecordedReason"
                            label={`${text.documentService.unrecorded}${text.common.optional}`}
                            rules={[atMost(text, 1_000)]}
                        >
                            <Input.TextArea autoSize={{ minRows: 2 }} />
                        </Form.Item>
                    </>
                )}
                <Form.Item
                    name="note"
                    label={text.documentService.note}
                    rules={[
                        { required: outcome === 'failed', whitespace: outcome === 'failed', message: text.common.required },
                        atMost(text, 1_000),
                    ]}
                >
                    <Input.TextArea autoSize={{ minRows: 2 }} />
                </Form.Item>
            </Form>
        </Modal>
    );
}
