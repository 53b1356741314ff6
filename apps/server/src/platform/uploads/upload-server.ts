import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError, type Duration, HOUR, type Id, type Instant, isId } from '@liuhen/domain';
import { Server } from '@tus/server';
import type { HashPool } from '../hashing/hash-pool.ts';
import { CHECKSUM_ALGORITHMS } from '../hashing/protocol.ts';
import type { ObjectStore } from '../storage/store.ts';
import type { AdvisoryLocker } from './advisory-locker.ts';
import { type Answer, errorAnswer, finishedAnswer, inOurWords, sendAnswer, stateHeaders, TUS } from './answers.ts';
import { BodyBudget } from './body-budget.ts';
import { parseChecksum } from './checksum.ts';
import { LiuhenDataStore } from './data-store.ts';
import { Gate } from './gate.ts';
import { completeIfWhole, isStale, type Recovery, recoverUploads, type Sweep, sweepUploads } from './maintenance.ts';
import { parseMetadata } from './metadata.ts';
import type { PartRows } from './part-rows.ts';
import { currentContext, type Principal, type RequestContext, withContext } from './request-context.ts';
import { ReservationsByUpload } from './reservations-by-upload.ts';
import { Sealer } from './sealing.ts';
import { Sessions } from './sessions.ts';
import { tusLocker } from './tus-locker.ts';
import type { UploadDeps, UploadHooks } from './upload-deps.ts';
import type { UploadRow, UploadRows } from './upload-rows.ts';

export const UPLOAD_PATH = '/api/uploads';

export type UploadServerOptions = {
    readonly rows: UploadRows;
    /** Needed where the store keeps parts of uploads for several nodes. */
    readonly partRows?: PartRows;
    readonly store: ObjectStore;
    /** Same file system as the store's staging folder. */
    readonly quarantineFolder: string;
    readonly hashes: HashPool;
    readonly locker: AdvisoryLocker;
    readonly hooks: UploadHooks;
    readonly clock: { now(): Instant; newId(): Id };
    /** Who asks; a refusal is sent as it is. */
    readonly authenticate: (request: IncomingMessage) => Promise<Principal | Answer>;
    /** For recovery and sweeping, which serve every organisation. */
    readonly organisations: () => Promise<readonly Id[]>;
    readonly requestId?: (request: IncomingMessage) => string;
    /** Anything unexpected; the client only learns `server.failed`. */
    readonly onError?: (error: unknown) => void;
    /** How long an upload without new bytes is kept; default 7 days. */
    readonly keepFor?: Duration;
    /** After this silence a client's request may be taken over by another; default 2 s. */
    readonly takeOverAfterMs?: Duration;
    readonly bodyIdleMs?: Duration;
    readonly sessionIdleMs?: Duration;
    /** Largest file, bytes; no limit when absent. */
    readonly maxBytes?: number;
};

export type UploadServer = {
    /** Answers every request under `/api/uploads`. Never rejects. The HTTP server must set no `requestTimeout` here. */
    handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
    /** At start, and from time to time: finishes what a crash interrupted. */
    recover(): Promise<Recovery>;
    /** From time to time: removes abandoned uploads. */
    sweep(now: Instant): Promise<Sweep>;
    close(): Promise<void>;
};

/** How long a HEAD waits for sealing before it answers `sealing`: most clients take "all bytes received" for the end. */
const HEAD_PATIENCE_MS = 10_000;
const METHODS = ['OPTIONS', 'POST', 'HEAD', 'PATCH', 'DELETE'];

/**
 * Resumable uploads, tus 1.0 (creation, creation-with-upload, checksum, expiration, termination before completion).
 * An upload belongs to the person who made it; to all others it does not exist.
 */
