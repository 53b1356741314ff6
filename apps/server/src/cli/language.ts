import type { Language } from '@liuhen/contract';

/** Takes `--lang X` out of the arguments, wherever it stands; the last one counts. */
export function takeLanguage(args: readonly string[]): { asked: string | undefined; rest: string[] } {
    const rest: string[] = [];
    let asked: string | undefined;
    for (let at = 0; at < args.length; at++) {
        const arg = args[at] ?? '';
        // What comes after `--` are names of files.
        if (arg === '--') return { asked, rest: [...rest, ...args.slice(at)] };
        if (arg === '--lang') asked = args[++at] ?? '';
        else if (arg.startsWith('--lang=')) asked = arg.slice('--lang='.length);
        else rest.push(arg);
    }
    return { asked, rest };
}

/** What was asked for, else the locale of the environment; Chinese when nothing is said. Undefined for another language. */
export function languageOf(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Language | undefined {
    if (asked !== undefined) return /^zh\b/i.test(asked) ? 'zh-CN' : /^en\b/i.test(asked) ? 'en' : undefined;
    const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((each) => each !== undefined && each !== '');
    return locale === undefined || /^zh/i.test(locale) ? 'zh-CN' : 'en';
}
