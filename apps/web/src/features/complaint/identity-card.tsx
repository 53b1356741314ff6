import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Card, Facts } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { IDENTITY_FIELDS, IdentityFields, type IdentityValues } from './identity-fields.tsx';

type Complaint = ResponseOf<Endpoints['complaint.get']>;

/** Who complained: whether something is kept, and, to whoever may and says why, what. It is held by this card alone. */
export function IdentityCard({ complaint }: { complaint: Complaint }) {
    const text = useText();
    const may = useMay();
    const [open, setOpen] = useState<'view' | 'change'>();
    const [shown, setShown] = useState<IdentityValues>();
    const close = () => setOpen(undefined);
    const view = useCommand('complaint.viewIdentity', {
        onDone: (identity) => {
            setShown(omitEmpty(identity));
            close();
        },
    });
    return (
        <Card title={text.complaint.identity}>
            <div className="body">
                {shown === undefined ? (
                    <p>{complaint.identityKept ? text.complaint.identityKept : text.complaint.identityNone}</p>
                ) : (
                    <>
                        <Facts
                            of={IDENTITY_FIELDS.map(
                                (each) => [text.complaint.identityFields[each], shown[each] ?? null] as const,
                            )}
                        />
                        <p className="faint">{text.complaint.identityShown}</p>
                    </>
                )}
                <div className="buttons no-print">
                    {shown !== undefined && <Button onClick={() => setShown(undefined)}>{text.complaint.identityHide}</Button>}
                    {shown === undefined && complaint.identityKept && may('complaint.identity') && (
                        <Button onClick={() => setOpen('view')}>{text.complaint.identityView}</Button>
                    )}
                    {may('complaint.manage') && (
                        <Button onClick={() => setOpen('change')}>{text.complaint.identityChange}</Button>
                    )}
                </div>
            </div>
            {open === 'view' && (
                <ReasonDialogue
                    title={text.complaint.identityView}
                    what={text.complaint.identityViewWhat}
                    label={text.complaint.identityPurpose}
                    error={view.error}
                    busy={view.isPending}
                    onClose={close}
                    onSubmit={(purpose) => view.mutate({ params: { id: complaint.id }, body: { purpose } })}
                />
            )}
            {open === 'change' && <ChangeDialogue complaint={complaint} onClose={close} />}
        </Card>
    );
}

function ChangeDialogue({ complaint, onClose }: { complaint: Complaint; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<IdentityValues>();
    const keep = useCommand('complaint.keepIdentity', { onDone: onClose });
    return (
        <Modal
            open
            title={text.complaint.identityChange}
            okText={text.common.save}
            okButtonProps={{ disabled: keep.isPending }}
            onOk={() => form.submit()}
            onCancel={onClose}
        >
            <p style={{ marginBottom: 12 }}>{text.complaint.identityChangeWhat}</p>
            <ErrorNote error={keep.error} of="command" onRetry={() => form.submit()} />
            <Form<IdentityValues>
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={(fields) => keep.mutate({ params: { id: complaint.id }, body: omitEmpty(fields) })}
            >
                <IdentityFields />
            </Form>
        </Modal>
    );
}
