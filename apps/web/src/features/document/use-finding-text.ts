import { documentFindingText } from '@liuhen/contract';
import { useLanguage, useText } from '../../app/language.tsx';

type Finding = { code: string; params: Readonly<Record<string, string | number>> };

/** Findings that only say that a field is empty: where its label stands beside them they need not name it again. */
export const EMPTY_FIELD: readonly string[] = ['required.missing', 'times.missing'];

/** The sentence of a finding in the user's language, by itself or beside the label of its field. */
export function useFindingText(where: 'alone' | 'underField' = 'alone'): (finding: Finding) => string {
    const { language } = useLanguage();
    const { document: text } = useText();
    return ({ code, params }) =>
        where === 'underField' && EMPTY_FIELD.includes(code) ? text.notFilled : documentFindingText(language, code, params);
}
