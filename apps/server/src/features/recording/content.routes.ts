import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DERIVED_KINDS, type DerivedKind, DomainError, type Id, isId, type Subject } from '@liuhen/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseRange } from '../../platform/http/range.ts';
import { answerFor } from '../../platform/http/server.ts';
import type { Session } from '../../platform/http/session.ts';
import type { Services } from '../../platform/services.ts';
import { reachOf } from '../inspection/reach.queries.ts';
import { grantBySheet } from '../inspection/sheet-viewing.queries.ts';
import { remakeDamaged } from './derived.commands.ts';
import { type DerivedContent, derivedContents, isLookOpen } from './derived.queries.ts';
import { refuseUnlessPlayable } from './recording.commands.ts';
import { markDamaged } from './recording.jobs.ts';
import { concernedBy, contentOfRecording, type RecordingContent } from './recording.queries.ts';

const TYPES: Readonly<Record<string, string>> = {
    mp4: 'video/mp4',
    mov: 'video/mp4',
    matroska: 'video/x-matroska',
    webm: 'video/webm',
    mpegTs: 'video/mp2t',
    jpeg: 'image/jpeg',
    png: 'image/png',
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
            const at = contextOf(services, session.subject, content.orgId);
            const onDamage = (chunk: number) => markDamaged(services, at, content.id, chunk);
            const type = TYPES[content.inspection?.container ?? ''] ?? 'application/octet-stream';
            await sendRange(services, { ...content, type, onDamage }, request, reply);
            return reply;
        },
    );
    app.get<{ Params: { id: string; kind: string }; Querystring: { viewing?: string; look?: string } }>(
        '/api/recordings/:id/derived/:kind',
        async (request, reply) => {
            const session = await sessionOf(request);
            if (session === undefined) throw new DomainError('access.signInFirst');
            const item = await allowedItem(services, session, request.params, request.query);
            // A damaged item says nothing of its original: it is made anew.
            const at = contextOf(services, session.subject, item.orgId);
            const onDamage = (chunk: number) => remakeDamaged(services, at, item, chunk);
            await sendRange(services, { ...item, type: item.mediaType, onDamage }, request, reply);
            return reply;
        },
    );
}

/** A copy plays by an open viewing of its original, a picture is seen by an open look at it. */
async function allowedItem(
    services: Services,
    session: Session,
    params: { id: string; kind: string },
    query: { viewing?: string; look?: string },
): Promise<DerivedContent & { readonly orgId: Id }> {
    const { id, kind } = params;
    if (!isId(id) || !isDerivedKind(kind)) throw new DomainError('recording.derivedNotFound');
    let orgId = session.subject.organisationId;
    const isCopy = kind === 'playable' || kind === 'repaired';
    if (isCopy) {
        if (!isId(query.viewing)) throw new DomainError('viewing.notFound');
        ({ orgId } = await allowedContent(services, session, id, query.viewing));
    }
    return services.db.read({ readOrgs: [orgId] }, async (db) => {
        const now = services.clock.now();
        const { look } = query;
        if (!isCopy && (!isId(look) || !(await isLookOpen(db, look, session.subject.personId, id, now))))
            throw new DomainError('viewing.notFound');
        const [item] = await derivedContents(db, [id], [kind]);
        if (item === undefined) throw new DomainError('recording.derivedNotFound');
        return { ...item, orgId };
    });
}

const isDerivedKind = (kind: string): kind is DerivedKind => (DERIVED_KINDS as readonly string[]).includes(kind);

type Allowed = RecordingContent & { readonly orgId: Id };

/** Throws `viewing.notFound`, or why it may not be played. Of another organisation only what an open review sheet lets its reviewer play. */
async function allowedContent(services: Services, session: Session, id: Id, viewingId: Id): Promise<Allowed> {
    const own = session.subject.organisationId;
    const here = await allowedIn(services, session, id, viewingId, [own]);
    if (here !== undefined) return here;
    const { inspectable } = await reachOf(services.db, own);
    const elsewhere = await allowedIn(services, session, id, viewingId, [own, ...inspectable]);
    if (elsewhere === undefined) throw new DomainError('viewing.notFound');
    return elsewhere;
}

const allowedIn = (
    services: Services,
    session: Session,
    id: Id,
    viewingId: Id,
    readOrgs: readonly Id[],
): Promise<Allowed | undefined> =>
    services.db.read({ readOrgs }, async (db) => {
        const now = services.clock.now();
        const viewing = await db
            .selectFrom('viewing as v')
            .innerJoin('recording as r', 'r.id', 'v.recording_id')
            .select(['v.sheet_id', 'v.org_id', 'r.act_id'])
            .where('v.id', '=', viewingId)
            .where('v.recording_id', '=', id)
            .where('v.person_id', '=', session.subject.personId)
            .where('v.closed_at', 'is', null)
            .where('v.until', '>', now)
            .executeTakeFirst();
        const content = viewing === undefined ? undefined : await contentOfRecording(db, id);
        if (viewing === undefined || content === undefined) return undefined;
        const { sheet_id: sheetId, org_id: organisationId, act_id: actId } = viewing;
        const grants = sheetId === null ? [] : [await grantBySheet(db, session.subject, sheetId, { id, actId }, now)];
        const concerned = await concernedBy(db, id);
        const resource = { kind: 'recording', id, organisationId, state: content.state, concerned } as const;
        refuseUnlessPlayable(session, resource, now, grants);
        return { ...content, orgId: organisationId };
    });

type Sent = {
    key: string;
    size: bigint;
    chunkRoot: string;
    type: string;
    /** Notes the damage; what is wrong with the note itself is the log's. */
    onDamage: (chunk: number) => Promise<void>;
};

async function sendRange(services: Services, content: Sent, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const range = parseRange(request.headers.range, content.size);
    reply.hijack();
    const answer = reply.raw;
    // Headers that hooks set (content security, request id) are carried over to the raw answer.
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) answer.setHeader(name, value);
    answer.setHeader('liuhen-request-id', request.id);
    answer.setHeader('accept-ranges', 'bytes');
    answer.setHeader('cache-control', 'no-store');
    answer.setHeader('content-type', content.type);
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
        await failed(error, content, request, reply);
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

/** Damage found while reading: nothing wrong was sent, the damage is noted, and the viewer is told when still possible. */
async function failed(error: unknown, content: Sent, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const damage =
        error instanceof DomainError && (error.code === 'storage.objectDamaged' || error.code === 'storage.objectMissing');
    if (damage) {
        const chunk = Number(error.params.chunk ?? -1);
        await content
            .onDamage(chunk)
            .catch((cause: unknown) => request.log.error({ code: (cause as { code?: string }).code }, 'damage not noted'));
        request.log.error({ chunk }, 'stored content is damaged');
    }
    if (reply.raw.headersSent) reply.raw.destroy();
    else sendError(damage ? new DomainError('recording.damaged') : error, request, reply);
}

/** What is noted of content is noted in the log of whoever owns it. */
const contextOf = (services: Services, { personId, organisationId }: Subject, orgId: Id) => ({
    actor: personId,
    orgId,
    readOrgs: [organisationId, orgId],
    commandId: services.clock.newId(),
});

function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const { status, body } = answerFor(error, request.id);
    reply.raw.statusCode = status;
    reply.raw.removeHeader('content-length');
    reply.raw.setHeader('content-type', 'application/json; charset=utf-8');
    reply.raw.end(JSON.stringify(body));
}
