import { DOCUMENT_TYPE_IDS, type DocumentType, documentTypeFacts } from './document-type.ts';
import { type FieldKind, fieldsOf } from './template.ts';
import { TEMPLATES } from './templates/catalogue.ts';

/** Words that an organisation offers its writers for a field of a document, beside those of the form itself. */
export type OwnPhrase = { readonly type: DocumentType; readonly label: string; readonly phrase: string };

const TAKING: readonly FieldKind[] = ['line', 'text', 'dialogue'];
const LINE = /^\s*([^|｜]+?)\s*[|｜]\s*([^|｜]+?)\s*[|｜]\s*(\S.*?)\s*$/u;

/**
 * A line of `document.phrases`: title of the document, label of the field as the form calls it, and the words, parted by ｜.
 * `undefined` where no form has such a field that words can be put into: nobody would ever be offered them.
 */
export function ownPhraseOf(line: string): OwnPhrase | undefined {
    const [, title = '', label = '', phrase = ''] = LINE.exec(line.normalize('NFC')) ?? [];
    const type = DOCUMENT_TYPE_IDS.find((each) => documentTypeFacts(each).zh === title);
    if (type === undefined) return undefined;
    const takes = TEMPLATES.some(
        (template) =>
            template.type === type && fieldsOf(template).some((field) => field.label === label && TAKING.includes(field.kind)),
    );
    return takes ? { type, label, phrase } : undefined;
}

export const ownPhrasesOf = (lines: readonly string[]): OwnPhrase[] => lines.flatMap((line) => ownPhraseOf(line) ?? []);
