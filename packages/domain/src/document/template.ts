import type { DocumentType } from './document-type.ts';
import type { DraftingRuleId } from './drafting-rule-id.ts';

/** What a field of a form holds, and so how it is asked for, checked and printed. The form of its value stands beside it. */
export const FIELD_KINDS = [
    'line', // one line of text: string
    'text', // several paragraphs, parted by a line feed: string
    'date', // a day of Shanghai's calendar: `YYYY-MM-DD`
    'instant', // a moment to the minute: milliseconds UTC
    'number', // number
    'money', // whole fen: number
    'choice', // value of one choice: string
    'choices', // values of several choices: strings
    'yesNo', // boolean
    'officers', // persons of the organisation with their certificate as on the day: rows of OFFICER_COLUMNS
    'items', // a table: rows of the columns the field declares
    'dialogue', // questions and answers, in order: rows of DIALOGUE_COLUMNS
    'citations', // articles of the law library: rows of CITATION_COLUMNS
    'attachments', // photos, moments of a recording, samples, papers: rows of ATTACHMENT_COLUMNS
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** Columns of a row; a key that is not named here or by the field's own columns is not kept. */
export const OFFICER_COLUMNS = ['person', 'name', 'certificate'] as const;
/** Characters in one answer, or in one cell of a table, at most. */
export const mostInCell = (kind: 'dialogue' | 'items'): number => (kind === 'dialogue' ? 5_000 : 500);
export const DIALOGUE_COLUMNS = ['question', 'answer'] as const;
/** `paragraph` and `item` may be left out; all are numbers. `law` is an id of the law library. */
export const CITATION_COLUMNS = ['law', 'article', 'paragraph', 'item'] as const;
/** `kind` photo, recording, sample or paper; `ref` the id of what is attached; `at` the moment in a recording, or 0. */
export const ATTACHMENT_COLUMNS = ['kind', 'ref', 'title', 'at'] as const;

/** Texts that an organisation confirms as dated parameters, because the law's figures in them are not verified here. */
export const CONFIRMED_TEXTS = ['remedy.ordinary', 'remedy.reviewFirst', 'payment', 'defence', 'hearingRight'] as const;
export type ConfirmedText = (typeof CONFIRMED_TEXTS)[number];

/** Where a first value may come from. Never from a recording: start and end are what the officers state (附件1 第10条). */
export type PrefillSource =
    | 'party.name'
    | 'party.creditCode'
    | 'party.legalRepresentative'
    | 'party.address'
    | 'party.phone'
    | 'act.place'
    | 'act.officers'
    | 'agency.name'
    | 'case.title'
    | 'case.number'
    | 'parent.title'
    | 'parent.number'
    | `text.${ConfirmedText}`
    | `document.${DocumentType}.${string}`;

export type FieldColumn = {
    readonly key: string;
    readonly label: string;
    readonly kind: 'line' | 'number' | 'date' | 'money';
    readonly required?: boolean;
    /** Share of the printed width; 1 when left out. */
    readonly width?: number;
};

export type TemplateField = {
    readonly key: string;
    /** Chinese always: it is printed. */
    readonly label: string;
    readonly kind: FieldKind;
    readonly required: boolean;
    /** Longest text in characters, or greatest number of rows. */
    readonly most?: number;
    readonly choices?: readonly { readonly value: string; readonly label: string }[];
    readonly columns?: readonly FieldColumn[];
    readonly prefill?: PrefillSource;
    /** A phrase list that the writer may pick from. */
    readonly phrases?: readonly string[];
    /** Shown beside the field while writing, in Chinese; never printed. */
    readonly hint?: string;
    /** Printed width in a form of lines or a grid; full when left out. */
    readonly width?: 'third' | 'half' | 'full';
    /** Whose hand-written signature and date the printed box ends with. */
    readonly signed?: Signer;
    /** Not printed: it is there for checks and for the register. */
    readonly hidden?: boolean;
};

/**
 * How the fields of a section are printed: `lines` label and underlined value; `grid` a ruled table of labels and values;
 * `prose` paragraphs, each value within the fixed words around it; `plain` the value alone.
 */
export type SectionStyle = 'lines' | 'grid' | 'prose' | 'plain';

/**
 * `before` and `after` are fixed printed paragraphs. They may name fields as `{key}`, and `{agency}`, `{party}`; a field named
 * in them is printed there and nowhere else in the section. An empty field leaves a line to be written on.
 */
export type TemplateSection = {
    readonly heading?: string;
    readonly style: SectionStyle;
    readonly before?: string;
    readonly fields: readonly TemplateField[];
    readonly after?: string;
};

/** Who signs, beside the head who signs an office document. */
export const SIGNERS = [
    'officers',
    'party',
    'partyEachPage',
    'witness',
    'interviewee',
    'recorder',
    'presider',
    'participants',
    'recipient',
    'responsible',
    'reviewer',
] as const;
export type Signer = (typeof SIGNERS)[number];

/** Families of printed form. */
export const LAYOUTS = ['record', 'notice', 'form', 'list', 'strip'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** A form as it stood from one day on. A document names `type` and `version` for ever; a template once used is never changed. */
export type Template = {
    readonly type: DocumentType;
    readonly version: number;
    /** First and last day on which new documents take it, `YYYY-MM-DD`. */
    readonly from: string;
    readonly to?: string;
    readonly layout: Layout;
    /** Key of the field that names whom the document is addressed to; printed as the salutation of a notice. */
    readonly addressee?: string;
    readonly sections: readonly TemplateSection[];
    readonly signers: readonly Signer[];
    /** Whether the agency's seal belongs on it. */
    readonly sealed: boolean;
    readonly copies: number;
    /** Who keeps the copies; printed at the foot. */
    readonly copiesNote?: string;
    /** Drafting rules that are checked; ids of `DRAFTING_RULES`. */
    readonly rules: readonly DraftingRuleId[];
    /** Where the list of fields comes from; `knowledge` was not seen in print. */
    readonly source: string;
};

/** Content of a document: canonical JSON by field key. Absent and empty are the same: not filled in. */
export type DocumentContent = { readonly [key: string]: FieldValue };
export type FieldRow = { readonly [column: string]: string | number };
export type FieldValue = string | number | boolean | readonly string[] | readonly FieldRow[];

/** All fields of a template, in printed order. */
export const fieldsOf = (template: Template): readonly TemplateField[] => template.sections.flatMap((section) => section.fields);

/**
 * The content with the start and end that a document keeps beside it, so that lists and charts find them: the fields `start` and
 * `end` of a form are these two, stated by the officers (附件1 第10条).
 */
export function statedContent(
    template: Template,
    content: DocumentContent,
    stated: { readonly startedAt: number | null; readonly endedAt: number | null },
): DocumentContent {
    const keys = new Set(fieldsOf(template).map((field) => field.key));
    const { start: _start, end: _end, ...rest } = content;
    return {
        ...rest,
        ...(keys.has('start') && stated.startedAt !== null ? { start: stated.startedAt } : {}),
        ...(keys.has('end') && stated.endedAt !== null ? { end: stated.endedAt } : {}),
    };
}
