import type { FieldColumn, FieldKind, TemplateField } from '../template.ts';

/** What may be said about a field beside its key, label and kind. Required unless said otherwise. */
export type FieldOptions = Partial<Omit<TemplateField, 'key' | 'label' | 'kind'>>;

const field =
    (kind: FieldKind, defaults: FieldOptions = {}) =>
    (key: string, label: string, options: FieldOptions = {}): TemplateField => ({
        key,
        label,
        kind,
        required: true,
        ...defaults,
        ...options,
    });

export const line = field('line', { most: 200 });
export const text = field('text', { most: 20_000 });
export const date = field('date');
export const instant = field('instant');
export const number = field('number');
export const money = field('money');
export const yesNo = field('yesNo');
export const officers = field('officers', { most: 12 });
export const dialogue = field('dialogue', { most: 500 });
export const citations = field('citations', { most: 30 });
export const attachments = field('attachments', { most: 200, required: false });

export const choice = (
    key: string,
    label: string,
    choices: Readonly<Record<string, string>>,
    options: FieldOptions = {},
): TemplateField => field('choice')(key, label, { choices: listed(choices), ...options });

export const choices = (
    key: string,
    label: string,
    of: Readonly<Record<string, string>>,
    options: FieldOptions = {},
): TemplateField => field('choices')(key, label, { choices: listed(of), ...options });

export const items = (key: string, label: string, columns: readonly FieldColumn[], options: FieldOptions = {}): TemplateField =>
    field('items', { most: 500 })(key, label, { columns, ...options });

export const column = (key: string, label: string, options: Partial<FieldColumn> = {}): FieldColumn => ({
    key,
    label,
    kind: 'line',
    ...options,
});

const listed = (of: Readonly<Record<string, string>>) => Object.entries(of).map(([value, label]) => ({ value, label }));

export const optional = { required: false } as const;
export const half = { width: 'half' } as const;
export const third = { width: 'third' } as const;

/**
 * First day of every form here: their fixed words follow the 行政处罚法 of 2021, in force from this day. Documents of earlier
 * days were made on other forms and are imported whole.
 */
export const FORMS_FROM = '2021-07-15';
