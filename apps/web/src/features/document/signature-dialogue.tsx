import {
    isPartySigner,
    SIGNATURE_OUTCOMES,
    SIGNATURE_READINGS,
    type SignatureOutcome,
    type SignatureReading,
    type Signer,
    signersOffered,
    templateByVersion,
} from '@liuhen/domain';
import { Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail, Paper } from './document-types.ts';
import { MomentInput } from './fields/moment-input.tsx';

type Fields = {
    signer: Signer;
    name: string;
    pages: number;
    reason?: string;
    witness?: string;
    reading?: SignatureReading;
    statement?: string;
};
type Props = {
    document: DocumentDetail;
    print: Paper['prints'][number];
    /** The correction that is signed, on the paper that was corrected. */
    correctionId?: string;
    onClose: () => void;
};

/** A wet signature on every page, a refusal with its reason, or an absence with its witness. */
export function SignatureDialogue({ document, print, correctionId, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<Fields>();
    const [outcome, setOutcome] = useState<SignatureOutcome>('signed');
    const [at, setAt] = useState<number | null>(null);
    const record = useCommand('document.recordSignature', { onDone: onClose });
    const template = templateByVersion(document.type, document.templateVersion);
    const offered = signersOffered({ ...document, servedMode: document.served?.mode ?? null }, template);
    const submit = ({ signer, name, pages, reason, witness, reading, statement }: Fields) => {
        if (at === null) return;
        record.mutate({
            params: { id: document.id },
            body: {
                printId: print.id,
                signer,
                name,
                at,
                outcome,
                pages: Array.from({ length: pages }, (_, index) => index + 1),
                ...omitEmpty({ reason, witness, statement, correctionId }),
                ...(reading === undefined ? {} : { reading }),
            },
        });
    };
    const signer = Form.useWatch('signer', form);
    // Of a record: read by the party or to it, and “以上笔录属实” by its own hand.
    const isRead = template?.rules.includes('trueRecord') === true && signer !== undefined && isPartySigner(signer);
    const required = [{ required: true, whitespace: true, message: text.common.required }];
    return (
        <Modal
            open
            title={text.documentPaper.recordSignature}
            okText={text.common.save}
            onCancel={onClose}
            onOk={() => form.submit()}
            okButtonProps={{ disabled: record.isPending || at === null }}
        >
            <p className="step-what">{text.documentPaper.signatureWhat}</p>
            <ErrorNote error={record.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ pages: print.pages ?? 1 }}
                onFinish={submit}
            >
                <Form.Item
                    name="signer"
                    label={text.documentPaper.signer}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <Select
                        options={offered.map((value) => ({
                            value,
                            label: text.documentPaper.signers[value],
                        }))}
                    />
                </Form.Item>
                <Form.Item name="name" label={text.documentPaper.signerName} rules={[...required, atMost(text, 100)]}>
                    <Input />
                </Form.Item>
                <Form.Item label={text.documentPaper.outcome}>
                    <Radio.Group
                        aria-label={text.documentPaper.outcome}
                        value={outcome}
                        options={SIGNATURE_OUTCOMES.map((value) => ({ value, label: text.documentPaper.outcomes[value] }))}
                        onChange={({ target }) => setOutcome(target.value as SignatureOutcome)}
                    />
                </Form.Item>
                <Form.Item label={text.documentPaper.signedAt}>
                    <MomentInput
                        id="signed-at"
                        label={text.documentPaper.signedAt}
                        disabled={false}
                        value={at}
                        onChange={setAt}
                    />
                </Form.Item>
                <Form.Item
                    name="pages"
                    label={text.documentPaper.pagesSigned}
                    rules={[{ required: true, message: text.common.required }]}
                >
                    <InputNumber min={1} max={500} precision={0} />
                </Form.Item>
                {outcome === 'signed' && isRead && (
                    <>
                        <Form.Item
                            name="reading"
                            label={text.documentPaper.reading}
                            rules={[{ required: true, message: text.common.required }]}
                        >
                            <Radio.Group
                                options={SIGNATURE_READINGS.map((value) => ({
                                    value,
                                    label: text.documentPaper.readings[value],
                                }))}
                            />
                        </Form.Item>
                        <Form.Item name="statement" label={text.documentPaper.statement} rules={[...required, atMost(text, 100)]}>
                            <Input />
                        </Form.Item>
                    </>
                )}
                {outcome !== 'signed' && (
                    <>
                        <Form.Item
                            name="reason"
                            label={text.documentFields.reason}
                            rules={[...(outcome === 'refused' ? required : []), atMost(text, 1_000)]}
                        >
                            <Input.TextArea autoSize={{ minRows: 2 }} />
                        </Form.Item>
                        <Form.Item
                            name="witness"
                            label={text.documentPaper.witnessName}
                            rules={[...(outcome === 'absent' ? required : []), atMost(text, 200)]}
                        >
                            <Input />
                        </Form.Item>
                    </>
                )}
            </Form>
        </Modal>
    );
}
