import { checkPassword, DomainError, PASSWORD_RULES } from '@liuhen/domain';

export const RULES = PASSWORD_RULES;

export type RuleState = { readonly rule: 'length' | 'classes' | 'login' | 'common' | 'reused'; readonly met: boolean };

const CLASSES = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];

/** The domain's own rules, each ticked off while somebody types; the server runs the same check and decides. */
export function passwordRules(password: string, login: string, current?: string): RuleState[] {
    const typed = password !== '';
    const name = login.trim().toLowerCase();
    const characters = [...password];
    const classes = CLASSES.filter((each) => characters.some((character) => each.test(character))).length;
    const refusal = refusalOf(password, name);
    const states: RuleState[] = [
        { rule: 'length', met: characters.length >= RULES.shortest },
        {
            rule: 'classes',
            met: (characters.length >= RULES.longWithout || classes >= RULES.classes) && !/^\p{Nd}*$/u.test(password),
        },
        { rule: 'login', met: typed && (name.length < 3 || !password.normalize('NFKC').toLowerCase().includes(name)) },
        { rule: 'common', met: typed && refusal === undefined },
    ];
    if (current !== undefined) states.push({ rule: 'reused', met: typed && password !== current });
    return states;
}

function refusalOf(password: string, login: string): string | undefined {
    try {
        checkPassword(password, login);
        return undefined;
    } catch (refusal) {
        if (refusal instanceof DomainError) return refusal.code;
        throw refusal;
    }
}
