/**
 * Unified social credit code of GB 32100-2015: 17 characters and a check character, without I, O, S, V and Z, which are
 * mistaken for figures. The check character is 31 minus the sum of value × 3^position modulo 31 (ISO 7064 is not used).
 */

/** Why a text is no credit code, as a code: the words are the contract's (`creditCodeReasonText`). */
export const CREDIT_CODE_FAULTS = ['length', 'character', 'checkCharacter'] as const;
export type CreditCodeFault = (typeof CREDIT_CODE_FAULTS)[number];

export const CREDIT_CODE_LENGTH = 18;

/** The 31 characters of the standard, in the order of their values (table 2 of GB 32100-2015). */
export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

const MODULUS = CREDIT_CODE_ALPHABET.length;

/** As typed by people and pasted from web pages: full-width forms, lower case and separators become the plain form. */
export const normaliseCreditCode = (typed: string): string =>
    typed
        .normalize('NFKC')
        .replace(/[\s\p{Dash_Punctuation}\p{Cf}]/gu, '')
        .toUpperCase();

/** What is wrong with a normalised code; `undefined` when it holds. */
export function creditCodeFault(code: string): CreditCodeFault | undefined {
    if (code.length !== CREDIT_CODE_LENGTH) return 'length';
    if ([...code].some((character) => !CREDIT_CODE_ALPHABET.includes(character))) return 'character';
    return creditCodeCheck(code.slice(0, -1)) === code.at(-1) ? undefined : 'checkCharacter';
}

/** The check character that belongs to the first 17 characters. */
export function creditCodeCheck(first17: string): string {
    let sum = 0;
    let weight = 1;
    for (const character of first17) {
        sum += CREDIT_CODE_ALPHABET.indexOf(character) * weight;
        weight = (weight * 3) % MODULUS;
    }
    return CREDIT_CODE_ALPHABET.charAt((MODULUS - (sum % MODULUS)) % MODULUS);
}
