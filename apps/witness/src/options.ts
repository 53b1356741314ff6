import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fillIn, type WitnessLanguage, witnessWords } from './words.ts';

export type Options = {
    readonly help: boolean;
    readonly folder: string;
    readonly logs: readonly string[];
    readonly name: string | undefined;
    /** Whether every entry is kept as well. */
    readonly mirror: boolean;
    readonly host: string;
    readonly port: number;
};

type Env = Readonly<Record<string, string | undefined>>;

/** A line of options that cannot be understood, with what to say of it. */
export class UsageError extends Error {}

/** What was asked for with `--lang`, else the locale; Chinese when nothing is said. */
export function languageOf(args: readonly string[], env: Env): WitnessLanguage {
    const at = args.indexOf('--lang');
    const asked = at < 0 ? args.find((arg) => arg.startsWith('--lang='))?.slice(7) : (args[at + 1] ?? '');
    const locale = [asked, env.LC_ALL, env.LC_MESSAGES, env.LANG].find((each) => each !== undefined && each !== '');
    return locale === undefined || /^zh/i.test(locale) ? 'zh' : 'en';
}

/** Throws `UsageError` with a sentence in this language. */
export function readOptions(args: readonly string[], env: Env, language: WitnessLanguage): Options {
    const words = witnessWords[language];
    const text = { type: 'string' } as const;
    let values: { [name: string]: string | boolean | string[] | undefined };
    try {
        ({ values } = parseArgs({
            args: [...args],
            options: {
                ...{ data: text, name: text, host: text, port: text, lang: text },
                logs: { type: 'string', multiple: true },
                help: { type: 'boolean', short: 'h' },
                mirror: { type: 'boolean' },
            },
            strict: true,
        }));
    } catch (error) {
        const option = /'([^']*)'/.exec((error as Error).message)?.[1] ?? '';
        throw new UsageError(fillIn(words.option, { option }));
    }
    const of = (name: string) => values[name] as string | undefined;
    const port = of('port') ?? '8043';
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageError(words.port);
    if (!/^(zh|en)/i.test(of('lang') ?? 'zh')) throw new UsageError(words.language);
    return {
        help: values.help === true,
        folder: resolve(of('data') ?? env.LIUHEN_WITNESS_DATA ?? 'data-witness'),
        logs: (values.logs as string[] | undefined) ?? [],
        name: of('name'),
        mirror: values.mirror === true,
        host: of('host') ?? '127.0.0.1',
        port: Number(port),
    };
}
