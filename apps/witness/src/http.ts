import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ADD_CHECKPOINT_MAX_BYTES, utf8Bytes } from '@liuhen/domain';
import type { Mirror } from './mirror.ts';
import type { Answer } from './witness.ts';

const SECONDS = 1_000;
/** One package of the longest entries fits; whoever has more to send sends it in several requests. */
const ADD_ENTRIES_MAX_BYTES = 18 * 1024 * 1024;
/** Of a body that is too long so much is read and thrown away: who closes before the other has sent all is not heard by everybody. */
const DISCARDED_BYTES = 32 * 1024 * 1024;
/** Somebody who sends slowly holds one of these. */
const MOST_CONNECTIONS = 256;

type Serving = {
    readonly addCheckpoint: (body: Uint8Array) => Promise<Answer>;
    /** The last checkpoint that was cosigned of the log with this SHA-256 of its origin. */
    readonly latest: (originHash: string) => Promise<Uint8Array | undefined>;
    /** Undefined where no entries are kept. */
    readonly mirror: Mirror | undefined;
    /** The verifier key of the witness, for whoever is to trust it. */
    readonly verifier: string;
    readonly onFailure: (error: unknown) => void;
};

/**
 * The HTTP side: `POST /add-checkpoint`, `GET /<origin hash>/checkpoint` and `GET /` with the
 * verifier key; of a mirror `POST /add-entries`, and below `GET /mirror/<origin hash>/` what it keeps.
 */
export function witnessServer(serving: Serving): Server {
    const server = createServer((request, response) => {
        void answerTo(request, serving)
            .catch((error: unknown) => {
                // Whoever went away in the middle gets no answer.
                if (!request.destroyed) serving.onFailure(error);
                return plain(500, 'failed');
            })
            .then((answer) => send(response, answer));
    });
    server.maxConnections = MOST_CONNECTIONS;
    server.requestTimeout = 20 * SECONDS;
    server.headersTimeout = 10 * SECONDS;
    server.keepAliveTimeout = 5 * SECONDS;
    return server;
}

async function answerTo(request: IncomingMessage, { addCheckpoint, latest, mirror, verifier }: Serving): Promise<Answer> {
    const path = (request.url ?? '').split('?')[0];
    if (path === '/' && (request.method === 'GET' || request.method === 'HEAD')) return plain(200, verifier);
    const origin = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path ?? '')?.[1];
    if (origin !== undefined) {
        if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'method');
        const note = await latest(origin);
        return note === undefined ? plain(404, 'notCosigned') : { ...CHECKPOINT, body: note };
    }
    if (mirror !== undefined && path?.startsWith('/mirror/') === true) {
        if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'method');
        return (await mirror.read(path.slice('/mirror/'.length))) ?? plain(404, 'notFound');
    }
    if (mirror !== undefined && path === '/add-entries') {
        if (request.method !== 'POST') return plain(405, 'method');
        const entries = await bodyOf(request, ADD_ENTRIES_MAX_BYTES);
        return entries === undefined ? plain(413, 'tooLong') : mirror.addEntries(entries);
    }
    if (path !== '/add-checkpoint') return plain(404, 'notFound');
    if (request.method !== 'POST') return plain(405, 'method');
    const body = await bodyOf(request, ADD_CHECKPOINT_MAX_BYTES);
    return body === undefined ? plain(400, 'addCheckpoint.malformed tooLong') : addCheckpoint(body);
}

/** `undefined` for what is too long. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
    if (Number(request.headers['content-length'] ?? 0) > most + DISCARDED_BYTES) return undefined;
    let parts: Buffer[] = [];
    let length = 0;
    for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        length += part.length;
        if (length > most + DISCARDED_BYTES) return undefined;
        if (length <= most) parts.push(part);
        else parts = [];
    }
    return length > most ? undefined : new Uint8Array(Buffer.concat(parts));
}

function send(response: ServerResponse, { status, contentType, body }: Answer): void {
    response.writeHead(status, {
        'content-type': contentType,
        'content-length': body.length,
        'x-content-type-options': 'nosniff',
        // What was not read of the request cannot be told from the next one.
        ...(response.req.complete ? {} : { connection: 'close' }),
    });
    response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** C2SP tlog-witness, monitor retrieval. */
const CHECKPOINT = { status: 200, contentType: 'text/plain; charset=utf-8' };

const plain = (status: number, text: string): Answer => ({ status, contentType: 'text/plain', body: utf8Bytes(`${text}\n`) });