export function uploadServer(options: UploadServerOptions): UploadServer {
    const deps = dependencies(options);
    const sealer = new Sealer(deps);
    const requestId = options.requestId ?? (() => '');
    const tus = new Server({
        path: UPLOAD_PATH,
        datastore: new LiuhenDataStore(deps),
        locker: tusLocker(options.locker, options.takeOverAfterMs ?? 2_000),
        relativeLocation: true,
        allowedOrigins: [],
        lockDrainTimeout: 1,
        ...(options.maxBytes === undefined ? {} : { maxSize: options.maxBytes }),
        namingFunction: () => currentContext().uploadId,
        getFileIdFromRequest: () => currentContext().uploadId,
        async onUploadFinish() {
            const { principal, uploadId } = currentContext();
            const row = await sealer.seal(principal.orgId, uploadId);
            if (row.state === 'quarantined') throw new DomainError('upload.hashMismatch');
            return {};
        },
        onResponseError(_, error) {
            const answer = errorAnswer(error, requestId(currentContext().request));
            if (answer.status === 500) options.onError?.(error);
            return { status_code: answer.status, body: answer.body };
        },
    });

    const throughTus = async (context: RequestContext): Promise<Answer> =>
        inOurWords(await answerOf(tus, context), requestId(context.request));

    const answer = async (request: IncomingMessage): Promise<Answer> => {
        const method = methodOf(request);
        if (!METHODS.includes(method)) return refused(405, requestId(request), 'method', { Allow: METHODS.join(', ') });
        if (method !== 'OPTIONS' && request.headers['tus-resumable'] !== '1.0.0') {
            return refused(412, requestId(request), 'Tus-Resumable', { 'Tus-Version': '1.0.0' });
        }
        const principal = await options.authenticate(request);
        if (!('orgId' in principal)) return principal;
        const context = contextOf(request, method, principal, options.clock.newId);
        if (method === 'OPTIONS') return throughTus(context);
        if (method === 'POST')
            return withHeaders(await throughTus(context), await deps.rows.find(principal.orgId, context.uploadId));
        const row = await deps.rows.find(principal.orgId, context.uploadId);
        if (row === undefined || row.personId !== principal.personId) throw new DomainError('upload.notFound');
        return answerFor(row, context);
    };

    const answerFor = async (row: UploadRow, context: RequestContext): Promise<Answer> => {
        const { request, method } = context;
        if (isStale(row, options.clock.now())) return errorAnswer(new DomainError('upload.expired'), requestId(request));
        if (row.state !== 'receiving' || row.durableOffset === row.length) {
            return finishedAnswer(await settled(row, method), request, method, requestId(request));
        }
        const given = await throughTus(context);
        if (context.wasComplete) {
            const found = (await deps.rows.find(row.orgId, row.id)) ?? row;
            return finishedAnswer(await settled(found, method), request, method, requestId(request));
        }
        const received = given.headers['upload-offset'];
        if (method === 'HEAD' && received === row.length.toString() && (await completeIfWhole(deps, row))) {
            return finishedAnswer(await settled({ ...row, state: 'sealing' }, method), request, method, requestId(request));
        }
        return withHeaders(given, (await deps.rows.find(row.orgId, row.id)) ?? row);
    };

    /** Waits for the sealing of an upload that has all its bytes; a HEAD not for ever. */
    const settled = async (row: UploadRow, method: string): Promise<UploadRow> => {
        if (row.state !== 'receiving' && row.state !== 'sealing') return row;
        if (method === 'DELETE') return row;
        const sealing = sealer.seal(row.orgId, row.id);
        if (method !== 'HEAD') return sealing;
        const patience = new AbortController();
        try {
            const late = sleep(HEAD_PATIENCE_MS, { ...row, state: 'sealing' } as const, { signal: patience.signal }).catch(
                () => row,
            );
            return await Promise.race([sealing, late]);
        } finally {
            patience.abort();
            sealing.catch((error: unknown) => options.onError?.(error));
        }
    };

    return {
        async handle(request, response) {
            try {
                await sendAnswer(request, response, await answer(request).catch((error: unknown) => failed(error, request)));
            } catch (error) {
                options.onError?.(error);
                response.destroy();
            }
        },
        recover: async () => recoverUploads(deps, sealer, await options.organisations()),
        sweep: async (now) => sweepUploads(deps, await options.organisations(), now),
        close: () => deps.sessions.closeAll(),
    };

    function failed(error: unknown, request: IncomingMessage): Answer {
        const given = errorAnswer(error, requestId(request));
        if (given.status === 500) options.onError?.(error);
        return given;
    }
}

