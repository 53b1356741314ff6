import { citationText, type DocumentContent, type FieldRow, type FieldValue, type TemplateField } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Facts } from '../../app/page.tsx';
import type { DocumentDetail } from './document-types.ts';
import { citationOf } from './fields/citations-input.tsx';
import { yuanOf } from './fields/money.ts';

type Props = {
    content: DocumentContent;
    fields: readonly TemplateField[];
    document: Pick<DocumentDetail, 'startedAt' | 'endedAt'>;
};

/** A content that is no longer changed, field by field. */
export function DocumentReading({ content, fields, document: { startedAt, endedAt } }: Props) {
    const text = useText();
    const format = useFormat();
    const say = useFieldText();
    return (
        <div className="body doc-reading">
            <Facts
                of={[
                    ...(startedAt === null || endedAt === null
                        ? []
                        : [[text.document.stated, format.period(startedAt, endedAt)] as const]),
                    ...fields
                        .filter((field) => content[field.key] !== undefined)
                        .map(
                            (field) =>
                                [
                                    <span key="label" lang="zh-CN">
                                        {field.label}
                                    </span>,
                                    <span key="value" lang="zh-CN">
                                        {say(field, content[field.key])}
                                    </span>,
                                    field.key,
                                ] as const,
                        ),
                ]}
            />
        </div>
    );
}

/** The value of a field as text of one or several lines. */
export function useFieldText(): (field: TemplateField, value: FieldValue | undefined) => string {
    const text = useText();
    const format = useFormat();
    return (field, value) => {
        if (value === undefined || value === '') return text.common.none;
        if (typeof value === 'boolean') return value ? text.document.yes : text.document.no;
        if (typeof value === 'number') {
            if (field.kind === 'instant') return format.dateTime(value);
            return field.kind === 'money' ? `${yuanOf(value)} ${text.document.money}` : String(value);
        }
        const label = (of: string) => field.choices?.find((each) => each.value === of)?.label ?? of;
        if (typeof value === 'string') return label(value);
        return value.map((each) => (typeof each === 'string' ? label(each) : rowText(field, each))).join('\n');
    };
}

function rowText(field: TemplateField, row: FieldRow): string {
    if (field.kind === 'citations') return citationText(citationOf(row));
    if (field.kind === 'officers') return [row.name, row.certificate].filter((each) => each !== undefined).join(' ');
    if (field.kind === 'dialogue') return `问：${row.question ?? ''}\n答：${row.answer ?? ''}`;
    if (field.kind === 'attachments') return String(row.title ?? '');
    return (field.columns ?? [])
        .map(({ key, kind }) => {
            const value = row[key];
            return kind === 'money' && typeof value === 'number' ? yuanOf(value) : String(value ?? '');
        })
        .join(' · ');
}
