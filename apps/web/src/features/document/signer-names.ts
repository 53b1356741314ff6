import { type FieldRow, fieldsOf, type Signer, type Template } from '@liuhen/domain';
import type { DocumentDetail } from './document-types.ts';

type Named = { readonly name: string; readonly personId?: string | undefined };

/** Names that a document itself gives for a signer; whoever signs may be called otherwise. */
export function signerNamesOf(
    document: DocumentDetail,
    template: Template | undefined,
    signer: Signer | undefined,
): readonly Named[] {
    if (template === undefined || signer === undefined) return [];
    if (signer === 'officers' || signer === 'recorder') {
        const rows = fieldsOf(template)
            .filter((field) => field.kind === 'officers')
            .flatMap(({ key }) => (Array.isArray(document.content[key]) ? (document.content[key] as readonly FieldRow[]) : []));
        const named = rows.map(({ name, person }) => ({ name: String(name ?? ''), personId: String(person ?? '') || undefined }));
        return named.filter((each, at) => each.name !== '' && named.findIndex(({ name }) => name === each.name) === at);
    }
    const people = ['companion', 'legalRepresentative', 'interviewee', 'person', 'representative']
        .map((key) => document.content[key])
        .filter((value): value is string => typeof value === 'string' && value.trim() !== '');
    return [...new Set(people)].map((name) => ({ name }));
}
