import type { IncomingMessage } from 'node:http';
import { DomainError } from '@liuhen/domain';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Principal } from '../uploads/request-context.ts';
import { UPLOAD_PATH, type UploadServer } from '../uploads/upload-server.ts';
import type { BindOptions } from './bind.ts';

/** Principals of requests that Fastify has already authenticated, for the upload server that sees raw requests only. */
const known = new WeakMap<IncomingMessage, { principal: Principal; requestId: string }>();

/** Hands requests to the upload server on the raw socket: its bodies are streams of any size. */
export async function uploadRoute(
    app: FastifyInstance,
    uploads: UploadServer,
    access: Pick<BindOptions, 'sessionOf' | 'authorise'>,
): Promise<void> {
    await app.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
        const handler = async (
            request: FastifyRequest,
            reply: { hijack(): void; raw: Parameters<UploadServer['handle']>[1]; getHeaders(): Record<string, unknown> },
        ) => {
            const session = await access.sessionOf(request);
            await access.authorise(session, 'upload', 'recording.upload', request);
            if (session === undefined) throw new DomainError('access.signInFirst');
            const principal = { orgId: session.subject.organisationId, personId: session.subject.personId };
            known.set(request.raw, { principal, requestId: request.id });
            reply.hijack();
            for (const [name, value] of Object.entries(reply.getHeaders()))
                if (typeof value === 'string') reply.raw.setHeader(name, value);
            await uploads.handle(request.raw, reply.raw);
        };
        for (const url of [UPLOAD_PATH, `${UPLOAD_PATH}/*`]) {
            scope.route({ method: ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'], url, handler });
        }
    });
}

/** Who makes a request that came through `uploadRoute`. */
export function principalOf(request: IncomingMessage): Principal {
    const principal = known.get(request)?.principal;
    if (principal === undefined) throw new DomainError('access.signInFirst');
    return principal;
}

/** The number under which the technical log knows that request. */
export const requestIdOf = (request: IncomingMessage): string => known.get(request)?.requestId ?? '';
