import type { DocumentContent, FieldValue, PrefillSource, Template } from './template.ts';
import { fieldsOf } from './template.ts';

/** First values, by source; what is not known is left out and its field begins empty. */
export type PrefillValues = { readonly [source in PrefillSource]?: FieldValue };

/**
 * The content a new document begins with. Start and end are never among it: the officers state them (附件1 第10条). Values that
 * would not fit their field are left out rather than cut.
 */
export function prefillContent(template: Template, values: PrefillValues): DocumentContent {
    const filled = fieldsOf(template).flatMap((field) => {
        const value = field.prefill === undefined || field.kind === 'instant' ? undefined : values[field.prefill];
        const fits = typeof value !== 'string' || [...value].length <= (field.most ?? Number.POSITIVE_INFINITY);
        return value === undefined || !fits ? [] : [[field.key, value] as const];
    });
    return Object.fromEntries(filled);
}
