import { errorText, fill, isErrorCode, isOperatorCode, type Language, operatorText } from '@liuhen/contract';
import type { DomainError } from '@liuhen/domain';
import { cliWords } from './words.ts';

/** Why a command that works on an installation came to nothing, in the words of the command, of `verify`, or of the catalogues. */
export function reasonOf({ code, params }: DomainError, language: Language, words: Readonly<Record<string, string>>): string {
    const own = words[code] ?? cliWords[language].verify[code];
    if (own !== undefined) return fill(own, params);
    if (isOperatorCode(code)) return operatorText(language, code, params);
    return isErrorCode(code) ? errorText(language, code, params) : `${code} ${JSON.stringify(params)}`;
}
