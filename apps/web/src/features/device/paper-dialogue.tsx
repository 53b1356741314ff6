import { fill } from '@liuhen/contract';
import { ANNEX_2_REQUIREMENTS, PAPER_KINDS, type PaperKind } from '@liuhen/domain';
import { useMutation } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { DayInput } from '../../app/day-input.tsx';
import { ErrorNote } from '../../app/error-note.tsx';
import { FilePick } from '../../app/file-pick.tsx';
import { useText } from '../../app/language.tsx';
import { refreshAll } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { sendPaper } from '../../app/send-paper.ts';

type Device = { readonly id: string; readonly number: string; readonly model: string | null };
type Fields = {
    kind: PaperKind;
    requirements: string[];
    number: string;
    issuer: string;
    issuedOn?: string;
    expiresOn?: string;
    note?: string;
    forModel?: boolean;
};

/** A certificate or data sheet with its document: without the document nothing counts. */
export function PaperDialogue({ device, onClose }: { device: Device; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<Fields>();
    const [file, setFile] = useState<File>();
    const [missing, setMissing] = useState(false);
    const send = useMutation<void, unknown, { fields: Fields; document: File }>({
        mutationFn: ({ fields, document }) => sendConformityPaper(device, fields, document),
        onSuccess: () => {
            void refreshAll();
            onClose();
        },
    });
    const required = { required: true, whitespace: true, message: '' };
    const day = (name: 'issuedOn' | 'expiresOn') => (
        <Form.Item name={name} label={text.passport[name]} initialValue="" trigger="onChange" valuePropName="value">
            <Day label={text.passport[name]} />
        </Form.Item>
    );
    return (
        <Modal
            open
            title={fill(text.passport.recordTitle, { number: device.number })}
            onCancel={onClose}
            okText={text.passport.record}
            okButtonProps={{ disabled: send.isPending }}
            onOk={() => {
                setMissing(file === undefined);
                form.submit();
            }}
        >
            <ErrorNote error={send.error} of="command" onRetry={() => form.submit()} />
            <Form
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ kind: 'certificate', requirements: [], forModel: device.model !== null }}
                onFinish={(fields) => {
                    if (file !== undefined) send.mutate({ fields, document: file });
                }}
            >
                <Form.Item name="kind" label={text.passport.kind}>
                    <Radio.Group options={PAPER_KINDS.map((value) => ({ value, label: text.passport.kinds[value] }))} />
                </Form.Item>
                <Form.Item
                    name="requirements"
                    label={text.passport.covers}
                    rules={[{ required: true, type: 'array', min: 1, message: text.passport.covers }]}
                >
                    <Select
                        mode="multiple"
                        optionFilterProp="label"
                        options={ANNEX_2_REQUIREMENTS.map(({ id, item, quote }) => ({ value: id, label: `${item}：${quote}` }))}
                    />
                </Form.Item>
                <Form.Item
                    name="number"
                    label={text.passport.number}
                    rules={[{ ...required, message: text.passport.number }, atMost(text, 80)]}
                >
                    <Input />
                </Form.Item>
                <Form.Item
                    name="issuer"
                    label={text.passport.issuer}
                    rules={[{ ...required, message: text.passport.issuer }, atMost(text, 120)]}
                >
                    <Input />
                </Form.Item>
                {day('issuedOn')}
                {day('expiresOn')}
                <Form.Item name="note" label={text.passport.note} rules={[atMost(text, 300)]}>
                    <Input />
                </Form.Item>
                {device.model !== null && (
                    <Form.Item name="forModel" valuePropName="checked">
                        <Checkbox>
                            {text.passport.forModel} {device.model}
                        </Checkbox>
                    </Form.Item>
                )}
            </Form>
            {/* Outside the form, whose styles show every file input. */}
            <FilePick label={text.passport.file} accept="application/pdf,image/jpeg,image/png" onFile={setFile} />
            {file !== undefined && <p className="second">{file.name}</p>}
            {missing && file === undefined && (
                <p role="alert" className="passport-missing">
                    {text.passport.fileMissing}
                </p>
            )}
        </Modal>
    );
}

/** The form gives value and change; a day left open is empty. */
function Day({ label, value, onChange, id }: { label: string; value?: string; onChange?: (next: string) => void; id?: string }) {
    return <DayInput label={label} value={value ?? ''} onChange={(next) => onChange?.(next)} id={id} />;
}

/** Hands the document over with what it says. Throws the refusal as a `RequestError`. */
function sendConformityPaper(device: Device, fields: Fields, document: File): Promise<void> {
    const { issuedOn = '', expiresOn = '', note = '' } = fields;
    const said = Object.entries({ issuedOn, expiresOn, note }).filter(([, value]) => value !== '');
    return sendPaper(
        `/api/devices/${device.id}/papers`,
        {
            kind: fields.kind,
            requirements: fields.requirements.join(),
            forModel: device.model !== null && fields.forModel === true ? 'yes' : 'no',
            number: fields.number,
            issuer: fields.issuer,
            fileName: document.name.slice(0, 200),
            ...Object.fromEntries(said),
        },
        document,
    );
}
