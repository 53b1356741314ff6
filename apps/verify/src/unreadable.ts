import { DomainError } from '@liuhen/domain';
import type { Words } from './words.ts';

/** Why nothing could be read, in words, with the code for whoever asks us about it: `error` of a ZIP, a policy, or what the system says of a file. */
export function unreadableText(error: unknown, words: Words): string {
    if (error instanceof DomainError) {
        const said: Readonly<Record<string, string>> = words.unreadableBecause;
        const about = Object.values(error.params).join(', ');
        return `${said[error.code] ?? error.code}（${error.code}${about === '' ? '' : `: ${about}`}）`;
    }
    if (!(error instanceof Error)) return String(error);
    const { code, path } = error as { readonly code?: string; readonly path?: string };
    return code === 'ENOENT' && path !== undefined ? words.noFile(path) : error.message;
}
