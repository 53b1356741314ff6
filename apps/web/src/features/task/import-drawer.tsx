import { fill, IMPORT_MOST_BYTES } from '@liuhen/contract';
import { IMPORT_ORIGINS, type ImportOrigin } from '@liuhen/domain';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { base64Of } from '../../app/base64.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FilePick } from '../../app/file-pick.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';

type Fields = { origin: ImportOrigin; source: string; dueDay?: string };

/** Hands a list in as a file; what becomes of its rows is seen on the next page, before any task is made. */
export function ImportDrawer({ onClose, onReceived }: { onClose: () => void; onReceived: (id: string) => void }) {
    useReturnFocus();
    const text = useText();
    const format = useFormat();
    const [form] = Form.useForm<Fields>();
    const [file, setFile] = useState<File>();
    const [fault, setFault] = useState<string>();
    const receive = useCommand('taskImport.receiveFile', { onDone: ({ id }) => onReceived(id) });
    const take = (chosen: File) => {
        receive.reset();
        const tooLarge = chosen.size > IMPORT_MOST_BYTES;
        setFault(tooLarge ? fill(text.imports.tooLarge, { most: format.bytes(IMPORT_MOST_BYTES) }) : undefined);
        setFile(tooLarge ? undefined : chosen);
        if ((form.getFieldValue('source') ?? '') === '') form.setFieldValue('source', chosen.name.replace(/\.[^.]+$/, ''));
    };
    const submit = async ({ origin, source, dueDay }: Fields) => {
        if (file === undefined) return setFault(text.taskList.file);
        const content = await base64Of(file);
        receive.mutate({ body: { origin, source, fileName: file.name.slice(-200), content, ...omitEmpty({ dueDay }) } });
    };
    return (
        <Drawer
            open
            size={560}
            title={text.taskList.new}
            onClose={onClose}
            footer={
                <div className="form-foot">
                    <Button type="primary" onClick={() => form.submit()} disabled={receive.isPending}>
                        {receive.isPending ? text.taskList.receiving : text.taskList.receive}
                    </Button>
                    <Button onClick={onClose}>{text.common.cancel}</Button>
                </div>
            }
        >
            <ErrorNote error={receive.error} of="command" onRetry={() => form.submit()} />
            <FilePick label={text.taskList.file} accept=".csv,.txt,.tsv,.xlsx" onFile={take} />
            {file !== undefined && (
                <span role="status">
                    {' '}
                    {file.name} · {format.bytes(file.size)}
                </span>
            )}
            <p className="faint" style={{ margin: '8px 0 12px' }}>
                {text.taskList.fileHint}
            </p>
            {fault !== undefined && (
                <div className="note note-act" role="alert">
                    <strong>{fault}</strong>
                </div>
            )}
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ origin: 'nationalPlatform' }}
                onFinish={(fields) => void submit(fields)}
            >
                <Form.Item name="origin" label={text.taskList.origin}>
                    <Select options={IMPORT_ORIGINS.map((each) => ({ value: each, label: text.task.origins[each] }))} />
                </Form.Item>
                <Form.Item
                    name="source"
                    label={text.taskList.source}
                    rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 120)]}
                >
                    <Input autoComplete="off" />
                </Form.Item>
                <Form.Item name="dueDay" label={`${text.taskList.dueDay}${text.common.optional}`}>
                    <FieldDay label={text.taskList.dueDay} />
                </Form.Item>
            </Form>
        </Drawer>
    );
}
