import type { DocumentType } from './document-type.ts';

/** What a field of a form holds, and so how it is asked for, checked and printed. */
export type FieldKind =
    | 'line' // one line of text
    | 'text' // several paragraphs
    | 'date' // a day of Shanghai's calendar, `YYYY-MM-DD`
    | 'instant' // a moment to the minute, milliseconds UTC
    | 'number'
    | 'money' // whole fen
    | 'choice'
    | 'choices'
    | 'yesNo'
    | 'officers' // persons of the organisation with their certificate numbers as on the day
    | 'items' // a table of rows with columns of their own
    | 'dialogue' // questions and answers, in order
    | 'citations' // articles of the law library, by id and date
    | 'attachments'; // photos and moments of a recording, by id

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
    | `document.${DocumentType}.${string}`;

export type FieldColumn = {
    readonly key: string;
    readonly label: string;
    readonly kind: 'line' | 'number' | 'date' | 'money';
    readonly required?: boolean;
};

export type TemplateField = {
    readonly key: string;
    /** Chinese always: it is printed. */
    readonly label: string;
    readonly kind: FieldKind;
    readonly required: boolean;
    readonly most?: number;
    readonly choices?: readonly { readonly value: string; readonly label: string }[];
    readonly columns?: readonly FieldColumn[];
    readonly prefill?: PrefillSource;
    /** A phrase list that the writer may pick from. */
    readonly phrases?: readonly string[];
    readonly hint?: string;
};

export type TemplateSection = { readonly heading?: string; readonly fields: readonly TemplateField[] };

/** Who signs, beside the head who signs an office document. */
export type Signer =
    | 'officers'
    | 'party'
    | 'partyEachPage'
    | 'witness'
    | 'interviewee'
    | 'recorder'
    | 'presider'
    | 'participants'
    | 'recipient'
    | 'responsible'
    | 'reviewer';

/** A form as it stood from one day on. A document names `type` and `version` for ever; a template once used is never changed. */
export type Template = {
    readonly type: DocumentType;
    readonly version: number;
    /** First and last day on which new documents take it, `YYYY-MM-DD`. */
    readonly from: string;
    readonly to?: string;
    readonly sections: readonly TemplateSection[];
    readonly signers: readonly Signer[];
    readonly copies: number;
    /** Drafting rules that are checked; ids of `drafting-rules`. */
    readonly rules: readonly string[];
    /** Where the list of fields comes from; `knowledge` was not seen in print. */
    readonly source: string;
};

/** Content of a document: canonical JSON by field key. */
export type DocumentContent = { readonly [key: string]: FieldValue };
export type FieldValue =
    | string
    | number
    | boolean
    | readonly string[]
    | readonly { readonly [column: string]: string | number }[];
