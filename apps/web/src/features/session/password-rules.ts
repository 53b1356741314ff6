/** The rules of the server's password check that a page can show while somebody types; the server decides. */
export const LEAST_LENGTH = 12;

export type RuleState = { readonly rule: 'length' | 'classes' | 'login' | 'reused'; readonly met: boolean };

const CLASSES = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u];

export function passwordRules(password: string, login?: string, current?: string): RuleState[] {
    const typed = password !== '';
    const states: RuleState[] = [
        { rule: 'length', met: [...password].length >= LEAST_LENGTH },
        { rule: 'classes', met: CLASSES.filter((each) => each.test(password)).length >= 3 },
    ];
    if (login !== undefined) {
        const name = login.trim().toLowerCase();
        states.push({ rule: 'login', met: typed && (name === '' || !password.toLowerCase().includes(name)) });
    }
    if (current !== undefined) states.push({ rule: 'reused', met: typed && password !== current });
    return states;
}
