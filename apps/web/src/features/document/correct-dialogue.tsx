import { type FieldValue, fieldsOf, type Template } from '@liuhen/domain';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { LongText } from '../../app/long-text.tsx';
import { refreshAll } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { useFieldText } from './document-reading.tsx';
import type { DocumentDetail } from './document-types.ts';
import { FieldInput } from './fields/field-input.tsx';
import { afterStep, versionOnceSaved } from './open-drafts.ts';
import { isSameValue } from './same-value.ts';

type Props = { document: DocumentDetail; template: Template; onClose: () => void };

/** Corrects one field: what stood there stays, beside what stands there now and why (《卫生行政执法文书规范》第5条). */
export function CorrectDialogue({ document, template, onClose }: Props) {
    useReturnFocus();
    const text = useText();
    const say = useFieldText();
    const [key, setKey] = useState<string>();
    const [value, setValue] = useState<FieldValue>();
    const [reason, setReason] = useState('');
    const [missing, setMissing] = useState(false);
    const correct = useCommand('document.correct', afterStep(document.id, onClose));
    const fields = fieldsOf(template);
    const field = fields.find((each) => each.key === key);
    // Start and end are kept beside the content; a form names them as its fields.
    const stands = (of: string): FieldValue | undefined =>
        of === 'start' && document.startedAt !== null
            ? document.startedAt
            : of === 'end' && document.endedAt !== null
              ? document.endedAt
              : document.content[of];
    const before = key === undefined ? undefined : stands(key);
    const changed = key !== undefined && value !== undefined && !isSameValue(value, before);
    const submit = async () => {
        const complete = changed && reason.trim() !== '';
        setMissing(!complete);
        if (!complete) return;
        const version = await versionOnceSaved(document);
        correct.mutate({ params: { id: document.id }, body: { field: key, value, reason, version } });
    };
    return (
        <Modal
            open
            width={640}
            title={text.documentPaper.correct}
            okText={text.documentPaper.correctDo}
            onCancel={onClose}
            onOk={() => void submit()}
            okButtonProps={{ disabled: correct.isPending }}
        >
            <p className="step-what">{text.documentPaper.correctWhat}</p>
            <ErrorNote error={correct.error} of="command" onRetry={() => void submit()} onReload={() => void refreshAll()} />
            {missing && (
                <p className="fault" role="alert">
                    {text.documentPaper.correctMissing}
                </p>
            )}
            <div className="doc-field">
                <label htmlFor="correct-field">{text.documentPaper.correctField}</label>
                <Select
                    id="correct-field"
                    aria-label={text.documentPaper.correctField}
                    style={{ width: '100%' }}
                    showSearch={{ optionFilterProp: 'label' }}
                    value={key ?? null}
                    options={fields.map((each) => ({ value: each.key, label: each.label }))}
                    onChange={(next: string) => {
                        setKey(next);
                        setValue(stands(next));
                    }}
                />
            </div>
            {field !== undefined && (
                <>
                    <div className="doc-field">
                        <span className="soft">{text.documentPaper.correctBefore}</span>
                        <p className="printed" lang="zh-CN">
                            {say(field, before)}
                        </p>
                    </div>
                    <FieldInput
                        key={field.key}
                        field={field}
                        value={value}
                        onChange={setValue}
                        disabled={false}
                        faults={[]}
                        context={{
                            day: dateOf(document.startedAt ?? document.madeAt),
                            documentId: document.id,
                            type: document.type,
                            actId: document.actId,
                            offers: {},
                        }}
                    />
                </>
            )}
            <div className="doc-field">
                <label htmlFor="correct-reason">{text.documentFields.reason}</label>
                <LongText id="correct-reason" most={300} value={reason} onChange={setReason} />
            </div>
        </Modal>
    );
}
