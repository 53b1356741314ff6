import { RequestError } from '@liuhen/contract';

/** A random UUID in lower case. Not `crypto.randomUUID`, which is missing where a page is served without TLS. */
export function newCommandId(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Whether the server may have done the command although this caller saw it fail: then the retry carries the same id. */
export const outcomeUnknown = (error: unknown): boolean =>
    !(error instanceof RequestError) || error.status === 0 || error.status === 429 || error.status >= 500;

/**
 * The id of one intent of the user. Pressing again after an unclear failure repeats the same command; after a clear
 * refusal, a success or with other input it is a new one.
 */
export class Intent {
    #id: string | undefined;
    #request = '';

    idFor(request: unknown): string {
        const text = JSON.stringify(request);
        if (this.#id === undefined || this.#request !== text) this.#id = newCommandId();
        this.#request = text;
        return this.#id;
    }

    settled(error?: unknown): void {
        if (error === undefined || !outcomeUnknown(error)) this.#id = undefined;
    }
}
