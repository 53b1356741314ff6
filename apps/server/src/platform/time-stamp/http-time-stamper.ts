import { readFile } from 'node:fs/promises';
import { DomainError, type Instant, MINUTE, SECOND } from '@liuhen/domain';
import { type Cert, certificatesIn, tokenOfResponse } from './read-token.ts';
import { timeStampRequest } from './time-stamp-request.ts';
import type { TimeStamper } from './time-stamper.ts';
import { verifyToken } from './verify-token.ts';

/** A token with its certificates has a few thousand bytes. */
const MOST_BYTES = 256 * 1024;
const PATIENCE_MS = 20 * SECOND;
/** An authority and a server that differ by more are not both right, and nobody can tell which. */
const CLOCKS_APART_MS = 5 * MINUTE;

/**
 * A time-stamp authority over HTTP (RFC 3161, 3.4). Throws `timeStamp.unavailable {why}` where there was no answer, `timeStamp.refused`,
 * `timeStamp.clock {at, now}`, and what `verifyToken` throws.
 */
export const httpTimeStamper = (options: {
    readonly url: string;
    readonly anchors: readonly Cert[];
    readonly now: () => Instant;
    readonly patienceMs?: number;
}): TimeStamper => ({
    async stamp(message) {
        const request = timeStampRequest(message);
        const token = tokenOfResponse(await ask(options.url, request.bytes, options.patienceMs ?? PATIENCE_MS));
        const says = await verifyToken(token, { message, nonce: request.nonce, anchors: options.anchors });
        const now = options.now();
        if (Math.abs(says.at - now) > CLOCKS_APART_MS + says.accuracyMs)
            throw new DomainError('timeStamp.clock', { at: new Date(says.at).toISOString(), now: new Date(now).toISOString() });
        return { token, says };
    },
});

/** Certificates of the authorities that are believed. Throws `timeStamp.rootsUnreadable`. */
export async function readAnchors(file: string): Promise<Cert[]> {
    const pem = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new DomainError('timeStamp.rootsUnreadable', {}, { cause });
    });
    return certificatesIn(pem);
}

async function ask(url: string, request: Uint8Array, patienceMs: number): Promise<Uint8Array> {
    try {
        const answer = await fetch(url, {
            method: 'POST',
            headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
            body: new Uint8Array(request),
            redirect: 'error',
            signal: AbortSignal.timeout(patienceMs),
        });
        if (!answer.ok) throw unavailable(`HTTP ${answer.status}`);
        if (!(answer.headers.get('content-type') ?? '').startsWith('application/timestamp-reply'))
            throw unavailable('content-type');
        return await limited(answer);
    } catch (cause) {
        if (cause instanceof DomainError) throw cause;
        throw unavailable((cause as Error).name, cause);
    }
}

/** No more than a token can be: an answer without end would fill the memory. */
async function limited(answer: Response): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body ?? []) {
        size += part.length;
        if (size > MOST_BYTES) throw unavailable('too long');
        parts.push(part);
    }
    return new Uint8Array(Buffer.concat(parts));
}

const unavailable = (why: string, cause?: unknown): DomainError =>
    new DomainError('timeStamp.unavailable', { why }, cause === undefined ? {} : { cause });
