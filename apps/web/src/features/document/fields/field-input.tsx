import { fill } from '@liuhen/contract';
import type { DocumentContent, DocumentType, FieldRow, FieldValue, TemplateField } from '@liuhen/domain';
import { Button, Checkbox, Input, Radio, Select } from 'antd';
import { DayInput } from '../../../app/day-input.tsx';
import { useText } from '../../../app/language.tsx';
import { LongText } from '../../../app/long-text.tsx';
import { AttachmentsInput } from './attachments-input.tsx';
import { CitationsInput } from './citations-input.tsx';
import { DialogueInput } from './dialogue-input.tsx';
import { MomentInput } from './moment-input.tsx';
import { MoneyInput } from './money-input.tsx';
import { OfficersInput } from './officers-input.tsx';
import { usePhrases } from './own-phrases.ts';
import { RowsInput } from './rows-input.tsx';

export type FieldContext = {
    /** The day whose law counts: of the act, or of writing. */
    readonly day: string;
    readonly documentId: string;
    readonly type: DocumentType;
    readonly actId: string | null;
    /** First values that the document's party, act and case offer. */
    readonly offers: DocumentContent;
};

type Props = {
    field: TemplateField;
    value: FieldValue | undefined;
    onChange: (value: FieldValue) => void;
    disabled: boolean;
    context: FieldContext;
    /** `calm`: that it is not filled yet, or worth a look; no mistake of its writer. */
    faults: readonly { readonly says: string; readonly calm: boolean }[];
};

const rowsOf = (value: FieldValue | undefined): readonly FieldRow[] =>
    Array.isArray(value) ? value.filter((row): row is FieldRow => typeof row === 'object') : [];
const textOf = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');
const textsOf = (value: FieldValue | undefined): string[] =>
    Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** One field of a form with its label, what is wrong with it, and its phrases. Labels are Chinese: they are printed. */
export function FieldInput({ field, value, onChange, disabled, context, faults }: Props) {
    const text = useText();
    const id = `field-${field.key}`;
    const phrases = usePhrases(context.type, field);
    const offer = context.offers[field.key];
    const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
    return (
        <div
            className={`doc-field doc-${field.kind} doc-${field.width ?? 'full'}${faults.some((each) => !each.calm) ? ' faulty' : ''}`}
            id={id}
            tabIndex={-1}
        >
            <label htmlFor={`${id}-in`} lang="zh-CN">
                {field.label}
                {!field.required && <span className="faint">{text.common.optional}</span>}
            </label>
            {field.hint !== undefined && (
                <p className="hint" lang="zh-CN">
                    {field.hint}
                </p>
            )}
            <Control
                id={`${id}-in`}
                field={{ ...field, phrases }}
                value={value}
                onChange={onChange}
                disabled={disabled}
                context={context}
            />
            {!disabled && empty && typeof offer === 'string' && offer !== '' && (
                <Button type="link" className="offer" onClick={() => onChange(offer)}>
                    {fill(text.document.fill, { value: offer })}
                </Button>
            )}
            {!disabled && phrases.length > 0 && (field.kind === 'text' || field.kind === 'line') && (
                <fieldset className="phrases" aria-label={`${field.label} ${text.document.phrase}`}>
                    {phrases.map((phrase) => (
                        <button
                            key={phrase}
                            type="button"
                            lang="zh-CN"
                            onClick={() => onChange(field.kind === 'line' ? phrase : joined(textOf(value), phrase))}
                        >
                            {phrase}
                        </button>
                    ))}
                </fieldset>
            )}
            {faults.map(({ says, calm }) => (
                <p key={says} className={calm ? 'fault calm' : 'fault'}>
                    {says}
                </p>
            ))}
        </div>
    );
}

const joined = (before: string, phrase: string): string =>
    before === '' || before.endsWith('\n') ? before + phrase : `${before}\n${phrase}`;

function Control({ id, field, value, onChange, disabled, context }: Omit<Props, 'faults'> & { id: string }) {
    const text = useText();
    switch (field.kind) {
        case 'line':
        case 'text':
            return (
                <LongText
                    over={text.document.lengthOver}
                    id={id}
                    value={textOf(value)}
                    most={field.most ?? Number.POSITIVE_INFINITY}
                    onChange={onChange}
                    disabled={disabled}
                    {...(field.kind === 'text' ? { rows: { minRows: 3, maxRows: 24 } } : {})}
                />
            );
        case 'date':
            return disabled ? (
                <Input id={id} disabled value={textOf(value)} />
            ) : (
                <DayInput id={id} label={field.label} value={textOf(value)} onChange={onChange} />
            );
        case 'instant':
            return (
                <MomentInput
                    id={id}
                    label={field.label}
                    disabled={disabled}
                    value={typeof value === 'number' ? value : null}
                    onChange={(next) => onChange(next ?? '')}
                />
            );
        case 'number':
            return (
                <Input
                    id={id}
                    className="number"
                    inputMode="numeric"
                    disabled={disabled}
                    value={typeof value === 'number' ? String(value) : ''}
                    onChange={({ target }) => {
                        const digits = target.value.normalize('NFKC').replace(/[^\d-]/g, '');
                        const next = Number(digits);
                        onChange(digits === '' || !Number.isSafeInteger(next) ? '' : next);
                    }}
                />
            );
        case 'money':
            return (
                <MoneyInput
                    id={id}
                    disabled={disabled}
                    value={typeof value === 'number' ? value : undefined}
                    onChange={onChange}
                />
            );
        case 'choice':
            return (field.choices ?? []).length <= 5 ? (
                <Radio.Group
                    id={id}
                    disabled={disabled}
                    value={textOf(value)}
                    options={[...(field.choices ?? [])]}
                    onChange={({ target }) => onChange(String(target.value))}
                />
            ) : (
                <Select
                    id={id}
                    disabled={disabled}
                    value={textOf(value) === '' ? null : textOf(value)}
                    options={[...(field.choices ?? [])]}
                    onChange={(next) => onChange(next ?? '')}
                />
            );
        case 'choices':
            return (
                <Checkbox.Group
                    disabled={disabled}
                    value={textsOf(value)}
                    options={[...(field.choices ?? [])]}
                    onChange={(next) => onChange(next)}
                />
            );
        case 'yesNo':
            return (
                <Radio.Group
                    id={id}
                    disabled={disabled}
                    value={typeof value === 'boolean' ? value : null}
                    options={[
                        { value: true, label: text.document.yes },
                        { value: false, label: text.document.no },
                    ]}
                    onChange={({ target }) => onChange(target.value === true)}
                />
            );
        case 'officers':
            return <OfficersInput rows={rowsOf(value)} onChange={onChange} disabled={disabled} label={field.label} />;
        case 'items':
            return <RowsInput field={field} rows={rowsOf(value)} onChange={onChange} disabled={disabled} />;
        case 'dialogue':
            return <DialogueInput rows={rowsOf(value)} onChange={onChange} disabled={disabled} phrases={field.phrases ?? []} />;
        case 'citations':
            return <CitationsInput rows={rowsOf(value)} onChange={onChange} disabled={disabled} day={context.day} />;
        case 'attachments':
            return (
                <AttachmentsInput
                    rows={rowsOf(value)}
                    onChange={onChange}
                    disabled={disabled}
                    documentId={context.documentId}
                    actId={context.actId}
                />
            );
    }
}
