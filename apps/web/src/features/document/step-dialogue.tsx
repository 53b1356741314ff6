import { documentTypeFacts } from '@liuhen/domain';
import { Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { CategoryPick } from './category-pick.tsx';
import type { DocumentDetail } from './document-types.ts';
import type { ReservedNumber } from './reserved-numbers.ts';
import { ReservedPick } from './reserved-pick.tsx';
import { STEP_FORMS, type StepField, type StepName } from './step-table.ts';
import type { StepAnswers } from './use-step.ts';

type Props = {
    step: StepName;
    document: DocumentDetail;
    error: unknown;
    busy: boolean;
    onClose: () => void;
    onSubmit: (answers: StepAnswers) => void;
};

/** What one step needs to know; what it does is said before it is done. */
export function StepDialogue({ step, document, error, busy, onClose, onSubmit }: Props) {
    useReturnFocus();
    const text = useText();
    const words = text.documentStep[step];
    const { verdicts, fields } = STEP_FORMS[step];
    const [verdict, setVerdict] = useState(verdicts?.[0]);
    const [legal, setLegal] = useState<'yes' | 'no'>();
    const [reserved, setReserved] = useState<ReservedNumber>();
    const [form] = Form.useForm<Record<string, string | undefined>>();
    const numbered = documentTypeFacts(document.type).numbering === 'docNumber';
    const shown = fields(verdict).filter((field) => field.kind !== 'category' || (numbered && reserved === undefined));
    const numbers = step === 'number' || step === 'issueUrgently';
    // Whether the law asks for legal review is stated at review (行政处罚法 第58条).
    const asksLegal = step === 'review' && verdict === 'pass' && document.legalReview !== null;
    const submit = (typed: Record<string, string | undefined>) => {
        const { legalReason, ...rest } = Object.fromEntries(
            Object.entries(typed).filter(([, value]) => value !== undefined && value.trim() !== ''),
        );
        onSubmit({
            ...rest,
            ...(verdict === undefined ? {} : { verdict }),
            ...(reserved === undefined ? {} : { reserved: { blockId: reserved.blockId, place: reserved.place } }),
            ...(asksLegal && legal !== undefined ? { legal: { needed: legal === 'yes', reason: legalReason ?? '' } } : {}),
        });
    };
    return (
        <Modal
            open
            title={words.title}
            okText={words.title}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: busy }}
        >
            <p className="step-what">{words.what}</p>
            <ErrorNote error={error} of="command" onRetry={() => form.submit()} />
            <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
                {verdicts !== undefined && (
                    <Form.Item>
                        <Radio.Group
                            aria-label={words.title}
                            value={verdict}
                            options={verdicts.map((value) => ({
                                value,
                                label: text.documentVerdicts[value as keyof typeof text.documentVerdicts],
                            }))}
                            onChange={({ target }) => setVerdict(String(target.value))}
                        />
                    </Form.Item>
                )}
                {asksLegal && (
                    <>
                        <Form.Item label={text.documentFields.legal}>
                            <Radio.Group
                                aria-label={text.documentFields.legal}
                                value={legal}
                                options={[
                                    { value: 'yes', label: text.document.yes },
                                    { value: 'no', label: text.document.no },
                                ]}
                                onChange={({ target }) => setLegal(target.value === 'yes' ? 'yes' : 'no')}
                            />
                        </Form.Item>
                        {legal !== undefined && (
                            <Form.Item
                                name="legalReason"
                                label={text.documentFields.legalReason}
                                rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 300)]}
                            >
                                <Input />
                            </Form.Item>
                        )}
                    </>
                )}
                {numbers && <ReservedPick type={document.type} value={reserved} onChange={setReserved} />}
                {shown.map((field) => (
                    <Form.Item
                        key={field.key}
                        name={field.key}
                        label={text.documentFields[field.key]}
                        rules={[
                            { required: field.required, whitespace: field.required, message: text.common.required },
                            atMost(text, field.kind === 'text' ? 2_000 : 200),
                        ]}
                    >
                        <StepInput field={field} />
                    </Form.Item>
                ))}
            </Form>
        </Modal>
    );
}

/** antd hands value and onChange to the one control inside a field. */
function StepInput({ field, ...control }: { field: StepField }) {
    if (field.kind === 'text') return <Input.TextArea {...control} autoSize={{ minRows: 2, maxRows: 8 }} />;
    if (field.kind === 'category') return <CategoryPick {...control} />;
    return <Input {...control} />;
}
