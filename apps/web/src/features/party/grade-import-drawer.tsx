import { fill, IMPORT_MOST_BYTES } from '@liuhen/contract';
import { GRADE_COLUMNS } from '@liuhen/domain';
import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { base64Of } from '../../app/base64.ts';
import { csvOf, download } from '../../app/csv.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FilePick } from '../../app/file-pick.tsx';
import { FieldDay } from '../../app/form-day.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useCommand } from '../../app/use-command.ts';
import { zh } from '../../text/index.ts';

/** Hands in a list of grades; what it would decide is seen on the page of the import. */
export function GradeImportButton() {
    const text = useText();
    const [open, setOpen] = useState(false);
    return (
        <>
            <Button onClick={() => setOpen(true)}>{text.imports.grades.open}</Button>
            {open && <GradeImportDrawer onClose={() => setOpen(false)} />}
        </>
    );
}

type Fields = { source: string; reason: string; fromDay?: string };

function GradeImportDrawer({ onClose }: { onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const format = useFormat();
    const navigate = useNavigate();
    const words = text.imports.grades;
    const [form] = Form.useForm<Fields>();
    const [file, setFile] = useState<File>();
    const [fault, setFault] = useState<string>();
    const preview = useCommand('party.previewGradeImport', {
        onDone: ({ id }) => void navigate({ to: '/parties/imports/$id', params: { id } }),
    });
    const take = (chosen: File) => {
        preview.reset();
        const tooLarge = chosen.size > IMPORT_MOST_BYTES;
        setFault(tooLarge ? fill(text.imports.tooLarge, { most: format.bytes(IMPORT_MOST_BYTES) }) : undefined);
        setFile(tooLarge ? undefined : chosen);
    };
    const submit = async ({ source, reason, fromDay }: Fields) => {
        if (file === undefined) return setFault(words.fileMissing);
        const content = await base64Of(file);
        preview.mutate({ body: { fileName: file.name.slice(-200), content, source, reason, ...omitEmpty({ fromDay }) } });
    };
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <Drawer
            open
            size={560}
            title={words.open}
            onClose={onClose}
            footer={
                <div className="form-foot">
                    <Button type="primary" onClick={() => form.submit()} disabled={preview.isPending}>
                        {preview.isPending ? words.reading : words.preview}
                    </Button>
                    <Button onClick={onClose}>{text.common.cancel}</Button>
                </div>
            }
        >
            <ErrorNote error={preview.error} of="command" safe={text.imports.nothingYet} />
            <div className="steps">
                <FilePick label={words.file} accept=".csv,.txt,.tsv,.xlsx" onFile={take} />
                <TemplateButton />
            </div>
            {file !== undefined && (
                <p role="status">
                    {file.name} · {format.bytes(file.size)}
                </p>
            )}
            {fault !== undefined && (
                <div className="note note-act" role="alert">
                    <strong>{fault}</strong>
                </div>
            )}
            <p className="faint" style={{ margin: '8px 0 12px' }}>
                {words.hint}
            </p>
            <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void submit(fields)}>
                <Form.Item name="source" label={words.source} extra={words.sourceHint} rules={[required, atMost(text, 120)]}>
                    <Input autoComplete="off" />
                </Form.Item>
                <Form.Item name="reason" label={words.reason} rules={[required, atMost(text, 500)]}>
                    <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
                </Form.Item>
                <Form.Item name="fromDay" label={`${words.fromDay}${text.common.optional}`}>
                    <FieldDay label={words.fromDay} />
                </Form.Item>
            </Form>
        </Drawer>
    );
}

/** The headings are those that are read, in Chinese whatever the language of the pages: the lists are. */
function TemplateButton() {
    const text = useText();
    const headings = GRADE_COLUMNS.map((column) => zh.imports.columns[column]);
    return (
        <Button type="link" onClick={() => download(`${zh.imports.grades.templateName}.csv`, csvOf([headings]))}>
            {text.imports.grades.template}
        </Button>
    );
}
