import type { IncomingMessage, ServerResponse } from 'node:http';
import { ERRORS as CATALOGUE } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { ERRORS as TUS_ERRORS } from '@tus/server';
import { isUnavailable } from '../db/unavailable.ts';
import type { UploadRow } from './upload-rows.ts';

export type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly body: string };

/** Statuses that tus clients act on, where the catalogue's would mislead them. */
const STATUS: Record<string, number> = {
    // 409 is what clients retry: they would then find all bytes received and report success.
    'upload.hashMismatch': 422,
    'upload.completed': 403,
    // A client retries a 5xx from the offset it then asks for.
    'upload.readBackDiffers': 503,
    'storage.notMounted': CATALOGUE['storage.unavailable'],
    'storage.wrongStore': CATALOGUE['storage.unavailable'],
    'storage.readOnly': CATALOGUE['storage.unavailable'],
    'storage.notVersioned': CATALOGUE['storage.unavailable'],
};
/** What is an outsider's business of the store's own codes. */
const PUBLIC_CODE: Record<string, string> = {
    'storage.notMounted': 'storage.unavailable',
    'storage.wrongStore': 'storage.unavailable',
    'storage.readOnly': 'storage.unavailable',
    'storage.notVersioned': 'storage.unavailable',
};
const TUS_CODE = new Map<unknown, string>([
    [TUS_ERRORS.FILE_NOT_FOUND, 'upload.notFound'],
    [TUS_ERRORS.INVALID_OFFSET, 'upload.offsetWrong'],
    [TUS_ERRORS.ERR_SIZE_EXCEEDED, 'upload.lengthExceeded'],
    [TUS_ERRORS.ERR_MAX_SIZE_EXCEEDED, 'request.tooLarge'],
    [TUS_ERRORS.INVALID_LENGTH, 'upload.lengthMissing'],
    [TUS_ERRORS.UNSUPPORTED_CREATION_DEFER_LENGTH_EXTENSION, 'upload.lengthMissing'],
    [TUS_ERRORS.ABORTED, 'upload.busy'],
]);
/** Which header the library refused. */
const TUS_HEADER = new Map<unknown, string>([
    [TUS_ERRORS.MISSING_OFFSET, 'Upload-Offset'],
    [TUS_ERRORS.INVALID_CONTENT_TYPE, 'Content-Type'],
    [TUS_ERRORS.INVALID_METADATA, 'Upload-Metadata'],
    [TUS_ERRORS.UNSUPPORTED_CONCATENATION_EXTENSION, 'Upload-Concat'],
]);

export const TUS = { 'Tus-Resumable': '1.0.0' } as const;
export const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/** The answer to a failed request: the catalogue's code with its parameters, never a message of ours or a library's. */
export function errorAnswer(error: unknown, requestId: string, extra: Record<string, string | number> = {}): Answer {
    const { code, status, params } = describe(error);
    const body = JSON.stringify({ code, params: { ...params, ...extra }, requestId });
    return { status, headers: { ...TUS, ...NO_STORE, 'Content-Type': 'application/json; charset=utf-8' }, body };
}

function describe(error: unknown): { code: string; status: number; params: DomainError['params'] } {
    if (error instanceof DomainError) {
        const code = PUBLIC_CODE[error.code] ?? error.code;
        return { code, status: STATUS[error.code] ?? statusOf(code) ?? CATALOGUE['server.failed'], params: error.params };
    }
    const code = TUS_CODE.get(error);
    if (code !== undefined) return { code, status: statusOf(code) ?? CATALOGUE['server.failed'], params: {} };
    if (typeof error === 'object' && error !== null && 'status_code' in error && typeof error.status_code === 'number') {
        return { code: 'request.invalid', status: error.status_code, params: { path: TUS_HEADER.get(error) ?? 'tus' } };
    }
    const last = isUnavailable(error) ? 'server.unavailable' : 'server.failed';
    return { code: last, status: CATALOGUE[last], params: {} };
}

const statusOf = (code: string): number | undefined => (CATALOGUE as Readonly<Record<string, number>>)[code];

/** The library refuses some headers before any of our code runs, in words of its own: `Invalid upload-length upload-offset`. */
export function inOurWords(answer: Answer, requestId: string): Answer {
    if (answer.status < 400 || answer.body.startsWith('{')) return answer;
    const names = /^Invalid ([a-z- ]+)$/.exec(answer.body.trim())?.[1]?.split(' ') ?? [];
    const path = names.length === 0 ? 'tus' : names.map(headerName).join(', ');
    const ours = errorAnswer(new DomainError('request.invalid', { path }), requestId);
    return { ...ours, status: answer.status, headers: { ...answer.headers, ...ours.headers } };
}