function dependencies(options: UploadServerOptions): UploadDeps {
    const { store, hashes, partRows } = options;
    const parts = store.parts === undefined || partRows === undefined ? undefined : { store: store.parts, rows: partRows };
    const context = { folder: store.stagingFolder, hashes, syncs: new Gate(2), parts };
    return {
        ...options,
        sessions: new Sessions(context, options.sessionIdleMs ?? 600_000),
        reservations: new ReservationsByUpload(store),
        keepFor: options.keepFor ?? 7 * 24 * HOUR,
        bodyIdleMs: options.bodyIdleMs ?? 60_000,
        bodies: new BodyBudget(),
    };
}

const methodOf = (request: IncomingMessage): string => {
    const override = request.headers['x-http-method-override'];
    return request.method === 'POST' && typeof override === 'string' ? override.toUpperCase() : (request.method ?? '');
};

function contextOf(request: IncomingMessage, method: string, principal: Principal, newId: () => Id): RequestContext {
    const header = request.headers['upload-metadata'];
    const metadataHeader = typeof header === 'string' ? header.trim() : '';
    const checksum = request.headers['upload-checksum'];
    return {
        principal,
        request,
        method,
        metadataHeader,
        uploadId: method === 'POST' ? newUploadId(metadataHeader, principal, newId) : idOf(request, method),
        checksum: parseChecksum(typeof checksum === 'string' ? checksum : undefined),
        stop: new AbortController(),
        body: undefined,
        wasComplete: false,
    };
}

function idOf(request: IncomingMessage, method: string): Id {
    const [path = ''] = (request.url ?? '').split('?');
    const id = path.startsWith(`${UPLOAD_PATH}/`) ? path.slice(UPLOAD_PATH.length + 1) : '';
    if (method !== 'OPTIONS' && !isId(id)) throw new DomainError('upload.notFound');
    return id;
}

/** A request id makes the upload's id (UUID version 8, RFC 9562 §5.8), so that a repeated creation meets the first. */
function newUploadId(metadataHeader: string, { personId }: Principal, newId: () => Id): Id {
    const { requestId } = parseMetadata(metadataHeader);
    if (requestId === undefined) return newId();
    const hex = createHash('sha256').update(`liuhen.upload:${personId}:${requestId}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const DROPPED = /^(?:access-control-.*|content-length|content-type)$/;

/** Gives the request to the library without its body, which goes another way (see the data store). */
async function answerOf(tus: Server, context: RequestContext): Promise<Answer> {
    const headers = new Headers();
    for (const name of [
        'tus-resumable',
        'upload-length',
        'upload-offset',
        'upload-defer-length',
        'upload-concat',
        'content-type',
        'content-length',
    ]) {
        const value = context.request.headers[name];
        if (typeof value === 'string') headers.set(name, value);
    }
    const url = new URL(context.method === 'POST' ? UPLOAD_PATH : `${UPLOAD_PATH}/${context.uploadId}`, 'http://upload.invalid');
    const response = await withContext(context, () => tus.handleWeb(new Request(url, { method: context.method, headers })));
    const kept = Object.fromEntries([...response.headers].filter(([name]) => !DROPPED.test(name)));
    const body = await response.text();
    if (body.startsWith('{')) kept['content-type'] = 'application/json; charset=utf-8';
    if (context.method === 'OPTIONS') kept['Tus-Checksum-Algorithm'] = CHECKSUM_ALGORITHMS.join(',');
    return { status: response.status, headers: kept, body };
}

/** Adds where the upload stands now; to a HEAD also its description, byte for byte as it came. */
function withHeaders(given: Answer, row: UploadRow | undefined): Answer {
    if (row === undefined) return given;
    const metadata: Record<string, string> =
        given.status === 200 && row.metadata.header !== '' ? { 'Upload-Metadata': row.metadata.header } : {};
    return { ...given, headers: { ...given.headers, ...stateHeaders(row), ...metadata } };
}

function refused(status: number, requestId: string, path: string, headers: Record<string, string>): Answer {
    const answer = errorAnswer(new DomainError('request.invalid', { path }), requestId);
    return { ...answer, status, headers: { ...answer.headers, ...TUS, ...headers } };
}
