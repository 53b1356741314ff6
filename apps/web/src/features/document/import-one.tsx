import { fill } from '@liuhen/contract';
import { DOCUMENT_TYPE_IDS, type DocumentType, documentTypeFacts, MOST_SCAN_BYTES } from '@liuhen/domain';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FilePick } from '../../app/file-pick.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { Card } from '../../app/page.tsx';
import { ActPick, PartyPick } from '../../app/pick-remote.tsx';
import { useCommand } from '../../app/use-command.ts';
import { CasePick } from './case-pick.tsx';
import { sendScan } from './send-scan.ts';

type Fields = { type: DocumentType; title: string; number?: string; date: string; from: string; signers?: string };

/** One document with its PDF or scan: what it says of itself, what it belongs to, and its bytes. */
export function ImportOne() {
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate();
    const [form] = Form.useForm<Fields>();
    const [links, setLinks] = useState<{ partyId?: string; actId?: string; caseId?: string }>({});
    const [file, setFile] = useState<File>();
    const [fault, setFault] = useState('');
    /** Entered already, while its file did not get through. */
    const [entered, setEntered] = useState<{ id: string; error: unknown }>();
    const send = async (id: string) => {
        if (file === undefined) return;
        try {
            await sendScan({ documentId: id, role: 'imported', file });
            void navigate({ to: '/documents/$id', params: { id } });
        } catch (error) {
            setEntered({ id, error });
        }
    };
    const enter = useCommand('document.import', { onDone: ({ id }) => void send(id) });
    const submit = (fields: Fields) => {
        if (file === undefined) return setFault(text.documentImport.fileMissing);
        enter.mutate({ body: { ...omitEmpty(fields), ...omitEmpty(links) } });
    };
    const take = (chosen: File) => {
        const large = chosen.size > MOST_SCAN_BYTES;
        setFault(large ? fill(text.documentImport.tooLarge, { most: format.bytes(MOST_SCAN_BYTES) }) : '');
        setFile(large ? undefined : chosen);
        if ((form.getFieldValue('title') ?? '') === '')
            form.setFieldValue('title', chosen.name.replace(/\.[^.]+$/, '').slice(0, 200));
    };
    const required = [{ required: true, message: text.common.required }];
    const written = [{ required: true, whitespace: true, message: text.common.required }];
    if (entered !== undefined)
        return (
            <Card title={text.documentImport.entered}>
                <div className="body">
                    <ErrorNote
                        error={entered.error}
                        of="command"
                        safe={text.documentImport.enteredSafe}
                        onRetry={() => void send(entered.id)}
                    />
                    <FilePick label={text.documentImport.otherFile} accept={ACCEPTED} onFile={take} />
                    {file !== undefined && <span role="status"> {file.name}</span>}
                    <p>
                        <Button type="primary" onClick={() => void send(entered.id)}>
                            {text.documentImport.sendFile}
                        </Button>{' '}
                        <Link to="/documents/$id" params={{ id: entered.id }}>
                            {text.documentImport.toDocument}
                        </Link>
                    </p>
                </div>
            </Card>
        );
    return (
        <Card title={text.documentImport.how.one}>
            <div className="body import-one">
                <FilePick label={text.documentImport.file} accept={ACCEPTED} onFile={take} />
                {file === undefined ? (
                    <span className="soft"> {text.documentImport.fileWhat}</span>
                ) : (
                    <span role="status">
                        {' '}
                        {file.name} · {format.bytes(file.size)}
                    </span>
                )}
                {fault !== '' && (
                    <p className="fault" role="alert">
                        {fault}
                    </p>
                )}
                <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
                    <div className="import-fields">
                        <Form.Item name="type" label={text.document.type} rules={required}>
                            <Select
                                showSearch={{ optionFilterProp: 'label' }}
                                options={DOCUMENT_TYPE_IDS.map((value) => ({ value, label: documentTypeFacts(value).zh }))}
                            />
                        </Form.Item>
                        <Form.Item name="title" label={text.documentImport.name} rules={[...written, atMost(text, 200)]}>
                            <Input autoComplete="off" />
                        </Form.Item>
                        <Form.Item
                            name="number"
                            label={`${text.document.number}${text.common.optional}`}
                            rules={[atMost(text, 100)]}
                        >
                            <Input autoComplete="off" />
                        </Form.Item>
                        <Form.Item name="date" label={text.documentImport.date} rules={required}>
                            <FieldDay label={text.documentImport.date} />
                        </Form.Item>
                        <Form.Item name="from" label={text.documentImport.from} rules={[...written, atMost(text, 200)]}>
                            <Input autoComplete="off" />
                        </Form.Item>
                        <Form.Item
                            name="signers"
                            label={`${text.documentImport.signers}${text.common.optional}`}
                            rules={[atMost(text, 300)]}
                        >
                            <Input autoComplete="off" />
                        </Form.Item>
                        <Form.Item label={`${text.document.party}${text.common.optional}`}>
                            <PartyPick
                                label={text.document.party}
                                value={links.partyId}
                                onChange={(partyId) => setLinks((before) => ({ ...before, ...withOr('partyId', partyId) }))}
                            />
                        </Form.Item>
                        <Form.Item label={`${text.document.act}${text.common.optional}`}>
                            <ActPick
                                label={text.document.act}
                                value={links.actId}
                                onChange={(actId) => setLinks((before) => ({ ...before, ...withOr('actId', actId) }))}
                            />
                        </Form.Item>
                        <Form.Item label={`${text.document.case}${text.common.optional}`}>
                            <CasePick
                                label={text.document.case}
                                value={links.caseId}
                                onChange={(caseId) => setLinks((before) => ({ ...before, ...withOr('caseId', caseId) }))}
                            />
                        </Form.Item>
                    </div>
                    <ErrorNote error={enter.error} of="command" onRetry={() => form.submit()} />
                    <Button type="primary" htmlType="submit" disabled={enter.isPending}>
                        {enter.isPending ? text.common.saving : text.documentImport.take}
                    </Button>
                </Form>
            </div>
        </Card>
    );
}

const ACCEPTED = 'application/pdf,image/jpeg,image/png';
const withOr = (key: string, value: string | undefined) => ({ [key]: value ?? '' });
