import { DomainError } from '../kernel/domain-error.ts';
import { COMMON_RUNS, COMMON_WORDS } from './common-passwords.ts';

/**
 * What a password must be (GB/T 22239-2019 8.1.4.1 asks for complexity; NIST SP 800-63B for length and a list of common
 * ones). A long one is free in its kinds of characters, a shorter one needs three kinds.
 */
export const PASSWORD_RULES = { shortest: 10, longWithout: 12, classes: 3, differentCharacters: 6 } as const;

/**
 * Refuses a password with the first rule it breaks: `account.passwordTooShort {least}`, `account.passwordTooSimple`,
 * `account.passwordContainsLogin`, `account.passwordCommon`. Lengths count characters, not UTF-16 units.
 */
export function checkPassword(password: string, login: string): void {
    const characters = [...password];
    const classes = classesOf(characters);
    if (characters.length < PASSWORD_RULES.shortest)
        throw new DomainError('account.passwordTooShort', { least: PASSWORD_RULES.shortest });
    if (characters.length < PASSWORD_RULES.longWithout && classes.size < PASSWORD_RULES.classes)
        throw new DomainError('account.passwordTooSimple');
    // Twelve digits are a telephone number or a date with something behind it, not a phrase.
    if (classes.size === 1 && classes.has('digit')) throw new DomainError('account.passwordTooSimple');
    const plain = password.normalize('NFKC').toLowerCase();
    if (login.length >= 3 && plain.includes(login.toLowerCase())) throw new DomainError('account.passwordContainsLogin');
    if (isCommon(plain)) throw new DomainError('account.passwordCommon');
}

/** A change must change something. `account.passwordReused`. */
export function checkPasswordChanged(current: string, next: string): void {
    if (current === next) throw new DomainError('account.passwordReused');
}

type CharacterClass = 'upper' | 'lower' | 'digit' | 'other';

/** Characters without case (Chinese, signs, blanks) are one class together. */
function classesOf(characters: readonly string[]): Set<CharacterClass> {
    return new Set(
        characters.map((each) =>
            /\p{Lu}/u.test(each) ? 'upper' : /\p{Ll}/u.test(each) ? 'lower' : /\p{Nd}/u.test(each) ? 'digit' : 'other',
        ),
    );
}

function isCommon(plain: string): boolean {
    if (new Set(plain).size < PASSWORD_RULES.differentCharacters) return true;
    return isCommonWord(plain) || isMadeOfRuns(plain);
}

/** `P@ssw0rd2026!` is `password`: signs and digits around it and in place of letters help nobody but the attacker. */
function isCommonWord(plain: string): boolean {
    return [plain, undoReplacements(plain)].some((each) => COMMON_WORDS.has(each.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')));
}

const REPLACED: Readonly<Record<string, string>> = {
    '@': 'a',
    '0': 'o',
    '1': 'i',
    '3': 'e',
    $: 's',
    '5': 's',
    '4': 'a',
    '7': 't',
};

/** Only between letters: the digits behind a word are digits. */
const undoReplacements = (plain: string): string =>
    plain.replace(/(?<=\p{L})[@0-9$]+(?=\p{L})/gu, (run) => [...run].map((each) => REPLACED[each] ?? each).join(''));

/** Whether nothing but pieces of rows, columns and counting (four or more in a row) is there, up to three odd characters. */
function isMadeOfRuns(plain: string): boolean {
    let odd = 0;
    for (let at = 0; at < plain.length; ) {
        const length = longestRun(plain, at);
        if (length >= 4) at += length;
        else {
            odd++;
            at++;
        }
        if (odd > 3) return false;
    }
    return true;
}

function longestRun(plain: string, at: number): number {
    let longest = 0;
    for (const run of BOTH_WAYS) {
        let length = longest;
        while (at + length < plain.length && run.includes(plain.slice(at, at + length + 1))) length++;
        if (length > longest && run.includes(plain.slice(at, at + length))) longest = length;
    }
    return longest;
}

const BOTH_WAYS: readonly string[] = COMMON_RUNS.flatMap((run) => [run, [...run].reverse().join('')]);
