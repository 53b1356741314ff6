import type { DocumentType, TemplateField } from '@liuhen/domain';
import { useAsk } from '../../../app/query.ts';

/** What may be picked for a field: the form's own phrases, then those of the organisation; taken along for where there is no network. */
export function usePhrases(type: DocumentType, { label, phrases = [] }: TemplateField): readonly string[] {
    const own = useAsk('template.phrases', {});
    const added = (own.data?.items ?? [])
        .filter((each) => each.type === type && each.label === label)
        .map(({ phrase }) => phrase);
    return [...new Set([...phrases, ...added])];
}
