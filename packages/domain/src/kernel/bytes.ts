/**
 * The UTF-8 coders exist in every place the domain runs (Node, browsers, workers), but the plain ES library declares
 * neither; these are the only two globals the domain takes from outside the language.
 */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (
    label: 'utf-8',
    options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();
// `ignoreBOM` means "leave it in the text": a byte order mark must be seen, and refused, by whoever parses.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of `text`. A lone surrogate would become U+FFFD, so callers that hash must refuse those first. */
export const utf8Bytes = (text: string): Uint8Array => encoder.encode(text);

/** The text of UTF-8 `bytes`, or `undefined` when they are not UTF-8. Nothing is repaired and no mark is dropped. */
export function utf8Text(bytes: Uint8Array): string | undefined {
    try {
        return decoder.decode(bytes);
    } catch {
        return undefined;
    }
}

/** One new array holding all `parts` in order. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
    let length = 0;
    for (const part of parts) length += part.length;
    const joined = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
        joined.set(part, at);
        at += part.length;
    }
    return joined;
}

/** Whether two byte strings are equal. Not constant in time: for public digests, never for secrets. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
    if (a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
    return true;
}
