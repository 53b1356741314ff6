import { fill, MOST_IMPORT_ROWS } from '@liuhen/contract';
import { IMPORT_ORIGINS, type ImportOrigin, type TaskTable } from '@liuhen/domain';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { FilePick } from '../../app/file-pick.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { readListFile } from './read-list-file.ts';

type Fields = { origin: ImportOrigin; source: string; dueDay?: string };
type Read = { name: string; table: TaskTable };

/** Reads a list from a file and hands it in; what becomes of its rows is seen on the next page, before any task is made. */
export function ImportDrawer({ onClose, onReceived }: { onClose: () => void; onReceived: (id: string) => void }) {
    useReturnFocus();
    const text = useText();
    const [form] = Form.useForm<Fields>();
    const [read, setRead] = useState<Read>();
    const [fault, setFault] = useState<string>();
    const receive = useCommand('taskImport.receive', { onDone: ({ id }) => onReceived(id) });
    const take = async (file: File) => {
        const found = readListFile(file.name, new Uint8Array(await file.arrayBuffer()));
        setRead(undefined);
        if (found === 'unreadable') return setFault(text.taskList.fileUnreadable);
        if (found === 'noColumns') return setFault(text.taskList.fileNoColumns);
        if (found.table.rows.length > MOST_IMPORT_ROWS)
            return setFault(fill(text.taskList.fileTooLong, { most: MOST_IMPORT_ROWS }));
        setFault(undefined);
        setRead(found);
        if ((form.getFieldValue('source') ?? '') === '') form.setFieldValue('source', file.name.replace(/\.[^.]+$/, ''));
    };
    const submit = ({ origin, source, dueDay }: Fields) => {
        if (read === undefined) return setFault(text.taskList.file);
        receive.mutate({
            body: {
                origin,
                source,
                fileName: read.name,
                ...omitEmpty({ dueDay }),
                rows: read.table.rows.map((row) => ({ ...row })),
            },
        });
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
            <FilePick label={text.taskList.file} accept=".csv,.txt,text/csv" onFile={take} />
            <p className="faint" style={{ margin: '8px 0 12px' }}>
                {text.taskList.fileHint}
            </p>
            {fault !== undefined && (
                <div className="note note-act" role="alert">
                    <strong>{fault}</strong>
                </div>
            )}
            {read !== undefined && (
                <p role="status" style={{ marginBottom: 12 }}>
                    {fill(text.taskList.fileRead, {
                        name: read.name,
                        rows: read.table.rows.length,
                        columns: read.table.others.length,
                    })}
                </p>
            )}
            <Form<Fields>
                form={form}
                layout="vertical"
                requiredMark={false}
                initialValues={{ origin: 'nationalPlatform' }}
                onFinish={submit}
            >
                <Form.Item name="origin" label={text.taskList.origin}>
                    <Select options={IMPORT_ORIGINS.map((each) => ({ value: each, label: text.task.origins[each] }))} />
                </Form.Item>
                <Form.Item
                    name="source"
                    label={text.taskList.source}
                    rules={[{ required: true, whitespace: true, message: text.common.required }]}
                >
                    <Input maxLength={120} autoComplete="off" />
                </Form.Item>
                <Form.Item name="dueDay" label={`${text.taskList.dueDay}${text.common.optional}`}>
                    <FieldDay label={text.taskList.dueDay} />
                </Form.Item>
            </Form>
        </Drawer>
    );
}
