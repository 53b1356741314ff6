import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorBody, isErrorCode, RequestError } from '@liuhen/contract';
import { type Id, isId } from '@liuhen/domain';
import * as tus from 'tus-js-client';
import type { Connection } from './client.ts';
import type { OpenedFile } from './opened-file.ts';
import type { References } from './references.ts';
import type { UploadState } from './upload-state.ts';

/** One file on its way. `name` is its name byte for byte. */
export type Sending = {
    readonly file: OpenedFile;
    readonly name: Uint8Array;
    readonly sha256: string;
    readonly login: string;
    readonly source: string | undefined;
    readonly references: References;
    /** Where a docked file lay, as JSON; `key` tells it from the same bytes elsewhere. */
    readonly dock?: { readonly facts: string; readonly key: string };
};

export type SendOptions = {
    readonly connection: Connection;
    readonly state: UploadState;
    readonly signal: AbortSignal;
    onProgress(sent: number): void;
    onResumed(sent: number): void;
    onSealing(): void;
    /** How long to go on when nothing gets through; half a minute when nothing is said. */
    readonly retryDelays?: readonly number[];
};

const CHUNK = 32 * 1024 * 1024;
/** A server that restarts is back within this time. Counted anew whenever bytes got through. */
const RETRY_DELAYS = [0, 1_000, 2_000, 4_000, 8_000, 16_000];
const SEAL_POLL = 1_000;

/** Uploads by tus 1.0, going on where an earlier run was interrupted. Throws RequestError in the contract's codes. */
export async function sendFile(sending: Sending, options: SendOptions): Promise<Id> {
    const { state, connection } = options;
    const fingerprint = fingerprintOf(sending, connection.base);
    const known = await state.find(fingerprint);
    const earlier = known?.startsWith(`${connection.base}/`) === true ? known : undefined;
    try {
        return await sendOrResume(sending, options, fingerprint, earlier);
    } catch (error) {
        // Expired or ended meanwhile, or made by somebody else: from the start.
        if (earlier === undefined || !(error instanceof RequestError) || !GONE.has(error.code)) throw error;
        await state.forget(fingerprint);
        return sendOrResume(sending, options, fingerprint, undefined);
    }
}

const GONE = new Set(['upload.notFound', 'upload.expired']);

async function sendOrResume(
    sending: Sending,
    options: SendOptions,
    fingerprint: string,
    earlier: string | undefined,
): Promise<Id> {
    const { state } = options;
    let kept: Promise<void> = Promise.resolve();
    const onCreated = (url: string) => {
        // Without it the upload is as good; only a later run could not go on with it.
        kept = state.keep(fingerprint, url).catch(() => undefined);
    };
    const { url, response } = await runUpload(sending, options, earlier, onCreated).finally(() => kept);
    const recording = recordingIn(response) ?? (await waitForSealing(url, options));
    await state.forget(fingerprint);
    return recording;
}

type Finished = { url: string; response: tus.HttpResponse };

function runUpload(
    sending: Sending,
    { connection, signal, onProgress, onResumed, retryDelays }: SendOptions,
    earlier: string | undefined,
    onCreated: (url: string) => void,
): Promise<Finished> {
    const metadata = metadataHeader(sending);
    return new Promise((resolve, reject) => {
        const stop = () => {
            void upload.abort();
            reject(signal.reason as Error);
        };
        const settle = (finish: () => void) => {
            signal.removeEventListener('abort', stop);
            finish();
        };
        let resuming = earlier !== undefined;
        const upload = new tus.Upload(sending.file as unknown as Buffer, {
            ...(earlier === undefined ? { endpoint: `${connection.base}/api/uploads` } : { uploadUrl: earlier, endpoint: null }),
            chunkSize: CHUNK,
            retryDelays: [...(retryDelays ?? RETRY_DELAYS)],
            storeFingerprintForResuming: false,
            fileReader: { openFile: async () => sourceOf(sending.file) },
            onBeforeRequest(request) {
                request.setHeader('Cookie', connection.cookie());
                // Set here and not as `metadata`, which holds text only: names are bytes.
                if (request.getMethod() === 'POST') request.setHeader('Upload-Metadata', metadata);
            },
            onAfterResponse(request, response) {
                const sent = Number(response.getHeader('Upload-Offset'));
                if (resuming && request.getMethod() === 'HEAD' && sent > 0) onResumed(sent);
                resuming = false;
            },
            onUploadUrlAvailable() {
                // Once it is made, a failing server must not lead to a second one from the start.
                upload.options.endpoint = null;
                if (earlier === undefined && upload.url !== null) onCreated(upload.url);
            },
            onShouldRetry: (error) => !signal.aborted && mayRetry(error),
            onProgress,
            onError: (error) => settle(() => reject(requestError(error))),
            onSuccess: ({ lastResponse }) => settle(() => resolve({ url: upload.url ?? '', response: lastResponse })),
        });
        signal.addEventListener('abort', stop, { once: true });
        upload.start();
    });
}

