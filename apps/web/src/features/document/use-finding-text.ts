import { documentFindingText } from '@liuhen/contract';
import { useLanguage } from '../../app/language.tsx';

type Finding = { code: string; params: Readonly<Record<string, string | number>> };

/** The sentence of a finding in the user's language. */
export function useFindingText(): (finding: Finding) => string {
    const { language } = useLanguage();
    return ({ code, params }) => documentFindingText(language, code, params);
}
