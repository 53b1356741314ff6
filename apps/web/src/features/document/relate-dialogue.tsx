import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { ActPick, PartyPick } from '../../app/pick-remote.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { CasePick } from './case-pick.tsx';
import type { DocumentDetail } from './document-types.ts';
import { afterStep, versionOnceSaved } from './open-drafts.ts';

const LINKS = ['partyId', 'actId', 'caseId'] as const;
type Links = Partial<Record<(typeof LINKS)[number], string>>;

/** Puts a document under another party, act or case. What is left alone stays; the reason goes into the log. */
export function RelateDialogue({ document, onClose }: { document: DocumentDetail; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<{ reason: string }>();
    const [links, setLinks] = useState<Links>({});
    const relate = useCommand('document.relate', afterStep(document.id, onClose));
    const now = { partyId: document.party?.name, actId: document.act?.number, caseId: document.case?.number };
    const labels = { partyId: text.document.party, actId: text.document.act, caseId: text.document.case };
    const picks = { partyId: PartyPick, actId: ActPick, caseId: CasePick };
    return (
        <Modal
            open
            title={text.document.relate}
            okText={text.document.relate}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: relate.isPending || Object.values(links).every((each) => each === undefined) }}
        >
            <p className="step-what">{text.document.relateWhat}</p>
            <ErrorNote error={relate.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                onFinish={async ({ reason }) => {
                    const version = await versionOnceSaved(document);
                    relate.mutate({ params: { id: document.id }, body: { ...links, reason, version } });
                }}
            >
                {LINKS.map((key) => {
                    const Pick = picks[key];
                    return (
                        <Form.Item key={key} label={labels[key]} extra={now[key]}>
                            <Pick
                                label={labels[key]}
                                value={links[key]}
                                onChange={(id) =>
                                    setLinks(({ [key]: _, ...others }) => (id === undefined ? others : { ...others, [key]: id }))
                                }
                            />
                        </Form.Item>
                    );
                })}
                <Form.Item
                    name="reason"
                    label={text.documentFields.reason}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
                >
                    <Input />
                </Form.Item>
            </Form>
        </Modal>
    );
}