/** `upload-length` as it is written: `Upload-Length`. */
const headerName = (name: string): string => name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());

/** Headers that say where an upload stands. */
export function stateHeaders(row: UploadRow): Record<string, string> {
    const headers: Record<string, string> = { 'Liuhen-State': row.state };
    if (row.recordingId !== null) headers['Liuhen-Recording'] = row.recordingId;
    if (row.state === 'receiving') headers['Upload-Expires'] = new Date(row.expiresAt).toUTCString();
    return headers;
}

/**
 * The answer for an upload that takes no more bytes, the same however often it is asked. A repeat of the request that
 * completed it is told what that one was told.
 */
export function finishedAnswer(row: UploadRow, request: IncomingMessage, method: string, requestId: string): Answer {
    const state = { ...TUS, ...NO_STORE, ...stateHeaders(row) };
    const withState = (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, ...state } });
    const offsets = { 'Upload-Offset': row.length.toString() };
    if (row.state === 'terminated') return errorAnswer(new DomainError('upload.notFound'), requestId);
    if (row.state === 'expired') return withState(errorAnswer(new DomainError('upload.expired'), requestId));
    if (method === 'HEAD') {
        const metadata: Record<string, string> = row.metadata.header === '' ? {} : { 'Upload-Metadata': row.metadata.header };
        return { status: 200, headers: { ...state, ...offsets, 'Upload-Length': row.length.toString(), ...metadata }, body: '' };
    }
    if (method !== 'PATCH') return withState(errorAnswer(new DomainError('upload.completed'), requestId));
    if (row.state === 'quarantined') return withState(errorAnswer(new DomainError('upload.hashMismatch'), requestId));
    if (row.state === 'sealing') return withState(errorAnswer(new DomainError('upload.busy'), requestId));
    const offset = Number(request.headers['upload-offset']);
    const end = offset + Number(request.headers['content-length'] ?? 0);
    if (end === Number(row.length)) return { status: 204, headers: { ...state, ...offsets }, body: '' };
    return withState(errorAnswer(new DomainError('upload.offsetWrong', { offset: Number(row.length) }), requestId));
}

/** What a refused client may still send, so that it gets to read the refusal instead of a reset; and how long, and silent for how long. */
const LINGER = { bytes: 64 * 1024 * 1024, ms: 30_000, silentMs: 3_000 };

/**
 * Whoever is told so asks where the upload stands and goes on from there, also where a reset took the answer away. A browser that lost its
 * connection repeats the part by itself, from where it no longer is, and reads no answer before it has sent all of it: on a bad line
 * that would be most of what is sent.
 */
const ASKS_AGAIN = new Set([409, 423]);
const LINGER_BYTES_THEN = 128 * 1024;

/** Sends the answer; what the client is still sending is thrown away for a moment, then the connection is closed. */
export async function sendAnswer(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
    const unread = !request.complete;
    const headers: Record<string, string> = { ...answer.headers };
    if (answer.status !== 204) headers['Content-Length'] = String(Buffer.byteLength(answer.body));
    if (unread) headers.Connection = 'close';
    if (response.destroyed) return;
    response.writeHead(answer.status, headers);
    const done = new Promise<void>((resolve) => {
        response.once('close', resolve);
        response.once('finish', resolve);
    });
    // Node closes both sides once an answer that says `close` is out.
    if (unread) request.socket.destroySoon = () => request.socket.end();
    response.end(request.method === 'HEAD' ? undefined : answer.body);
    if (unread) linger(request, ASKS_AGAIN.has(answer.status) ? LINGER_BYTES_THEN : LINGER.bytes);
    else if (!request.readableEnded) request.resume();
    await done;
}

/**
 * RFC 9112 9.6: a server that closes with bytes of the client unread makes its system reset the connection, and a reset takes an
 * answer with it that the client has not read yet. So only the sending side is closed at first, and what comes is thrown away.
 */
function linger(request: IncomingMessage, most: number): void {
    const { socket } = request;
    const end = (): void => {
        clearTimeout(longest);
        clearTimeout(silent);
        socket.destroy();
    };
    const longest = setTimeout(end, LINGER.ms).unref();
    const silent = setTimeout(end, LINGER.silentMs).unref();
    let left = most;
    request.on('data', (piece: Buffer) => {
        silent.refresh();
        left -= piece.length;
        if (left < 0) end();
    });
    request.once('end', end);
    request.on('error', () => undefined);
    socket.once('close', end);
    request.resume();
}
