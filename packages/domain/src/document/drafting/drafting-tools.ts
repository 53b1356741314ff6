import type { ContentFinding } from '../document-content.ts';
import { rowsOf } from '../print/print-value.ts';
import type { DocumentContent, FieldValue, TemplateField } from '../template.ts';
import { fieldsOf } from '../template.ts';
import { DRAFTING_CODES, type DraftingCode } from './drafting-codes.ts';
import type { Drafted } from './drafting-facts.ts';

/** A rule looks at a document and says what it found, or that it lacks the facts to judge. */
export type DraftingCheck = (drafted: Drafted) => ContentFinding[];

export const finding = (
    code: DraftingCode,
    field: string | null,
    params: Readonly<Record<string, string | number>> = {},
): ContentFinding => ({ code, level: DRAFTING_CODES[code], field, params });

export const isBlank = (value: FieldValue | undefined): boolean =>
    value === undefined || (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);

export const textOf = (content: DocumentContent, key: string): string => {
    const value = content[key];
    return typeof value === 'string' ? value : '';
};

export const numberOf = (content: DocumentContent, key: string): number | undefined => {
    const value = content[key];
    return typeof value === 'number' ? value : undefined;
};

/** Who is named in a field of officers: the id of the person, or else certificate or name. */
export const peopleOf = (content: DocumentContent, key: string): readonly { readonly id: string; readonly name: string }[] =>
    rowsOf(content[key]).map((row) => ({
        id: String(row.person || row.certificate || row.name || ''),
        name: String(row.name ?? ''),
    }));

/** All that was written in a field as running text, with what was quoted left out: a quotation is kept in its own words. */
export function writtenIn(field: TemplateField, value: FieldValue | undefined): string {
    const written = (text: unknown) => (typeof text === 'string' ? text.replace(/“[^”]*”/g, '') : '');
    if (field.kind === 'line' || field.kind === 'text') return written(value);
    // Answers are the words of the person asked.
    if (field.kind === 'dialogue')
        return rowsOf(value)
            .map((row) => written(row.question))
            .join('\n');
    return '';
}

/** Each text of the document with its field. */
export const texts = ({ template, content }: Drafted): readonly { readonly field: TemplateField; readonly text: string }[] =>
    fieldsOf(template)
        .map((field) => ({ field, text: writtenIn(field, content[field.key]) }))
        .filter((each) => each.text !== '');
