import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DomainError, type Id, isId, type Subject } from '@liuhen/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseRange } from '../../platform/http/range.ts';
import { answerFor } from '../../platform/http/server.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessPlayable } from './recording.commands.ts';
import { markDamaged } from './recording.jobs.ts';
import { concernedBy, contentOfRecording, type RecordingContent } from './recording.queries.ts';

const TYPES: Readonly<Record<string, string>> = {
    mp4: 'video/mp4',
    mov: 'video/mp4',
    matroska: 'video/x-matroska',
    webm: 'video/webm',
    mpegTs: 'video/mp2t',
};

/** A stream is cut and must ask again after this time, so that a right that ended ends the picture too. */
const LONGEST_STREAM_MS = 60_000;

/** Bytes of a recording by range, for an open viewing only. Every chunk is checked before a byte of it is sent. */
export function contentRoute(
    app: FastifyInstance,
    services: Services,
    sessionOf: (request: FastifyRequest) => Promise<Session | undefined>,
): void {
    app.get<{ Params: { id: string }; Querystring: { viewing?: string } }>(
        '/api/recordings/:id/content',
        async (request, reply) => {
            const session = await sessionOf(request);
            if (session === undefined) throw new DomainError('access.signInFirst');
            const { id } = request.params;
            const viewing = request.query.viewing;
            if (!isId(id) || !isId(viewing)) throw new DomainError('viewing.notFound');
            const content = await allowedContent(services, session, id, viewing);
            await sendRange(services, session.subject, content, request, reply);
            return reply;
        },
    );
}

async function allowedContent(services: Services, session: Session, id: Id, viewingId: Id): Promise<RecordingContent> {
    const now = services.clock.now();
    const orgId = session.subject.organisationId;
    return services.db.read({ readOrgs: [orgId] }, async (db) => {
        const viewing = await db
            .selectFrom('viewing')
            .select(['id'])
            .where('id', '=', viewingId)
            .where('recording_id', '=', id)
            .where('person_id', '=', session.subject.personId)
            .where('closed_at', 'is', null)
            .where('until', '>', now)
            .executeTakeFirst();
        const content = viewing === undefined ? undefined : await contentOfRecording(db, id);
        if (content === undefined) throw new DomainError('viewing.notFound');
        refuseUnlessPlayable(
            session,
            { kind: 'recording', organisationId: orgId, state: content.state, concerned: await concernedBy(db, id) },
            now,
        );
        return content;
    });
}

async function sendRange(
    services: Services,
    subject: Subject,
    content: RecordingContent,
    request: FastifyRequest,
    reply: FastifyReply,
): Promise<void> {
    const range = parseRange(request.headers.range, content.size);
    reply.hijack();
    const answer = reply.raw;
    // Headers that hooks set (content security, request id) are carried over to the raw answer.
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) answer.setHeader(name, value);
    answer.setHeader('liuhen-request-id', request.id);
    answer.setHeader('accept-ranges', 'bytes');
    answer.setHeader('cache-control', 'no-store');
    answer.setHeader('content-type', TYPES[content.container ?? ''] ?? 'application/octet-stream');
    answer.setHeader('x-content-type-options', 'nosniff');
    if (range === 'unsatisfiable') {
        answer.setHeader('content-range', `bytes */${content.size}`);
        sendError(new DomainError('recording.rangeInvalid'), request, reply);
        return;
    }
    const { start, end } = range ?? { start: 0n, end: content.size };
    const stop = AbortSignal.timeout(LONGEST_STREAM_MS);
    try {
        const source = await services.store.open(content.key, { start, end, chunkRoot: content.chunkRoot });
        // The first piece is checked before a header leaves: damage there can still be said in words.
        const bytes = await afterFirstPiece(source);
        answer.setHeader('content-length', String(end - start));
        if (range !== undefined) answer.setHeader('content-range', `bytes ${start}-${end - 1n}/${content.size}`);
        answer.statusCode = range === undefined ? 200 : 206;
        await pipeline(bytes, answer, { signal: stop });
    } catch (error) {
        await failed(error, services, subject, content, request, reply);
    }
}

async function afterFirstPiece(source: Readable): Promise<Readable> {
    const pieces = source[Symbol.asyncIterator]() as AsyncIterableIterator<Uint8Array>;
    const first = await pieces.next();
    return Readable.from(
        (async function* () {
            if (first.done !== true) yield first.value;
            yield* pieces;
        })(),
        { objectMode: false },
    );
}

/** Damage found while reading: nothing wrong was sent, the recording is marked, and the viewer is told when still possible. */
async function failed(
    error: unknown,
    services: Services,
    subject: Subject,
    content: RecordingContent,
    request: FastifyRequest,
    reply: FastifyReply,
): Promise<void> {
    const damaged =
        error instanceof DomainError && (error.code === 'storage.objectDamaged' || error.code === 'storage.objectMissing');
    if (damaged) {
        const chunk = Number(error.params.chunk ?? -1);
        const context = {
            actor: subject.personId,
            orgId: subject.organisationId,
            readOrgs: [subject.organisationId],
            commandId: services.clock.newId(),
        };
        await markDamaged(services, context, content.id, chunk).catch((cause: unknown) =>
            request.log.error({ code: (cause as { code?: string }).code }, 'damage not noted'),
        );
        request.log.error({ recording: content.id, chunk }, 'stored content is damaged');
    }
    if (reply.raw.headersSent) reply.raw.destroy();
    else sendError(damaged ? new DomainError('recording.damaged') : error, request, reply);
}

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, body } = answerFor(error, request.id);
    reply.raw.statusCode = status;
    reply.raw.removeHeader('content-length');
    reply.raw.setHeader('content-type', 'application/json; charset=utf-8');
    reply.raw.end(JSON.stringify(body));
}
