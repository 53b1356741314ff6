import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { fill } from '@liuhen/contract';
import { UsageError } from './io.ts';
import type { CliWords } from './words.zh-CN.ts';

/** Options every command takes. */
const COMMON = { help: { type: 'boolean', short: 'h' } } as const satisfies ParseArgsOptionsConfig;

/** Reads a command's arguments strictly; throws UsageError with one line in the user's language. */
export function readOptions<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T, words: CliWords) {
    try {
        return parseArgs({ args: [...args], options: { ...COMMON, ...options }, allowPositionals: true, strict: true });
    } catch (error) {
        const { code, message } = error as { code?: string; message: string };
        // The library's sentence is English only; what it quotes first is the option.
        const option = /'([^']*)'/.exec(message)?.[1]?.split(/[ ,]/)[0] ?? '';
        throw new UsageError(
            fill(code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? words.unknownOption : words.optionValue, { option }),
        );
    }
}

/** For commands without further arguments. */
export function refuseArguments([first]: readonly string[], words: CliWords): void {
    if (first !== undefined) throw new UsageError(fill(words.unexpected, { argument: first }));
}

/** An address without a path, as a prefix for requests. */
export function serverAddress(given: string | undefined, words: CliWords): URL {
    const text = given ?? 'http://127.0.0.1:8042';
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) throw new UsageError(fill(words.badServer, { server: text }));
    return url;
}