/** The library sends what `slice` gives and takes its length from `size`. */
const sourceOf = (file: OpenedFile) => ({
    size: file.size,
    async slice(start: number, end: number) {
        const value = await file.read(start, end);
        return { value: Object.assign(value, { size: value.length }), done: end >= file.size };
    },
    // Whoever opened it closes it: the library closes after success only.
    close: () => undefined,
});

/** `Upload-Metadata` of tus 1.0: keys with values in Base64, which here carry the bytes as they are. */
function metadataHeader({ name, sha256, references, source, dock }: Sending): string {
    const fields: [string, Uint8Array | string | undefined][] = [
        ['filename', name],
        ['sha256', sha256],
        ['deviceId', references.deviceId],
        ['personId', references.personId],
        ['actId', references.actId],
        ['source', source],
        ['dock', dock?.facts],
        ['requestId', randomUUID()],
    ];
    return fields
        .flatMap(([key, value]) => (value === undefined ? [] : [`${key} ${Buffer.from(value).toString('base64')}`]))
        .join(',');
}

function fingerprintOf({ name, sha256, file, login, source, references, dock }: Sending, server: string): string {
    const { deviceId, personId, actId } = references;
    const about = [server, login, sha256, file.size, Buffer.from(name).toString('hex'), deviceId, personId, actId, source];
    if (dock !== undefined) about.push(dock.key);
    return createHash('sha256').update(JSON.stringify(about)).digest('hex');
}

/** All bytes are there; the server is still hashing or registering them. */
async function waitForSealing(url: string, { connection, signal, onSealing }: SendOptions): Promise<Id> {
    for (;;) {
        const response = await fetch(url, {
            method: 'HEAD',
            headers: { cookie: connection.cookie(), 'tus-resumable': '1.0.0' },
            signal,
        }).catch(() => undefined);
        signal.throwIfAborted();
        const recording = response?.headers.get('liuhen-recording');
        if (isId(recording)) return recording;
        if (response?.headers.get('liuhen-state') === 'quarantined') throw failure('upload.hashMismatch', 422);
        if (response === undefined || response.status >= 400) throw failure('server.unavailable', response?.status ?? 0);
        onSealing();
        await sleep(SEAL_POLL, undefined, { signal });
    }
}

function recordingIn(response: tus.HttpResponse): Id | undefined {
    const id = response.getHeader('Liuhen-Recording');
    return isId(id) ? id : undefined;
}

const failure = (code: ErrorBody['code'], status: number) => new RequestError(status, { code, params: {}, requestId: '' });

/** Worth another try: no answer, a server in trouble, a lock that ends; not a refusal, which would be the same again. */
function mayRetry(error: Error): boolean {
    const { code, status } = requestError(error);
    if (status === 0 || code === 'upload.busy' || code === 'upload.offsetWrong' || code === 'request.tooMany') return true;
    return status >= 500 && code !== 'storage.full';
}

/** The server's own words about a failed request of the upload; whatever never reached it is `server.unavailable`. */
export function requestError(error: Error): RequestError {
    const response = (error as Partial<tus.DetailedError>).originalResponse ?? null;
    if (response === null)
        return new RequestError(0, { code: 'server.unavailable', params: {}, requestId: '' }, { cause: error });
    try {
        const { code, params, requestId } = JSON.parse(response.getBody()) as Partial<ErrorBody>;
        if (typeof code === 'string' && isErrorCode(code))
            return new RequestError(response.getStatus(), { code, params: params ?? {}, requestId: requestId ?? '' });
    } catch {
        // No JSON: an answer to HEAD has no body, and proxies use their own words.
    }
    return new RequestError(response.getStatus(), {
        code: BY_STATUS.get(response.getStatus()) ?? 'server.unavailable',
        params: {},
        requestId: '',
    });
}

/** What a HEAD says by its status alone. */
const BY_STATUS = new Map<number, ErrorBody['code']>([
    [401, 'access.signInFirst'],
    [403, 'access.denied'],
    [404, 'upload.notFound'],
    [410, 'upload.expired'],
    [423, 'upload.busy'],
    [429, 'request.tooMany'],
]);
