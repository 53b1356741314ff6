import { type ErrorBody, isErrorCode, RequestError } from '@liuhen/contract';
import type { DetailedError } from 'tus-js-client';

/** Up to this the whole file's digest is declared, so that damage on the way into the browser is found too. */
const HASH_UP_TO = 128 * 1024 * 1024;
/** Worth another try on its own: the network, a busy server, a part that was damaged on the way. */
const PASSING = new Set([0, 409, 423, 429, 460, 500, 502, 503, 504]);

export async function digestOf(file: Blob): Promise<string | undefined> {
    // `crypto.subtle` is missing where the page is served without TLS; the server hashes everything anyway.
    if (file.size > HASH_UP_TO || crypto.subtle === undefined) return undefined;
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

const isDetailed = (error: unknown): error is DetailedError => error instanceof Error && 'originalResponse' in error;

const statusOf = (error: unknown): number => (isDetailed(error) ? (error.originalResponse?.getStatus() ?? 0) : 0);

export const worthAnotherTry = (error: unknown): boolean => PASSING.has(statusOf(error));

/** The catalogue's error out of a failed request of the protocol. */
export function uploadErrorOf(cause: unknown): RequestError {
    const unavailable: ErrorBody = { code: 'server.unavailable', params: {}, requestId: '' };
    if (!isDetailed(cause) || cause.originalResponse === undefined || cause.originalResponse === null) {
        return new RequestError(0, unavailable, { cause });
    }
    try {
        const body = JSON.parse(cause.originalResponse.getBody()) as Partial<ErrorBody>;
        if (typeof body.code === 'string' && isErrorCode(body.code)) {
            return new RequestError(statusOf(cause), {
                code: body.code,
                params: body.params ?? {},
                requestId: body.requestId ?? '',
            });
        }
    } catch {
        // not JSON: a proxy answered
    }
    return new RequestError(
        statusOf(cause),
        statusOf(cause) === 401 ? { ...unavailable, code: 'access.signInFirst' } : unavailable,
    );
}
